"""Companies with events of some days, and the commands as a shell runs them."""

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable, Generator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import duckdb
import msgspec
import pytest
from click.testing import CliRunner

from pista.accounts import NewSite, service
from pista.exports.cli import events
from pista.exports.model import ExportFormat
from pista.ids import SiteId, TenantId
from pista.store.clickhouse import ClickHouse
from pista.store.postgres import Postgres
from tests.events.conftest import flushed, make_line
from tests.fakes import s3 as fake

FIRST = date(2026, 3, 14)
PISTA = [sys.executable, "-m", "pista.cli"]


class Company(msgspec.Struct, frozen=True):
    tenant: TenantId
    site: SiteId
    name: str


class Ran(msgspec.Struct, frozen=True):
    status: int
    out: str
    err: str


MakeCompany = Callable[..., Awaitable[Company]]
Pista = Callable[..., Awaitable[Ran]]
Start = Callable[..., Awaitable[Any]]


def at(day: int, hour: int = 12, **more: int) -> datetime:
    """A moment of the n-th day."""
    moment = datetime.combine(FIRST + timedelta(days=day), datetime.min.time(), UTC)
    return moment + timedelta(hours=hour, **more)


@pytest.fixture
def make_company(postgres: Postgres) -> MakeCompany:
    async def make(name: str = "Flores") -> Company:
        now = datetime.now(UTC)
        async with postgres.transaction() as tx:
            tenant = await service.create_tenant(tx, name, now=now)
            site = await service.create_site(
                tx, tenant.id, NewSite(domains=["*"]), public_url="http://pista.test", now=now
            )
        return Company(tenant.id, site.id, name)

    return make


@pytest.fixture
async def company(make_company: MakeCompany) -> Company:
    return await make_company()


def line(company: Company, moment: datetime, number: int = 1, **fields: Any) -> bytes:
    """One event of the company, with an id that the moment and the number decide."""
    fields.setdefault("event_id", UUID(int=int(moment.timestamp() * 1000) << 64 | number))
    return make_line(moment, tenant=company.tenant, site=company.site, visitor=number, **fields)


async def store_days(clickhouse: ClickHouse, company: Company, days: int, events: int = 3) -> None:
    """So many events on each of the days."""
    lines = [line(company, at(day, minutes=n), n + 1) for day in range(days) for n in range(events)]
    await flushed(clickhouse, *lines)


@pytest.fixture
def environment(
    database: str, clickhouse_database: str, open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> dict[str, str]:
    """As in a shell on a machine with both stores."""
    variables = {
        "DATABASE_URL": database,
        "CLICKHOUSE_URL": clickhouse_database,
        "PISTA_DATA_DIR": str(open_folder / "data"),
    }
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return variables


@pytest.fixture
def pista(environment: dict[str, str]) -> Pista:
    """Run a command, in a thread, since each runs an event loop of its own."""

    async def run(*words: str) -> Ran:
        ran = await asyncio.to_thread(CliRunner().invoke, events, words)
        assert ran.exception is None or isinstance(ran.exception, SystemExit), ran.exception
        return Ran(ran.exit_code, ran.stdout, ran.stderr)

    return run


@pytest.fixture
def start(environment: dict[str, str]) -> Start:
    """Run a command in a process of its own, which may be killed."""

    async def run(*words: str, **more: Any) -> Any:
        return await asyncio.create_subprocess_exec(
            *PISTA,
            "events",
            *words,
            env=os.environ | environment,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
            **more,
        )

    return run


@pytest.fixture
def store() -> Generator[fake.Store]:
    """An S3-compatible store."""
    store = fake.start()
    yield store
    store.shutdown()
    store.server_close()


def files(folder: Path) -> list[str]:
    """All that is there, temporary files too."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


READ: dict[ExportFormat, str] = {
    ExportFormat.PARQUET: "read_parquet('{folder}/*/*.parquet', hive_partitioning = true)",
    ExportFormat.CSV: "read_csv('{folder}/*/*.csv.gz', hive_partitioning = true)",
    ExportFormat.NDJSON: "read_json('{folder}/*/*.ndjson.gz', hive_partitioning = true)",
}


def read_rows(folder: Path, form: ExportFormat) -> list[dict[str, Any]]:
    """The rows of a whole export, as DuckDB reads them."""
    times = "epoch_ms(occurred_at) as occurred_at, epoch_ms(received_at) as received_at"
    statement = f"select * replace ({times}) from {READ[form].format(folder=folder)} order by all"
    with duckdb.connect(":memory:") as reader:
        found = reader.execute(statement)
        names = [column[0] for column in found.description or []]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
