"""Messages and claims about one person whom nobody has heard of, in whatever order chance finds.

How it ends is worked out a second time from what was said, whatever came first. A person undoes
and merges in between: then those links are left that no order allows to differ.
"""

import asyncio
from collections.abc import Awaitable
from datetime import UTC, datetime
from typing import Any, ClassVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from pista import contacts, identity
from pista.contacts import MergeId, OneAlready
from pista.ids import ContactId
from pista.store import postgres as store
from pista.store.postgres import Tx
from tests.contacts.conftest import found
from tests.crm.told import Told, expected, told

VISITORS = ("v1758565884546_x7Gk2Qp", "v1758565999999_other00", "v1758566000000_third00")

visitors = st.sampled_from(VISITORS)


class Messages(RuleBasedStateMachine):
    """One company, one person of its CRM, three browsers."""

    loop: ClassVar[asyncio.AbstractEventLoop]
    connection: ClassVar[Any]
    company: Told
    other: ContactId

    def __init__(self) -> None:
        super().__init__()
        self.transaction = self.connection.transaction()
        self.do(self.transaction.start())
        self.tx = Tx(self.connection)
        self.named: set[str] = set()
        self.claimed: set[str] = set()
        self.undone: set[str] = set()
        self.heard = False
        self.merged = False
        self.merges: list[MergeId] = []

    def do(self, work: Awaitable[Any]) -> Any:
        return self.loop.run_until_complete(asyncio.ensure_future(work, loop=self.loop))

    def teardown(self) -> None:
        self.do(self.transaction.rollback())

    @initialize(fresh=st.booleans(), known=st.booleans(), together=st.booleans())
    def begin(self, fresh: bool, known: bool, together: bool) -> None:
        self.company = self.do(told(self.tx, fresh=fresh, known=known))
        self.company.together = together
        self.known = known
        self.vouches = fresh and not known
        some = contacts.upsert(
            self.tx, self.company.tenant, found(crm_id="somebody"), now=datetime.now(UTC)
        )
        self.other = self.do(some).contact_id

    @rule(visitor=visitors)
    def named_by_the_crm(self, visitor: str) -> None:
        self.do(self.company.by_the_crm(visitor))
        self.named.add(visitor)
        self.heard = True

    @rule()
    def told_by_the_crm(self) -> None:
        self.do(self.company.by_the_crm(None))
        self.heard = True

    @rule(visitor=visitors)
    def claimed_by_a_page(self, visitor: str) -> None:
        self.do(self.company.by_a_page(visitor))
        self.claimed.add(visitor)

    @precondition(lambda self: self.claimed)
    @rule(data=st.data())
    def stolen(self, data: st.DataObject) -> None:
        """Another visitor comes with somebody's submission: nothing changes."""
        submission = f"submission-of-{data.draw(st.sampled_from(sorted(self.claimed)))}"
        before = self.do(self.company.end())
        self.do(self.company.by_a_page("v1758567000000_thief00", submission))
        assert self.do(self.company.end()) == before

    @rule(visitor=visitors)
    def undo(self, visitor: str) -> None:
        linked = self.do(self.company.end()).links
        if visitor in linked:
            self.do(self.company.undo(visitor))
            self.undone.add(visitor)

    @rule(into=st.booleans())
    def merge(self, into: bool) -> None:
        contact = self.do(self.company.contact())
        if contact is None:
            return
        one, two = (contact, self.other) if into else (self.other, contact)
        now = datetime.now(UTC)
        try:
            made = self.do(
                contacts.merge(self.tx, self.company.tenant, one, two, by="Eva", now=now)
            )
        except OneAlready:
            return
        self.merged = True
        self.merges.append(made.id)

    @precondition(lambda self: self.merges)
    @rule()
    def unmerge(self) -> None:
        now = datetime.now(UTC)
        made = self.merges.pop()
        self.do(identity.unmerge(self.tx, self.company.tenant, made, by="Eva", now=now))

    @invariant()
    def ends_as_it_would_in_any_order(self) -> None:
        if self.undone or self.merged:
            return
        end = expected(self.named, self.claimed, heard=self.heard, vouches=self.vouches)
        apart = 1 if self.known and not (self.heard and end.contacts) else 0
        people = end.contacts + apart + 1
        assert self.do(self.company.end()) == end._replace(contacts=people)

    @invariant()
    def who_is_certain_is_linked_and_nobody_else(self) -> None:
        links = self.do(self.company.end()).links
        assert {one for one, sure in links.items() if sure == "strong"} == self.named - self.undone
        alone = {one for one, sure in links.items() if sure == "provisional"}
        assert alone <= self.claimed - self.undone
        # What a person took back stands in nobody's way.
        assert not alone or not self.named - self.undone

    @invariant()
    def no_two_are_asked_about_as_one(self) -> None:
        # Who was merged with what a page named is somebody: then it is asked whose the id is.
        assert self.do(self.company.questions()) == 0 or (self.merged and self.known)


def run(database_url: str, examples: int) -> None:
    """In a thread and an event loop of its own, since the machine is not asynchronous."""
    loop = asyncio.new_event_loop()
    Messages.loop = loop
    Messages.connection = loop.run_until_complete(store.connect(database_url))
    try:
        run_state_machine_as_test(
            Messages,
            settings=settings(
                max_examples=examples,
                stateful_step_count=12,
                deadline=None,
                database=None,
                suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
            ),
        )
    finally:
        loop.run_until_complete(Messages.connection.close())
        loop.close()


async def test_whatever_comes_first(database: str):
    """
    Signed messages, claims, repeats, undos and merges.
    """
    await asyncio.to_thread(run, database, 30)
