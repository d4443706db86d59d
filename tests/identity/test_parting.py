"""What becomes of browsers when a merge is taken back: as if the two had never been one."""

from datetime import timedelta

import pytest

from pista import contacts, identity
from pista.contacts import MergeId
from pista.contacts.facts import Before
from pista.identity import parting, review_queries
from pista.identity.facts import facts
from pista.ids import ContactId, TenantId, VisitorId
from pista.store.postgres import Tx
from tests.identity.conftest import MINUTE, NOON, Say, V, links, new_contact, outcomes

LATER = NOON + timedelta(hours=2)


async def merge(tx: Tx, tenant: TenantId, one: ContactId, into: ContactId) -> MergeId:
    return (await contacts.merge(tx, tenant, one, into, by="Eva", now=NOON)).id


async def part(tx: Tx, tenant: TenantId, merged: MergeId) -> None:
    for _ in range(2):
        await identity.unmerge(tx, tenant, merged, by="Eva", now=LATER)


async def spans(tx: Tx, tenant: TenantId, contact: ContactId) -> list[tuple[str, object, object]]:
    found = await identity.visitors_of(tx, tenant, contact)
    return [(one.visitor_id, one.since, one.until) for one in found if one.visitor_id == V]


@pytest.mark.parametrize("first", ["webhook", "ud"])
async def test_who_was_named_while_they_were_one_was_there(
    tx: Tx, tenant: TenantId, ana: ContactId, luis: ContactId, say: Say, first: str
):
    """
    A signed message said nothing new then; parted, the browser is the second's from it on, or all
    of it where the first was not certain.
    """
    await say(first, "w1", contact_id=ana, fresh=True)
    merged = await merge(tx, tenant, luis, ana)
    said = await say("webhook", "w2", contact_id=luis, now=NOON + MINUTE)
    assert said.outcome == ("already" if first == "webhook" else "confirmed")
    assert await spans(tx, tenant, ana) == [(V, None, None)]

    await part(tx, tenant, merged)

    if first == "webhook":
        assert await spans(tx, tenant, ana) == [(V, None, NOON + MINUTE)]
        assert await spans(tx, tenant, luis) == [(V, NOON + MINUTE, None)]
    else:
        assert await spans(tx, tenant, ana) == []
        assert await spans(tx, tenant, luis) == [(V, None, None)]
    assert await identity.contact_of(tx, tenant, V, LATER) == luis
    told = await facts(tx, tenant, luis, Before(LATER, "~"), 9)
    what = "linked" if first == "webhook" else "confirmed"
    assert [(one.fact.what, one.at) for one in told] == [(what, NOON + MINUTE)]


async def test_a_fork_that_was_none_while_they_were_one_is_one_again(
    tx: Tx, tenant: TenantId, ana: ContactId, luis: ContactId, say: Say
):
    """
    Somebody else's link was taken back meanwhile, which wrote the links of the browser anew.
    """
    eva = await new_contact(tx, tenant, "eva")
    await say("webhook", "w1", contact_id=ana)
    await say("webhook", "w2", contact_id=luis, now=NOON + MINUTE)
    wrong = await say("webhook", "w3", contact_id=eva, now=NOON + 2 * MINUTE)
    before = {one.visitor_id for one in await identity.visitors_of(tx, tenant, luis)}
    merged = await merge(tx, tenant, luis, ana)
    await identity.undo(tx, tenant, wrong.claim_id, by="Eva", now=NOON)

    await part(tx, tenant, merged)

    assert await spans(tx, tenant, luis) == [(V, NOON + MINUTE, None)]
    # The second person's browser keeps the id that it was given.
    assert {one.visitor_id for one in await identity.visitors_of(tx, tenant, luis)} == before


