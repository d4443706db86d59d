"""What each click is credited with by each model: no I/O, no clock."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal, NamedTuple, get_args
from uuid import UUID

from pista.attribution.credit import Credit, Model, shares
from pista.attribution.report.gathering import Happened
from pista.attribution.report.model import NOBODY, WHOLE, Kind
from pista.clicks import Click
from pista.ids import ContactId

MODELS: tuple[Model, ...] = get_args(Model)
Counted = Literal["all"] | Model
"""`all`: what all models agree on, which is kept once."""


class Place(NamedTuple):
    """What reports group by; '' all over: no click is known."""

    source: str
    link_id: UUID | None
    campaign: str
    adset: str
    ad: str


class Part(NamedTuple):
    """A part of a result, as it is stored; the fields of `report_shares` in their order."""

    kind: Kind
    result_id: str
    model: Counted
    click_id: UUID
    at: datetime
    click_at: datetime
    millionths: int
    value_cents: int
    refunded_cents: int
    currency: str
    contact_id: ContactId | None
    place: Place


def parts(happened: Happened, found: Credit, clicks: Mapping[UUID, Click]) -> list[Part]:
    """Of each model: millionths, cents and refunds that add up to the whole."""
    whose: dict[Counted, list[UUID | None]] = {model: _whose(found, model) for model in MODELS}
    if all(one == whose["last"] for one in whose.values()):
        whose = {"all": whose["last"]}
    return [
        _part(happened, model, clicks[one] if one else None, number, len(own))
        for model, own in whose.items()
        for number, one in enumerate(own)
    ]


def _whose(found: Credit, model: Model) -> list[UUID | None]:
    """The clicks that share it; where no paid click is known, the models have nothing to differ
    in."""
    credited = found.click.id if found.click else None
    given = shares(credited, found.touches, model)
    return [one.click_id for one in given] or [credited]


def _part(happened: Happened, model: Counted, click: Click | None, number: int, of: int) -> Part:
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
        place=_place(click) if click else NOWHERE,
    )


def _place(click: Click) -> Place:
    told = (click.campaign or "", click.adset or "", click.ad or "")
    return Place(click.source, click.link_id, *told)


NOWHERE = Place("", None, "", "", "")
