"""What a worker does of exports: each day once, whatever happens to it."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from pista.accounts import Caller
from pista.exports import Runner, queries, rules, service
from pista.exports.model import (
    Export,
    ExportFormat,
    ExportSchedule,
    ExportState,
    ExportTarget,
    NewExport,
    NewExportSchedule,
)
from pista.settings import Settings
from pista.store.clickhouse import ClickHouse
from pista.store.postgres import Postgres
from tests.events.conftest import flushed
from tests.exports.conftest import FIRST, Company, MakeCompany, at, files, line, store_days
from tests.exports.running import leading, runner_process, work
from tests.fakes import s3 as fake
from tests.fakes.s3 import settings_for

Request = Callable[..., Awaitable[Export]]


@pytest.fixture
def settings(open_folder: Path) -> Settings:
    return Settings(data_dir=open_folder / "data")


@pytest.fixture
def request_export(postgres: Postgres) -> Request:
    async def make(
        company: Company, days: int, target: ExportTarget = ExportTarget.FOLDER
    ) -> Export:
        last = FIRST + timedelta(days=days - 1)
        wanted = NewExport(first=FIRST, last=last, format=ExportFormat.CSV, target=target)
        caller = Caller(tenant_id=company.tenant, role=None)
        async with postgres.transaction() as tx:
            return await service.request(
                tx, caller, wanted, s3_configured=True, now=datetime.now(UTC)
            )

    return make


async def now_is(postgres: Postgres, company: Company, export: Export) -> Export:
    async with postgres.transaction() as tx:
        return await service.export(tx, company.tenant, export.id)


async def schedule_of(postgres: Postgres, company: Company) -> ExportSchedule:
    async with postgres.transaction() as tx:
        found = await queries.schedule(tx, company.tenant)
    assert found
    return found


async def set_schedule(postgres: Postgres, company: Company, **terms: Any) -> None:
    wanted = msgspec.convert({"enabled": True, "hour": 2} | terms, NewExportSchedule)
    async with postgres.transaction() as tx:
        await service.set_schedule(
            tx, company.tenant, wanted, s3_configured=True, now=datetime.now(UTC)
        )


async def test_what_is_asked_for_is_done(
    database: str,
    postgres: Postgres,
    clickhouse: ClickHouse,
    clickhouse_database: str,
    company: Company,
    settings: Settings,
    request_export: Request,
):
    """
    Day by day; days without events make no file, and the files are where the tenant's lie.
    """
    await store_days(clickhouse, company, 2)
    export = await request_export(company, 3)

    steps = await work(database, clickhouse_database, settings)

    done = await now_is(postgres, company, export)
    assert (steps, done.state, done.days_done, done.days_total) == (3, "done", 3, 3)
    assert (done.events, [file.day.day for file in done.files]) == (6, [14, 15])
    assert done.bytes == sum(file.bytes for file in done.files)
    folder = settings.data_dir / "exports" / str(company.tenant) / "requested" / str(export.id)
    assert [name for name in files(folder) if "manifest" not in name] == [
        "date=2026-03-14/part-2026-03-14.csv.gz",
        "date=2026-03-15/part-2026-03-15.csv.gz",
    ]
    assert (settings.data_dir / "exports").stat().st_mode & 0o077 == 0


async def test_exports_take_turns(
    database: str,
    postgres: Postgres,
    clickhouse: ClickHouse,
    clickhouse_database: str,
    make_company: MakeCompany,
    settings: Settings,
    request_export: Request,
):
    """
    A long one does not keep another company waiting.
    """
    large, small = await make_company("Large"), await make_company("Small")
    await store_days(clickhouse, large, 5)
    long = await request_export(large, 5)
    short = await request_export(small, 1)

    async with leading(database) as lead:
        runner = Runner(database, clickhouse_database, settings)
        for _ in range(2):
            await runner.step(lead, datetime.now(UTC))
        await runner.close()

    assert (await now_is(postgres, small, short)).state is ExportState.DONE
    assert (await now_is(postgres, large, long)).days_done == 1


async def test_a_killed_runner_is_followed_by_another(
    database: str,
    postgres: Postgres,
    clickhouse: ClickHouse,
    clickhouse_database: str,
    company: Company,
    settings: Settings,
    request_export: Request,
):
    """
    Killed -9 with half of the days done: the next goes on, and each day is there once.
    """
    await store_days(clickhouse, company, 8)
    export = await request_export(company, 8)
    process = (database, clickhouse_database, settings.data_dir)
    with runner_process(*process):
        await _until_done(postgres, company, export, 3)

    killed = await now_is(postgres, company, export)
    # Two at once: one of them leads.
    with runner_process(*process), runner_process(*process):
        await _until_done(postgres, company, export, 8)
    done = await now_is(postgres, company, export)

    assert killed.state is ExportState.RUNNING
    assert killed.days_done < 8
    assert (done.state, done.events, len(done.files)) == ("done", 24, 8)
    folder = settings.data_dir / "exports" / str(company.tenant)
    assert not [name for name in files(folder) if "/." in name]


async def _until_done(postgres: Postgres, company: Company, export: Export, days: int) -> None:
    async with asyncio.timeout(60):
        while (await now_is(postgres, company, export)).days_done < days:  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def test_a_cancelled_export_ends_and_may_go_on(
    database: str,
    postgres: Postgres,
    clickhouse: ClickHouse,
    clickhouse_database: str,
    company: Company,
    settings: Settings,
    request_export: Request,
):
    """
    Nothing is done of it until it is tried again; then only what is missing.
    """
    await store_days(clickhouse, company, 3)
    export = await request_export(company, 3)
    async with postgres.transaction() as tx:
        await service.cancel(tx, company.tenant, export.id, now=datetime.now(UTC))

    none = await work(database, clickhouse_database, settings)
    async with postgres.transaction() as tx:
        again = await service.retry(tx, company.tenant, export.id)
    steps = await work(database, clickhouse_database, settings)

    assert (none, again.state, steps) == (0, "waiting", 3)
    assert (await now_is(postgres, company, export)).state is ExportState.DONE


async def test_a_day_under_way_can_be_cancelled(
    database: str,
    postgres: Postgres,
    clickhouse: ClickHouse,
    clickhouse_database: str,
    company: Company,
    settings: Settings,
    request_export: Request,
    monkeypatch: pytest.MonkeyPatch,
    store: fake.Store,
):
    """
    A day that takes long is left, and its file does not appear.
    """
    monkeypatch.setattr("pista.exports.runner.POLL_SECONDS", 0.05)
    await store_days(clickhouse, company, 1)
    store.fail("put", "slow", 1)
    bucket = msgspec.structs.replace(settings, s3=settings_for(store))
    export = await request_export(company, 1, ExportTarget.S3)

    working = asyncio.create_task(work(database, clickhouse_database, bucket))
    async with asyncio.timeout(60):
        while "put" not in store.heard:  # noqa: ASYNC110 - heard in another thread
            await asyncio.sleep(0.005)
    async with postgres.transaction() as tx:
        await service.cancel(tx, company.tenant, export.id, now=datetime.now(UTC))
    await working

    ended = await now_is(postgres, company, export)
    assert (ended.state, ended.files) == (ExportState.CANCELLED, [])
    assert not [key for key in store.objects if "manifest" in key]


async def test_trouble_is_told_and_outlasted(
    database: str,
    postgres: Postgres,
    clickhouse: ClickHouse,
    clickhouse_database: str,
    company: Company,
    settings: Settings,
    request_export: Request,
):
    """
    A store that refuses fails what was asked for at once; one that is away is tried again.
    """
    await store_days(clickhouse, company, 1)
    refused = await request_export(company, 1, ExportTarget.S3)
    await work(database, clickhouse_database, settings)

    away = f"{clickhouse_database}_gone"
    waiting = await request_export(company, 1)
    now = datetime.now(UTC)
    for _ in range(rules.MOST_ATTEMPTS - 1):
        assert await work(database, away, settings, now) == 1
        now += timedelta(hours=2)
    between = await now_is(postgres, company, waiting)
    await work(database, clickhouse_database, settings, now)

    assert (await now_is(postgres, company, refused)).state is ExportState.FAILED
    assert "PISTA_S3_BUCKET" in ((await now_is(postgres, company, refused)).error or "")
    assert between.state is ExportState.WAITING
    assert between.error == "ClickHouse cannot be used now; the log says why."
    after = await now_is(postgres, company, waiting)
    assert (after.state, after.error) == (ExportState.DONE, None)


async def test_every_day_by_itself(
    database: str,
    postgres: Postgres,
    clickhouse: ClickHouse,
    clickhouse_database: str,
    company: Company,
    settings: Settings,
):
    """
    The day before at the hour; days that were missed; late events of the last days; once each.
    """
    await store_days(clickhouse, company, 6)
    await set_schedule(postgres, company, format=ExportFormat.NDJSON, prefix="warehouse/pista")
    folder = settings.data_dir / "exports" / str(company.tenant) / "warehouse" / "pista"

    async def at_hour(moment: datetime) -> tuple[int, date | None, int]:
        steps = await work(database, clickhouse_database, settings, moment)
        last = (await schedule_of(postgres, company)).last_day
        return steps, last, len([name for name in files(folder) if "part-" in name])

    first = await at_hour(at(1, 2))
    again = await at_hour(at(1, 3))
    # Three days later: nothing ran in between, and an event of the first day came late.
    await flushed(clickhouse, line(company, at(0, 23), 99))
    missed = await at_hour(at(4, 2))
    late = await at_hour(at(5, 2))

    day = FIRST
    assert first == (1, day, 1)
    assert again == (0, day, 1)
    assert missed[1:] == (day + timedelta(days=3), 4)
    assert late[1:] == (day + timedelta(days=4), 5)
    async with postgres.transaction() as tx:
        made = await service.exports(tx, company.tenant, None, s3_configured=False)
    assert [one.requested_by for one in made.items] == [None] * 3
    events = {file.day: file.events for one in reversed(made.items) for file in one.files}
    assert events[day] == 4


async def test_a_daily_export_that_fails_is_tried_until_it_works(
    database: str,
    postgres: Postgres,
    clickhouse: ClickHouse,
    clickhouse_database: str,
    company: Company,
    settings: Settings,
    store: fake.Store,
):
    """
    Its error stands on the schedule; days that come meanwhile are made up for afterwards.
    """
    await store_days(clickhouse, company, 4)
    await set_schedule(postgres, company, target=ExportTarget.S3)
    bucket = msgspec.structs.replace(settings, s3=settings_for(store, secret_access_key="wrong"))
    good = msgspec.structs.replace(settings, s3=settings_for(store))

    for hours in range(0, 24, 3):
        await work(database, clickhouse_database, bucket, at(1, 2 + hours))
    failing = await schedule_of(postgres, company)
    await work(database, clickhouse_database, good, at(3, 2))
    await work(database, clickhouse_database, good, at(3, 3))

    assert "SignatureDoesNotMatch" in (failing.last_error or "")
    assert failing.last_day is None
    after = await schedule_of(postgres, company)
    assert (after.last_error, after.last_day) == (None, FIRST + timedelta(days=2))
    parts = [key for key in store.objects if "part-" in key]
    assert len(parts) == 3
    assert all(key.startswith(f"{company.tenant}/events/date=") for key in parts)


async def test_two_companies_share_a_bucket_not_a_place(
    database: str,
    postgres: Postgres,
    clickhouse: ClickHouse,
    clickhouse_database: str,
    make_company: MakeCompany,
    settings: Settings,
):
    """
    With the same prefix their files lie apart.
    """
    for name in ("Flores", "Panes"):
        company = await make_company(name)
        await store_days(clickhouse, company, 1)
        await set_schedule(postgres, company, prefix="events")

    await work(database, clickhouse_database, settings, at(1, 2))

    folder = settings.data_dir / "exports"
    assert len([name for name in files(folder) if "part-" in name]) == 2


async def test_another_place_begins_anew(
    database: str,
    postgres: Postgres,
    clickhouse: ClickHouse,
    clickhouse_database: str,
    company: Company,
    settings: Settings,
):
    """
    What was exported elsewhere is not exported there, and a changed hour changes nothing.
    """
    await store_days(clickhouse, company, 3)
    await set_schedule(postgres, company)
    await work(database, clickhouse_database, settings, at(1, 2))
    await set_schedule(postgres, company, hour=3)
    kept = await schedule_of(postgres, company)
    await set_schedule(postgres, company, hour=3, prefix="other")
    anew = await schedule_of(postgres, company)
    steps = await work(database, clickhouse_database, settings, at(1, 3))
    await set_schedule(postgres, company, enabled=False)

    assert (kept.last_day, anew.last_day, steps) == (FIRST, None, 1)
    assert await work(database, clickhouse_database, settings, at(3, 3)) == 0


async def test_old_exports_are_let_go(
    database: str,
    postgres: Postgres,
    clickhouse: ClickHouse,
    clickhouse_database: str,
    company: Company,
    settings: Settings,
    request_export: Request,
):
    """
    What was asked for goes after thirty days, files too; the daily files stay.
    """
    await store_days(clickhouse, company, 1)
    await set_schedule(postgres, company)
    await request_export(company, 1)
    await work(database, clickhouse_database, settings, at(1, 2))
    folder = settings.data_dir / "exports" / str(company.tenant)
    before = {name.split("/")[0] for name in files(folder)}

    await set_schedule(postgres, company, enabled=False)
    await work(database, clickhouse_database, settings, datetime.now(UTC) + timedelta(days=31))

    assert before == {"events", "requested"}
    assert {name.split("/")[0] for name in files(folder)} == {"events"}
    async with postgres.transaction() as tx:
        made = await service.exports(tx, company.tenant, None, s3_configured=False)
    assert made.items == []
