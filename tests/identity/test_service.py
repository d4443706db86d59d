"""Which contact a visitor is, whoever says so and in whatever order."""

import itertools
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import asyncpg
import pytest

from pista import contacts, identity
from pista.contacts import ContactNotFound
from pista.identity import NothingToUndo, review_queries
from pista.ids import ContactId, TenantId, VisitorId
from pista.store.postgres import Tx
from tests.contacts.conftest import found, new_tenant
from tests.identity.conftest import MINUTE, NOON, Say, V, claim, links, new_contact, outcomes


async def test_a_webhook_links_and_a_repeat_changes_nothing(
    tx: Tx, tenant: TenantId, ana: ContactId, say: Say
):
    """
    One row links all that the visitor did; the same webhook again answers as the first time.
    """
    first = await say("webhook", "w1", contact_id=ana)
    again = await say("webhook", "w1", contact_id=ana, now=NOON + MINUTE)
    other = await say("webhook", "w2", contact_id=ana)

    assert first == again
    assert (first.outcome, other.outcome) == ("linked", "already")
    assert await links(tx, tenant) == {V: ("ana", "strong")}
    [span] = await identity.visitors_of(tx, tenant, ana)
    assert (span.visitor_id, span.since, span.until) == (V, None, None)
    assert await identity.contact_of(tx, tenant, V, NOON - timedelta(days=2)) == ana


Step = Callable[[Tx, TenantId], Awaitable[object]]


def webhook(visitor: str | None, crm_id: str) -> Step:
    """A signed message about a person, with the visitor or without."""

    async def happen(tx: Tx, tenant: TenantId) -> None:
        who = await contacts.upsert(tx, tenant, found(crm_id=crm_id), now=NOON)
        key = f"webhook of {crm_id}"
        if visitor is None:
            await identity.vouch(tx, tenant, who.contact_id, key, now=NOON)
        else:
            said = claim("webhook", key, visitor_id=visitor, crm_id=crm_id)
            await identity.link(tx, tenant, said, now=NOON)

    return happen


def submit(visitor: str, crm_id: str) -> Step:
    """The unsigned word of a page."""

    async def happen(tx: Tx, tenant: TenantId) -> None:
        key = f"submission of {visitor} as {crm_id}"
        said = claim("ud", key, visitor_id=visitor, crm_id=crm_id, at=NOON + 2 * MINUTE)
        await identity.link(tx, tenant, said, now=NOON + 2 * MINUTE)

    return happen


ORDERS: list[tuple[str, list[Step], dict[str, tuple[str, str]]]] = [
    ("webhook and claim", [webhook("v1", "c1"), submit("v1", "c1")], {"v1": ("c1", "strong")}),
    ("webhook without visitor, and claim", [webhook(None, "c1"), submit("v1", "c1")],
     {"v1": ("c1", "provisional")}),
    ("claim alone", [submit("v1", "c1"), submit("v1", "c1")], {}),
    ("webhook alone", [webhook("v1", "c1"), webhook("v1", "c1")], {"v1": ("c1", "strong")}),
    ("the wrong claim", [webhook("v1", "c1"), submit("v1", "c2"), submit("v1", "c1")],
     {"v1": ("c1", "strong")}),
    ("a claim that another message vouches for",
     [webhook("v1", "c1"), webhook(None, "c2"), submit("v1", "c2")], {"v1": ("c1", "strong")}),
    ("another browser", [webhook("v1", "c1"), submit("v2", "c1")], {"v1": ("c1", "strong")}),
    ("two browsers, two people",
     [webhook("v1", "c1"), submit("v1", "c1"), webhook("v2", "c2"), submit("v2", "c2")],
     {"v1": ("c1", "strong"), "v2": ("c2", "strong")}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "steps", "end"), ORDERS, ids=[one[0] for one in ORDERS])
async def test_every_order_ends_the_same(
    tx: Tx, name: str, steps: list[Step], end: dict[str, tuple[str, str]]
):
    """
    Webhook before, with and after the claim, or never; and everything once more, as it comes.
    """
    for order in itertools.permutations(steps):
        tenant = await new_tenant(tx, name)
        for step in (*order, *order[::-1]):
            await step(tx, tenant)

        assert await links(tx, tenant) == end


