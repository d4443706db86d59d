"""Numbered SQL for both engines: forward only, and safe when several processes start at once."""

import re
from importlib import resources
from typing import Any, cast

import msgspec

from pista.errors import StartError
from pista.store import apart, postgres
from pista.store.clickhouse import ClickHouse

# Any number does, as long as every Pista takes the same one.
LOCK = 7_405_211_001


class Migration(msgspec.Struct, frozen=True):
    number: int
    name: str
    sql: str


class Applied(msgspec.Struct, frozen=True, kw_only=True):
    """The names of what one run of `migrate` applied, per engine."""

    postgres: list[str]
    clickhouse: list[str]


def known(engine: str) -> list[Migration]:
    """The migrations that this program carries for `engine`, in order."""
    folder = resources.files("pista.store") / "migrations" / engine
    found = [
        Migration(int(entry.name[:4]), entry.name.removesuffix(".sql"), entry.read_text())
        for entry in folder.iterdir()
        if re.fullmatch(r"\d{4}_\w+\.sql", entry.name)
    ]
    return sorted(found, key=lambda migration: migration.number)


async def migrate(database_url: str, clickhouse: ClickHouse) -> Applied:
    """Bring both engines up to this program; a newer database is a `StartError`."""
    connection = await postgres.connect(database_url)
    try:
        # ClickHouse has no lock of its own, so PostgreSQL's holds for both.
        await connection.execute("select pg_advisory_lock($1)", LOCK, timeout=300)
        return Applied(
            postgres=await migrate_postgres(connection),
            clickhouse=await migrate_clickhouse(clickhouse),
        )
    finally:
        await connection.close()


async def migrate_postgres(connection: Any) -> list[str]:
    await connection.execute(
        """
        create table if not exists schema_migrations (
            number int primary key,
            name text not null,
            applied_at timestamptz not null default now()
        )
        """
    )
    last = await connection.fetchval("select coalesce(max(number), 0) from schema_migrations")
    todo = _missing("PostgreSQL", known("postgres"), last)
    for migration in todo:
        async with connection.transaction():
            await connection.execute(migration.sql, timeout=3600)
            await connection.execute(
                "insert into schema_migrations (number, name) values ($1, $2)",
                migration.number,
                migration.name,
            )
    # Each time: roles and what they may are not part of a dump.
    await apart.prepare(connection)
    return [migration.name for migration in todo]


async def expect_postgres(connection: Any) -> None:
    """Refuse a database whose schema is not this program's, older or newer."""
    there = await connection.fetchval("select to_regclass('schema_migrations') is not null")
    count = "select coalesce(max(number), 0) from schema_migrations"
    last = await connection.fetchval(count) if there else 0
    _expect("PostgreSQL", known("postgres"), last)
    await apart.expect(connection)


async def expect_clickhouse(clickhouse: ClickHouse) -> None:
    """The same for ClickHouse."""
    there = await clickhouse.one(
        _Last,
        """
        select count() as last
        from system.tables
        where database = currentDatabase() and name = 'schema_migrations'
        """,
    )
    count = "select max(number) as last from schema_migrations"
    last = (await clickhouse.one(_Last, count)).last if there.last else 0
    _expect("ClickHouse", known("clickhouse"), last)


class _Last(msgspec.Struct):
    last: int


async def migrate_clickhouse(clickhouse: ClickHouse) -> list[str]:
    await clickhouse.execute(
        """
        create table if not exists schema_migrations
            (number UInt32, name String, applied_at DateTime('UTC') default now())
        engine = MergeTree order by number
        """
    )
    last = await clickhouse.one(_Last, "select max(number) as last from schema_migrations")
    todo = _missing("ClickHouse", known("clickhouse"), last.last)
    for migration in todo:
        # No transaction here: each statement must bear being repeated after a crash.
        for statement in _statements(migration.sql):
            await clickhouse.execute(cast("Any", statement))
        await clickhouse.execute(
            "insert into schema_migrations (number, name) select {number:UInt32}, {name:String}",
            number=migration.number,
            name=migration.name,
        )
    return [migration.name for migration in todo]


def _missing(engine: str, have: list[Migration], last: int) -> list[Migration]:
    newest = have[-1].number if have else 0
    if last > newest:
        raise StartError(
            f"The {engine} database was made by a newer Pista (schema {last}, this program"
            f" knows {newest}); start the newer program."
        )
    return [migration for migration in have if migration.number > last]


def _expect(engine: str, have: list[Migration], last: int) -> None:
    if _missing(engine, have, last):
        raise StartError(f"The {engine} database is not up to date: run `pista migrate`.")


def _statements(sql: str) -> list[str]:
    lines = [line for line in sql.splitlines() if not line.lstrip().startswith("--")]
    parts = re.split(r";\s*(?:\n|$)", "\n".join(lines))
    return [part.strip() for part in parts if part.strip()]
