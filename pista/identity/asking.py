"""What the routes of this room have in common: parameters, refusals, and pages of a list."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from litestar.params import QueryParameter

from pista.accounts import Caller, refused
from pista.errors import Invalid

TAGS = ["Linking"]
WRONG = {422: refused("`invalid`: the detail names the field or parameter.")}

Limit = Annotated[int, QueryParameter(name="limit", ge=1, le=200)]
Before = Annotated[
    str | None, QueryParameter(name="before", max_length=64, description="What `next` said.")
]


def read_cursor(before: str | None) -> UUID | None:
    try:
        return None if before is None else UUID(before)
    except ValueError:
        raise Invalid("before: give what `next` said.") from None


def next_after(ids: Sequence[UUID], *, more: bool) -> str | None:
    return str(ids[-1]) if more else None


def safe_text(text: str) -> str:
    # A NUL, which PostgreSQL takes in no text, is in no id either.
    return text.replace("\0", "?")


def who(caller: Caller) -> str:
    return caller.user.name if caller.user else "API key"
