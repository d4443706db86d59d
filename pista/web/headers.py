"""What every answer of the house carries, unless its route says otherwise."""

from litestar.types import Message, Scope

_DEFAULTS = (
    # An answer is what it says it is, whatever a browser may guess from its bytes.
    (b"x-content-type-options", b"nosniff"),
    # Answers are about one person or one moment; files say for themselves how long they keep.
    (b"cache-control", b"no-store"),
)


async def protect(message: Message, scope: Scope) -> None:
    """Add the headers that are not there yet."""
    if message["type"] == "http.response.start":
        headers = list(message.get("headers", []))
        there = {name.lower() for name, _ in headers}
        message["headers"] = [*headers, *(one for one in _DEFAULTS if one[0] not in there)]
