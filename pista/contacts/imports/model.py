"""Imports of contacts as Structs, and what can go wrong with them."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from pista.contacts.model import Country, Ignored, Tags
from pista.errors import NotFound
from pista.ids import ContactId, TenantId
from pista.sheets import MOST_COLUMNS, Column, ImportId, Sheet, State

Outcome = Literal["created", "updated", "unchanged", "refused"]


class Wire(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Something the API answers."""


class Request(
    msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True
):
    """Something the API is sent."""


class ColumnMapping(Request, frozen=True, kw_only=True):
    """In which column, counted from 0, a row has what; null is nowhere."""

    email: Column | None = None
    phone: Column | None = None
    name: Column | None = None
    last_name: Column | None = None
    """Put behind the name."""
    crm_id: Column | None = None
    user_id: Column | None = None
    tags: Column | None = None
    """Several in one cell, with commas, semicolons or bars between them."""
    attributes: Annotated[
        dict[Annotated[str, Meta(min_length=1, max_length=64)], Column],
        Meta(max_length=MOST_COLUMNS),
    ] = {}


class ContactImport(Wire, frozen=True, kw_only=True):
    """A file of contacts, and how far it is."""

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
    guessed: ColumnMapping
    """What the names of the columns, and what stands in them, look like."""
    mapping: ColumnMapping | None
    country: str | None
    tags: list[str]
    state: State
    rows_done: int
    created: int
    updated: int
    unchanged: int
    refused: int
    taken_back: int
    kept: int
    """Contacts that an undo left: somebody has touched them since."""
    asked_by: str
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None


class ContactImports(Wire, frozen=True, kw_only=True):
    items: list[ContactImport]
    """The latest 50, the newest first."""


class ImportTerms(Request, frozen=True, kw_only=True):
    """How a file is to be read."""

    mapping: ColumnMapping
    header: bool
    country: Country | None = None
    """Of phone numbers without a country's code; null: the company's."""
    tags: Tags = []
    """For every contact of the file."""


class PreviewRow(Wire, frozen=True, kw_only=True):
    """What would become of a row."""

    row: int
    """Counted from 1, as a spreadsheet does."""
    name: str | None
    email: str | None
    phone: str | None
    """In its one form, if it has one."""
    outcome: Outcome
    contact_id: ContactId | None
    """Of one that is known."""
    same_as: int | None
    """An earlier row of the file that is the same person."""
    ignored: list[Ignored]
    """What would not be taken, and why."""


class ImportPreview(Wire, frozen=True, kw_only=True):
    rows: list[PreviewRow]
    """The first ones; what comes after them is not looked at."""


class ImportChanged(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    rename="camel",
    tag="contact_import",
    tag_field="type",
):
    """An import has come further."""

    tenant_id: TenantId
    import_id: ImportId
    state: State
    rows: int
    rows_done: int


class ImportRow(Sheet, frozen=True, kw_only=True):
    """An import as it is stored."""

    mapping: ColumnMapping | None
    country: str | None
    tags: list[str]
    state: State
    rows_done: int
    created: int
    updated: int
    unchanged: int
    refused: int
    taken_back: int
    kept: int
    undone_to: int
    started_at: datetime | None
    finished_at: datetime | None


class ContactImportNotFound(NotFound):
    """This import does not exist, or belongs to another company."""

    code = "contact_import_not_found"
