"""What a person decides of claims that nobody signed, and how exactly it is taken back."""

from datetime import timedelta
from typing import Any

import pytest

from pista import contacts, identity
from pista.contacts import AlreadyDecided
from pista.errors import Invalid
from pista.identity import NothingToUndo, deciding, queries, review_queries, rules, service
from pista.identity.model import ClaimId, ClaimNotFound, NothingToDecide
from pista.ids import ContactId, TenantId, VisitorId, uuid7
from pista.store.postgres import Tx
from tests.identity.conftest import MINUTE, NOON, Say, V, links, new_contact, outcomes

LATER = NOON + timedelta(hours=2)


async def asked(tx: Tx, tenant: TenantId) -> list[ClaimId]:
    return [row.claim_id for row in await review_queries.open_reviews(tx, tenant, None, 99)]


async def decide(tx: Tx, tenant: TenantId, claim_id: ClaimId, decision: Any) -> None:
    await deciding.decide(tx, tenant, claim_id, decision, by="Eva", now=LATER)


async def undo(tx: Tx, tenant: TenantId, claim_id: ClaimId) -> None:
    await deciding.undo(tx, tenant, claim_id, by="Eva", now=LATER + MINUTE)


async def test_a_claim_that_waits_is_accepted(tx: Tx, tenant: TenantId, ana: ContactId, say: Say):
    """
    The visitor is the contact for certain, said by a person; undone, it waits as before.
    """
    claim = await say("ud", "s1", contact_id=ana)
    assert await asked(tx, tenant) == [claim.claim_id]

    await decide(tx, tenant, claim.claim_id, "accept")
    await decide(tx, tenant, claim.claim_id, "accept")
    assert await links(tx, tenant) == {V: ("ana", "strong")}
    assert await asked(tx, tenant) == []
    with pytest.raises(AlreadyDecided):
        await decide(tx, tenant, claim.claim_id, "keep")

    await undo(tx, tenant, claim.claim_id)
    await undo(tx, tenant, claim.claim_id)
    assert await links(tx, tenant) == {}
    assert await asked(tx, tenant) == [claim.claim_id]
    assert await outcomes(tx, tenant) == ["waiting", "linked", "retracted"]


async def test_a_question_is_about_the_very_contact(
    tx: Tx, tenant: TenantId, ana: ContactId, luis: ContactId, say: Say
):
    """
    Asked while it was shown with another, and parted since: the visitor is not that other.
    """
    merged = await contacts.merge(tx, tenant, ana, luis, by="Eva", now=NOON)
    claim = await say("ud", "s1", crm_id="ana")
    assert claim.outcome == "waiting"
    await contacts.undo(tx, tenant, merged.id, by="Eva", now=LATER)

    await decide(tx, tenant, claim.claim_id, "accept")

    assert await links(tx, tenant) == {V: ("ana", "strong")}


async def test_a_slip_bars_nobody(tx: Tx, tenant: TenantId, ana: ContactId, say: Say):
    """
    Unlike taking a link back, which only a person can answer: here a webhook links again.
    """
    claim = await say("ud", "s1", contact_id=ana)
    await decide(tx, tenant, claim.claim_id, "accept")
    await undo(tx, tenant, claim.claim_id)

    signed = await say("webhook", "w1", contact_id=ana, now=LATER)

    assert signed.outcome == "linked"
    # The webhook has answered what was asked.
    assert await asked(tx, tenant) == []
    with pytest.raises(NothingToDecide):
        await undo(tx, tenant, claim.claim_id)


async def test_a_claim_that_is_kept_out(tx: Tx, tenant: TenantId, ana: ContactId, say: Say):
    """
    It links nobody, also when a message comes on which it could have leant.
    """
    claim = await say("ud", "s1", contact_id=ana)
    await decide(tx, tenant, claim.claim_id, "keep")

    assert await identity.vouch(tx, tenant, ana, "w1", now=NOON + MINUTE) is None
    assert await links(tx, tenant) == {}
    await undo(tx, tenant, claim.claim_id)
    assert await asked(tx, tenant) == [claim.claim_id]


@pytest.mark.parametrize(
    ("decision", "after"),
    [
        ("accept", {V: ("luis", "strong")}),
        ("keep", {V: ("ana", "provisional")}),
        ("fork", {V: ("ana", "strong"), "fork of luis": ("luis", "strong")}),
    ],
)
async def test_a_conflict_and_its_undo(
    tx: Tx,
    tenant: TenantId,
    ana: ContactId,
    luis: ContactId,
    say: Say,
    decision: str,
    after: dict[str, tuple[str, str]],
):
    """
    Two who only say so: the other, the first, or both. Undone, everything is as it was.
    """
    await say("form", "f1", contact_id=ana, fresh=True)
    claim = await say("form", "f2", contact_id=luis, fresh=True, now=NOON + MINUTE)
    assert claim.outcome == "conflict"
    before = await service.state_of(tx, tenant, V)

    await decide(tx, tenant, claim.claim_id, decision)
    assert await links(tx, tenant) == after
    assert (
        await contacts.list_reviews(tx, tenant, is_open=True, contact=None, before=None, most=9)
        == []
    )
    spans = await identity.visitors_of(tx, tenant, luis)
    assert [span.since for span in spans if span.visitor_id == V] == (
        {"accept": [None], "keep": [], "fork": [NOON + MINUTE]}[decision]
    )

    await undo(tx, tenant, claim.claim_id)
    assert await service.state_of(tx, tenant, V) == before
    assert await links(tx, tenant) == {V: ("ana", "provisional")}
    assert await asked(tx, tenant) == [claim.claim_id]
    # And once more, to the same end.
    await decide(tx, tenant, claim.claim_id, decision)
    assert await links(tx, tenant) == after
    log = await queries.claims_of_visitor(tx, tenant, V)
    assert rules.replay(log).state == await service.state_of(tx, tenant, V)


