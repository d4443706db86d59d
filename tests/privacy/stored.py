"""Looks into every corner of both stores: what is counted of a tenant, and where a text is."""

import asyncio
import re
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, LiteralString, cast

import msgspec

from pista.ids import TenantId
from pista.store import frames
from pista.store import postgres as store
from pista.store.clickhouse import ClickHouse
from pista.store.postgres import Postgres

COUNTED: dict[str, LiteralString] = {
    "events": """
        select site_id, occurred_at, event_type, visitor_id, count, sampling_rate, bot
        from events where tenant_id = {tenant:UUID}
    """,
    "events_hourly": """
        select site_id, hour, event_type, is_bot, sum(events) as n, sum(estimated) as e
        from events_hourly where tenant_id = {tenant:UUID}
        group by all having n > 0
    """,
    "people_hourly": """
        select site_id, hour, event_type,
            uniqMerge(visitors), uniqMerge(sessions),
            uniqCombined64Merge(12)(visitors_sketch), uniqCombined64Merge(12)(sessions_sketch)
        from people_hourly where tenant_id = {tenant:UUID}
        group by all
    """,
    "bots": """
        select site_id, quarter, reason, name, host, path, sum(events)
        from bots where tenant_id = {tenant:UUID}
        group by all
    """,
    "visitor_weeks": """
        select site_id, week, event_type, visitor_id, min(first_at), max(last_at)
        from visitor_weeks where tenant_id = {tenant:UUID}
        group by all
    """,
    "sessions": """
        select visitor_id, session_id, month, started_at, page_at, last_at, events, page_views
        from sessions final where tenant_id = {tenant:UUID}
    """,
}
# The driver brings it along; it has no types.
lz4: Any = import_module("lz4.block")
COMPRESSED: dict[int, Callable[[bytes, int], bytes]] = {
    0x02: lambda block, size: block,
    0x82: lambda block, size: lz4.decompress(block, uncompressed_size=size),
    0x90: lambda block, size: frames.unpack(block),
}


async def counted(clickhouse: ClickHouse, tenant: TenantId) -> dict[str, list[str]]:
    """All that is stored and counted of a tenant, in one order."""
    return {
        table: sorted(
            msgspec.json.encode(list(row.values())).decode()
            for row in await clickhouse.all(dict[str, Any], sql, tenant=tenant)
        )
        for table, sql in COUNTED.items()
    }


async def places(postgres: Postgres, clickhouse: ClickHouse, text: str) -> set[str]:
    """The tables of both stores in which the text stands somewhere, packed bodies included."""
    found: set[str] = set()
    async with postgres.transaction() as tx:
        tables = await tx.value(
            "select array_agg(tablename::text) from pg_tables where schemaname = 'public'"
        )
        for table in tables:
            rows = await tx.connection.fetch(f'select * from "{table}"')
            if any(text.encode() in _bytes(value) for row in rows for value in row.values()):
                found.add(table)
    for table in await _tables(clickhouse):
        sql: Any = f"select * from {table} format RawBLOB"
        async with clickhouse.stream(sql) as chunks:
            content = b"".join([chunk async for chunk in chunks])
        if text.encode() in content:
            found.add(table)
    return found


async def files(clickhouse: ClickHouse, text: str) -> set[str]:
    """The files of the database's tables in which the text stands, unpacked where it is packed."""

    class Folder(msgspec.Struct):
        name: str
        paths: list[str]

    folders = await clickhouse.all(
        Folder,
        """
        select name, data_paths as paths from system.tables
        where database = currentDatabase() and engine like '%MergeTree'
        """,
    )
    return {
        f"{folder.name}: {file}"
        for folder in folders
        for path in folder.paths
        for file in await asyncio.to_thread(_naming, Path(path), text.encode())
    }


async def postgres_files(postgres: Postgres, text: str) -> set[str]:
    """The tables and indexes of this database in whose files the text stands."""
    async with postgres.transaction() as tx:
        # Where the data lies is nobody's to ask; each process of PostgreSQL works in it.
        pid = await tx.value("select pg_backend_pid()")
        folder = await tx.value("select oid from pg_database where datname = current_database()")
        data = await asyncio.to_thread(Path(f"/proc/{pid}/cwd").resolve)
        found = await asyncio.to_thread(_naming, data / "base" / str(folder), text.encode())
        rows = await tx.connection.fetch(
            """
            select coalesce(pg_filenode_relation(0, file::oid)::text, file) as name
            from unnest($1::text[]) as file
            """,
            [file for file in found if file.isdigit()],
        )
    return {row["name"] for row in rows} | {file for file in found if not file.isdigit()}


async def rewrite(database: str) -> None:
    """Have PostgreSQL write its files anew, with what it knows of how often values come."""
    connection = await store.connect(database)
    await connection.execute("vacuum (full, analyze)")
    # Of a table that is empty it keeps what it knew.
    await connection.execute(
        """
        select pg_clear_attribute_stats(s.schemaname, s.tablename, s.attname, s.inherited)
        from pg_stats s
        join pg_class c on c.relname = s.tablename and c.relnamespace = s.schemaname::regnamespace
        where s.schemaname = current_schema() and c.relkind = 'r' and c.reltuples = 0
        """
    )
    await connection.execute("vacuum full pg_statistic")
    await connection.close()


def _naming(folder: Path, text: bytes) -> list[str]:
    return [
        file.name
        for file in folder.rglob("*")
        if file.is_file() and any(text in part for part in _parts(file.read_bytes()))
    ]


def _parts(content: bytes) -> Iterator[bytes]:
    """The content as it is, and what its compressed blocks hold."""
    yield content
    place = 16
    while place + 9 <= len(content):
        method, packed, unpacked = (
            content[place],
            int.from_bytes(content[place + 1 : place + 5], "little"),
            int.from_bytes(content[place + 5 : place + 9], "little"),
        )
        block = content[place + 9 : place + packed]
        if packed < 9 or len(block) != packed - 9:
            return
        if method in COMPRESSED:
            yield COMPRESSED[method](block, unpacked)
        place += packed + 16


async def _tables(clickhouse: ClickHouse) -> list[str]:
    class Table(msgspec.Struct):
        name: str

    found = await clickhouse.all(
        Table, "select name from system.tables where database = currentDatabase()"
    )
    return [table.name for table in found if re.search("_fill$", table.name) is None]


def _bytes(value: object) -> bytes:
    if isinstance(value, bytes):
        return frames.unpack(value) if value[:4] == b"\x28\xb5\x2f\xfd" else value
    return str(cast("Any", value)).encode()
