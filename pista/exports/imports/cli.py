"""`pista events import`: exported files back into Pista."""

import asyncio
import sys
import time
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import click

from pista import accounts
from pista.collect import clock
from pista.events.cli import events
from pista.exports.imports import queries, sources, staging
from pista.exports.imports.model import PROBLEMS, Import, Refused, Unreadable
from pista.exports.imports.sources import Source
from pista.exports.imports.staging import Terms
from pista.exports.terminal import Stores, bucket_of, run
from pista.ids import SiteId, TenantId
from pista.store.s3 import S3

PATIENCE_SECONDS = 60.0
POLL_SECONDS = 0.2
FILES_AHEAD = 8


@events.command("import")
@click.option("--tenant", required=True, help="The tenant's id or its exact name.")
@click.option("--site", type=click.UUID, help="Put all events on this site of the tenant.")
@click.argument("files", nargs=-1, required=True)
def import_events(tenant: str, site: UUID | None, files: tuple[str, ...]) -> None:
    """Import exported files: names, folders, or s3://BUCKET/PREFIX.

    An event that is there already is left out, so importing a file twice counts nothing twice.
    """

    async def work(stores: Stores) -> list[Import]:
        return await _import(stores, tenant, SiteId(site) if site else None, files)

    try:
        done = run(work)
    except Unreadable as error:
        raise click.ClickException(str(error)) from None
    click.echo(_summary(done))


async def _import(
    stores: Stores, tenant: str, site: SiteId | None, files: tuple[str, ...]
) -> list[Import]:
    await stores.lock("import", "Another import is running; wait for it.")
    terms = await _terms(stores, (await stores.tenant(tenant)).id, site)
    async with stores.transaction() as tx:
        await staging.drop_left(stores.clickhouse, tx)
    s3s: list[S3] = []
    try:
        found = [source for name in files for source in await _sources(stores, name, s3s)]
        if not found:
            raise click.ClickException("There is nothing to import.")
        return await _files(stores, found, terms)
    finally:
        for s3 in s3s:
            await s3.close()


async def _terms(stores: Stores, tenant: TenantId, site: SiteId | None) -> Terms:
    async with stores.transaction() as tx:
        sites = [one.id for one in await accounts.list_sites(tx, tenant, public_url="")]
    if site is not None and site not in sites:
        raise click.ClickException(f"{site} is not a site of this tenant.")
    now = datetime.now(UTC)
    oldest = clock.oldest_kept(clock.milliseconds(now), stores.settings.tracking.retention_months)
    return Terms(
        tenant=tenant,
        site=site,
        sites=sites,
        oldest=datetime.fromtimestamp(oldest / 1000, UTC),
        now=now,
    )


async def _sources(stores: Stores, name: str, s3s: list[S3]) -> list[Source]:
    if not name.startswith("s3://"):
        return list(sources.on_disk(Path(name)))
    s3, prefix = bucket_of(stores.settings, name)
    s3s.append(s3)
    return list(await sources.in_bucket(s3, prefix))


async def _files(stores: Stores, found: list[Source], terms: Terms) -> list[Import]:
    """Read some files ahead of those that are being stored."""
    ahead: list[tuple[Import, list[Refused]]] = []
    done: list[Import] = []
    for source in found:
        staged, refused = await staging.stage(stores.clickhouse, source, terms)
        async with stores.transaction() as tx:
            await queries.add(tx, staged, datetime.now(UTC))
        ahead.append((staged, refused))
        if len(ahead) > FILES_AHEAD:
            done.append(await _stored(stores, *ahead.pop(0)))
    return done + [await _stored(stores, *one) for one in ahead]


async def _stored(stores: Stores, staged: Import, refused: list[Refused]) -> Import:
    done = await _followed(stores, staged)
    if done.error:
        raise click.ClickException(f"{done.file} could not be stored: {done.error}")
    click.echo(_line(done, refused))
    return done


async def _followed(stores: Stores, staged: Import) -> Import:
    """Watch a worker store the rows."""
    moved_at, seen = time.monotonic(), -1
    with _bar(staged) as bar:
        while True:
            async with stores.transaction() as tx:
                now = await queries.find(tx, staged.id)
            if now.rows_done != seen:
                if bar:
                    bar.update(now.rows_done - max(seen, 0))
                moved_at, seen = time.monotonic(), now.rows_done
            if now.finished_at is not None:
                return now
            if time.monotonic() - moved_at > PATIENCE_SECONDS:
                raise click.ClickException(
                    "No worker stores the events: is Pista running? They are kept, and the next"
                    " worker goes on with them; running this command again counts nothing twice."
                )
            await asyncio.sleep(POLL_SECONDS)


def _bar(staged: Import) -> Any:
    if not sys.stderr.isatty():
        return nullcontext()
    # Click's bar is generic over an iterable that is not given here.
    progressbar: Any = click.progressbar
    label = Path(staged.file).name
    return progressbar(length=staged.rows, label=label, file=sys.stderr, show_pos=True)


def _line(done: Import, refused: list[Refused]) -> str:
    bad = sum(one.rows for one in refused)
    known = done.rows - bad - done.rows_stored
    said = f"{done.file}: {done.events_stored:,} events imported, in {done.rows_stored:,} rows"
    if known:
        said += f"; {known:,} rows were there already"
    for one in refused:
        said += f"\n  {one.rows:,} rows refused: they {PROBLEMS[one.problem]}"
    return said


def _summary(done: list[Import]) -> str:
    return f"{len(done)} files, {sum(one.events_stored for one in done):,} events imported."
