"""Long lists, page by page: where a page ends is written into its `next`, and whoever reads on
gives that back as `before`."""

from datetime import UTC, datetime
from typing import Annotated, Any, NamedTuple, TypeVar
from uuid import UUID

import msgspec
from litestar.params import QueryParameter
from msgspec import Meta

from pista.errors import Invalid

Before = Annotated[
    str | None, QueryParameter(name="before", max_length=300, description="What `next` said.")
]
BeforeId = Annotated[UUID | None, QueryParameter(name="before", description="What `next` said.")]
Limit = Annotated[int, QueryParameter(name="limit", ge=1, le=200)]

Moment = Annotated[datetime, Meta(tz=True)]
Number = Annotated[int, Meta(ge=0, le=2**63 - 1)]
"""As PostgreSQL can store it."""
PlaceT = TypeVar("PlaceT", bound=NamedTuple)


def written(*place: datetime | UUID | str | int) -> str:
    """With times in UTC, as `Z`: a `+` that nobody escapes in an address arrives as a space."""
    return "~".join(str(part) for part in msgspec.to_builtins(place))


def read(text: str | None, place: type[PlaceT], name: str = "before") -> PlaceT | None:
    """The place that was written, a NamedTuple of the types that are compared with it; None: before
    the first page. Only the last part may have a `~` in it."""
    if text is None:
        return None
    parts = text.split("~", len(place._fields) - 1)
    try:
        if "\0" in text:
            raise ValueError(text)
        return place._make(map(_in_utc, msgspec.convert(parts, place, strict=False)))
    except (ValueError, OverflowError):
        raise Invalid(f"{name}: give what the page before said.") from None


def _in_utc(part: Any) -> Any:
    return part.astimezone(UTC) if isinstance(part, datetime) else part