async def test_what_was_settled_beside_it_is_asked_again(
    tx: Tx, tenant: TenantId, ana: ContactId, luis: ContactId, say: Say
):
    """
    Accepting one claim about a browser answers the others; taking that back asks them again.
    """
    first = await say("ud", "s1", contact_id=ana)
    second = await say("ud", "s2", contact_id=luis, now=NOON + MINUTE)
    await decide(tx, tenant, first.claim_id, "accept")
    assert await asked(tx, tenant) == []

    await undo(tx, tenant, first.claim_id)

    assert await asked(tx, tenant) == [second.claim_id, first.claim_id]


async def test_a_decision_after_an_undo_in_the_log(
    tx: Tx, tenant: TenantId, ana: ContactId, say: Say
):
    """
    The link that a decision made was taken back in the log: undoing the decision changes no
    link, and asks again.
    """
    claim = await say("ud", "s1", contact_id=ana)
    await decide(tx, tenant, claim.claim_id, "accept")
    row = await review_queries.review(tx, tenant, claim.claim_id)
    assert row is not None
    await identity.undo(tx, tenant, row.made[0], by="Eva", now=LATER)

    await undo(tx, tenant, claim.claim_id)

    assert await links(tx, tenant) == {}
    assert await asked(tx, tenant) == [claim.claim_id]
    # What was said in the log still holds, until a person says otherwise.
    assert (await say("webhook", "w1", contact_id=ana)).outcome == "refused_undone"
    with pytest.raises(NothingToUndo):
        await identity.undo(tx, tenant, claim.claim_id, by="Eva", now=LATER)
    await decide(tx, tenant, claim.claim_id, "accept")
    assert await links(tx, tenant) == {V: ("ana", "strong")}


async def test_claims_of_before_anybody_told_of_the_contact(
    tx: Tx, tenant: TenantId, luis: ContactId, say: Say
):
    """
    They can be asked about once somebody has; but not of who is somebody else for certain.
    """
    claim = await say("ud", "s1", crm_id="later")
    await say("ud", "s2", crm_id="later", visitor_id=VisitorId("v2"))
    await say("ud", "s3", crm_id="later", visitor_id=VisitorId("v3"))
    await say("webhook", "w1", contact_id=luis, visitor_id=VisitorId("v3"))
    assert await asked(tx, tenant) == []

    made = await new_contact(tx, tenant, "later")
    await identity.heard_of(tx, tenant, "later", made, now=NOON + MINUTE)
    await identity.heard_of(tx, tenant, "later", made, now=NOON + MINUTE)

    assert len(await asked(tx, tenant)) == 2
    await decide(tx, tenant, claim.claim_id, "accept")
    assert (await links(tx, tenant))[V] == ("later", "strong")
    assert len(await asked(tx, tenant)) == 1


async def test_a_flood_of_claims_is_asked_about_in_part(
    tx: Tx, tenant: TenantId, ana: ContactId, luis: ContactId, say: Say
):
    """
    Of one contact twenty at most, the same pair once; another contact's are not crowded out.
    """
    for n in range(30):
        await say("ud", f"s{n}", contact_id=ana, visitor_id=VisitorId(f"v{n}"))
    await say("ud", "again", contact_id=ana, visitor_id=VisitorId("v0"))
    other = await say("ud", "other", contact_id=luis)

    found = await asked(tx, tenant)

    assert len(found) == 21
    assert other.claim_id in found


async def test_what_cannot_be_decided(tx: Tx, tenant: TenantId, ana: ContactId, say: Say):
    """
    A claim that is not there, one that nobody is asked about, and a fork of nobody's browser.
    """
    signed = await say("webhook", "w1", contact_id=ana)
    waiting = await say("ud", "s1", contact_id=ana, visitor_id=VisitorId("v2"))

    with pytest.raises(ClaimNotFound):
        await decide(tx, tenant, ClaimId(uuid7()), "accept")
    with pytest.raises(NothingToDecide):
        await decide(tx, tenant, signed.claim_id, "accept")
    with pytest.raises(Invalid):
        await decide(tx, tenant, waiting.claim_id, "fork")