async def test_strong_displaces_provisional_and_never_the_other_way(
    tx: Tx, tenant: TenantId, ana: ContactId, luis: ContactId, say: Say
):
    """
    A signed message takes a visitor from somebody who only said so; nothing takes it back.
    """
    first = await say("form", "f1", contact_id=luis, fresh=True)
    second = await say("webhook", "w1", contact_id=ana)
    third = await say("form", "f2", contact_id=luis, fresh=True)

    assert [one.outcome for one in (first, second, third)] == [
        "linked",
        "displaced",
        "refused_strong",
    ]
    assert await links(tx, tenant) == {V: ("ana", "strong")}
    assert await outcomes(tx, tenant) == ["linked", "displaced", "refused_strong"]


async def test_two_who_only_say_so(
    tx: Tx, tenant: TenantId, ana: ContactId, luis: ContactId, say: Say
):
    """
    The first stays until something signed decides.
    """
    await say("form", "f1", contact_id=luis, fresh=True)
    second = await say("form", "f2", contact_id=ana, fresh=True)
    confirmed = await say("webhook", "w1", contact_id=luis)

    assert (second.outcome, confirmed.outcome) == ("conflict", "confirmed")
    assert await links(tx, tenant) == {V: ("luis", "strong")}


async def test_another_person_on_the_same_browser(
    tx: Tx, tenant: TenantId, ana: ContactId, luis: ContactId, say: Say
):
    """
    From then on it is theirs; what was before stays; somebody is asked whether they are one.
    """
    later = NOON + timedelta(hours=3)
    await say("webhook", "w1", contact_id=ana)
    forked = await say("webhook", "w2", contact_id=luis, now=later)
    # A CRM sends the visitor with every change of the contact.
    again = [
        await say("webhook", "w3", contact_id=ana, now=later + MINUTE),
        await say("webhook", "w4", contact_id=luis, now=later + MINUTE),
    ]

    assert forked.outcome == "forked"
    assert [one.outcome for one in again] == ["already", "already"]
    assert await links(tx, tenant) == {V: ("ana", "strong"), "fork of luis": ("luis", "strong")}
    [before] = await identity.visitors_of(tx, tenant, ana)
    assert (before.visitor_id, before.since, before.until) == (V, None, later)
    own, after = await identity.visitors_of(tx, tenant, luis)
    assert own.visitor_id.startswith("fork_")
    assert (after.visitor_id, after.since, after.until) == (V, later, None)
    assert await identity.contact_of(tx, tenant, V, later - MINUTE) == ana
    assert await identity.contact_of(tx, tenant, V, later) == luis
    assert await identity.contact_of(tx, tenant, own.visitor_id, NOON) == luis
    [item] = await contacts.list_reviews(
        tx, tenant, is_open=True, contact=None, before=None, most=9
    )
    assert (item.reason, item.contact_id, item.other_contact_id) == ("shared_browser", ana, luis)


async def test_the_id_of_a_fork_names_the_browser(
    tx: Tx, tenant: TenantId, ana: ContactId, luis: ContactId, say: Say
):
    """
    Whoever was given it, a third person on that browser is told apart from both.
    """
    await say("webhook", "w1", contact_id=ana)
    await say("webhook", "w2", contact_id=luis, now=NOON + MINUTE)
    fork = (await identity.visitors_of(tx, tenant, luis))[0].visitor_id
    eva = await new_contact(tx, tenant, "eva")

    third = await say("webhook", "w3", contact_id=eva, visitor_id=fork, now=NOON + 2 * MINUTE)
    back = await say("webhook", "w4", contact_id=ana, visitor_id=fork, now=NOON + 3 * MINUTE)

    assert (third.outcome, third.visitor_id, back.outcome) == ("forked", V, "already")
    assert await identity.contact_of(tx, tenant, V, NOON + 2 * MINUTE) == eva


async def test_undo_gives_the_browser_to_who_is_left(
    tx: Tx, tenant: TenantId, ana: ContactId, luis: ContactId, say: Say
):
    """
    The visitor is what its other claims say; no message links the two again, a person may.
    """
    first = await say("webhook", "w1", contact_id=ana)
    await say("webhook", "w2", contact_id=luis, now=NOON + MINUTE)

    done = await identity.undo(tx, tenant, first.claim_id, by="Eva", now=NOON)
    twice = await identity.undo(tx, tenant, first.claim_id, by="Eva", now=NOON)
    assert done == twice
    assert await links(tx, tenant) == {
        V: ("luis", "strong"),
        "fork of luis": ("luis", "strong"),
    }
    assert await identity.visitors_of(tx, tenant, ana) == []
    assert (await say("webhook", "w3", contact_id=ana)).outcome == "refused_undone"
    by_hand = await say("manual", "m1", contact_id=ana, by="Eva")
    assert by_hand.outcome == "forked"
    assert (await say("webhook", "w4", contact_id=ana)).outcome == "already"
    refused = await say("webhook", "w1", contact_id=luis)
    assert refused.outcome == "refused_repeated"
    for wrong in (refused.claim_id, done.claim_id):
        with pytest.raises(NothingToUndo):
            await identity.undo(tx, tenant, wrong, by="Eva", now=NOON)
    with pytest.raises(identity.ClaimNotFound):
        await identity.undo(tx, await new_tenant(tx), first.claim_id, by="Eva", now=NOON)