async def test_an_undo_while_they_are_one_is_about_both(
    tx: Tx, tenant: TenantId, ana: ContactId, luis: ContactId, say: Say
):
    """
    The browser is neither's, also when they are parted, and no message links it to either.
    """
    await say("webhook", "w1", contact_id=ana)
    merged = await merge(tx, tenant, luis, ana)
    said = await say("webhook", "w2", contact_id=luis, now=NOON + MINUTE)
    with pytest.raises(identity.NothingToUndo):
        await identity.undo(tx, tenant, said.claim_id, by="Eva", now=NOON)
    one = (await identity.visitors_of(tx, tenant, ana))[0].claim_id
    await identity.undo(tx, tenant, one, by="Eva", now=NOON)

    await part(tx, tenant, merged)

    assert await links(tx, tenant) == {}
    for n, contact in enumerate((ana, luis)):
        again = await say("webhook", f"again{n}", contact_id=contact)
        assert again.outcome == "refused_undone"


async def test_what_was_undone_of_one_stays_the_others(
    tx: Tx, tenant: TenantId, ana: ContactId, luis: ContactId, say: Say
):
    """
    The browser was Ana's, and not Luis's; then the two are found to be one person. It is theirs,
    whatever is taken back of others, and messages about either say nothing new.
    """
    eva = await new_contact(tx, tenant, "eva")
    await say("webhook", "w1", contact_id=ana)
    wrong = await say("webhook", "w2", contact_id=luis)
    await identity.undo(tx, tenant, wrong.claim_id, by="Eva", now=NOON)
    merged = await merge(tx, tenant, luis, ana)
    another = await say("webhook", "w3", contact_id=eva)

    await identity.undo(tx, tenant, another.claim_id, by="Eva", now=NOON)

    assert await identity.certainly(tx, tenant, V) == ana
    assert (await say("webhook", "w4", contact_id=ana)).outcome == "already"
    assert (await say("webhook", "w5", contact_id=luis)).outcome == "already"
    await part(tx, tenant, merged)
    assert await links(tx, tenant) == {V: ("ana", "strong")}
    assert (await say("webhook", "w6", contact_id=luis)).outcome == "refused_undone"


async def test_what_nobody_signed_is_asked_about(
    tx: Tx, tenant: TenantId, ana: ContactId, luis: ContactId, say: Say
):
    """
    Two pages named two contacts that were one: parted, the first keeps the browser, and a person
    says whether it is the second.
    """
    await say("ud", "s1", contact_id=ana, fresh=True)
    merged = await merge(tx, tenant, luis, ana)
    said = await say("ud", "s2", contact_id=luis, fresh=True, now=NOON + MINUTE)
    assert said.outcome == "already"

    await part(tx, tenant, merged)

    assert await links(tx, tenant) == {V: ("ana", "provisional")}
    [item] = await review_queries.open_reviews(tx, tenant, None, 9)
    assert (item.claim_id, item.contact_id) == (said.claim_id, luis)


async def test_a_merge_that_answered_a_question_is_taken_back_alike(
    tx: Tx, tenant: TenantId, ana: ContactId, luis: ContactId, say: Say
):
    """
    The question about the shared browser is open again, and the browser is shared again.
    """
    await say("webhook", "w1", contact_id=ana)
    await say("webhook", "w2", contact_id=luis, now=NOON + MINUTE)
    [item] = await contacts.list_reviews(
        tx, tenant, is_open=True, contact=None, before=None, most=9
    )
    await contacts.decide(tx, tenant, item.id, "merge", ana, by="Eva", now=NOON)
    other = VisitorId("v2")
    await say("webhook", "w3", contact_id=luis, visitor_id=other)
    await say("webhook", "w4", contact_id=ana, visitor_id=other, now=NOON + MINUTE)
    assert await outcomes(tx, tenant, other) == ["linked", "already"]

    opened = await parting.undo_decision(tx, tenant, item.id, by="Eva", now=LATER)

    assert opened.decision is None
    assert await spans(tx, tenant, luis) == [(V, NOON + MINUTE, None)]
    assert await identity.contact_of(tx, tenant, other, NOON) == luis
    assert await identity.contact_of(tx, tenant, other, LATER) == ana
