"""Links, claims, forks, vouchers, merges, undos and repeats in whatever order chance finds.

What a browser comes to is worked out a second time here, naively, from the list of all that
happened; and each repeat must change nothing.
"""

import asyncio
from collections.abc import Coroutine
from datetime import datetime, timedelta
from typing import Any, ClassVar, NamedTuple

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from pista import contacts, identity
from pista.contacts import ContactNotFound, MergeId, OneAlready
from pista.identity import Claim, Linked, NothingToUndo, queries, rules, service
from pista.ids import ContactId, TenantId, VisitorId
from pista.store import postgres as store
from pista.store.postgres import Tx
from tests.contacts.conftest import new_tenant
from tests.identity.conftest import MINUTE, NOON, claim, new_contact

PEOPLE = ("ana", "luis", "eva")
VISITORS = (VisitorId("v1"), VisitorId("v2"))
SIGNED = ("webhook", "telegram", "whatsapp", "manual")
UNSIGNED = ("ud", "form", "identify")

people = st.sampled_from(PEOPLE)
visitors = st.sampled_from(VISITORS)


class Happened(NamedTuple):
    """Something that counts: a signed claim, one that nobody signed and that bound, an undo."""

    what: str
    visitor: VisitorId
    person: str


class Leant(NamedTuple):
    """A claim of a page that is linked as long as no other browser is said to be the person."""

    visitor: VisitorId
    person: str
    at: datetime
    place: int
    """In the history."""


class Expected(NamedTuple):
    base: str | None
    strong: bool
    forks: frozenset[str]


def expected(history: list[Happened], visitor: VisitorId) -> Expected:
    """Of all that happened on a browser: the first who is certain has it, or else the first who
    said so; everybody else who is certain has a fork."""
    own = [one for one in history if one.visitor == visitor]
    for index, one in enumerate(own):
        if one.what == "undo":
            own = [
                other if n >= index or other.person != one.person else other._replace(what="gone")
                for n, other in enumerate(own)
            ]
    barred: set[str] = set()
    certain: list[str] = []
    said: list[str] = []
    for one in own:
        match one.what:
            case "undo":
                barred.add(one.person)
            case "manual":
                barred.discard(one.person)
                certain.append(one.person)
            case "signed" if one.person not in barred:
                certain.append(one.person)
            case "unsigned" if one.person not in barred and not certain:
                said.append(one.person)
            case _:
                pass
    first = (certain or said or [None])[0]
    return Expected(first, bool(certain), frozenset(certain[1:]) - {first or ""})


