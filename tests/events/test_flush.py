"""A flush against the real engine: counted once, wherever it was cut short."""

import random
from collections.abc import AsyncGenerator, Callable, Sequence
from datetime import timedelta
from uuid import UUID, uuid4

import msgspec
import pytest

from pista.events import flush, recovery, unreadable
from pista.events.flush import Staged
from pista.ids import FlushId, uuid7
from pista.store import frames
from pista.store.clickhouse import ClickHouse, ClickHouseAway, ClickHouseError
from tests.events.conftest import (
    MIDNIGHT,
    NOON,
    OTHER_TENANT,
    Counts,
    counts,
    make_line,
    milliseconds,
)

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)


class Found(msgspec.Struct, frozen=True):
    n: int


class Part(msgspec.Struct, frozen=True):
    table: str
    partition: str
    parts: int


def new_flush() -> FlushId:
    return FlushId(uuid7())


async def stage(clickhouse: ClickHouse, lines: Sequence[bytes]) -> Staged:
    return await flush.stage(clickhouse, frames.pack(b"".join(lines)))


async def whole(
    clickhouse: ClickHouse,
    lines: Sequence[bytes],
    *,
    flush_id: FlushId | None = None,
    aggregate: bool = True,
    again: bool = False,
) -> None:
    """A flush from its first step to its last."""
    staged = await stage(clickhouse, lines)
    store = recovery.store if again else flush.store
    await store(clickhouse, flush_id or new_flush(), staged, aggregate=aggregate)
    await flush.remember(clickhouse, staged)
    await flush.clear(clickhouse, staged.attempt)


async def number(clickhouse: ClickHouse, table: str) -> int:
    found = await clickhouse.all(
        Found,
        "select total_rows as n from system.tables where database = currentDatabase()"
        " and name = {table:String}",
        table=table,
    )
    return found[0].n


def over_the_border(events: int) -> list[bytes]:
    """Events in turn of March and of April, of different minutes, visitors and metadata."""
    return [
        make_line(
            MIDNIGHT + MINUTE * (n if n % 2 else -n - 1),
            visitor=n % 7,
            metadata={"n": n},
            received_at=MIDNIGHT,
        )
        for n in range(events)
    ]


async def test_what_repeats_within_a_minute_is_one_row(clickhouse: ClickHouse):
    """
    Same visitor, session, type, metadata and minute: one row with a count; anything else is not.
    """
    same = [make_line(NOON + n * SECOND) for n in (0, 30, 59)]
    others = [
        make_line(NOON + 60 * SECOND),
        make_line(NOON, visitor=2),
        make_line(NOON, session=9),
        make_line(NOON, event_type="CLICK"),
        make_line(NOON, metadata={"a": 1}),
        make_line(NOON, tenant=OTHER_TENANT),
        make_line(NOON, rate=50.0),
        make_line(NOON, bot="crawler"),
    ]

    await whole(clickhouse, same + others)

    assert await counts(clickhouse) == Counts(rows=9, events=11, rollup=11)


async def test_without_aggregation_each_event_is_a_row(clickhouse: ClickHouse):
    """
    TRACKING_ENABLE_AGGREGATION=false keeps the events apart, and the numbers are the same.
    """
    await whole(clickhouse, [make_line() for _ in range(5)], aggregate=False)

    assert await counts(clickhouse) == Counts(rows=5, events=5, rollup=5)


@pytest.mark.parametrize("make_id", [uuid7, uuid4], ids=["sorted by time", "random"])
@pytest.mark.parametrize(
    "between", [timedelta(0), 40 * MINUTE, timedelta(days=31)], ids=["same", "later", "next month"]
)
async def test_an_id_counts_once(
    clickhouse: ClickHouse, make_id: Callable[[], UUID], between: timedelta
):
    """
    Within a flush, across flushes, with another time, across a month border; per tenant.
    """
    ids = [make_id() for _ in range(500)]
    first = [make_line(NOON, event_id=event, metadata={"n": n}) for n, event in enumerate(ids)]
    again = [make_line(NOON + between, event_id=event, received_at=NOON) for event in ids]
    elsewhere = [make_line(NOON, event_id=event, tenant=OTHER_TENANT) for event in ids]

    await whole(clickhouse, first[:250] + again[:250] + first[:250])
    await whole(clickhouse, first + again + elsewhere)
    await whole(clickhouse, again)

    stored = await counts(clickhouse)
    assert (stored.events, stored.rollup) == (1000, 1000)


async def test_of_copies_in_two_months_the_same_one_wins_always(clickhouse: ClickHouse):
    """
    A flush that reached one month only must not let the other copy win at its repeat.
    """
    ids = [uuid7() for _ in range(50)]
    lines = [
        make_line(at, event_id=event, received_at=MIDNIGHT + n * SECOND)
        for n, event in enumerate(ids)
        for at in (MIDNIGHT - MINUTE, MIDNIGHT + MINUTE)
    ]
    winners: set[tuple[int, ...]] = set()
    for seed in range(4):
        shuffled = lines.copy()
        random.Random(seed).shuffle(shuffled)
        await clickhouse.execute("truncate table events")
        await clickhouse.execute("truncate table event_ids")
        await whole(clickhouse, shuffled, aggregate=False)
        rows = await clickhouse.all(
            Found,
            "select toUnixTimestamp64Milli(occurred_at) as n from events order by event_id",
        )
        winners.add(tuple(row.n for row in rows))

    assert winners == {(milliseconds(MIDNIGHT - MINUTE),) * 50}


