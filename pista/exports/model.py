"""Formats, places and what is told of a day that was exported."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

import msgspec

from pista.ids import TenantId


class Format(StrEnum):
    PARQUET = "parquet"
    CSV = "csv"
    NDJSON = "ndjson"


class DayCount(msgspec.Struct, frozen=True, kw_only=True):
    """What a day of UTC holds now."""

    day: date
    rows: int
    events: int
    fingerprint: str
    """Of which rows these are: it changes with each that comes or goes."""
    last_flush: UUID
    """The last flush that has brought some of them."""


class Manifest(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Stands beside a day's file once that is complete, and says what is in it."""

    version: int = 1
    tenant_id: TenantId
    day: date
    format: Format
    file: str
    rows: int
    events: int
    bytes: int
    sha256: str
    fingerprint: str
    exported_at: datetime


class Outcome(StrEnum):
    EXPORTED = "exported"
    KEPT = "kept"
    """It was there already."""
    EMPTY = "empty"


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """One day of an export, finished."""

    day: date
    outcome: Outcome
    file: str = ""
    rows: int = 0
    events: int = 0
    bytes: int = 0


class ForeignExport(Exception):
    """The place holds an export of another tenant."""


class PlaceError(Exception):
    """The place cannot be used as it is; the text is one sentence for a person."""


class PlaceAway(Exception):
    """The place does not answer now: later may succeed."""


class TooBusy(Exception):
    """A day kept changing while it was read."""
