"""What is held of a person in conversions: handed over, erased, and forgotten in time."""

from datetime import UTC, datetime, timedelta
from typing import Any

from pista import contacts
from pista.attribution import rights
from pista.attribution.conversions import pruning
from pista.contacts import FoundContact
from pista.contacts import rights as people
from pista.ids import uuid7
from tests.attribution.conversions.shop import Shop, working
from tests.events.writing import until
from tests.fakes.meta import Meta


async def test_a_person_is_erased(shop: Shop, meta: Meta):
    """
    What waits is not sent any more, what was sent is forgotten, and the campaign keeps its sale.
    """
    now, person, channel = datetime.now(UTC), uuid7(), uuid7()
    async with shop.postgres.transaction() as tx:
        ana = await contacts.upsert(
            tx,
            shop.tenant,
            FoundContact(email="ana@flores.example", source="api", trusted=True),
            now=now,
        )
    await shop.connect()
    click = await shop.click(campaign="rosas")
    await shop.start(click, person, channel)
    chat: dict[str, Any] = {
        "person_id": person,
        "channel_id": channel,
        "contact_id": ana.contact_id,
    }
    told = await shop.sell(**chat)
    async with working(shop.place):
        await until(shop.is_settled, 60)
    waiting = await shop.sell(**chat)

    async with shop.postgres.transaction() as tx:
        who = await people.person(tx, shop.tenant, ana.contact_id)
        assert who is not None
        held = await people.held(tx, who, rights.RIGHTS.select)
        await rights.erase(tx, who)
        earned = await tx.connection.fetch(CREDITS, shop.tenant)
    async with working(shop.place):
        await until(shop.is_settled, 60)

    assert {len(held[name]) for name in ("credits", "conversions", "deliveries")} == {2}
    assert {tuple(row) for row in earned} == {("rosas", None, 1999)}
    assert len(meta.taken) == 1
    assert (await shop.delivery(told))["payload"] is None
    assert (await shop.delivery(waiting))["why"] == "erased"


CREDITS = "select campaign, click_id, value_cents from credits where tenant_id = $1"


async def test_what_was_sent_is_forgotten_in_time(shop: Shop, meta: Meta):
    """
    Of what was sent the log stays, and after thirty days no more; what may not have arrived is
    kept, since it is sent again as it was.
    """
    await shop.connect()
    sent = await shop.sell()
    async with working(shop.place):
        await until(shop.is_settled, 60)
    lost = await shop.sell()
    later = datetime.now(UTC) + timedelta(days=1)

    async with shop.postgres.transaction() as tx:
        await tx.execute(LOST, f"purchase:{lost}")
        assert await pruning.forget(tx, later) == 1

    assert (await shop.delivery(sent))["payload"] is None
    assert (await shop.delivery(lost))["payload"] == b"{}"


LOST = """
update deliveries set payload = '{}', frozen_at = now(), state = 'unknown' where event_id = $1
"""
