"""`pista queue`: what failed for good, from the terminal."""

from collections.abc import Sequence

import click
import msgspec

from pista import accounts
from pista import queue as jobs_room
from pista.accounts.terminal import run
from pista.ids import TenantId
from pista.letters.monitor_cli import commands
from pista.queue import DeadJob, JobId
from pista.store.postgres import Tx

MOST_LISTED = 200

of_tenant = click.option("--tenant", required=True, help="The tenant's id or its exact name.")
chosen = click.argument("jobs", nargs=-1, type=int)
everything = click.option("--all", "every", is_flag=True, help="Every one of them.")


@click.group("queue")
def queue() -> None:
    """Queued work: how much there is, pausing it, and what could not be done."""


for command in commands:
    queue.add_command(command)


@queue.group("dead")
def dead() -> None:
    """Dead letters: read them, try them again, or drop them."""


@dead.command("list")
@of_tenant
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def listed(tenant: str, as_json: bool) -> None:
    """The newest dead letters first."""

    async def look(tx: Tx) -> list[DeadJob]:
        owner = await accounts.find_tenant(tx, tenant)
        return await jobs_room.dead_letters(tx, owner.id, most=MOST_LISTED)

    found = run(look)
    for one in found:
        click.echo(_json(one) if as_json else _line(one))
    if not found and not as_json:
        click.echo("Nothing has failed for good.")


@dead.command("show")
@of_tenant
@click.argument("job", type=int)
def show(tenant: str, job: int) -> None:
    """All that is known of one, as JSON."""

    async def look(tx: Tx) -> DeadJob:
        owner = await accounts.find_tenant(tx, tenant)
        found = await jobs_room.dead_letters(tx, owner.id, most=1, before=JobId(job + 1))
        if not found or found[0].id != job:
            raise click.ClickException(f"There is no dead letter {job}.")
        return found[0]

    click.echo(msgspec.json.format(_json(run(look))))


@dead.command("replay")
@of_tenant
@chosen
@everything
def replay(tenant: str, jobs: tuple[int, ...], every: bool) -> None:
    """Try these again, from the beginning."""

    async def change(tx: Tx) -> int:
        owner, ids = await _chosen(tx, tenant, jobs, every)
        return await jobs_room.replay_jobs(tx, owner, ids)

    click.echo(f"{run(change)} will be tried again.")


@dead.command("drop")
@of_tenant
@chosen
@everything
@click.option("--yes", is_flag=True, help="Do not ask.")
def drop(tenant: str, jobs: tuple[int, ...], every: bool, yes: bool) -> None:
    """Forget these: what they were about is not done."""
    if not yes:
        what = "all dead letters" if every else f"{len(jobs)} dead letters"
        click.confirm(f"Drop {what} of {tenant}, for good?", abort=True, err=True)

    async def change(tx: Tx) -> int:
        owner, ids = await _chosen(tx, tenant, jobs, every)
        return await jobs_room.drop_jobs(tx, owner, ids)

    click.echo(f"{run(change)} dropped.")


async def _chosen(
    tx: Tx, tenant: str, jobs: Sequence[int], every: bool
) -> tuple[TenantId, list[JobId]]:
    if every == bool(jobs):
        raise click.ClickException("Name the dead letters by their numbers, or say --all.")
    owner = await accounts.find_tenant(tx, tenant)
    if not every:
        return owner.id, [JobId(job) for job in jobs]
    many = sum((await jobs_room.dead_kinds(tx, owner.id)).values())
    return owner.id, [one.id for one in await jobs_room.dead_letters(tx, owner.id, most=many)]


def _line(job: DeadJob) -> str:
    at = job.died_at.strftime("%Y-%m-%d %H:%M")
    return f"{job.id:>8}  {at}  {job.kind:<16} {job.attempts:>2} attempts  {job.error}"


def _json(job: DeadJob) -> str:
    return msgspec.json.encode(job).decode()
