"""What each click is credited with by each model: no I/O, no clock."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, get_args
from uuid import UUID

from pista.attribution.credit import Credit, Model, shares
from pista.attribution.report.gathering import Happened
from pista.attribution.report.model import NOBODY, WHOLE, Kind
from pista.clicks import Click
from pista.ids import ContactId

MODELS: tuple[Model, ...] = get_args(Model)


class Part(NamedTuple):
    """A part of a result, as it is stored; the fields of `report_shares` in their order."""

    kind: Kind
    result_id: str
    model: Model
    click_id: UUID
    at: datetime
    click_at: datetime
    millionths: int
    value_cents: int
    refunded_cents: int
    currency: str
    contact_id: ContactId | None
    source: str
    link_id: UUID | None
    campaign: str
    adset: str
    ad: str


def parts(happened: Happened, found: Credit, clicks: Mapping[UUID, Click]) -> list[Part]:
    """Of each model: millionths, cents and refunds that add up to the whole."""
    return [part for model in MODELS for part in _of_model(happened, found, clicks, model)]


def _of_model(
    happened: Happened, found: Credit, clicks: Mapping[UUID, Click], model: Model
) -> list[Part]:
    credited = found.click.id if found.click else None
    given = shares(credited, found.touches, model)
    # Where no paid click is known, the models have nothing to differ in.
    whose: Sequence[UUID | None] = [one.click_id for one in given] or [credited]
    return [
        _part(happened, model, clicks[one] if one else None, number, len(whose))
        for number, one in enumerate(whose)
    ]


def _part(happened: Happened, model: Model, click: Click | None, number: int, of: int) -> Part:
    def share(whole: int) -> int:
        return whole * (number + 1) // of - whole * number // of

    at = happened.result.at
    return Part(
        kind=happened.kind,
        result_id=happened.id,
        model=model,
        click_id=click.id if click else NOBODY,
        at=at,
        click_at=click.at if click else at,
        millionths=share(WHOLE),
        value_cents=share(happened.value_cents),
        refunded_cents=share(happened.refunded_cents),
        currency=happened.currency,
        contact_id=happened.contact_id,
        source=click.source if click else "",
        link_id=click.link_id if click else None,
        campaign=(click.campaign if click else None) or "",
        adset=(click.adset if click else None) or "",
        ad=(click.ad if click else None) or "",
    )
