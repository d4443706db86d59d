"""The report as Structs, and what can go wrong with it."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from pista.attribution.credit import Model, Step
from pista.clicks import LinkId
from pista.errors import NotFound
from pista.ids import ContactId, TenantId

Kind = Literal["contact", "conversation", "lead", "sale"]
Axis = Literal["click", "event"]
By = Literal["campaign", "adset", "ad", "link", "source"]

NOBODY = UUID(int=0)
"""Where no click is known."""
WHOLE = 1_000_000


class Wire(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Something the API answers."""


class Figures(Wire, frozen=True, kw_only=True):
    """What came of advertisements. Results are whole but for the linear model's parts."""

    clicks: int = 0
    """Of people."""
    bots: int = 0
    """Hits of bots, previews and prefetches: no clicks."""
    visits: int = 0
    contacts: float = 0
    conversations: float = 0
    leads: float = 0
    sales: float = 0
    sales_of_currency: float = 0
    """Of them, those that the amounts are of: what one sale cost is of these."""
    revenue_cents: int = 0
    """What was paid, without what went back."""
    refunded_cents: int = 0
    cost_cents: int | None = None
    """Null: nobody told what it cost."""


class Line(Wire, frozen=True, kw_only=True):
    """A campaign, ad set, advertisement, link or source, and what came of it."""

    key: str
    """Give it as `key` for the results behind it."""
    has_click: bool
    """False: what no click is known of."""
    campaign: str | None
    """Null: the click does not say, or it is not what the report is by."""
    adset: str | None
    ad: str | None
    link_id: LinkId | None
    source: str | None
    name: str | None
    """What the platform's report of costs, or the link, calls it; null where nothing does."""
    part_of: list[str]
    """Its campaign, and ad set: as the platform calls them, or else as the click does."""
    figures: Figures


class ReportPoint(Wire, frozen=True, kw_only=True):
    start: datetime
    figures: Figures


class OtherMoney(Wire, frozen=True, kw_only=True):
    """What is left out of a report's amounts, since it is of another currency."""

    currency: str
    sales: float
    """They are counted, without what they paid."""
    revenue_cents: int
    cost_cents: int


class Report(Wire, frozen=True, kw_only=True):
    """From the ad to the sale."""

    currency: str
    currencies: list[str]
    """Of everything in the range; amounts are of one at a time."""
    others: list[OtherMoney]
    """What the totals' amounts do not hold."""
    time_zone: str
    start: datetime
    end: datetime
    """The whole hours that the range which was asked for touches."""
    granularity: str
    by: By
    cohort: Axis
    model: Model
    totals: Figures
    before: Figures
    """Of as long a time before it."""
    lines: list[Line]
    """What sold most comes first."""
    more_lines: int
    """How many there are besides: the file has them all."""
    points: list[ReportPoint]


class ReportResult(Wire, frozen=True, kw_only=True):
    """One contact, conversation, lead or sale, and how much of it this line is credited with."""

    kind: Kind
    id: str
    at: datetime
    click_at: datetime | None
    """Null: no click is known."""
    part: float
    value_cents: int
    refunded_cents: int
    currency: str | None
    contact_id: ContactId | None
    contact_name: str | None


class ReportResults(Wire, frozen=True, kw_only=True):
    items: list[ReportResult]
    next: str | None


class CreditedTo(Wire, frozen=True, kw_only=True):
    """Why a result is credited as it is."""

    kind: Kind
    id: str
    at: datetime
    method: str
    steps: list[Step]
    click_id: UUID | None
    click_at: datetime | None
    campaign: str | None
    """Its id, where that is known; or as the click says it."""
    campaign_name: str | None
    """What costs call it, or else the address of the click."""
    adset: str | None
    adset_name: str | None
    ad: str | None
    ad_name: str | None
    link_id: UUID | None
    touches: int
    """How many paid clicks in the window other models look at."""
    decided_at: datetime


class ReportChanged(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    rename="camel",
    tag="report_changed",
    tag_field="type",
):
    """Something was credited: fetch the report again. At most every few seconds."""

    tenant_id: TenantId


class CreditNotFound(NotFound):
    """Nothing of this kind with this id is credited in this company."""

    code = "credit_not_found"
