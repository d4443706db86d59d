"""`pista queue`: how the queues are, and stopping them, for one company or for all."""

from collections import Counter
from datetime import UTC, datetime

import click
import msgspec

from pista import accounts
from pista import queue as jobs_room
from pista.accounts.audit import TERMINAL, Action, record
from pista.accounts.terminal import run
from pista.ids import TenantId
from pista.letters import monitor
from pista.queue import QueueNow, Standing
from pista.store.postgres import Tx

NAMES = click.Choice(jobs_room.QUEUES)

of_tenant = click.option("--tenant", help="The tenant's id or its exact name; all without it.")
name = click.argument("name", type=NAMES)


@click.command("stats")
@of_tenant
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def stats(tenant: str | None, as_json: bool) -> None:
    """How many jobs wait, are under way, done and given up."""

    async def look(tx: Tx) -> tuple[list[QueueNow], list[Standing]]:
        owner = await _owner(tx, tenant)
        return await jobs_room.queues_now(tx, owner), await jobs_room.standing(tx, owner)

    queues, standing = run(look)
    if as_json:
        shown = {one.name: monitor.shown(one.total) for one in queues}
        click.echo(msgspec.json.format(msgspec.json.encode(shown).decode()))
        return
    click.echo(f"{'':<10}{'waiting':>9}{'active':>9}{'delayed':>9}{'dead':>9}{'done':>12}")
    for one in queues:
        total = one.total
        numbers = f"{total.waiting:>9}{total.active:>9}{total.delayed:>9}{total.dead:>9}"
        click.echo(f"{one.name:<10}{numbers}{total.completed:>12}{_mark(one.name, standing)}")


def _mark(queue: str, standing: list[Standing]) -> str:
    marks = [
        "stopped for everybody" if one.everywhere else "paused"
        for one in standing
        if one.queue == queue
    ]
    return f"  {', '.join(marks)}" if marks else ""


@click.command("pause")
@name
@of_tenant
def pause(name: str, tenant: str | None) -> None:
    """Begin nothing more of a queue; what is in hand is ended."""

    async def change(tx: Tx) -> None:
        owner, now = await _owner(tx, tenant), datetime.now(UTC)
        if owner is None:
            await jobs_room.halt(tx, name, now=now)
        else:
            await monitor.pause(tx, owner, TERMINAL, None, [name], now=now)

    run(change)
    click.echo(f"{name} stands still {_for(tenant)}. Work is still taken in, and waits.")


@click.command("resume")
@name
@of_tenant
def resume(name: str, tenant: str | None) -> None:
    """Go on with it: with what all are stopped by, or with what one company has paused."""

    async def change(tx: Tx) -> None:
        owner = await _owner(tx, tenant)
        if owner is None:
            await jobs_room.unhalt(tx, name)
        else:
            await monitor.resume(tx, owner, TERMINAL, [name], now=datetime.now(UTC))

    run(change)
    click.echo(f"{name} goes on {_for(tenant)}.")


@click.command("clear")
@name
@click.option("--tenant", required=True, help="The tenant's id or its exact name.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def clear(name: str, tenant: str, yes: bool) -> None:
    """Forget what waits in a queue of one company; what is under way is left alone."""
    if not yes:
        typed = click.prompt(f"What waits in {name} of {tenant} is never done. Type {name}")
        if typed != name:
            raise click.ClickException("That is another word: nothing was removed.")
    removed = Counter[str]()
    while part := run(lambda tx: _clear(tx, tenant, name)):
        removed += part
    for kind, many in sorted(removed.items()):
        click.echo(f"{many:>9}  {kind}")
    click.echo(f"{removed.total()} removed.")


async def _clear(tx: Tx, tenant: str, queue: str) -> Counter[str]:
    owner = (await accounts.find_tenant(tx, tenant)).id
    part = await jobs_room.clear_some(tx, owner, queue)
    if part:
        details = {"count": str(part.total())}
        about = (tx, owner, TERMINAL, Action.QUEUE_CLEARED)
        await record(*about, subject=None, name=queue, now=datetime.now(UTC), details=details)
    return part


async def _owner(tx: Tx, tenant: str | None) -> TenantId | None:
    return None if tenant is None else (await accounts.find_tenant(tx, tenant)).id


def _for(tenant: str | None) -> str:
    return "for everybody" if tenant is None else f"for {tenant}"


commands = (stats, pause, resume, clear)