@pytest.mark.parametrize("cut", ["stage", "store", "remember"])
@pytest.mark.parametrize("times", [1, 3])
async def test_a_flush_cut_short_is_repeated_without_a_trace(
    clickhouse: ClickHouse, cut: str, times: int
):
    """
    Whatever the last step was, and however often: the repeat ends it, and counts nothing twice.
    """
    lines = over_the_border(40)
    flush_id = new_flush()
    for _ in range(times):
        staged = await stage(clickhouse, lines)
        if cut != "stage":
            await flush.store(clickhouse, flush_id, staged, aggregate=True)
        if cut == "remember":
            await flush.remember(clickhouse, staged)

    for _ in range(2):
        await flush.clear_all(clickhouse)
        await whole(clickhouse, lines, flush_id=flush_id, again=True)

    assert await counts(clickhouse) == Counts(rows=40, events=40, rollup=40)


@pytest.mark.parametrize("reached", [202603, 202604])
async def test_a_flush_that_reached_one_month_ends_exact(clickhouse: ClickHouse, reached: int):
    """
    The partition that has its block takes no second one, and the other takes its first.
    """
    lines = over_the_border(40)
    flush_id = new_flush()
    staged = await stage(clickhouse, lines)
    await clickhouse.execute(
        flush.STORE,
        settings={**flush.ONCE, "insert_deduplication_token": flush.token(flush_id)},
        flush=flush_id,
        attempt=staged.attempt,
        month=reached,
        aggregate=1,
    )

    await whole(clickhouse, lines, flush_id=flush_id, again=True)

    assert await counts(clickhouse) == Counts(rows=40, events=40, rollup=40)


@pytest.mark.parametrize("lost", [{202603}, {202604}, {202603, 202604}])
async def test_a_token_without_its_block_loses_nothing(clickhouse: ClickHouse, lost: set[int]):
    """
    ClickHouse writes a token before its block; killed between the two, it believes the token.

    Rows deleted leave the same behind: a token that is known, and nothing in its place.
    """
    lines = over_the_border(40)
    flush_id = new_flush()
    await flush.store(clickhouse, flush_id, await stage(clickhouse, lines), aggregate=True)
    await lose_events(clickhouse, lost)
    await lose_rollup(clickhouse, {202603, 202604})

    await whole(clickhouse, lines, flush_id=flush_id, again=True)

    assert await counts(clickhouse) == Counts(rows=40, events=40, rollup=40)


async def test_a_rollup_that_missed_a_flush_is_made_up_for(clickhouse: ClickHouse):
    """
    Killed after the events and before the view: the hours of the flush are counted again.
    """
    lines = over_the_border(40)
    await whole(clickhouse, over_the_border(30))
    flush_id = new_flush()
    await flush.store(clickhouse, flush_id, await stage(clickhouse, lines), aggregate=True)
    await lose_rollup(clickhouse, {202604})
    assert (await counts(clickhouse)).rollup == 35

    await whole(clickhouse, lines, flush_id=flush_id, again=True)

    assert await counts(clickhouse) == Counts(rows=70, events=70, rollup=70)


async def test_a_writer_that_lost_the_lead_and_wakes_up_does_no_harm(clickhouse: ClickHouse):
    """
    It was paused with its events staged; its successor clears, repeats and ends the flush.
    """
    lines = over_the_border(40)
    flush_id = new_flush()
    paused = await stage(clickhouse, lines)
    await flush.clear_all(clickhouse)
    successor = await stage(clickhouse, lines)

    await flush.store(clickhouse, flush_id, paused, aggregate=True)
    with pytest.raises(ClickHouseAway, match="another writer"):
        await flush.remember(clickhouse, paused)
    await flush.clear(clickhouse, paused.attempt)
    await recovery.store(clickhouse, flush_id, successor, aggregate=True)
    await flush.remember(clickhouse, successor)
    late = await stage(clickhouse, lines)
    await flush.store(clickhouse, flush_id, late, aggregate=True)
    await flush.remember(clickhouse, late)

    assert await counts(clickhouse) == Counts(rows=40, events=40, rollup=40)


async def test_a_flush_whose_staging_was_cleared_is_not_taken_for_stored(clickhouse: ClickHouse):
    """
    A writer that clears at the wrong moment delays a flush, and never loses it.
    """
    staged = await stage(clickhouse, over_the_border(40))
    await flush.clear_all(clickhouse)
    await flush.store(clickhouse, new_flush(), staged, aggregate=True)

    with pytest.raises(ClickHouseAway):
        await flush.remember(clickhouse, staged)

    assert await number(clickhouse, "event_ids") == 0


