"""The work of the clock, with the clock passed in."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import msgspec
import pytest

from pista.events import Keeper, partitions
from pista.events.partitions import forget_ids, last_due, oldest_month
from pista.settings import TrackingSettings
from pista.store.clickhouse import ClickHouse
from pista.store.journal import Entry, Journal
from pista.store.postgres import Postgres
from tests.events.conftest import SITE, counts, flushed, make_line

LIMA = ZoneInfo("America/Lima")
NOW = datetime(2026, 3, 14, 4, tzinfo=UTC)


def month(year: int, number: int) -> datetime:
    return datetime(year, number, 15, tzinfo=UTC)


async def months(clickhouse: ClickHouse) -> set[tuple[str, str]]:
    return {(found.table, found.month) for found in await partitions(clickhouse)}


async def days_of_ids(clickhouse: ClickHouse) -> list[str]:
    class Day(msgspec.Struct):
        day: str

    found = await clickhouse.all(Day, "select distinct toString(day) as day from event_ids")
    return sorted(row.day for row in found)


@pytest.mark.parametrize(
    ("now", "kept", "oldest"),
    [
        ("2026-03-14", 13, "202502"),
        ("2026-03-01", 13, "202502"),
        ("2026-01-31", 13, "202412"),
        ("2026-12-31", 12, "202512"),
        ("2026-01-01", 1, "202512"),
        ("2026-05-01", 120, "201605"),
    ],
)
def test_the_oldest_month_that_is_kept(now: str, kept: int, oldest: str):
    """
    Whole months back from this one.
    """
    assert oldest_month(datetime.fromisoformat(now), kept) == oldest


@pytest.mark.parametrize(
    ("now", "due"),
    [("2026-03-14T03:00", "2026-03-14T03:00"), ("2026-03-14T02:59", "2026-03-13T03:00")],
)
def test_three_in_the_morning_is_local(now: str, due: str):
    """
    The machine's own night.
    """
    found = last_due(datetime.fromisoformat(now).replace(tzinfo=LIMA))

    assert found == datetime.fromisoformat(due).replace(tzinfo=LIMA)


async def test_old_months_are_dropped_and_no_others(postgres: Postgres, clickhouse: ClickHouse):
    """
    TRACKING_CLEANUP_OLDER_THAN_MONTHS=13 in March keeps the February of last year.
    """
    lines = [make_line(month(2025, n), received_at=NOW) for n in (1, 2, 3)]
    await flushed(clickhouse, *lines, make_line(month(2024, 12), received_at=NOW))

    await Keeper(postgres, clickhouse, TrackingSettings()).tick(NOW)

    tables = ("events", "events_hourly", "people_hourly", "visitor_weeks", "sessions")
    kept = {(table, m) for table in tables for m in ("202502", "202503")}
    assert await months(clickhouse) == kept
    assert (await counts(clickhouse)).events == 2


async def test_cleaning_up_can_be_switched_off(postgres: Postgres, clickhouse: ClickHouse):
    """
    TRACKING_AUTO_CLEANUP_ENABLED=false drops nothing.
    """
    await flushed(clickhouse, make_line(month(2020, 1), received_at=NOW))

    await Keeper(postgres, clickhouse, TrackingSettings(auto_cleanup_enabled=False)).tick(NOW)

    assert len(await months(clickhouse)) == 5


async def test_a_night_is_worked_once_and_a_missed_one_made_up_for(
    postgres: Postgres, clickhouse: ClickHouse
):
    """
    At 03:00, or as soon as Pista runs again; then not before the next 03:00.
    """
    keeper = Keeper(postgres, clickhouse, TrackingSettings())
    evening = datetime(2026, 3, 13, 22, tzinfo=LIMA)
    await keeper.tick(evening)
    left: list[int] = []
    for moment in (
        evening + timedelta(hours=4, minutes=59),
        evening + timedelta(hours=5),
        evening + timedelta(hours=23),
        evening + timedelta(days=3),
    ):
        await flushed(clickhouse, make_line(month(2020, 1), received_at=NOW))
        await keeper.tick(moment)
        left.append(len(await months(clickhouse)))

    assert [bool(number) for number in left] == [True, False, True, False]


async def test_ids_are_forgotten_by_days(clickhouse: ClickHouse):
    """
    An id of the day before yesterday may be 47 hours old, so three days are kept beside today.
    """
    for day in range(10, 16):
        await flushed(clickhouse, make_line(NOW, received_at=datetime(2026, 3, day, tzinfo=UTC)))

    await forget_ids(clickhouse, date(2026, 3, 15))

    assert await days_of_ids(clickhouse) == [f"2026-03-{day}" for day in (12, 13, 14, 15)]


async def test_ids_stay_while_the_backlog_may_bring_them_again(
    database: str, postgres: Postgres, clickhouse: ClickHouse
):
    """
    After five days without ClickHouse a copy that came on the first of them still is a copy.
    """
    await flushed(clickhouse, make_line(NOW, received_at=NOW - timedelta(days=5)))
    journal = Journal(database)
    journal.start()
    await journal.write(make_entry())
    await journal.stop()
    async with postgres.transaction() as tx:
        await tx.execute("update journal set received_at = $1", NOW - timedelta(days=4))
    keeper = Keeper(postgres, clickhouse, TrackingSettings())

    await keeper.tick(NOW)
    with_backlog = await days_of_ids(clickhouse)
    async with postgres.transaction() as tx:
        await tx.execute("delete from journal")
    await keeper.tick(NOW + timedelta(hours=2))

    assert with_backlog == ["2026-03-09"]
    assert await days_of_ids(clickhouse) == []


async def test_batches_are_forgotten_after_48_hours(postgres: Postgres, clickhouse: ClickHouse):
    """
    Not a minute before, and more of them than go at once.
    """
    async with postgres.transaction() as tx:
        await tx.execute(
            """
            insert into ingest_batches (site_id, batch_key, fingerprint, answer, received_at)
            select $1, gen_random_uuid(), '', '', $2
            from generate_series(1, 12000)
            """,
            SITE,
            NOW - timedelta(hours=48, minutes=1),
        )
        await tx.execute(
            "insert into ingest_batches values ($1, $2, '', '', $3)",
            SITE,
            uuid4(),
            NOW - timedelta(hours=47, minutes=59),
        )

    await Keeper(postgres, clickhouse, TrackingSettings()).tick(NOW)

    async with postgres.transaction() as tx:
        assert await tx.value("select count(*) from ingest_batches") == 1


def make_entry() -> Entry:
    fields: dict[str, Any] = {"received": 1, "kept": 1, "discarded": 0, "rejected": 0}
    return Entry(
        site_id=SITE, batch_key=uuid4(), fingerprint=b"", answer=b"", body=make_line(), **fields
    )
