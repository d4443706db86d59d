"""`pista privacy`: a visitor's rights from the terminal."""

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import click

from pista.privacy import handover
from pista.privacy.terminal import Stores, run

of_tenant = click.option("--tenant", required=True, help="The tenant's id or its exact name.")
of_visitor = click.option(
    "--visitor", required=True, help="The visitor's id, as the browser keeps it."
)


@click.group("privacy")
def privacy() -> None:
    """All that is stored of one visitor: to hand over, or to erase."""


@privacy.command("export")
@of_tenant
@of_visitor
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="A file; without one, printed."
)
def export(tenant: str, visitor: str, out: Path | None) -> None:
    """Write everything that Pista holds of a visitor as one JSON."""

    async def work(stores: Stores) -> int:
        owner = await stores.tenant(tenant)
        async with stores.transaction() as tx:
            begun = await handover.begin(tx, stores.clickhouse, owner.id, visitor)
        size = 0
        with _file(out) as file:
            async for chunk in handover.written(stores.clickhouse, begun):
                size += file.write(chunk)
        return size

    size = run(work)
    if out is not None:
        click.echo(f"{size:,} bytes in {out}.")
    click.echo(
        "Files that `pista events export` has written are not looked at: they are yours to search.",
        err=True,
    )


def _file(out: Path | None) -> Any:
    return nullcontext(sys.stdout.buffer) if out is None else out.open("wb")
