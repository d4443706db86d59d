"""Who is given which cliente: no I/O, no clock."""

from collections.abc import Iterable, Sequence

import msgspec

from pista.desk.sharing.model import Asesor, Given, Refusal, ShareRules, Waiting, Way
from pista.ids import UserId


def ways(rules: ShareRules) -> list[Way]:
    """One for each rule, and the last for what fits none, if that is given out as well."""
    found = [
        Way(rule=one.name, skills=skills(one.skills), method=one.method) for one in rules.rules
    ]
    return [*found, rest(rules)] if rules.rest else found


def rest(rules: ShareRules) -> Way:
    """How what fits no rule is given out."""
    return Way(rule=None, skills=frozenset(), method=rules.method)


def skills(named: Iterable[str]) -> frozenset[str]:
    """However they are written."""
    return frozenset(one.strip().casefold() for one in named)


def refusal(asesor: Asesor, way: Way, let_go_by: UserId | None = None) -> Refusal | None:
    """Why this one is not given it."""
    if asesor.state != "available":
        return asesor.state
    if not way.skills <= asesor.skills:
        return "skills"
    if asesor.id == let_go_by:
        return "let_it_go"
    return "full" if asesor.load >= asesor.limit else None


def in_turn(staff: Iterable[Asesor], way: Way, let_go_by: UserId | None = None) -> list[Asesor]:
    """Who could be given it, the next one first.

    Whoever has just let it go is asked again only if nobody else is there who could do it, not
    even one who has enough at the moment.
    """
    found = [(one, refusal(one, way, let_go_by)) for one in staff]
    if not any(why in (None, "full") for _, why in found):
        found = [(one, refusal(one, way)) for one, _ in found]
    free = [one for one, why in found if why is None]
    if way.method == "least_loaded":
        return sorted(free, key=lambda one: (one.load, one.turn, one.id))
    return sorted(free, key=lambda one: (one.turn, one.id))


def servable(staff: Iterable[Asesor], way: Way) -> bool:
    """Whether anybody at all could be given something this way."""
    return any(refusal(one, way) is None for one in staff)


class Table:
    """Everybody at the table, as it goes round."""

    def __init__(self, staff: Sequence[Asesor]) -> None:
        self.staff = {one.id: one for one in staff}
        self._turn = max((one.turn for one in staff), default=0)

    def give(self, waiting: Iterable[Waiting], ways: Sequence[Way]) -> list[Given]:
        """In their order; what nobody may have waits on."""
        given: list[Given] = []
        for one in waiting:
            found = in_turn(self.staff.values(), ways[one.way], one.let_go_by)
            if found:
                self._turn += 1
                now = msgspec.structs.replace(found[0], load=found[0].load + 1, turn=self._turn)
                self.staff[now.id] = now
                given.append(Given(cliente=one.id, asesor=now.id, why=ways[one.way].why))
        return given
