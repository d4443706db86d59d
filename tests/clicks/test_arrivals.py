"""Who arrived by which click: each time is a row, and nothing that was written is changed."""

from uuid import UUID

import asyncpg
import pytest

from pista import clicks, contacts
from pista.clicks import rights
from pista.contacts.facts import Before
from pista.contacts.rights import Person
from pista.ids import ContactId, TenantId, VisitorId, uuid7
from pista.store.postgres import Tx
from tests.clicks.conftest import HOUR, NOON, clicked, started
from tests.contacts.conftest import found, new_tenant

ANA, BOB = uuid7(), uuid7()
LEFT = "select id from clicks where tenant_id = $1"
UNTIL = NOON + 24 * HOUR


async def tied(tx: Tx, tenant: TenantId, *persons: UUID) -> list[tuple[object, object]]:
    candidates = await clicks.of_people(tx, tenant, persons, [], UNTIL)
    return [(one.click.id, one.person_id) for one in candidates]


async def test_a_forwarded_link_ties_both_and_makes_nobody_the_same(tx: Tx, tenant: TenantId):
    """
    The same token from two chats: each is tied to the click, and neither to the other. A webhook
    that comes again adds nothing.
    """
    click = await clicked(tx, tenant)

    first = await clicks.arrive(tx, tenant, started(click, ANA, "start:1"))
    again = await clicks.arrive(tx, tenant, started(click, ANA, "start:1"))
    other = await clicks.arrive(tx, tenant, started(click, BOB, "start:2"))

    assert [one and one.new for one in (first, again, other)] == [True, False, True]
    assert await tied(tx, tenant, ANA) == [(click.id, ANA)]
    assert await tied(tx, tenant, BOB) == [(click.id, BOB)]


async def test_nobody_arrives_by_a_click_that_is_not_there_or_another_companys(
    tx: Tx, tenant: TenantId
):
    """
    A token that somebody made up ties nobody to anything.
    """
    theirs = await clicked(tx, await new_tenant(tx))
    made_up = clicks.Arrival(key="start:1", method="start", at=NOON, token="0" * 32, person_id=ANA)

    assert await clicks.arrive(tx, tenant, made_up) is None
    assert await clicks.arrive(tx, tenant, started(theirs, ANA)) is None
    assert await tied(tx, tenant, ANA) == []


async def test_who_it_was_may_be_told_later_and_turn_out_to_be_another(tx: Tx, tenant: TenantId):
    """
    The webhook knows the chat, the job who that is. Once told it stays, until two turn out to be
    one person.
    """
    click = await clicked(tx, tenant)
    await clicks.arrive(tx, tenant, started(click, None))

    await clicks.arrive(tx, tenant, started(click, ANA))
    await clicks.arrive(tx, tenant, started(click, BOB))
    before = await tied(tx, tenant, ANA, BOB)
    await clicks.same_person(tx, tenant, ANA, BOB)

    assert before == [(click.id, ANA)]
    assert await tied(tx, tenant, ANA, BOB) == [(click.id, BOB)]


async def test_a_browser_is_tied_to_its_own_clicks(tx: Tx, tenant: TenantId):
    """
    Those that it made itself, and those that it showed a token of; each once.
    """
    own = await clicked(tx, tenant, visitor_id=VisitorId("v1"))
    shown = await clicked(tx, tenant, at=NOON + HOUR)
    for click in (own, shown):
        await clicks.arrive(
            tx, tenant, started(click, None, f"page:{click.token}", visitor_id=VisitorId("v1"))
        )

    candidates = await clicks.of_people(tx, tenant, [], [VisitorId("v1")], UNTIL)

    assert [one.click for one in candidates] == [own, shown]


