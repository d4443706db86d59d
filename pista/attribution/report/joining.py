"""Puts what clicks say and what the platforms' costs say of the same campaign into one line: no
I/O, no clock.

An address may carry a campaign's id or its name, as the link was made; a file of costs has both, or
one. They are the same where the id is, or where the name is of one id only: in the same campaign,
if there are several anywhere. Who knows the advertisement alone, as a chat begun by one does, knows
its campaign from the costs.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import get_args

import msgspec

from pista.attribution.report.model import WHOLE, By, Figures, Line
from pista.attribution.report.queries import CostRow, MomentRow, NamedRow, PlaceRow
from pista.clicks import LinkId

BY: tuple[By, ...] = get_args(By)
_LEVELS: dict[By, int] = {"campaign": 1, "adset": 2, "ad": 3}

Key = tuple[str, ...]
NO_CLICK: Key = ()
"""Of the line of what no click is known of; '' in a key: the click does not say."""


class Level:
    """What is known of campaigns, of ad sets or of advertisements."""

    def __init__(self, named: Iterable[tuple[Key, str, str]]) -> None:
        """Each with the key of what it is part of, its id and its name; the newest come last."""
        self._names: dict[str, str] = {}
        self._parents: dict[str, Key] = {}
        self._within: dict[tuple[Key, str], set[str]] = defaultdict(set)
        self._anywhere: dict[str, set[str]] = defaultdict(set)
        for parents, id_, name in named:
            if id_:
                self._names[id_] = name or self._names.get(id_, "")
                if any(parents):
                    self._parents[id_] = parents
                self._within[parents, name].add(id_)
                self._anywhere[name].add(id_)

    def key(self, parents: Key, text: str) -> str:
        """The id, if this is one or a name of one only."""
        if not text or text in self._names:
            return text
        for ids in (self._within.get((parents, text), ()), self._anywhere.get(text, ())):
            if len(ids) == 1:
                return next(iter(ids))
        return text

    def name(self, key: str) -> str | None:
        return self._names.get(key) or None

    def parents(self, text: str) -> Key:
        """What an id is part of."""
        return self._parents.get(text, ())

    def knows(self, text: str) -> bool:
        return bool(text) and (text in self._names or text in self._anywhere)


class Names:
    """Of all three levels."""

    def __init__(self, named: Sequence[NamedRow]) -> None:
        ids = [(one.campaign_id, one.adset_id, one.ad_id) for one in named]
        names = [(one.campaign, one.adset, one.ad) for one in named]
        keys: list[Key] = [() for _ in named]
        self._levels: list[Level] = []
        for depth in range(len(_LEVELS)):
            own = [
                (key, id_[depth], name[depth])
                for key, id_, name in zip(keys, ids, names, strict=True)
            ]
            level = Level(own)
            keys = [(*key, level.key(key, id_ or name)) for key, id_, name in own]
            self._levels.append(level)

    def key_of_place(self, place: PlaceRow, by: By) -> Key:
        if not place.source:
            return NO_CLICK
        if by == "link":
            return ("" if place.link_id is None else str(place.link_id),)
        if by == "source":
            return (place.source,)
        return self.keyed((place.campaign, place.adset, place.ad))[: _LEVELS[by]]

    def key_of_cost(self, cost: CostRow, by: By) -> Key | None:
        """None: costs are told of campaigns, and not of links or sources."""
        if by not in _LEVELS:
            return None
        told = (
            cost.campaign_id or cost.campaign,
            cost.adset_id or cost.adset,
            cost.ad_id or cost.ad,
        )
        return self.keyed(told)[: _LEVELS[by]]

    def called(self, key: Key) -> list[str | None]:
        """What the platform calls each level of a campaign's, ad set's or advertisement's key."""
        return [level.name(one) for level, one in zip(self._levels, key, strict=False)]

    def keyed(self, told: Key) -> Key:
        """A campaign, ad set and advertisement by their ids, where those are known."""
        key: Key = ()
        for level, text in zip(self._levels, self._completed(told), strict=True):
            key = (*key, level.key(key, text))
        return key

    def _completed(self, told: Key) -> Key:
        """With what the innermost known id is part of, in the place of what nobody knows."""
        for depth in reversed(range(len(told))):
            if parents := self._levels[depth].parents(told[depth]):
                own = zip(self._levels, told, parents, strict=False)
                known = [
                    above if above and not level.knows(text) else text for level, text, above in own
                ]
                return (*known, *told[depth:])
        return told


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
        "sales_of_currency",
        "value_cents",
        "visits",
    )

    def __init__(self) -> None:
        self.clicks = self.bots = self.visits = 0
        self.contacts = self.conversations = self.leads = self.sales = 0
        self.sales_of_currency = self.value_cents = self.refunded_cents = 0
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
            self.sales_of_currency += row.sales
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
            sales_of_currency=_parts(self.sales_of_currency),
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


def monies(places: Sequence[PlaceRow], costs: Sequence[CostRow]) -> dict[str, Sums]:
    """What was sold and spent in each currency."""
    found: dict[str, Sums] = defaultdict(Sums)
    for place in places:
        if place.currency:
            found[place.currency].add(place, place.currency)
    for cost in costs:
        found[cost.currency].spend(cost.cost_cents)
    return found


def line(key: Key, by: By, sums: Sums, called: Sequence[str | None]) -> Line:
    """`called`: what the platform, or the link, calls it and what it is part of."""
    told: list[str | None] = [*key, None, None, None] if by in _LEVELS else [None, None, None]
    is_link = by == "link" and key != NO_CLICK and key[0]
    return Line(
        key=written(key),
        has_click=key != NO_CLICK,
        campaign=told[0] or None,
        adset=told[1] or None,
        ad=told[2] or None,
        link_id=LinkId(msgspec.convert(key[0], LinkId, strict=False)) if is_link else None,
        source=key[0] if by == "source" and key else None,
        name=called[-1] if called else None,
        part_of=[name or one for name, one in zip(called[:-1], key, strict=False) if name or one],
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
    return key if key == NO_CLICK or len(key) == _LEVELS.get(by, 1) else None


def _parts(millionths: int) -> float:
    return round(millionths / WHOLE, 3)
