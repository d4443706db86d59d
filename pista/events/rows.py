"""How a kept event travels from the edge to ClickHouse: one JSON array a line.

The journal and the writer pass these bytes on untouched; ClickHouse is the only one to read them.
A line is put together from three parts, since most of it is the same for every event of a request
or of a page, and encoding it once is what makes the edge fast.
"""

from typing import Any
from uuid import UUID

import msgspec

encode = msgspec.json.Encoder().encode


class Sender(msgspec.Struct, array_like=True, frozen=True, kw_only=True):
    """What all events of one request share."""

    tenant_id: UUID
    site_id: UUID
    received_ms: int
    browser: str
    os: str
    device: str
    country: str
    bot: str
    """Why this is not a person; empty for a person."""


class Page(msgspec.Struct, array_like=True, frozen=True, kw_only=True):
    """What all events of one page view share."""

    host: str = ""
    path: str = ""
    referrer: str = ""
    channel: str = ""
    utm_source: str = ""
    utm_medium: str = ""
    utm_campaign: str = ""
    utm_term: str = ""
    utm_content: str = ""
    click_id: str = ""
    """The name of the ad platform's click id in the address, such as `gclid`."""


class Happening(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """What is this event's alone, besides its metadata."""

    event_id: UUID
    visitor_id: str
    session_id: UUID
    event_type: str
    occurred_ms: int
    sampling_rate: float
    corrected: bool


STRUCTURE = """
    tenant_id UUID, site_id UUID, received_ms Int64,
    browser String, os String, device String, country String, bot String,
    host String, path String, referrer String, channel String,
    utm_source String, utm_medium String, utm_campaign String,
    utm_term String, utm_content String, click_id String,
    event_id UUID, visitor_id String, session_id UUID, event_type String,
    occurred_ms Int64, sampling_rate Float32, corrected Bool, metadata String
"""
"""The line's columns, in order, as ClickHouse's `input()` takes them."""

OPTIONAL = "ip String"
"""What some lines have at their end: those of tenants that keep it, and of newer versions only."""

END = b"]\n"


def opening(sender: Sender) -> bytes:
    """The first part of a line."""
    return encode(sender)[:-1] + b","


def middle(page: Page) -> bytes:
    """The second part of a line."""
    return encode(page)[1:-1] + b","


def ending(ip: str) -> bytes:
    """The last part of a line; an address that is not kept costs nothing."""
    return b",%b]\n" % encode(ip) if ip else END


def line(
    opening: bytes, middle: bytes, happening: Happening, metadata: bytes, ending: bytes = END
) -> bytes:
    return b"%b%b%b,%b%b" % (opening, middle, encode(happening)[1:-1], metadata, ending)


def metadata_bytes(metadata: dict[str, Any] | None) -> bytes:
    """Compact JSON, so that the same content has the same bytes and the same hash."""
    return encode(metadata) if metadata else b"{}"
