"""What the fake Meta takes, and how often, whatever happens on the way."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from pista import contacts
from pista.accounts.audit import TERMINAL
from pista.attribution import hear_lead
from pista.attribution.destinations import service
from pista.attribution.destinations.model import ChangeDestination
from pista.contacts import FoundContact
from pista.contacts.leads import Lead
from pista.ids import VisitorId, uuid7
from pista.sales import Buyer, Consent
from tests.attribution.conversions.shop import AGENT, DAY, Shop, worker_process, working
from tests.events.writing import until
from tests.fakes.meta import Meta

GENEROUS = 60
ANA = Buyer(
    email="Ana@Flores.example", phone="(11) 98877-6655", name="Ana Souza", state="São Paulo"
)


async def settled(shop: Shop) -> None:
    async with working(shop.place):
        await until(shop.is_settled, GENEROUS)


async def test_a_sale_in_a_chat(shop: Shop, meta: Meta):
    """
    Paid three times over, one Purchase is told, with all that is known of its click and buyer.
    """
    await shop.connect()
    person, channel = uuid7(), uuid7()
    click = await shop.click()
    await shop.start(click, person, channel)
    sale = await shop.sell(paid=False, person_id=person, channel_id=channel, buyer=ANA)

    async with working(shop.place):
        await asyncio.gather(*(shop.pay(sale) for _ in range(3)))
        await until(shop.is_settled, GENEROUS)

    [taken] = meta.taken
    user = taken.event["user_data"]
    assert taken.event["event_id"] == f"purchase:{sale}"
    assert taken.event["custom_data"] == {"value": 19.99, "currency": "BRL", "order_id": str(sale)}
    assert b'"value":19.99' in taken.body
    assert (user["fbc"], user["fbp"]) == (click.fbc, click.fbp)
    assert (user["client_ip_address"], user["client_user_agent"]) == (click.ip, AGENT)
    assert set(user) >= {"em", "ph", "fn", "ln", "st", "country"}
    assert (await shop.delivery(sale))["trace_id"] == "T1"


@pytest.mark.parametrize("trouble", ["throttled", "failing", "fewer", "away", "no_answer"])
async def test_trouble(shop: Shop, meta: Meta, trouble: str):
    """
    Throttling as HTTP 400 with a code, 500, fewer events received, and answers that never come
    delay a purchase: it is taken in the end, as the same bytes, and counted once.
    """
    await shop.connect()
    match trouble:
        case "throttled":
            meta.throttle.extend((4, 17, 80004))
        case "failing":
            meta.fail = 1.0
        case "fewer":
            meta.fewer = 2
        case "away":
            meta.away = True
        case _:
            meta.lose = 1.0
    sale = await shop.sell()

    async def tried() -> bool:
        return (await shop.delivery(sale))["attempts"] >= 3

    async with working(shop.place):
        await until(tried, GENEROUS)
        meta.fail = meta.lose = 0.0
        meta.away = False
        await until(shop.is_settled, GENEROUS)

    assert await shop.states() == {"sent": 1}
    assert len(meta.counted()) == 1
    assert len({one.body for one in meta.taken}) == 1


async def test_nobody_knows_for_two_days(shop: Shop, meta: Meta):
    """
    What may have arrived is not sent again once Meta would count it as another: it waits for a
    person.
    """
    await shop.connect()
    meta.lose = 1.0
    sale = await shop.sell()

    async with working(shop.place):
        await until(meta.has_lost, GENEROUS)
    meta.lose = 0.0
    sent = len(meta.taken)
    await shop.backdate(sale, timedelta(hours=48))
    await settled(shop)

    assert await shop.states() == {"parked": 1}
    assert (await shop.delivery(sale))["why"] == "nobody_knows"
    assert len(meta.taken) == sent


async def test_eight_days_old(shop: Shop, meta: Meta):
    """
    What Meta would refuse for its age is not sent, and said to be too old.
    """
    await shop.connect()
    sale = await shop.sell(ago=8 * DAY)
    young = await shop.sell(ago=6 * DAY)

    await settled(shop)

    assert (await shop.delivery(sale))["why"] == "too_old"
    assert [one.event["event_id"] for one in meta.taken] == [f"purchase:{young}"]
    assert meta.refused == []


async def test_an_expired_token(shop: Shop, meta: Meta):
    """
    A token that has expired pauses the destination and keeps what waits; a new one has it sent.
    """
    destination = await shop.connect()
    meta.token = "EAAGrenewed"
    for _ in range(3):
        await shop.sell()

    async def paused() -> bool:
        async with shop.postgres.transaction() as tx:
            return (await service.one(tx, shop.tenant, destination)).state == "paused"

    async with working(shop.place):
        await until(paused, GENEROUS)
        assert set(await shop.states()) <= {"ready", "unknown"}
        async with shop.postgres.transaction() as tx:
            change = ChangeDestination(secrets={"token": meta.token})
            now = datetime.now(UTC)
            given = (tx, shop.sealer, shop.tenant, destination)
            shown = await service.change(*given, change, TERMINAL, now=now)
        await until(shop.is_settled, GENEROUS)

    assert (shown.state, shown.has_secrets, shown.paused_why) == ("on", ["token"], None)
    assert await shop.states() == {"sent": 3}
    assert len(meta.taken) == len(meta.counted()) == 3


async def test_a_refusal_of_the_token_before(shop: Shop, meta: Meta):
    """
    One that comes when there is a new token already pauses nothing.
    """
    destination = await shop.connect()
    meta.token, meta.late = "EAAGrenewed", asyncio.Event()
    await shop.sell()

    async def refused() -> bool:
        return bool(meta.refused)

    async with working(shop.place):
        await until(refused, GENEROUS)
        async with shop.postgres.transaction() as tx:
            change = ChangeDestination(secrets={"token": meta.token})
            given = (tx, shop.sealer, shop.tenant, destination)
            await service.change(*given, change, TERMINAL, now=datetime.now(UTC))
        meta.late.set()
        await until(shop.is_settled, GENEROUS)

    async with shop.postgres.transaction() as tx:
        assert (await service.one(tx, shop.tenant, destination)).state == "on"
    assert await shop.states() == {"sent": 1}
    assert len(meta.taken) == 1


async def test_a_clock_that_is_ahead_of_theirs(shop: Shop, meta: Meta):
    """
    Refused as of the future by a clock behind ours, it is written with their time, and taken;
    the next one is at once.
    """
    await shop.connect()
    meta.ahead_seconds = -600
    await shop.sell()
    await settled(shop)
    await shop.sell()
    await settled(shop)

    assert await shop.states() == {"sent": 2}
    assert len(meta.refused) == 1


async def test_one_bad_event_in_a_thousand(shop: Shop, meta: Meta):
    """
    The request is parted until the bad one is alone; the others are taken, each once.
    """
    await shop.connect(events=["InitiateCheckout"])
    made = await shop.begin_checkouts(1000)
    meta.poisoned = {f"checkout:{made[777]}"}

    await settled(shop)

    assert await shop.states() == {"sent": 999, "dead": 1}
    assert len(meta.taken) == len(meta.counted()) == 999
    assert max(len(one["data"]) for one in meta.requests) == 1000
    assert len(meta.requests) < 40


async def test_a_worker_is_killed(shop: Shop, meta: Meta):
    """
    Killed again and again while it sends, and not answered: each sale is counted once, as the
    bytes that were first sent.
    """
    await shop.connect()
    meta.lose, meta.slow_seconds = 0.3, 0.05
    made = [await shop.sell() for _ in range(12)]

    async def begun(number: int) -> bool:
        return len(meta.requests) >= number

    for number in (3, 7):
        with worker_process(shop.place):
            await until(lambda number=number: begun(number), GENEROUS)
    meta.lose, meta.slow_seconds = 0.0, 0.0
    async with working(shop.place), working(shop.place):
        await until(shop.is_settled, GENEROUS)

    assert await shop.states() == {"sent": 12}
    counted = sorted(one.event["event_id"] for one in meta.counted())
    assert counted == sorted(f"purchase:{sale}" for sale in made)
    assert len({one.body for one in meta.taken}) == 12


async def test_a_click_that_becomes_known(shop: Shop, meta: Meta):
    """
    Without a click a sale is held; one that becomes known meanwhile has it sent at once, with it.
    """
    await shop.connect(grace_minutes=60)
    person, channel = uuid7(), uuid7()
    click = await shop.click()
    sale = await shop.sell(person_id=person, channel_id=channel)

    async with working(shop.place):
        await asyncio.sleep(0.5)
        assert meta.taken == []
        await shop.start(click, person, channel)
        await until(shop.is_settled, GENEROUS)

    assert [one.event["user_data"]["fbc"] for one in meta.of(f"purchase:{sale}")] == [click.fbc]


async def test_a_click_that_is_known_too_late(shop: Shop, meta: Meta):
    """
    Once sent, a sale is never told again: a click that is known later is for reports only.
    """
    await shop.connect()
    person, channel = uuid7(), uuid7()
    click = await shop.click()
    sale = await shop.sell(person_id=person, channel_id=channel)
    await settled(shop)
    [sent] = meta.taken

    await shop.start(click, person, channel)
    await shop.pay(sale)
    await settled(shop)

    assert meta.taken == [sent]
    assert "fbc" not in sent.event["user_data"]


async def test_a_lead(shop: Shop, meta: Meta):
    """
    Somebody who makes themselves heard is told of once, by what is known of them, and as in a chat
    if they wrote.
    """
    await shop.connect(events=["Lead"])
    people = [
        FoundContact(email=f"{name}@flores.example", source="form", trusted=True)
        for name in ("ana", "luz")
    ]
    async with shop.postgres.transaction() as tx:
        now = datetime.now(UTC)
        ana, luz = [await contacts.upsert(tx, shop.tenant, one, now=now) for one in people]
        for source in ("form", "whatsapp"):
            await hear_lead(tx, shop.tenant, [Lead(ana.contact_id, source)])
        await hear_lead(tx, shop.tenant, [Lead(luz.contact_id, "whatsapp")])

    await settled(shop)

    taken = {one.key: one.event for one in meta.taken}
    assert set(taken) == {("Lead", f"lead:{one.contact_id}") for one in (ana, luz)}
    assert len(meta.taken) == 2
    first, second = (taken["Lead", f"lead:{one.contact_id}"] for one in (ana, luz))
    assert set(first["user_data"]) == {"em", "external_id", "country"}
    assert (first["action_source"], second["action_source"]) == ("system_generated", "chat")


async def test_money_that_went_back(shop: Shop, meta: Meta):
    """
    What goes back before anybody was told is told to nobody; what was told stays told.
    """
    await shop.connect(grace_minutes=60)
    sale = await shop.sell()
    await shop.refund(sale)
    await settled(shop)

    assert (await shop.delivery(sale))["why"] == "refunded"
    assert meta.taken == []


async def test_who_is_not_told_of(shop: Shop, meta: Meta):
    """
    Who opted out, a test, and one that is of nobody are not sent, and it is said why. Of a click by
    a browser that asks not to be followed, the platform may use little.
    """
    await shop.connect()
    sales = [
        await shop.sell(consent=Consent(opt_out=True)),
        await shop.sell(test=True),
        await shop.sell(buyer=Buyer(email="cliente@bot.com", phone="11999999999")),
    ]
    refused = await shop.click(refused=True)
    limited = [
        await shop.sell(consent=Consent(limited_data_use=True), visitor_id=VisitorId("v1")),
        await shop.sell(click_token=refused.token),
    ]

    await settled(shop)

    whys = [(await shop.delivery(sale))["why"] for sale in sales]
    assert whys == ["opted_out", "test_sale", "no_user_data"]
    told = {one.event["event_id"]: one.event["data_processing_options"] for one in meta.taken}
    assert told == {f"purchase:{sale}": ["LDU"] for sale in limited}
