"""Which contact a visitor is, claim by claim: no I/O, no clock."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from pista.contacts.model import Strength
from pista.identity.model import ClaimRow, Method, Outcome
from pista.ids import ContactId

STRONG: frozenset[Method] = frozenset({"webhook", "telegram", "whatsapp", "manual"})
"""Signed by who knows, or said by one of our people. The others anybody can send."""
LEANING: frozenset[Method] = frozenset({"ud"})
"""These name a contact by the id that its CRM has just made, which as yet only the page knows that
it was made for. An e-mail or a phone many know."""
LEANS_FOR = timedelta(minutes=30)
"""A claim that nobody signed and a signed message that names no visitor belong together when this
little time is between them."""
MOST_VISITORS = 20
"""A person has fewer browsers than this."""
UNHEARD: frozenset[Outcome] = frozenset({"waiting", "refused_repeated", "retracted"})
"""Lines of the log that say nothing of whose a visitor is."""
BINDING: frozenset[Outcome] = frozenset({"linked", "confirmed", "displaced", "forked"})


class Base(NamedTuple):
    """Whose a visitor is."""

    contact: ContactId
    strength: Strength


class State(NamedTuple):
    """Whose a visitor is, who else has been on the same browser since, and who is not."""

    base: Base | None = None
    forks: frozenset[ContactId] = frozenset()
    barred: frozenset[ContactId] = frozenset()
    """A person has said that these are not the visitor; only a person says otherwise."""


class Said(NamedTuple):
    """A claim, as far as it decides."""

    contact: ContactId
    method: Method
    proven: bool
    """Of a claim that anybody can send: whether something signed stands beside it."""


def strength(method: Method) -> Strength:
    return "strong" if method in STRONG else "provisional"


def decide(state: State, said: Said) -> Outcome:
    """What becomes of a claim. Strong displaces provisional, and never the other way round."""
    base, strong = state.base, said.method in STRONG
    # Also where another is barred that was merged into this contact since.
    if said.contact in state.forks:
        return "already"
    if base and base.contact == said.contact:
        return "confirmed" if strong and base.strength == "provisional" else "already"
    if said.contact in state.barred and said.method != "manual":
        return "refused_undone"
    if base is None:
        return "linked" if strong or said.proven else "waiting"
    if strong:
        return "forked" if base.strength == "strong" else "displaced"
    return "refused_strong" if base.strength == "strong" else "conflict"


def after(state: State, said: Said, outcome: Outcome) -> State:
    """Whose the visitor is then."""
    barred = state.barred - {said.contact} if said.method == "manual" else state.barred
    match outcome:
        case "linked" | "confirmed" | "displaced":
            base = Base(said.contact, strength(said.method))
            return State(base, state.forks, barred)
        case "forked":
            return State(state.base, state.forks | {said.contact}, barred)
        case _:
            return State(state.base, state.forks, barred)


class Replayed(NamedTuple):
    """What a visitor's claims come to, and which of them made it so."""

    state: State
    base_claim: ClaimRow | None
    fork_claims: dict[ContactId, ClaimRow]
    open_claims: list[ClaimRow]
    """Those that only a person can decide."""


def replay(claims: Iterable[ClaimRow]) -> Replayed:
    """Decide all claims of a visitor anew, without those that were taken back."""
    standing, barred = _standing(claims)
    state, base, forks = State(), None, dict[ContactId, ClaimRow]()
    unsettled: list[ClaimRow] = []
    for claim in standing:
        assert claim.root_id is not None
        # One that bound before was proven; one that waited or was refused has not become so.
        said = Said(claim.root_id, claim.method, claim.outcome in BINDING)
        outcome = decide(state, said)
        state = after(state, said, outcome)
        if outcome == "forked":
            forks[said.contact] = claim
        elif outcome in BINDING:
            base = claim
        elif outcome in ("conflict", "waiting"):
            unsettled.append(claim)
    return Replayed(state._replace(barred=barred), base, forks, unsettled)


def counting(claims: Sequence[ClaimRow]) -> list[ClaimRow]:
    """Those that may say of themselves whose the visitor is, and were not retracted."""
    retracted = {claim.undoes for claim in claims if claim.outcome == "retracted"}
    return [
        claim
        for claim in claims
        if claim.undoes is None
        and claim.id not in retracted
        and (claim.method in STRONG or claim.outcome in BINDING)
    ]


def _standing(claims: Iterable[ClaimRow]) -> tuple[list[ClaimRow], frozenset[ContactId]]:
    standing: list[ClaimRow] = []
    # The very contacts, and which one is shown for each: merged later, the other is not meant.
    barred: dict[ContactId, ContactId] = {}
    every = list(claims)
    retracted = {claim.undoes for claim in every if claim.outcome == "retracted"}
    for claim in every:
        very, root = claim.contact_id, claim.root_id
        if very is None or root is None or claim.id in retracted or claim.outcome in UNHEARD:
            continue
        if claim.outcome == "undone":
            barred[very] = root
            standing = [one for one in standing if one.contact_id != very]
            continue
        if claim.method == "manual":
            barred = {one: shown for one, shown in barred.items() if shown != root}
        # One that bound was not barred then: the two were merged since.
        if root not in barred.values() or claim.outcome in BINDING:
            standing.append(claim)
    return standing, frozenset(barred.values())


def leans(claimed_at: datetime, vouched_at: datetime) -> bool:
    """Whether a claim and a signed message are close enough to be about the same submit."""
    return abs(claimed_at - vouched_at) <= LEANS_FOR


class Part(NamedTuple):
    """From when on a browser was whose."""

    contact: ContactId
    since: datetime | None
    until: datetime | None


def parts(base: ContactId, forks: Iterable[tuple[ContactId, datetime, str]]) -> list[Part]:
    """The times of one browser, without gaps: its first person's, then each next one's."""
    in_order = sorted(forks, key=lambda fork: fork[1:])
    people = [base, *(fork[0] for fork in in_order)]
    edges: list[datetime | None] = [None, *(fork[1] for fork in in_order), None]
    return [Part(person, *edges[n : n + 2]) for n, person in enumerate(people)]
