"""What advertisements cost as Structs, and what can go wrong with it."""

from datetime import date, datetime
from typing import Annotated, Literal, NamedTuple

import msgspec
from msgspec import Meta

from pista.errors import NotFound
from pista.sheets import Column, ImportId, Sheet

Platform = Literal["meta", "google", "tiktok", "kwai", "other"]
State = Literal["uploaded", "done", "undone", "cancelled"]
Trouble = Literal["no_day", "bad_day", "long_range", "no_cost", "bad_cost", "bad_number"]

MOST_ROWS = 50_000
MOST_LINES = 1_000
MOST_CENTS = 10**13
MOST_DAYS = 366

Name = Annotated[str, Meta(pattern=r"^[^\x00]{0,200}\Z")]
Currency = Annotated[str, Meta(pattern=r"^[A-Z]{3}\Z")]
Cents = Annotated[int, Meta(ge=0, le=MOST_CENTS)]
Count = Annotated[int, Meta(ge=0, le=2**53)]


class Wire(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Something the API answers."""


class Request(
    msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True
):
    """Something the API is sent."""


class SpendLine(Request, frozen=True, kw_only=True):
    """What one advertisement, or all of a campaign, cost on one day.

    The same day, platform, currency and names again replace what was said before.
    """

    day: date
    """As the platform's account counts days."""
    platform: Platform
    currency: Currency
    cost_cents: Cents
    campaign_id: Name = ""
    campaign: Name = ""
    adset_id: Name = ""
    adset: Name = ""
    ad_id: Name = ""
    ad: Name = ""
    impressions: Count | None = None
    clicks: Count | None = None
    """As the platform counts them."""


class NewSpend(Request, frozen=True, kw_only=True):
    items: Annotated[list[SpendLine], Meta(min_length=1, max_length=MOST_LINES)]


class SpendKept(Wire, frozen=True, kw_only=True):
    kept: int


class SpendDay(Wire, frozen=True, kw_only=True):
    """What was spent on one day at one platform."""

    day: date
    platform: Platform
    currency: str
    cost_cents: int


class SpendDays(Wire, frozen=True, kw_only=True):
    items: list[SpendDay]


class SpendMapping(Request, frozen=True, kw_only=True):
    """In which column, counted from 0, a row has what; null is nowhere."""

    day: Column | None = None
    last_day: Column | None = None
    """Of a row that is about several days: its cost is spread over them."""
    cost: Column | None = None
    currency: Column | None = None
    campaign_id: Column | None = None
    campaign: Column | None = None
    adset_id: Column | None = None
    adset: Column | None = None
    ad_id: Column | None = None
    ad: Column | None = None
    impressions: Column | None = None
    clicks: Column | None = None


class SpendTerms(Request, frozen=True, kw_only=True):
    """How a file is to be read."""

    mapping: SpendMapping
    header: bool
    platform: Platform
    currency: Currency
    """Of rows that name none."""
    day_first: bool = True
    """Whether 05/04 is the fifth of April."""
    decimal_comma: bool = False
    """Whether 1.234 is a thousand and more."""


class SpendImport(Wire, frozen=True, kw_only=True):
    """A file of what was spent."""

    id: ImportId
    file: str
    encoding: str
    separator: str
    header: bool
    sample: list[list[str]]
    rows: int
    guessed: SpendTerms
    """What the names of the columns, and what stands in them, look like."""
    state: State
    lines: int
    """Days and advertisements that it told of."""
    taken_back: int
    refused: int
    asked_by: str
    created_at: datetime
    finished_at: datetime | None


class SpendImports(Wire, frozen=True, kw_only=True):
    items: list[SpendImport]
    """The latest 50, the newest first."""


class SpendTrouble(Wire, frozen=True, kw_only=True):
    row: int
    """Counted from 1, as a spreadsheet does."""
    trouble: Trouble


class SpendTotal(Wire, frozen=True, kw_only=True):
    currency: str
    cost_cents: int


class SpendPreview(Wire, frozen=True, kw_only=True):
    """What would be kept of the whole file."""

    lines: int
    replaced: int
    """Of them, those of which something was known before."""
    overlapping: int
    """Of them, those whose campaign's same day is told in another detail: both would count."""
    first_day: date | None
    last_day: date | None
    totals: list[SpendTotal]
    top: list[SpendLine]
    """The dearest."""
    refused: int
    troubles: list[SpendTrouble]
    """The first 50."""


class ImportRow(Sheet, frozen=True, kw_only=True):
    """An import as it is stored."""

    state: State
    lines: int
    taken_back: int
    refused: int
    finished_at: datetime | None


class SpendImportNotFound(NotFound):
    """This import does not exist, or belongs to another company."""

    code = "spend_import_not_found"


class Read(NamedTuple):
    """What a row says: lines, or what is wrong with it."""

    row: int
    lines: list[SpendLine]
    trouble: Trouble | None
