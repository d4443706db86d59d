"""`pista privacy erase --contact`."""

import asyncio
import time
from datetime import UTC, datetime

import click

from pista import contacts
from pista.accounts.audit import TERMINAL
from pista.events import visitors
from pista.ids import ContactId, TenantId
from pista.privacy import auditing
from pista.privacy.model import State
from pista.privacy.people import service
from pista.privacy.people.model import ContactErasure
from pista.privacy.terminal import Stores, run

POLL_SECONDS = 0.5
# Who takes over from a worker that has died leads by then.
PATIENCE_SECONDS = 5.0


def erase(tenant: str, contact: ContactId, *, yes: bool) -> None:
    """Erase all that is held of a contact, and wait until it is done."""

    async def look(stores: Stores) -> tuple[TenantId, str, str]:
        owner = await stores.tenant(tenant)
        async with stores.transaction() as tx:
            shown = await contacts.contact(tx, owner.id, contact)
        return owner.id, owner.name, shown.name or shown.email or shown.phone or shown.id

    owner, company, name = run(look)
    if not yes:
        click.confirm(
            f"{company}: erase all that is held of {name}, for good?", abort=True, err=True
        )

    async def work(stores: Stores) -> ContactErasure:
        async with stores.transaction() as tx:
            now = datetime.now(UTC)
            asked = await service.ask(tx, owner, contact, by=None, name="Terminal", now=now)
            await auditing.note(tx, owner, TERMINAL, asked.id, "contact", now=now)
        return await _wait(stores, owner, asked)

    done = run(work)
    counts = ", ".join(f"{n:,} {what}" for what, n in sorted(done.counts.items()) if n)
    click.echo(f"Erased: {counts or 'nothing'}; the events of {done.visitors} visitors.")
    click.echo("ClickHouse removes the old files within ten minutes; backups keep theirs.")
    click.echo("What a CRM tells of the person from now on makes a new contact.")


async def _wait(stores: Stores, owner: TenantId, asked: ContactErasure) -> ContactErasure:
    """Until it is done; where nobody does it, say so and leave it waiting."""
    led = time.monotonic()
    while asked.state is not State.DONE:
        async with stores.transaction() as tx:
            led = time.monotonic() if await visitors.somebody_stores(tx) else led
            asked = await service.erasure(tx, owner, asked.id)
        if time.monotonic() - led > PATIENCE_SECONDS:
            raise click.ClickException(
                "No worker is running, so nothing is erased yet. It is asked for: the next worker"
                " does it. Start Pista, or `pista worker`."
            )
        await asyncio.sleep(POLL_SECONDS)
    return asked
