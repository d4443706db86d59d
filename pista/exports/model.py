"""Formats, places and what is told of a day that was exported."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, NewType
from uuid import UUID

import msgspec
from msgspec import Meta

from pista.errors import NotFound, PistaError
from pista.ids import TenantId

ExportId = NewType("ExportId", UUID)


class ExportFormat(StrEnum):
    PARQUET = "parquet"
    CSV = "csv"
    NDJSON = "ndjson"


class ExportTarget(StrEnum):
    FOLDER = "folder"
    S3 = "s3"


class ExportState(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


OPEN = frozenset({ExportState.WAITING, ExportState.RUNNING})

PREFIX = r"^[A-Za-z0-9_=-][A-Za-z0-9_.=-]*(/[A-Za-z0-9_=-][A-Za-z0-9_.=-]*)*\Z"


class ExportFile(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """One day's file."""

    day: date
    name: str
    events: int
    bytes: int


class Export(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    rename={
        "first": "from",
        "last": "to",
        "days_total": "daysTotal",
        "days_done": "daysDone",
        "requested_by": "requestedBy",
        "created_at": "createdAt",
        "started_at": "startedAt",
        "finished_at": "finishedAt",
    },
):
    """Days of events that are, or will be, files."""

    id: ExportId
    first: date
    last: date
    format: ExportFormat
    target: ExportTarget
    state: ExportState
    days_total: int
    days_done: int
    events: int
    bytes: int
    error: str | None
    """Why it failed, or, while it waits, why it has to be tried again."""
    requested_by: str | None
    """Null for the daily export."""
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    files: list[ExportFile]


class NewExport(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    rename={"first": "from", "last": "to"},
):
    """Days of UTC, both included."""

    first: date
    last: date
    format: ExportFormat = ExportFormat.PARQUET
    target: ExportTarget = ExportTarget.FOLDER


class NewExportSchedule(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"
):
    enabled: bool
    format: ExportFormat = ExportFormat.PARQUET
    target: ExportTarget = ExportTarget.FOLDER
    prefix: Annotated[str, Meta(min_length=1, max_length=200, pattern=PREFIX)] = "events"
    """Below the company's own folder or part of the bucket."""
    hour: Annotated[int, Meta(ge=0, le=23)] = 2
    """Of the company's time zone."""


class ExportSchedule(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """The daily export."""

    enabled: bool
    format: ExportFormat
    target: ExportTarget
    prefix: str
    hour: int
    last_day: date | None
    """Up to here every day is exported."""
    last_error: str | None


class Exports(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A page of exports, the newest first."""

    schedule: ExportSchedule | None
    items: list[Export]
    s3_configured: bool
    next: str | None


class StoredExport(msgspec.Struct, frozen=True, kw_only=True):
    """An export as the runner sees it."""

    id: ExportId
    tenant_id: TenantId
    scheduled: bool
    first_day: date
    last_day: date
    format: ExportFormat
    target: ExportTarget
    prefix: str
    state: ExportState
    days_done: int
    attempts: int


class ExportNotFound(NotFound):
    """This export does not exist, or belongs to another company."""

    code = "export_not_found"


class ExportFileNotFound(NotFound):
    """This export has no such file here: those in a bucket are fetched from there."""

    code = "export_file_not_found"


class ExportFinished(PistaError):
    """The export has ended already."""

    status = 409
    code = "export_finished"


class ExportNotFailed(PistaError):
    """Only an export that failed or was cancelled can be tried again."""

    status = 409
    code = "export_not_failed"


class TooManyExports(PistaError):
    """Ten exports wait or run already; wait for one of them, or cancel it."""

    status = 409
    code = "too_many_exports"


class BadExport(PistaError):
    """These days or this target cannot be exported."""

    status = 422
    code = "bad_export"


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
    format: ExportFormat
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


class TooBusy(Exception):
    """A day kept changing while it was read."""