@pytest.mark.parametrize(
    "statement",
    [
        "update clicks set fbclid = 'another' where tenant_id = $1",
        "update clicks set campaign = null where tenant_id = $1",
        "update click_arrivals set click_id = gen_random_uuid() where tenant_id = $1",
        "update click_arrivals set at = now() where tenant_id = $1",
    ],
)
async def test_the_database_refuses_to_change_what_happened(
    tx: Tx, tenant: TenantId, statement: str
):
    """
    Whoever writes the statement.
    """
    click = await clicked(tx, tenant, fbclid="IwAR0")
    await clicks.arrive(tx, tenant, started(click, ANA))

    with pytest.raises(asyncpg.RaiseError, match="only ever added to"):
        await tx.connection.execute(statement, tenant)


async def test_a_person_takes_their_clicks_along_and_leaves_the_others(tx: Tx, tenant: TenantId):
    """
    A click is of whoever arrived by it first, or of the browser that made it: somebody to whom the
    link was forwarded only lets go of their own arrival.
    """
    first = await clicked(tx, tenant)
    forwarded = await clicked(tx, tenant)
    browser = await clicked(tx, tenant, visitor_id=VisitorId("v1"))
    ana, contact = await _person(tx, tenant, "ana")
    bob, _ = await _person(tx, tenant, "bob")
    await clicks.arrive(tx, tenant, started(first, ana, "1"))
    await clicks.arrive(tx, tenant, started(forwarded, bob, "2", at=NOON))
    await clicks.arrive(tx, tenant, started(forwarded, ana, "3"))
    of_ana = Person(
        tenant_id=tenant,
        family=[contact],
        identities=[],
        visitors=[VisitorId("v1")],
    )
    told = [await tx.connection.fetch(sql, *of_ana.given) for sql in rights.SELECT.values()]

    await rights.erase(tx, of_ana)

    assert {row["id"] for row in told[0]} == {first.id, browser.id}
    assert {row["key"] for row in told[1]} == {"1", "3"}
    assert [row["id"] for row in await tx.connection.fetch(LEFT, tenant)] == [forwarded.id]
    assert await tied(tx, tenant, ana, bob) == [(forwarded.id, bob)]


async def _person(tx: Tx, tenant: TenantId, crm_id: str) -> tuple[UUID, ContactId]:
    made = await contacts.upsert(tx, tenant, found(crm_id=crm_id), now=NOON)
    person = uuid7()
    await tx.execute(
        "insert into chat_people (tenant_id, id, platform, contact_id, created_at)"
        " values ($1, $2, 'telegram', $3, $4)",
        tenant,
        person,
        made.contact_id,
        NOON,
    )
    return person, made.contact_id


async def test_a_contacts_timeline_tells_of_its_clicks(tx: Tx, tenant: TenantId):
    """
    What it clicked and when it showed so, of its chats and its browsers; not what was clicked by
    whoever forwarded the link.
    """
    own = await clicked(tx, tenant, campaign="Otoño")
    forwarded = await clicked(tx, tenant, at=NOON - HOUR)
    bot = await clicked(tx, tenant, visitor_id=VisitorId("v1"), nature="bot")
    (ana, contact), (bob, _) = await _person(tx, tenant, "ana"), await _person(tx, tenant, "bob")
    await clicks.arrive(tx, tenant, started(own, ana, "1"))
    await clicks.arrive(tx, tenant, started(forwarded, bob, "2", at=NOON))
    await clicks.arrive(tx, tenant, started(forwarded, ana, "3", at=NOON + 2 * HOUR))

    told = await clicks.timeline_facts(tx, tenant, contact, Before(UNTIL, ""), 10)
    [next_one] = await clicks.timeline_facts(
        tx, tenant, contact, Before(told[0].at, told[0].fact.id), 1
    )

    assert [(one.at, one.fact.what) for one in told] == [
        (NOON + 2 * HOUR, "arrived"),
        (NOON + HOUR, "arrived"),
        (NOON, "clicked"),
    ]
    assert next_one == told[1]
    assert told[2].fact.evidence == {"campaign": "Otoño", "clickSource": "go"}
    assert str(bot.id) not in str(told)
