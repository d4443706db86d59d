"""Imports of clientes as Structs, and what can go wrong with them."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from pista.contacts.model import Country
from pista.desk.clientes.model import ShortText
from pista.desk.model import ActorKind, ClienteId, Request, Status, Wire
from pista.errors import NotFound
from pista.ids import ContactId, TenantId, UserId
from pista.sheets import Column, ImportId, Sheet

State = Literal[
    "uploaded", "checking", "checked", "running", "done", "cancelled", "undoing", "undone"
]
Group = Literal["new", "repeated", "open", "finished", "refused"]
"""Of a row: its phone is nobody's case yet; it was in an earlier row; it is one that is under way,
or one that is done or came back; nobody could be called."""
Outcome = Literal["created", "updated", "reopened", "skipped", "refused"]
Kept = Literal["touched", "reopened"]
"""Why an undo left a cliente: somebody has done something with it since, or an earlier release
reopened it and did not keep how it was."""

MOST_ASESORES = 200
Asesores = Annotated[list[UserId], Meta(max_length=MOST_ASESORES)]


class ClienteColumns(Request, frozen=True, kw_only=True):
    """In which column, counted from 0, a row has what; null is nowhere."""

    name: Column | None = None
    last_name: Column | None = None
    """Put behind the name."""
    phone: Column | None = None
    email: Column | None = None
    campaign: Column | None = None
    source: Column | None = None
    notes: Column | None = None
    asesor: Column | None = None
    """Whose it is to be, by e-mail."""
    next_action: Column | None = None
    next_action_at: Column | None = None


class CheckTerms(Request, frozen=True, kw_only=True):
    """How a file is to be read."""

    mapping: ClienteColumns
    header: bool
    country: Country | None = None
    """Of phone numbers without a country's code; null: the company's."""
    campaign: ShortText | None = None
    """Of rows that name none."""


class ImportChoices(Request, frozen=True, kw_only=True):
    """What becomes of those whose phone is known already, and whose the new ones are."""

    repeated: Literal["skip", "update"] = "skip"
    """Those that an earlier row of the file is about."""
    open: Literal["skip", "update"] = "skip"
    finished: Literal["skip", "update", "reopen"] = "skip"
    asesor_ids: Asesores = []  # noqa: RUF012 - every one gets a list of its own
    """Created and reopened ones go to these in turn, unless their row names somebody; none: they
    are nobody's."""


class Found(Wire, frozen=True, kw_only=True):
    """How many rows of the whole file are what."""

    new: int = 0
    repeated: int = 0
    open: int = 0
    finished: int = 0
    refused: int = 0
    problems: int = 0
    """Rows of the others that something of cannot be taken."""


class Became(Wire, frozen=True, kw_only=True):
    """What became of the rows so far."""

    created: int = 0
    updated: int = 0
    reopened: int = 0
    skipped: int = 0
    refused: int = 0
    assigned: int = 0
    problems: int = 0


class ClienteImport(Wire, frozen=True, kw_only=True):
    """A file of clientes, and how far it is."""

    id: ImportId
    file: str
    encoding: str
    separator: str
    header: bool
    """Whether the first row names the columns."""
    sample: list[list[str]]
    """The first rows as they are."""
    rows: int
    """All of the file's, the header among them."""
    guessed: ClienteColumns
    terms: CheckTerms | None
    choices: ImportChoices | None
    state: State
    rows_done: int
    """Of the check, the import or the undo that is under way."""
    found: Found
    """What the check found."""
    became: Became
    taken_back: int
    kept: int
    """Clientes that an undo left."""
    asked_by: str
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None


class ClienteImports(Wire, frozen=True, kw_only=True):
    items: list[ClienteImport]
    """The latest 50, the newest first."""


class ClientePreviewRow(Wire, frozen=True, kw_only=True):
    """What a row says, and what is known of it."""

    row: int
    """Counted from 1, as a spreadsheet does."""
    nombre: str
    telefono: str | None
    email: str | None
    campaign: str | None
    asesor: str | None
    """Of one that its row names: their name."""
    group: Group
    cliente_id: ClienteId | None
    """Of one that is known."""
    same_as: int | None
    """An earlier row with the same phone."""
    problems: list[str]


class ClienteImportPreview(Wire, frozen=True, kw_only=True):
    rows: list[ClientePreviewRow]
    """The first ones; the check looks at all."""


class KeptCliente(Wire, frozen=True, kw_only=True):
    id: ClienteId
    nombre: str
    why: Kept


class KeptClientes(Wire, frozen=True, kw_only=True):
    items: list[KeptCliente]
    """The first 500."""


class ClienteImportChanged(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    rename="camel",
    tag="cliente_import",
    tag_field="type",
):
    """An import of clientes has come further."""

    tenant_id: TenantId
    import_id: ImportId
    state: State
    rows: int
    rows_done: int


class ImportRow(Sheet, frozen=True, kw_only=True):
    """An import as it is stored."""

    terms: CheckTerms | None
    choices: ImportChoices | None
    state: State
    rows_done: int
    found: Found
    became: Became
    taken_back: int
    kept: int
    actor_kind: ActorKind
    actor_id: UserId | None
    started_at: datetime | None
    finished_at: datetime | None


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """The case of whoever a row is about: one that is under way, or else the newest."""

    who: str
    id: ClienteId
    status: Status


class Noted(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a row, as it is kept for its problems and for an undo."""

    row: int
    outcome: Outcome
    cliente: ClienteId | None = None
    version: int | None = None
    contact: ContactId | None = None
    """Of one that it made."""
    before: dict[str, object] | None = None
    """Of one that was changed."""
    why: str | None = None
    cells: list[str] | None = None


class ClienteImportNotFound(NotFound):
    """This import of clientes does not exist, or belongs to another company."""

    code = "cliente_import_not_found"