async def test_a_merge_needs_no_new_links(
    tx: Tx, tenant: TenantId, ana: ContactId, luis: ContactId, say: Say
):
    """
    What was linked to either is the merged contact's, and each one's own after the undo; who was
    named on the other's browser meanwhile was there from then on.
    """
    await say("webhook", "w1", crm_id="ana")
    await say("webhook", "w2", crm_id="luis", visitor_id=VisitorId("v2"))
    merge = await contacts.merge(tx, tenant, luis, ana, by="Eva", now=NOON)

    def ids(spans: list[Any]) -> set[str]:
        return {span.visitor_id for span in spans}

    assert ids(await identity.visitors_of(tx, tenant, luis)) == {V, "v2"}
    # Linked while they are one: to the very contact that the CRM names.
    assert (await say("webhook", "w3", crm_id="luis")).outcome == "already"
    await say("webhook", "w4", crm_id="luis", visitor_id=VisitorId("v3"))

    await identity.unmerge(tx, tenant, merge.id, by="Eva", now=NOON)
    assert ids(await identity.visitors_of(tx, tenant, ana)) == {V}
    assert {V, "v2", "v3"} < ids(await identity.visitors_of(tx, tenant, luis))
    assert await identity.contact_of(tx, tenant, V, NOON - MINUTE) == ana
    assert await identity.contact_of(tx, tenant, V, NOON) == luis


async def test_a_claim_and_a_message_half_an_hour_apart(
    tx: Tx, tenant: TenantId, ana: ContactId, say: Say
):
    """
    They are not about the same submit; and one message vouches for one claim only.
    """
    v2, before, after = VisitorId("v2"), NOON - 20 * MINUTE, NOON + 20 * MINUTE
    await identity.vouch(tx, tenant, ana, "w1", now=NOON)
    said = [
        await say("ud", "s1", contact_id=ana, now=NOON + 31 * MINUTE, visitor_id=v2),
        await say("ud", "s2", contact_id=ana, now=before),
        await say("ud", "s3", contact_id=ana, now=after, visitor_id=v2),
    ]

    assert [one.outcome for one in said] == ["waiting", "linked", "waiting"]
    # The same message once more vouches for nothing more.
    assert await identity.vouch(tx, tenant, ana, "w1", now=NOON) is None
    second = await identity.vouch(tx, tenant, ana, "w2", now=NOON + MINUTE)
    assert second is not None
    assert (second.visitor_id, second.outcome) == ("v2", "linked")
    again = await say("ud", "s3", contact_id=ana, now=after, visitor_id=v2)
    assert again == second


async def test_two_browsers_that_nobody_vouches_for_singly(
    tx: Tx, tenant: TenantId, ana: ContactId, say: Say
):
    """
    The second's claim takes the first's link back, without barring anybody: who is certain is
    linked, and until then a person is asked about both.
    """
    v2 = VisitorId("v2")
    await identity.vouch(tx, tenant, ana, "w1", now=NOON)
    first = await say("ud", "s1", contact_id=ana)
    second = await say("ud", "s2", contact_id=ana, visitor_id=v2, now=NOON + 29 * MINUTE)

    assert (first.outcome, second.outcome) == ("linked", "waiting")
    assert await links(tx, tenant) == {}
    assert await outcomes(tx, tenant) == ["linked", "retracted"]
    # Nor does another message choose between the two.
    assert await identity.vouch(tx, tenant, ana, "w2", now=NOON) is None
    assert {row.claim_id for row in await review_queries.open_reviews(tx, tenant, None, 9)} == {
        first.claim_id,
        second.claim_id,
    }
    assert (await say("webhook", "w3", contact_id=ana)).outcome == "linked"
    assert await links(tx, tenant) == {V: ("ana", "strong")}


