"""`pista events export`: events as files, one a day; and `import`, from a room of its own."""

import sys
from collections.abc import Callable
from contextlib import nullcontext
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click
import msgspec

from pista.events.cli import events
from pista.exports import days, layout
from pista.exports.bucket import Bucket
from pista.exports.export import Job, export_day
from pista.exports.folder import Folder
from pista.exports.imports.cli import import_events
from pista.exports.model import Done, ExportFormat, Outcome
from pista.exports.places import Place
from pista.exports.terminal import Stores, bucket_of, run
from pista.ids import TenantId

__all__ = ["events", "import_events"]

DAY = click.DateTime(["%Y-%m-%d"])


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """An export as the command line names it."""

    tenant: str
    first: date | None
    last: date | None
    form: ExportFormat
    folder: Path | None
    bucket: str | None
    refresh: bool


@events.command("export")
@click.option("--tenant", required=True, help="The tenant's id or its exact name.")
@click.option("--from", "first", type=DAY, help="The first day, of UTC; without one, all days.")
@click.option("--to", "last", type=DAY, help="The last day; without one, yesterday.")
@click.option(
    "--format",
    "form",
    type=click.Choice([form.value for form in ExportFormat]),
    default=ExportFormat.PARQUET.value,
    show_default=True,
)
@click.option(
    "--to-folder",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where the files go.",
)
@click.option("--s3", "bucket", metavar="s3://BUCKET/PREFIX", help="The same, in a bucket.")
@click.option(
    "--refresh", is_flag=True, help="Do finished days again whose events have changed since."
)
def export(
    tenant: str,
    first: datetime | None,
    last: datetime | None,
    form: str,
    folder: Path | None,
    bucket: str | None,
    refresh: bool,
) -> None:
    """Write events to files, one for each day; days that are there already are kept."""
    if (folder is None) == (bucket is None):
        raise click.UsageError("Name one place: --to-folder or --s3.")
    asked = Asked(
        tenant=tenant,
        first=first and first.date(),
        last=last and last.date(),
        form=ExportFormat(form),
        folder=folder and folder.absolute(),
        bucket=bucket,
        refresh=refresh,
    )

    async def work(stores: Stores) -> list[Done]:
        return await _export(stores, asked)

    click.echo(_summary(run(work)))


async def _export(stores: Stores, asked: Asked) -> list[Done]:
    tenant = await stores.tenant(asked.tenant)
    place = _place(stores, asked)
    try:
        return await _export_to(stores, asked, tenant.id, place)
    finally:
        await place.close()


def _place(stores: Stores, asked: Asked) -> Place:
    if asked.folder:
        return Folder(asked.folder)
    return Bucket(*bucket_of(stores.settings, asked.bucket or ""))


async def _export_to(stores: Stores, asked: Asked, tenant: TenantId, place: Place) -> list[Done]:
    await stores.lock(f"export {place}", f"Another export to {place} is running.")
    extent = await days.extent(stores.clickhouse, tenant)
    if extent is None:
        return []
    first = max(asked.first or extent[0], extent[0])
    last = min(asked.last or layout.last_whole_day(datetime.now(UTC)), extent[1])
    wanted = layout.days(first, last)
    job = Job(
        clickhouse=stores.clickhouse,
        tenant=tenant,
        form=asked.form,
        place=place,
        refresh=asked.refresh,
    )
    counts = await days.counts(stores.clickhouse, tenant, first, last) if wanted else {}
    return await _days(job, wanted, {day: count.rows for day, count in counts.items()})


async def _days(job: Job, wanted: list[date], rows: dict[date, int]) -> list[Done]:
    done: list[Done] = []
    with _bar(sum(rows.values())) as bar:
        for day in wanted:
            one = await export_day(job, day, _teller(bar, day))
            done.append(one)
            if bar:
                bar.update(rows.get(day, 0), f"{day}")
            elif one.outcome is not Outcome.EMPTY:
                click.echo(_line(one))
    return done


def _bar(rows: int) -> Any:
    """A bar of rows for a person; a line for each day where nobody watches."""
    if not sys.stderr.isatty():
        return nullcontext()
    # Click's bar is generic over an iterable that is not given here.
    progressbar: Any = click.progressbar
    return progressbar(
        length=rows, label="Exporting", item_show_func=_shown, file=sys.stderr, show_pos=True
    )


def _shown(item: str | None) -> str | None:
    return item


def _teller(bar: Any, day: date) -> Callable[[int], None]:
    def told(size: int) -> None:
        if bar:
            bar.update(0, f"{day}, {size / 1e6:,.0f} MB")

    return told


def _line(done: Done) -> str:
    return f"{done.day}  {done.events:>12,} events  {done.bytes:>14,} bytes  {done.outcome}"


def _summary(done: list[Done]) -> str:
    with_events = [one for one in done if one.outcome is not Outcome.EMPTY]
    if not with_events:
        return "No events in these days."
    kept = sum(one.outcome is Outcome.KEPT for one in with_events)
    return (
        f"{len(with_events)} days, {sum(one.events for one in with_events):,} events,"
        f" {sum(one.bytes for one in with_events):,} bytes"
        + (f"; {kept} of these days were there already." if kept else ".")
    )
