"""`pista events`: the event store from the terminal."""

import asyncio
from itertools import groupby

import click
import msgspec

from pista import settings as environment
from pista.errors import StartError
from pista.events.partitions import Partition, partitions
from pista.store.clickhouse import ClickHouse, ClickHouseAway, ClickHouseError
from pista.store.runtime import database_urls


@click.group("events")
def events() -> None:
    """Stored events."""


@events.command("partitions")
@click.option("--json", "as_json", is_flag=True, help="Print JSON and nothing else.")
def list_partitions(as_json: bool) -> None:
    """List the months that are stored, with their rows and size."""
    try:
        found = asyncio.run(_partitions())
    except StartError as wrong:
        raise click.ClickException(str(wrong)) from None
    except (ClickHouseAway, ClickHouseError) as away:
        raise click.ClickException(f"ClickHouse cannot be used: {away}") from None
    if as_json:
        click.echo(msgspec.json.encode(found).decode())
    else:
        click.echo("\n".join(_lines(found)) or "No events yet.")


async def _partitions() -> list[Partition]:
    clickhouse = ClickHouse(database_urls(environment.load()).clickhouse_url)
    try:
        return await partitions(clickhouse)
    finally:
        await clickhouse.close()


def _lines(found: list[Partition]) -> list[str]:
    return [
        f"{month[:4]}-{month[4:]}   "
        + "   ".join(f"{p.table} {p.rows:>12,} rows {_size(p.bytes_on_disk):>10}" for p in tables)
        for month, tables in groupby(found, key=lambda partition: partition.month)
    ]


def _size(count: int) -> str:
    amount = float(count)
    for unit in ("B", "KiB", "MiB", "GiB"):
        if amount < 1024:
            return f"{amount:,.1f} {unit}" if unit != "B" else f"{count} B"
        amount /= 1024
    return f"{amount:,.1f} TiB"