async def test_more_visitors_than_a_person_has(tx: Tx, tenant: TenantId, ana: ContactId, say: Say):
    """
    What is signed counts, and somebody is asked; what is not, waits.
    """
    for n in range(21):
        await say("webhook", f"w{n}", contact_id=ana, visitor_id=VisitorId(f"v{n}"))
    await identity.vouch(tx, tenant, ana, "w", now=NOON)
    typed = await say("ud", "s1", contact_id=ana)

    assert typed.outcome == "waiting"
    assert len(await identity.visitors_of(tx, tenant, ana)) == 21
    [item] = await contacts.list_reviews(
        tx, tenant, is_open=True, contact=None, before=None, most=9
    )
    assert (item.reason, item.contact_id) == ("too_many_visitors", ana)


async def test_the_log_is_only_added_to(tx: Tx, ana: ContactId, say: Say):
    """
    PostgreSQL itself refuses to change a line of it.
    """
    await say("webhook", "w1", contact_id=ana)

    with pytest.raises(asyncpg.RaiseError, match="only ever added to"):
        async with tx.connection.transaction():
            await tx.execute("update link_claims set outcome = 'already'")


async def test_companies_do_not_see_each_other(tx: Tx, tenant: TenantId, ana: ContactId, say: Say):
    """
    The same visitor, keys and CRM ids in two companies are strangers; so are contacts' ids.
    """
    await say("webhook", "w1", contact_id=ana)
    other = await new_tenant(tx, "rivales")
    theirs = await new_contact(tx, other, "ana")

    said = await identity.link(tx, other, claim("webhook", "w1", contact_id=theirs), now=NOON)
    assert said.outcome == "linked"
    assert await identity.contact_of(tx, other, V, NOON) == theirs
    for wrong in (claim("webhook", "w2", contact_id=ana), claim("ud", "s1", contact_id=ana)):
        with pytest.raises(ContactNotFound):
            await identity.link(tx, other, wrong, now=NOON)
    with pytest.raises(ContactNotFound):
        await identity.vouch(tx, other, ana, "w3", now=NOON)
    with pytest.raises(ContactNotFound):
        await identity.visitors_of(tx, other, ana)
    assert await outcomes(tx, tenant) == ["linked"]


EVE = VisitorId("v_of_eve")


async def test_who_knows_all_ids_attaches_to_nobody(
    tx: Tx, tenant: TenantId, ana: ContactId, say: Say
):
    """
    Eve knows Ana's ids, her visitor, her submission's id and the site's write key: what she can
    send is a claim that nobody signed, or a form. None of them links her browser to Ana, nor
    Ana's to a contact of hers, before Ana's webhook comes or after.
    """
    early = await say("ud", "guess", crm_id="ana", visitor_id=EVE)
    await say("ud", "submission", crm_id="ana")
    await say("webhook", "w1", crm_id="ana")
    typed = await contacts.upsert(
        tx, tenant, found(trusted=False, crm_id="ana", email="eve@evil.pe"), now=NOON
    )
    assert (typed.contact_id, typed.created) == (ana, False)
    eve = await contacts.upsert(tx, tenant, found(trusted=False, email="eve@evil.pe"), now=NOON)

    tried = [
        # Her browser as Ana: by either id, by Ana's own submission, by form and by identify.
        await say("ud", "s1", crm_id="ana", visitor_id=EVE),
        await say("ud", "s2", contact_id=ana, visitor_id=EVE),
        await say("ud", "submission", crm_id="ana", visitor_id=EVE),
        await say("form", "s3", contact_id=ana, visitor_id=EVE, fresh=typed.created),
        await say("identify", "s4", contact_id=ana, visitor_id=EVE),
        # Ana's browser as hers.
        await say("form", "s5", contact_id=eve.contact_id, fresh=eve.created),
        await say("ud", "s6", contact_id=eve.contact_id),
        await say("ud", "submission", contact_id=eve.contact_id),
    ]

    assert early.outcome == "waiting"
    assert [one.outcome for one in tried] == [
        "waiting",
        "waiting",
        "refused_repeated",
        "waiting",
        "waiting",
        "refused_strong",
        "refused_strong",
        "refused_repeated",
    ]
    assert await links(tx, tenant) == {V: ("ana", "strong")}
    assert await identity.contact_of(tx, tenant, EVE, NOON) is None
    shown = await contacts.detail(tx, tenant, ana)
    assert [one.value for one in shown.identities] == ["ana"]
    # Ana's CRM tells of her again, with her visitor: that vouches for nobody else.
    await say("webhook", "w2", crm_id="ana")
    assert await identity.visitors_of(tx, tenant, eve.contact_id) == []
    assert {span.visitor_id for span in await identity.visitors_of(tx, tenant, ana)} == {V}