class Linking(RuleBasedStateMachine):
    """One company, a few people, two browsers."""

    loop: ClassVar[asyncio.AbstractEventLoop]
    connection: ClassVar[Any]

    def __init__(self) -> None:
        super().__init__()
        self.transaction = self.connection.transaction()
        self.do(self.transaction.start())
        self.tx = Tx(self.connection)
        self.now = NOON
        self.number = 0
        self.history: list[Happened] = []
        self.said: list[tuple[Claim, Linked]] = []
        self.merges: list[tuple[MergeId, str, str]] = []
        self.lines = 0
        self.leant: list[Leant] = []
        self.tenant: TenantId = self.do(new_tenant(self.tx))
        self.other: TenantId = self.do(new_tenant(self.tx, "rivales"))
        self.ids: dict[str, ContactId] = {
            name: self.do(new_contact(self.tx, self.tenant, name)) for name in PEOPLE
        }

    def do(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self.loop.run_until_complete(work)

    def teardown(self) -> None:
        self.do(self.transaction.rollback())

    def key(self) -> str:
        self.number += 1
        self.now += MINUTE
        return f"k{self.number}"

    def say(self, method: str, visitor: VisitorId, person: str, **given: Any) -> Linked:
        by_id = {"contact_id": self.ids[person]} if self.number % 2 else {"crm_id": person}
        said = claim(method, self.key(), visitor_id=visitor, at=self.now, **by_id, **given)
        done: Linked = self.do(identity.link(self.tx, self.tenant, said, now=self.now))
        self.said.append((said, done))
        self.lines += 1
        return done

    @rule(method=st.sampled_from(SIGNED), visitor=visitors, person=people)
    def signed(self, method: str, visitor: VisitorId, person: str) -> None:
        done = self.say(method, visitor, person)
        if method == "webhook" and done.outcome != "refused_undone":
            self.doubt(visitor, person)
        what = "manual" if method == "manual" else "signed"
        self.history.append(Happened(what, visitor, person))

    @rule(method=st.sampled_from(UNSIGNED), visitor=visitors, person=people, fresh=st.booleans())
    def unsigned(self, method: str, visitor: VisitorId, person: str, fresh: bool) -> None:
        strong = expected(self.history, visitor).strong
        done = self.say(method, visitor, person, fresh=fresh)
        assert done.outcome not in ("confirmed", "displaced", "forked")
        if done.outcome == "linked":
            assert not strong
            self.lean(done, person, self.now, leans=method == "ud")
        if done.outcome == "waiting":
            self.doubt(visitor, person)

    def lean(self, done: Linked, person: str, at: datetime, *, leans: bool) -> None:
        if leans:
            self.leant.append(Leant(done.visitor_id, person, at, len(self.history)))
        self.history.append(Happened("unsigned", done.visitor_id, person))

    def doubt(self, visitor: VisitorId, person: str) -> None:
        """Another browser is said to be the same person: who was so on a claim alone no longer is,
        for all that is known."""
        for one in self.leant:
            near = abs(one.at - self.now) <= rules.LEANS_FOR
            if one.visitor == visitor or not self.same(one.person, person) or not near:
                continue
            certain = self.do(identity.certainly(self.tx, self.tenant, one.visitor))
            if certain != self.root(one.person):
                self.history[one.place] = self.history[one.place]._replace(what="gone")

    @rule(person=people)
    def vouch(self, person: str) -> None:
        key = self.key()
        done: Linked | None = self.do(
            identity.vouch(self.tx, self.tenant, self.ids[person], key, now=self.now)
        )
        if done is not None and all(done.claim_id != one.claim_id for _, one in self.said):
            self.lines += 1
            claim_id = done.claim_id
            row = self.do(queries.claim(self.tx, self.tenant, claim_id))
            named = next(n for n, i in self.ids.items() if i == row.contact_id)
            self.lean(done, named, row.claimed_at, leans=True)
        again = self.do(identity.vouch(self.tx, self.tenant, self.ids[person], key, now=self.now))
        assert again is None

    @precondition(lambda self: self.said)
    @rule(data=st.data())
    def repeat(self, data: st.DataObject) -> None:
        said, first = data.draw(st.sampled_from(self.said))
        before = self.stored()
        done: Linked = self.do(
            identity.link(self.tx, self.tenant, said, now=self.now + timedelta(days=1))
        )
        assert done == first or first.outcome == "waiting"
        assert self.stored() == before

    @precondition(lambda self: self.said)
    @rule(data=st.data())
    def steal(self, data: st.DataObject) -> None:
        """Another visitor comes with somebody's submission."""
        said, _ = data.draw(st.sampled_from(self.said))
        before = self.stored()
        stolen = claim(
            said.method, said.key, visitor_id="v_thief", contact_id=self.ids["ana"], at=self.now
        )
        done: Linked = self.do(identity.link(self.tx, self.tenant, stolen, now=self.now))
        assert done.outcome == "refused_repeated"
        assert self.stored() == before

    @precondition(lambda self: self.said)
    @rule(data=st.data())
    def undo(self, data: st.DataObject) -> None:
        said, done = data.draw(st.sampled_from(self.said))
        before = self.claims_undone()
        try:
            self.do(identity.undo(self.tx, self.tenant, done.claim_id, by="Eva", now=self.now))
        except NothingToUndo:
            return
        added = self.claims_undone() - before
        if added == 0:
            return
        self.lines += added
        person = said.crm_id or next(n for n, i in self.ids.items() if i == said.contact_id)
        assert added == 1 or self.merged()
        for other in PEOPLE:
            if other == person or (self.same(other, person) and self.said_of(said, other)):
                self.history.append(Happened("undo", said.visitor_id, other))

    @rule(one=people, into=people)
    def merge(self, one: str, into: str) -> None:
        try:
            made = self.do(
                contacts.merge(
                    self.tx, self.tenant, self.ids[one], self.ids[into], by="Eva", now=self.now
                )
            )
        except OneAlready:
            return
        self.merges.append((made.id, one, into))

    @precondition(lambda self: self.merges)
    @rule(data=st.data())
    def unmerge(self, data: st.DataObject) -> None:
        made = data.draw(st.sampled_from(self.merges))
        self.merges.remove(made)
        for _ in range(2):
            self.do(identity.unmerge(self.tx, self.tenant, made[0], by="Eva", now=self.now))

    @invariant()
    def browsers_are_whose_they_should_be(self) -> None:
        """Also after a merge that was taken back: as if the two had never been one."""
        if self.merged():
            return
        names = {contact: name for name, contact in self.ids.items()}
        for visitor in VISITORS:
            state = self.do(service.state_of(self.tx, self.tenant, visitor))
            base = state.base
            found = Expected(
                names[base.contact] if base else None,
                base is not None and base.strength == "strong",
                frozenset(names[one] for one in state.forks),
            )
            assert found == expected(self.history, visitor)
            log = self.do(queries.claims_of_visitor(self.tx, self.tenant, visitor))
            assert rules.replay(log).state == state

    @invariant()
    def times_of_a_browser_have_no_gaps(self) -> None:
        for visitor in VISITORS:
            spans = {
                (span.since, span.until)
                for contact in set(map(self.root, PEOPLE))
                for span in self.do(identity.visitors_of(self.tx, self.tenant, contact))
                if span.visitor_id == visitor
            }
            starts, ends = {since for since, _ in spans}, {until for _, until in spans}
            assert starts == ends
            assert not spans or None in starts

    @invariant()
    def nothing_is_forgotten(self) -> None:
        count = "select count(*) from link_claims where tenant_id = $1 and outcome <> all ($2)"
        besides = ["refused_repeated", "retracted"]
        assert self.do(self.tx.value(count, self.tenant, besides)) == self.lines

    @invariant()
    def the_other_company_has_nothing(self) -> None:
        for contact in self.ids.values():
            try:
                self.do(identity.visitors_of(self.tx, self.other, contact))
            except ContactNotFound:
                continue
            raise AssertionError(contact)
        for visitor in VISITORS:
            found = self.do(identity.contact_of(self.tx, self.other, visitor, self.now))
            assert found is None

    def root(self, person: str) -> ContactId:
        return self.do(contacts.root_of(self.tx, self.tenant, self.ids[person]))

    def same(self, one: str, other: str) -> bool:
        return self.root(one) == self.root(other)

    def merged(self) -> bool:
        return len(set(map(self.root, PEOPLE))) < len(PEOPLE)

    def said_of(self, said: Claim, person: str) -> bool:
        """Whether the visitor was said to be this person, too."""
        return any(
            one.visitor == said.visitor_id and one.person == person and one.what != "gone"
            for one in self.history
        )

    def claims_undone(self) -> int:
        count = "select count(*) from link_claims where tenant_id = $1 and outcome = 'undone'"
        return self.do(self.tx.value(count, self.tenant))

    def stored(self) -> list[Any]:
        found = "select visitor_id, contact_id, strength, claim_id from visitor_contact order by 1"
        return list(map(tuple, self.do(self.connection.fetch(found))))


def run(database_url: str, examples: int) -> None:
    """In a thread and an event loop of its own, since the machine is not asynchronous."""
    loop = asyncio.new_event_loop()
    Linking.loop = loop
    Linking.connection = loop.run_until_complete(store.connect(database_url))
    try:
        run_state_machine_as_test(
            Linking,
            settings=settings(
                max_examples=examples,
                stateful_step_count=20,
                deadline=None,
                database=None,
                suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
            ),
        )
    finally:
        loop.run_until_complete(Linking.connection.close())
        loop.close()


async def test_whatever_happens_in_whatever_order(database: str):
    """
    Strong is never displaced by provisional, repeats change nothing, undos leave what others
    said, and the log tells all of it.
    """
    await asyncio.to_thread(run, database, 25)
