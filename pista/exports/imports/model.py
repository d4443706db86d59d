"""An import, and what is told of it."""

from datetime import datetime
from typing import NewType
from uuid import UUID

import msgspec

from pista.ids import FlushId, SiteId, TenantId

ImportId = NewType("ImportId", UUID)


class Import(msgspec.Struct, frozen=True, kw_only=True):
    """A file whose rows are staged, and how far they are stored."""

    id: ImportId
    tenant_id: TenantId
    file: str
    site_id: SiteId | None
    """The site that all rows are put on; None leaves them on their own."""
    site_ids: list[SiteId]
    oldest: datetime
    newest: datetime
    rows: int
    rows_done: int = 0
    rows_stored: int = 0
    events_stored: int = 0
    done_at: datetime
    done_id: UUID
    flush_id: FlushId | None = None
    to_at: datetime | None = None
    to_id: UUID | None = None
    error: str | None = None
    finished_at: datetime | None = None


class Chunk(msgspec.Struct, frozen=True, kw_only=True):
    """The rows of an import that are stored together."""

    flush_id: FlushId
    to_at: datetime
    to_id: UUID


class Refused(msgspec.Struct, frozen=True, kw_only=True):
    """Rows that are not imported, by what is wrong with them."""

    problem: str
    rows: int


PROBLEMS = {
    "other_company": "belong to another company; name a site of yours with --site to take them",
    "unknown_site": "name a site that this company does not have; put them on one with --site",
    "no_event_id": "have no event_id",
    "event_type_invalid": "have an event_type that is not 1 to 64 of A-Z 0-9 _",
    "visitor_id_invalid": "have a visitor_id that is not 1 to 64 of A-Z a-z 0-9 _ -",
    "too_old": "are older than the retention",
    "future": "lie in the future",
    "count_invalid": "have a count that is not 1 to 4,294,967,295",
    "sampling_rate_invalid": "have a sampling_rate that is not above 0 and up to 100",
    "metadata_invalid": "have metadata that is no JSON object of up to 8 KiB",
}


class Unreadable(Exception):
    """The file is not what its name says; the text is a sentence for a person."""
