"""Messages reach their webhooks, in order and signed, whatever these do."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from pista.alerts import courier as couriers
from pista.alerts import service
from pista.alerts.courier import Courier, wait_after
from pista.alerts.model import (
    AlertDelivery,
    AlertDeliveryNotFound,
    AlreadyDelivered,
    DeliveryId,
    MadeAlertRule,
    NoWebhook,
)
from pista.alerts.watcher import Watcher
from pista.alerts.watching import Outcome
from pista.alerts.webhook import Sender
from pista.ids import uuid7
from pista.store.clickhouse import ClickHouse
from pista.store.postgres import Postgres
from pista.store.secrets import Sealer
from tests.alerts.conftest import KEY, NOON, Company
from tests.alerts.couriering import courier_process
from tests.events.writing import until
from tests.fakes.webhooks import HANG_UP, Answer, Receiver, receiving

LONG = timedelta(hours=5)
"""Longer than the courier ever waits by itself."""


@pytest.fixture
async def receiver() -> AsyncGenerator[Receiver]:
    async with receiving(Receiver()) as made:
        yield made


@pytest.fixture
async def courier(postgres: Postgres, sealer: Sealer) -> AsyncGenerator[Courier]:
    made = Courier(postgres, sealer, Sender(private=True))
    yield made
    await made.settled()


@pytest.fixture
def watcher(database: str) -> Watcher:
    return Watcher(database, ClickHouse("http://127.0.0.1:1"), "http://pista.test")


Change = Callable[..., Any]


@pytest.fixture
def change(company: Company, postgres: Postgres, watcher: Watcher) -> Change:
    """Have a rule fire or recover, as if the watcher had seen it."""

    async def done(rule: MadeAlertRule, state: Any, *, at: Company = company) -> None:
        row = await at.now_of(rule)
        outcome = Outcome(
            rule=row, end=NOON, value=9.0, expected=None, state=state, clear_since=None
        )
        async with postgres.transaction() as tx:
            await watcher.change(tx, outcome, datetime.now(UTC))

    return done


async def watched(company: Company, receiver: Receiver, name: str = "rule") -> MadeAlertRule:
    rule = await company.rule(name=name, threshold=5, webhookUrl=receiver.url)
    assert rule.webhook_secret is not None
    receiver.secret = rule.webhook_secret
    return rule


async def round_of(courier: Courier, now: datetime) -> None:
    await courier.tick(now)
    await courier.settled()


async def is_so(so: bool) -> bool:
    return so


async def messages(company: Company) -> list[AlertDelivery]:
    return [message for firing in await company.firings() for message in firing.deliveries]


async def test_a_firing_and_its_recovery_arrive_once_each(
    company: Company, courier: Courier, receiver: Receiver, change: Change
):
    """
    Signed, in order, with what a program needs to know.
    """
    rule = await watched(company, receiver)
    await change(rule, "firing")
    await change(rule, "ok")

    for _ in range(4):
        await round_of(courier, datetime.now(UTC))

    assert receiver.accepted() == [("rule", "fired"), ("rule", "recovered")]
    fired, recovered = receiver.received
    [firing] = await company.firings()
    assert fired.body == {
        "id": f"{firing.id}:fired",
        "about": "fired",
        "tenantId": str(company.tenant),
        "rule": {
            "id": str(rule.id),
            "name": "rule",
            "kind": "threshold",
            "metric": "events",
        },
        "value": 9.0,
        "expected": None,
        "threshold": 5.0,
        "windowMinutes": 60,
        "firedAt": fired.body["firedAt"],
        "recoveredAt": None,
        "url": f"http://pista.test/alerts/{rule.id}",
    }
    assert (fired.delivery, recovered.delivery) == (fired.body["id"], recovered.body["id"])
    assert recovered.body["recoveredAt"] >= recovered.body["firedAt"] == fired.body["firedAt"]
    assert receiver.unsigned == 0
    assert [one.state for one in await messages(company)] == ["delivered", "delivered"]


async def test_a_webhook_that_is_down_gets_it_when_it_is_back(
    company: Company, courier: Courier, receiver: Receiver, change: Change
):
    """
    After refusing, erring and hanging up for hours; the recovery waits for its firing.
    """
    rule = await watched(company, receiver)
    receiver.answers.extend([Answer(500), HANG_UP, Answer(404), Answer(429), Answer(302), HANG_UP])
    await change(rule, "firing")
    await change(rule, "ok")

    now = datetime.now(UTC)
    for hour in range(9):
        await round_of(courier, now + hour * LONG)

    assert receiver.accepted() == [("rule", "fired"), ("rule", "recovered")]
    assert {one.delivery for one in receiver.received[:7]} == {receiver.received[0].delivery}
    assert [(one.state, one.attempts) for one in await messages(company)] == [
        ("delivered", 7),
        ("delivered", 1),
    ]


async def test_a_message_is_dead_after_eight_attempts(
    company: Company, courier: Courier, receiver: Receiver, change: Change, postgres: Postgres
):
    """
    Then it stays as it is until somebody sends it again by hand; the recovery is sent meanwhile.
    """
    rule = await watched(company, receiver)
    receiver.answers.extend([Answer(503)] * 8)
    await change(rule, "firing")
    now = datetime.now(UTC)
    for attempt in range(12):
        await round_of(courier, now + attempt * LONG)

    [dead] = await messages(company)
    assert (dead.state, dead.attempts, dead.last_status) == ("dead", 8, 503)
    assert (dead.last_error, dead.next_attempt_at) == ("It answered 503.", None)
    assert len(receiver.received) == 8

    await change(rule, "ok")
    await round_of(courier, now + LONG)
    async with postgres.transaction() as tx:
        await service.retry_delivery(tx, company.tenant, dead.id, now=now)
    await round_of(courier, now + LONG)
    assert receiver.accepted() == [("rule", "recovered"), ("rule", "fired")]

    async with postgres.transaction() as tx:
        with pytest.raises(AlreadyDelivered):
            await service.retry_delivery(tx, company.tenant, dead.id, now=now)


async def test_a_message_that_nobody_wants_is_dead_at_once(
    company: Company, courier: Courier, receiver: Receiver, change: Change
):
    """
    410 says that it never will be wanted.
    """
    rule = await watched(company, receiver)
    receiver.answers.append(Answer(410))
    await change(rule, "firing")

    await round_of(courier, datetime.now(UTC))

    [message] = await messages(company)
    assert (message.state, message.attempts) == ("dead", 1)


@pytest.mark.parametrize("unit", ["seconds", "date"])
async def test_retry_after_is_honoured(
    company: Company, courier: Courier, receiver: Receiver, change: Change, unit: str
):
    """
    Nothing is sent before the receiver's own time.
    """
    now = datetime.now(UTC)
    later = now + timedelta(hours=2)
    asked = "7200" if unit == "seconds" else later.strftime("%a, %d %b %Y %H:%M:%S GMT")
    rule = await watched(company, receiver)
    receiver.answers.append(Answer(429, headers=(("Retry-After", asked),)))
    await change(rule, "firing")

    await round_of(courier, now + timedelta(seconds=1))
    await round_of(courier, now + timedelta(hours=1, minutes=59))
    assert len(receiver.received) == 1
    await round_of(courier, now + timedelta(hours=2, minutes=31))

    assert receiver.accepted() == [("rule", "fired")]


@pytest.mark.parametrize(
    ("attempt", "retry_after", "least", "most"),
    [
        (1, None, 22.5, 37.5),
        (2, None, 90, 150),
        (3, None, 360, 600),
        (4, None, 1440, 2400),
        (5, None, 5760, 9600),
        (6, None, 10_800, 18_000),
        (8, None, 10_800, 18_000),
        (1, 0.0, 22.5, 37.5),
        (1, 600.0, 600, 750),
    ],
)
def test_waits(attempt: int, retry_after: float | None, least: float, most: float):
    """
    Longer each time, up to hours, and never the same for all.
    """
    found = [wait_after(attempt, retry_after, chance).total_seconds() for chance in (0.0, 1.0)]

    assert found == [least, most]


async def test_a_courier_killed_between_sending_and_noting(
    company: Company,
    courier: Courier,
    receiver: Receiver,
    change: Change,
    database: str,
):
    """
    The receiver hears it again, under the same id, when the lease is over: it can tell.
    """
    rule = await watched(company, receiver)
    receiver.answers.append(1.5)
    await change(rule, "firing")
    with courier_process(database, KEY) as child:
        await until(lambda: is_so(receiver.at_once > 0), 20)
        child.kill()
        child.wait()

    await round_of(courier, datetime.now(UTC))
    taken_at_once = len(receiver.received)
    await asyncio.sleep(3.1)
    await round_of(courier, datetime.now(UTC))

    await until(lambda: is_so(len(receiver.received) == 2))
    assert taken_at_once == 0
    assert len({one.delivery for one in receiver.received}) == 1
    [message] = await messages(company)
    assert (message.state, message.attempts) == ("delivered", 2)


async def test_many_couriers_send_once(
    company: Company, receiver: Receiver, change: Change, postgres: Postgres, sealer: Sealer
):
    """
    Eight at once, over connections of their own, take twenty messages: each is sent once.
    """
    rules = [await company.rule(name=f"{n}", threshold=5) for n in range(10)]
    first = await watched(company, receiver, "first")
    couriers = [Courier(postgres, sealer, Sender(private=True)) for _ in range(8)]
    for rule in rules:
        await company.change(rule, NOON, webhookUrl=receiver.url)
    for rule in (*rules, first):
        await change(rule, "firing")

    # Only the first one's secret is known to the receiver: the others are answered 401.
    for _ in range(6):
        now = datetime.now(UTC)
        await asyncio.gather(*(one.tick(now) for one in couriers))
        await asyncio.gather(*(one.settled() for one in couriers))

    assert receiver.accepted() == [("first", "fired")]
    assert receiver.unsigned == len(rules)
    assert {one.attempts for one in await messages(company)} == {1}


async def test_a_slow_webhook_holds_up_nobody_else(
    make_company: Callable[..., Any],
    company: Company,
    courier: Courier,
    receiver: Receiver,
    change: Change,
):
    """
    One company's webhook that takes its time has four hands at the most; another's is served.
    """
    slow = await watched(company, receiver)
    receiver.answers.extend([0.8] * 4)
    rules = [slow] + [await company.rule(name="more", threshold=5) for _ in range(9)]
    for rule in rules[1:]:
        await company.change(rule, NOON, webhookUrl=receiver.url)
    for rule in rules:
        await change(rule, "firing")
    async with receiving(Receiver()) as other:
        theirs: Company = await make_company("rivales")
        quick = await watched(theirs, other)
        await courier.tick(datetime.now(UTC))
        await change(quick, "firing", at=theirs)
        await courier.tick(datetime.now(UTC))
        await until(lambda: is_so(bool(other.received)), 0.6)
    await courier.settled()

    assert receiver.most_at_once <= couriers.OF_A_TENANT


async def test_a_courier_that_is_stopped_ends_what_it_has_in_hand(
    company: Company, courier: Courier, receiver: Receiver, change: Change
):
    """
    So that a restart does not send twice what is just being answered.
    """
    rule = await watched(company, receiver)
    receiver.answers.append(0.4)
    await change(rule, "firing")
    running = asyncio.create_task(courier.run())
    await until(lambda: is_so(receiver.at_once > 0))

    courier.stop()
    await running

    assert [(one.state, one.attempts) for one in await messages(company)] == [("delivered", 1)]


async def test_a_clock_set_back_does_not_put_messages_off(
    company: Company, courier: Courier, receiver: Receiver, change: Change
):
    """
    What failed in a future that is no more is sent now.
    """
    rule = await watched(company, receiver)
    receiver.answers.append(Answer(500))
    await change(rule, "firing")
    now = datetime.now(UTC)
    await round_of(courier, now)

    await round_of(courier, now - timedelta(days=30))

    assert receiver.accepted() == [("rule", "fired")]


async def test_a_secret_that_cannot_be_read_is_told(
    company: Company, receiver: Receiver, change: Change, postgres: Postgres, tmp_path: Path
):
    """
    Nothing is sent unsigned.
    """
    rule = await watched(company, receiver)
    await change(rule, "firing")
    stranger = Courier(postgres, Sealer(("another-key-" * 4,), tmp_path), Sender(private=True))

    await round_of(stranger, datetime.now(UTC))

    assert receiver.received == []
    [message] = await messages(company)
    assert message.last_error == "The key that sealed its secret is not here: make a new secret."


async def test_a_new_address_is_used_for_what_waits(
    company: Company, courier: Courier, receiver: Receiver, change: Change, postgres: Postgres
):
    """
    Mended, the webhook gets what it missed; taken away, what waits is not sent, and by hand
    neither.
    """
    rule = await watched(company, receiver)
    await company.change(rule, NOON, webhookUrl="http://127.0.0.1:9/nobody")
    await change(rule, "firing")
    await round_of(courier, datetime.now(UTC))
    [waiting] = await messages(company)
    assert (waiting.state, waiting.last_error) == ("waiting", "It cannot be connected to.")

    await company.change(rule, NOON, webhookUrl=None)
    [dropped] = await messages(company)
    assert (dropped.state, dropped.last_error) == ("dead", "The rule has no webhook any more.")
    async with postgres.transaction() as tx:
        with pytest.raises(NoWebhook):
            await service.retry_delivery(tx, company.tenant, dropped.id, now=NOON)

    again = await company.change(rule, NOON, webhookUrl=receiver.url)
    receiver.secret = again.webhook_secret or ""
    async with postgres.transaction() as tx:
        await service.retry_delivery(tx, company.tenant, dropped.id, now=NOON)
    await round_of(courier, datetime.now(UTC))
    assert receiver.accepted() == [("rule", "fired")]


async def test_another_companys_messages_cannot_be_sent_again(
    make_company: Callable[..., Any],
    company: Company,
    receiver: Receiver,
    change: Change,
    postgres: Postgres,
):
    """
    Neither with an id that somebody guessed nor with one that is nobody's.
    """
    rule = await watched(company, receiver)
    await change(rule, "firing")
    [message] = await messages(company)
    theirs: Company = await make_company("rivales")

    for unknown in (message.id, DeliveryId(UUID(bytes=uuid7().bytes))):
        async with postgres.transaction() as tx:
            with pytest.raises(AlertDeliveryNotFound):
                await service.retry_delivery(tx, theirs.tenant, unknown, now=NOON)
    assert await theirs.firings() == []