async def test_events_of_very_many_months_fit_into_a_flush(clickhouse: ClickHouse):
    """
    TRACKING_RETENTION_MONTHS may be 120; ClickHouse by itself refuses 100 partitions.
    """
    lines = [make_line(NOON - n * timedelta(days=31), received_at=NOON) for n in range(118)]

    await whole(clickhouse, lines)

    assert (await counts(clickhouse)).events == 118


async def test_a_line_that_cannot_be_read_fails_the_stage(clickhouse: ClickHouse):
    """
    Nothing of its flush is stored in silence.
    """
    with pytest.raises(ClickHouseError) as refused:
        await stage(clickhouse, [make_line(), b'["nonsense"]\n'])

    assert refused.value.code in {26, 27, 117, 376}


class Addressed(msgspec.Struct, frozen=True, order=True):
    ip: str
    events: int


async def test_lines_with_and_without_an_address_are_stored_together(clickhouse: ClickHouse):
    """
    Those of the version before had no place for one, and those to come may have more columns.
    """
    newer = make_line(visitor=3, ip="190.12.90.7").replace(b"]\n", b',"of the future"]\n')
    lines = [make_line(visitor=1), make_line(visitor=2, ip="2001:1388::7"), newer]
    assert [line.count(b"190.12.90.7") for line in lines] == [0, 0, 1]

    await whole(clickhouse, lines)

    assert await addresses(clickhouse) == [
        Addressed("", 1),
        Addressed("190.12.90.7", 1),
        Addressed("2001:1388::7", 1),
    ]


async def test_events_of_two_addresses_stay_two_rows(clickhouse: ClickHouse):
    """
    Otherwise alike and within a minute; those of one address are one row.
    """
    ips = ["190.12.90.7", "200.147.3.9", "190.12.90.7", ""]

    await whole(clickhouse, [make_line(ip=ip) for ip in ips])

    assert await addresses(clickhouse) == [
        Addressed("", 1),
        Addressed("190.12.90.7", 2),
        Addressed("200.147.3.9", 1),
    ]


async def addresses(clickhouse: ClickHouse) -> list[Addressed]:
    return sorted(await clickhouse.all(Addressed, "select ip, count as events from events"))


@pytest.mark.parametrize("columns", [2, 20, 25])
async def test_a_line_that_is_cut_off_is_not_taken_for_whole(clickhouse: ClickHouse, columns: int):
    """
    Though a column at its end may be missing: the flush's readable lines are found without it.
    """
    cut = b",".join(make_line().split(b",")[:columns]) + b"]\n"

    with pytest.raises(ClickHouseError) as refused:
        await stage(clickhouse, [make_line(), cut])

    assert refused.value.code in unreadable.CODES


@pytest.fixture
async def without_merges(clickhouse: ClickHouse) -> AsyncGenerator[None]:
    await clickhouse.execute("system stop merges")
    yield
    await clickhouse.execute("system start merges")


@pytest.mark.usefixtures("without_merges")
async def test_a_full_flush_is_one_block_for_each_partition(clickhouse: ClickHouse):
    """
    200,000 events of as many visitors: the token holds only if no partition gets two parts.
    """
    # The lines differ in their ids, so the last of them takes the time of a real one.
    template = make_line(NOON, metadata={"n": 0}).replace(b'"v1"', b'"v%d"')
    at, ids = b"%d" % milliseconds(NOON), [uuid4() for _ in range(200_000)]
    parts = template.split(b",")
    place = next(n for n, part in enumerate(parts) if part == b'"v%d"') - 1
    lines: list[bytes] = []
    for n, event in enumerate(ids):
        parts[place] = b'"%s"' % str(event).encode()
        line = b",".join(parts) % n
        other = b"%d" % milliseconds(NOON + (n % 3) * timedelta(days=31, minutes=n % 50))
        head, _, tail = line.rpartition(at)
        lines.append(head + other + tail)

    await whole(clickhouse, lines)

    stored = await counts(clickhouse)
    assert (stored.events, stored.rollup) == (200_000, 200_000)
    found = await clickhouse.all(
        Part,
        """
        select table, partition, count() as parts from system.parts
        where database = currentDatabase() and active
            and table not in ('incoming', 'schema_migrations')
        group by table, partition
        """,
    )
    assert {part.parts for part in found} == {1}
    assert len(found) == 16


NOW: dict[str, str | int] = {"mutations_sync": 2}


async def lose_events(clickhouse: ClickHouse, months: set[int]) -> None:
    """Take rows away behind the back of the tokens, which stay known."""
    await clickhouse.execute(
        "alter table events delete where toYYYYMM(occurred_at) in {months:Array(UInt32)}",
        settings=NOW,
        months=sorted(months),
    )


async def lose_rollup(clickhouse: ClickHouse, months: set[int]) -> None:
    await clickhouse.execute(
        "alter table events_hourly delete where toYYYYMM(hour) in {months:Array(UInt32)}",
        settings=NOW,
        months=sorted(months),
    )
