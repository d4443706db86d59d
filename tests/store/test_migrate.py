"""Both databases on their way to this program's schema, and what is refused."""

import asyncio
from collections.abc import Awaitable
from typing import Any, cast

import msgspec
import pytest

from pista.errors import StartError
from pista.store import admin, migrate
from pista.store import postgres as store
from pista.store.clickhouse import ClickHouse
from pista.store.embedded.process import free_port
from pista.store.postgres import Postgres
from pista.store.runtime import Urls

FUTURE = "insert into schema_migrations (number, name) values (9999, 'future')"


@pytest.fixture
def urls(database: str, clickhouse_database: str) -> Urls:
    return Urls(database_url=database, clickhouse_url=clickhouse_database)


async def refusal(work: Awaitable[Any]) -> str:
    with pytest.raises(StartError) as refused:
        await work
    return str(refused.value)


async def test_what_is_migrated_is_as_expected(urls: Urls):
    """
    A process may start, and there is nothing left to do.
    """
    await admin.expect_postgres(urls)
    await admin.expect_clickhouse(urls)

    clickhouse = ClickHouse(urls.clickhouse_url)
    applied = await migrate.migrate(urls.database_url, clickhouse)
    await clickhouse.close()

    assert applied == migrate.Applied(postgres=[], clickhouse=[])


class Table(msgspec.Struct):
    made: str


async def test_a_tests_own_clickhouse_is_as_the_migrations_make_it(clickhouse: ClickHouse):
    """
    The tests' databases are copies of one that was migrated, down to the last setting.
    """
    copied, migrated = [
        await clickhouse.all(
            Table,
            """
            select replaceAll(create_table_query, database, '') as made
            from system.tables
            where database = if({which:String} = '', currentDatabase(), {which:String})
            order by made
            """,
            which=which,
        )
        for which in ("", "template_pista")
    ]

    assert len(copied) > 10
    assert copied == migrated


async def test_several_that_start_at_once_migrate_once(
    urls: Urls, postgres: Postgres, clickhouse: ClickHouse
):
    """
    Each step is applied by one of them, and the others wait for it.
    """
    async with postgres.transaction() as tx:
        await tx.execute("drop schema public cascade")
        await tx.execute("create schema public")
    name = urls.clickhouse_url.rsplit("/", 1)[1]
    server = ClickHouse(urls.clickhouse_url.rsplit("/", 1)[0])
    await server.execute(cast("Any", f"drop database {name} sync"))
    await server.execute(cast("Any", f"create database {name}"))
    await server.close()

    applied = await asyncio.gather(
        *(migrate.migrate(urls.database_url, clickhouse) for _ in range(4))
    )

    everything = migrate.Applied(
        postgres=[one.name for one in migrate.known("postgres")],
        clickhouse=[one.name for one in migrate.known("clickhouse")],
    )
    nothing = migrate.Applied(postgres=[], clickhouse=[])
    assert sorted(applied, key=lambda one: len(one.postgres)) == [nothing] * 3 + [everything]


async def test_a_newer_postgresql_is_refused(urls: Urls, postgres: Postgres):
    """
    By the migration, and by a process that starts: an old program would write old rows.
    """
    async with postgres.transaction() as tx:
        await tx.execute(FUTURE)
    clickhouse = ClickHouse(urls.clickhouse_url)

    sentences = [
        await refusal(migrate.migrate(urls.database_url, clickhouse)),
        await refusal(admin.expect_postgres(urls)),
    ]
    await clickhouse.close()

    for sentence in sentences:
        assert "The PostgreSQL database was made by a newer Pista (schema 9999" in sentence


async def test_a_newer_clickhouse_is_refused(urls: Urls, clickhouse: ClickHouse):
    """
    The same for the events' side.
    """
    await clickhouse.execute(FUTURE)

    sentences = [
        await refusal(migrate.migrate(urls.database_url, clickhouse)),
        await refusal(admin.expect_clickhouse(urls)),
    ]

    for sentence in sentences:
        assert "The ClickHouse database was made by a newer Pista (schema 9999" in sentence


@pytest.mark.parametrize(
    "forget", ["delete from schema_migrations where number > 1", "drop table schema_migrations"]
)
async def test_a_database_that_is_behind_is_named(urls: Urls, postgres: Postgres, forget: str):
    """
    A process on a machine of its own does not migrate; it says who does.
    """
    connection = await store.connect(urls.database_url)
    await connection.execute(forget)
    await connection.close()

    assert await refusal(admin.expect_postgres(urls)) == (
        "The PostgreSQL database is not up to date: run `pista migrate`."
    )


async def test_an_empty_clickhouse_is_named(urls: Urls, clickhouse: ClickHouse):
    """
    The same for the events' side.
    """
    await clickhouse.execute("drop table schema_migrations sync")

    assert await refusal(admin.expect_clickhouse(urls)) == (
        "The ClickHouse database is not up to date: run `pista migrate`."
    )


async def test_clickhouse_that_is_away_keeps_nobody_from_starting(database: str):
    """
    Events wait for it in the journal.
    """
    away = Urls(database_url=database, clickhouse_url=f"http://127.0.0.1:{free_port()}")

    await admin.expect_clickhouse(away)
