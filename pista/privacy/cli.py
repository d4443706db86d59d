"""`pista privacy`: a visitor's rights from the terminal."""

import asyncio
import sys
import time
from collections.abc import AsyncIterator
from contextlib import nullcontext
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from pista.accounts.audit import TERMINAL
from pista.events import visitors
from pista.ids import ContactId, TenantId
from pista.privacy import auditing, handover, service
from pista.privacy.model import Erasure, State
from pista.privacy.people import handover as of_contacts
from pista.privacy.people import terminal as people
from pista.privacy.terminal import Stores, run

POLL_SECONDS = 0.5
# Who takes over from a worker that has died leads by then.
PATIENCE_SECONDS = 5.0

of_tenant = click.option("--tenant", required=True, help="The tenant's id or its exact name.")
of_visitor = click.option("--visitor", help="The visitor's id, as the browser keeps it.")
of_contact = click.option("--contact", help="The contact's id, as its page shows it.")


@click.group("privacy")
def privacy() -> None:
    """All that is stored of one visitor or contact: to hand over, or to erase."""


@privacy.command("export")
@of_tenant
@of_visitor
@of_contact
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="A file; without one, printed."
)
def export(tenant: str, visitor: str | None, contact: str | None, out: Path | None) -> None:
    """Write everything that Pista holds of a visitor or contact as one JSON."""
    check_one(visitor, contact)

    async def work(stores: Stores) -> int:
        owner = await stores.tenant(tenant)
        size = 0
        chunks = await _handed_over(stores, owner.id, visitor, contact)
        with _file(out) as file:
            async for chunk in chunks:
                size += file.write(chunk)
        return size

    size = run(work)
    if out is not None:
        click.echo(f"{size:,} bytes in {out}.")
    click.echo(
        "Files that `pista events export` has written are not looked at: they are yours to search.",
        err=True,
    )


@privacy.command("erase")
@of_tenant
@of_visitor
@of_contact
@click.option("--yes", is_flag=True, help="Do not ask.")
def erase(tenant: str, visitor: str | None, contact: str | None, yes: bool) -> None:
    """Erase all that is stored of a visitor or contact, and wait until it is done."""
    check_one(visitor, contact)
    if contact is not None:
        people.erase(tenant, ContactId(contact), yes=yes)
    else:
        _erase_visitor(tenant, visitor or "", yes)


def _erase_visitor(tenant: str, visitor: str, yes: bool) -> None:
    check_visitor(visitor)

    async def look(stores: Stores) -> tuple[TenantId, str, list[date]]:
        owner = await stores.tenant(tenant)
        return owner.id, owner.name, await visitors.days_of(stores.clickhouse, owner.id, visitor)

    owner, name, days = run(look)
    if not yes:
        known = f"events of {len(days)} days" if days else "no stored event"
        click.confirm(
            f"{name} has {known} of {visitor}. Erase all of it, for good?", abort=True, err=True
        )

    async def work(stores: Stores) -> Erasure:
        async with stores.transaction() as tx:
            now = datetime.now(UTC)
            asked = await service.ask(tx, owner, visitor, by=None, name="Terminal", now=now)
            await auditing.note(tx, owner, TERMINAL, asked.id, "visitor", now=now)
        return await _wait(stores, asked)

    done = run(work)
    click.echo(
        f"Erased: {done.counts['events']:,} events, {done.counts['weeks']:,} weeks,"
        f" {done.counts['unreadable']:,} unreadable lines;"
        f" {done.counts['hours']:,} hours are counted anew."
    )
    click.echo("ClickHouse removes the old files within ten minutes; backups keep theirs.")
    click.echo(_about_files(days))


def check_one(visitor: str | None, contact: str | None) -> None:
    if (visitor is None) == (contact is None):
        raise click.UsageError("Give one of --visitor and --contact.")


async def _handed_over(
    stores: Stores, owner: TenantId, visitor: str | None, contact: str | None
) -> AsyncIterator[bytes]:
    async with stores.transaction() as tx:
        if contact is not None:
            person = await of_contacts.begin(tx, stores.clickhouse, owner, ContactId(contact))
            return of_contacts.written(stores.clickhouse, person)
        begun = await handover.begin(tx, stores.clickhouse, owner, visitor or "")
        return handover.written(stores.clickhouse, begun)


def check_visitor(visitor: str) -> None:
    if not service.is_visitor(visitor):
        raise click.ClickException("Visitor ids are 1 to 64 of A-Z, a-z, 0-9, _ and -.")


async def _wait(stores: Stores, asked: Erasure) -> Erasure:
    """Until it is done; where nobody does it, say so and leave it waiting."""
    led, said = time.monotonic(), ""
    while asked.state is not State.DONE:
        async with stores.transaction() as tx:
            led = time.monotonic() if await visitors.somebody_stores(tx) else led
            asked = await service.erasure(tx, asked.id)
        if time.monotonic() - led > PATIENCE_SECONDS:
            raise click.ClickException(
                "No worker is running, so nothing is erased yet. It is asked for: the next worker"
                " does it. Start Pista, or `pista worker`."
            )
        told = asked.error or WAITING_FOR[asked.state]
        if told != said:
            click.echo(told, err=True)
            said = told
        await asyncio.sleep(POLL_SECONDS)
    return asked


WAITING_FOR = {
    State.WAITING: "Waiting until what has arrived before is stored.",
    State.RUNNING: "Deleting, and counting anew.",
    State.FAILED: "It fails, and is tried again.",
    State.DONE: "Done.",
}


def _about_files(days: list[date]) -> str:
    told = "Files that `pista events export` has written are out of Pista's hands"
    if not days:
        return f"{told}."
    listed = ", ".join(str(day) for day in days[:31]) + (", …" if len(days) > 31 else "")
    return f"{told}. Those of these days may hold the visitor, so export them again: {listed}."


def _file(out: Path | None) -> Any:
    return nullcontext(sys.stdout.buffer) if out is None else out.open("wb")
