"""Puts what clicks say and what the platforms' costs say of the same campaign into one line: no
I/O, no clock.

An address may carry a campaign's id or its name, as the link was made; a file of costs has both, or
one. They are the same where the id is, or where the name is of one id only.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple, get_args

import msgspec

from pista.attribution.report.model import WHOLE, By, Figures, Line
from pista.attribution.report.queries import CostRow, MomentRow, PlaceRow
from pista.clicks import LinkId

BY: tuple[By, ...] = get_args(By)
_LEVELS: dict[By, int] = {"campaign": 1, "adset": 2, "ad": 3}

Key = tuple[str, ...]


class Named(NamedTuple):
    """A campaign, ad set or advertisement as a file of costs names it."""

    id: str
    name: str


class Alike:
    """What is known of one level's ids and names."""

    def __init__(self, named: Iterable[Named]) -> None:
        self._names: dict[str, str] = {}
        ids: dict[str, set[str]] = defaultdict(set)
        for one in named:
            if one.id and one.name:
                self._names[one.id] = one.name
                ids[one.name].add(one.id)
        self._ids = {name: next(iter(own)) for name, own in ids.items() if len(own) == 1}

    def key(self, text: str) -> str:
        """The id, if this is one or a name of one only."""
        return text if text in self._names else self._ids.get(text, text)

    def name(self, key: str) -> str | None:
        return self._names.get(key)


class Names:
    """Of all three levels."""

    def __init__(self, costs: Sequence[CostRow]) -> None:
        self._levels = (
            Alike(Named(one.campaign_id, one.campaign) for one in costs),
            Alike(Named(one.adset_id, one.adset) for one in costs),
            Alike(Named(one.ad_id, one.ad) for one in costs),
        )

    def key_of_place(self, place: PlaceRow, by: By) -> Key:
        if by == "link":
            return ("" if place.link_id is None else str(place.link_id),)
        if by == "source":
            return (place.source,)
        told = (place.campaign, place.adset, place.ad)
        return self._keyed(told, by)

    def key_of_cost(self, cost: CostRow, by: By) -> Key | None:
        """None: costs are told of campaigns, and not of links or sources."""
        if by not in _LEVELS:
            return None
        told = (
            cost.campaign_id or cost.campaign,
            cost.adset_id or cost.adset,
            cost.ad_id or cost.ad,
        )
        return self._keyed(told, by)

    def name(self, key: Key, by: By) -> str | None:
        level = _LEVELS.get(by)
        return self._levels[level - 1].name(key[-1]) if level else None

    def _keyed(self, told: Sequence[str], by: By) -> Key:
        return tuple(
            level.key(text) for level, text in zip(self._levels[: _LEVELS[by]], told, strict=False)
        )


class Sums:
    """Counts that are being added up."""

    __slots__ = (
        "bots",
        "clicks",
        "contacts",
        "conversations",
        "cost_cents",
        "leads",
        "refunded_cents",
        "sales",
        "value_cents",
        "visits",
    )

    def __init__(self) -> None:
        self.clicks = self.bots = self.visits = 0
        self.contacts = self.conversations = self.leads = self.sales = 0
        self.value_cents = self.refunded_cents = 0
        self.cost_cents: int | None = None

    def add(self, row: PlaceRow | MomentRow, currency: str) -> None:
        """Money of another currency is not added; the sales it was paid for are."""
        self.clicks += row.clicks
        self.bots += row.bots
        self.visits += row.visits
        self.contacts += row.contacts
        self.conversations += row.conversations
        self.leads += row.leads
        self.sales += row.sales
        if row.currency == currency:
            self.value_cents += row.value_cents
            self.refunded_cents += row.refunded_cents

    def spend(self, cents: int) -> None:
        self.cost_cents = (self.cost_cents or 0) + cents

    def figures(self) -> Figures:
        return Figures(
            clicks=self.clicks,
            bots=self.bots,
            visits=self.visits,
            contacts=_parts(self.contacts),
            conversations=_parts(self.conversations),
            leads=_parts(self.leads),
            sales=_parts(self.sales),
            revenue_cents=self.value_cents - self.refunded_cents,
            refunded_cents=self.refunded_cents,
            cost_cents=self.cost_cents,
        )


def lines(
    places: Sequence[PlaceRow],
    costs: Sequence[CostRow],
    names: Names,
    by: By,
    currency: str,
) -> dict[Key, Sums]:
    """One for each that clicks, results or costs tell of."""
    found: dict[Key, Sums] = defaultdict(Sums)
    for place in places:
        found[names.key_of_place(place, by)].add(place, currency)
    for cost in costs:
        key = names.key_of_cost(cost, by)
        if key is not None and cost.currency == currency:
            found[key].spend(cost.cost_cents)
    return found


def line(key: Key, by: By, sums: Sums, name: str | None) -> Line:
    told: list[str | None] = [*key, None, None] if by in _LEVELS else [None, None, None]
    is_link = by == "link" and key[0]
    return Line(
        key=written(key),
        campaign=told[0] or None,
        adset=told[1] or None,
        ad=told[2] or None,
        link_id=LinkId(msgspec.convert(key[0], LinkId, strict=False)) if is_link else None,
        source=(key[0] or None) if by == "source" else None,
        name=name,
        figures=sums.figures(),
    )


def written(key: Key) -> str:
    return msgspec.json.encode(key).decode()


def read(text: str, by: By) -> Key | None:
    """None: it is no key of such a line."""
    try:
        key = msgspec.json.decode(text, type=tuple[str, ...])
    except (msgspec.DecodeError, UnicodeError):
        return None
    return key if len(key) == _LEVELS.get(by, 1) else None


def _parts(millionths: int) -> float:
    return round(millionths / WHOLE, 3)
