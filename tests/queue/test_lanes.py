"""Lanes: the higher ones first, and a share for the lower ones."""

import asyncio
from collections import Counter
from datetime import timedelta

import pytest

from pista import queue
from pista.queue import Lane
from pista.queue.desk import LIMITS, Desk
from pista.queue.lanes import Shares
from pista.queue.model import Errand
from pista.queue.queues import MESSAGE, OTHER, WEBHOOK, queue_of
from pista.store.postgres import Postgres
from tests.events.writing import until
from tests.queue.conftest import Company, numbered
from tests.queue.working import Note, now, working

pytestmark = pytest.mark.usefixtures("quick")

HIGH, NORMAL, LOW = Lane
ENDLESS = dict.fromkeys(Lane, 10_000)


def served(shares: Shares, stock: dict[Lane, int], free: int, times: int) -> Counter[Lane]:
    """What is taken of this stock."""
    taken = Counter[Lane]()
    for _ in range(times):
        asked = shares.divide(free)
        got = Counter({lane: min(many, stock[lane] - taken[lane]) for lane, many in asked.items()})
        shares.got(asked, got)
        taken += got
    return taken


@pytest.mark.parametrize("free", [1, 2, 7, 32])
def test_each_lane_has_its_share(free: int):
    """
    Six, three and one of ten while all have enough, however little is free at a time.
    """
    taken = served(Shares(), ENDLESS, free, 1000 // free)

    shares = [taken[lane] / taken.total() for lane in Lane]
    assert shares == pytest.approx([0.6, 0.3, 0.1], abs=0.02)


@pytest.mark.parametrize(
    ("stock", "most_wasted"),
    [
        ({HIGH: 0, NORMAL: 10_000, LOW: 0}, 25),
        # Two that have something: as their weights are.
        ({HIGH: 10_000, NORMAL: 0, LOW: 10_000}, 25),
        # The lowest alone need not stand back for anybody.
        ({HIGH: 0, NORMAL: 0, LOW: 10_000}, 35),
    ],
)
def test_what_a_lane_has_no_use_for_is_the_others(stock: dict[Lane, int], most_wasted: int):
    """
    Only the first look at an unknown lane is for nothing.
    """
    taken = served(Shares(), stock, 32, 20)

    assert taken.total() >= 640 - most_wasted


def test_what_comes_to_an_empty_lane_is_seen():
    """
    With one place free, and the other lanes full.
    """
    shares = Shares()
    served(shares, {HIGH: 0, NORMAL: 10_000, LOW: 0}, 1, 50)

    taken = served(shares, {HIGH: 1, NORMAL: 10_000, LOW: 1}, 1, 1)

    assert taken[HIGH] == 1
    assert taken[LOW] == 1


@pytest.mark.parametrize(
    ("kind", "of"),
    [
        ("chat.webhook", WEBHOOK),
        ("crm.webhook", WEBHOOK),
        ("crm.claim", WEBHOOK),
        ("chat.send", MESSAGE),
        ("chat.acquaint", OTHER),
        ("contacts.import", OTHER),
    ],
)
def test_kinds_belong_to_queues(kind: str, of: str):
    """
    What comes in, what goes out, and the rest.
    """
    assert queue_of(kind) == of


def test_an_errand_is_not_in_hand_before_its_turn():
    """
    Who waits for another service takes no more than may be out there.
    """
    desk = Desk(MESSAGE, ["chat.send"], Errand, LIMITS[MESSAGE], 1)

    assert desk.room == LIMITS[MESSAGE] == 5


async def test_higher_lanes_are_begun_first_and_lower_ones_do_not_starve(
    database: str, company: Company
):
    """
    With a flood before it, what is urgent is done among the first, and what is not is done too.
    """
    await company.enqueue(*(Note(text="low") for _ in range(20)), lane=LOW)
    await company.enqueue(*(Note(text="normal") for _ in range(150)))
    await company.enqueue(*(Note(text="high") for _ in range(150)), lane=HIGH)

    async with working(database, limits={**LIMITS, OTHER: 2}):
        await until(company.is_idle)

    done = await company.notes()
    first = Counter(done[:100])
    assert first["high"] > first["normal"] > first["low"] >= 5


async def test_order_is_kept_over_lanes(database: str, company: Company):
    """
    Of one key, what came later is done later, however urgent.
    """
    for n, lane in enumerate((LOW, NORMAL, HIGH, LOW, HIGH)):
        await company.enqueue(Note(text=str(n)), key="ana", lane=lane)

    async with working(database):
        await until(company.is_idle)

    assert await company.notes() == ["0", "1", "2", "3", "4"]


async def test_a_queue_has_no_more_under_way_than_it_may(database: str, company: Company):
    """
    Of six, three are begun while the first three go on.
    """
    await company.enqueue(*numbered(6, seconds=0.4))

    async with working(database, limits={**LIMITS, OTHER: 3}):
        await until(lambda: _begun(company, 3))
        await asyncio.sleep(0.15)
        under_way = await company.begun()
        await until(company.is_idle)

    assert under_way == 3


async def _begun(company: Company, many: int) -> bool:
    return await company.begun() >= many


async def test_a_scheduled_job_is_begun_at_its_time(
    database: str, postgres: Postgres, company: Company
):
    """
    Not before, and until then it holds up nobody of its key.
    """
    later = now() + timedelta(seconds=0.8)
    await company.enqueue(Note(text="later"), key="ana", at=later)
    await company.enqueue(Note(text="now"), key="ana")

    async with working(database):
        await until(lambda: company.has("now"))
        assert now() < later
        assert await company.left() == 1
        await until(company.is_idle)

    assert await company.notes() == ["now", "later"]
    assert now() >= later


async def test_scheduled_jobs_of_a_key_take_their_places(database: str, company: Company):
    """
    Those whose time comes together one behind the other, and behind what is under way.
    """
    soon = now() + timedelta(seconds=0.2)
    await company.enqueue(*numbered(3, seconds=0.02), key="ana", at=soon)
    await company.enqueue(Note(text="long", seconds=0.5), key="ana")

    async with working(database):
        await until(company.is_idle)

    assert await company.notes() == ["long", "000", "001", "002"]


async def test_a_job_of_an_older_pista_is_done(database: str, postgres: Postgres, company: Company):
    """
    It knows nothing of queues and lanes: what it enqueues is among the others.
    """
    async with postgres.transaction() as tx:
        await tx.execute(
            """
            insert into jobs (tenant_id, kind, payload, state, enqueued_at)
            values ($1, 'test.note', '{"type": "test.note", "text": "old"}', 'ready', now())
            """,
            company.tenant,
        )
    async with working(database):
        await until(lambda: company.has("old"))
        await until(company.is_idle)


async def test_it_is_in_a_lane_with_many_others(postgres: Postgres, company: Company):
    """
    What is enqueued together is in the lane that is named.
    """
    async with postgres.transaction() as tx:
        works = [(company.tenant, Note(text="x"))] * 2
        await queue.enqueue_many(tx, works, now=now(), lane=LOW)
        rows = await tx.connection.fetch("select lane, queue from jobs")

    assert [tuple(row) for row in rows] == [(LOW, OTHER)] * 2
