"""A file that was brought, as a Struct, and what can go wrong with it."""

from datetime import datetime
from typing import Annotated, Literal, NewType, TypeVar
from uuid import UUID

import msgspec
from msgspec import Meta

from pista.errors import PistaError
from pista.ids import TenantId

ImportId = NewType("ImportId", UUID)

State = Literal["uploaded", "running", "done", "cancelled", "undoing", "undone"]

MOST_BYTES = 50 * 2**20
MOST_ROWS = 500_000
MOST_COLUMNS = 100
ROWS_A_CHUNK = 500
SAMPLE_ROWS = 50

Column = Annotated[int, Meta(ge=0, lt=MOST_COLUMNS)]
S = TypeVar("S", bound=str)


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """What every such file has, whatever its rows are about."""

    tenant_id: TenantId
    id: ImportId
    file: str
    encoding: str
    separator: str
    header: bool
    """Whether the first row names the columns."""
    sample: list[list[str]]
    """The first rows as they are."""
    width: int
    rows: int
    """All of the file's, the header among them."""
    asked_by: str
    created_at: datetime


class ImportNotReady(PistaError):
    """An import is started once, cancelled while it runs, and undone when it has ended."""

    status = 409
    code = "import_not_ready"


class BadFile(PistaError):
    """The file is no table that can be read."""

    status = 422
    code = "bad_file"


class FileTooLarge(PistaError):
    """A file has at most 50 MB and 500,000 rows: import it in parts."""

    status = 413
    code = "file_too_large"


def check_state(state: S, *allowed: S) -> None:
    if state not in allowed:
        raise ImportNotReady
