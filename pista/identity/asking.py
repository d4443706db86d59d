"""What the routes of this room have in common: parameters, refusals, and pages of a list."""

from collections.abc import Sequence
from uuid import UUID

from pista.accounts import refused

TAGS = ["Linking"]
WRONG = {422: refused("`invalid`: the detail names the field or parameter.")}


def next_after(ids: Sequence[UUID], *, more: bool) -> str | None:
    return str(ids[-1]) if more else None
