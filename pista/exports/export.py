"""One day of one tenant into one file: finished and named, or not there at all."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import msgspec

from pista.exports import days, layout
from pista.exports.model import (
    DayCount,
    Done,
    ExportFormat,
    ForeignExport,
    Manifest,
    Outcome,
    TooBusy,
)
from pista.exports.packing import Sums, packed
from pista.exports.places import Place
from pista.ids import TenantId
from pista.store.clickhouse import ClickHouse

ATTEMPTS = 5

Told = Callable[[int], None]
"""Hears how many bytes of the day are written."""


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """What is exported, and where to."""

    clickhouse: ClickHouse
    tenant: TenantId
    form: ExportFormat
    place: Place
    refresh: bool = False
    """Whether finished days are compared with what the day holds now."""


async def export_day(job: Job, day: date, told: Told = lambda size: None) -> Done:
    """Export the day unless its file is there; the file holds what `Done` says, no row more."""
    found = await job.place.manifest(day, job.form)
    if found and found.tenant_id != job.tenant:
        raise ForeignExport
    if found and layout.is_final(found) and not job.refresh:
        return _done(found, Outcome.KEPT)
    for _ in range(ATTEMPTS):
        count = await days.count(job.clickhouse, job.tenant, day)
        if found and layout.is_final(found) and layout.holds(found, count):
            return _done(found, Outcome.KEPT)
        if count.rows == 0:
            await job.place.remove(day, job.form)
            return Done(day=day, outcome=Outcome.EMPTY)
        if written := await _write(job, count, told):
            return _done(written, Outcome.EXPORTED)
    raise TooBusy


async def _write(job: Job, count: DayCount, told: Told) -> Manifest | None:
    """Write what was counted; None if other rows were read, because some went meanwhile."""
    exported_at = datetime.now(UTC)
    sums = Sums()
    gzip = job.form in layout.PACKED
    async with (
        job.place.writing(count.day, job.form) as draft,
        days.rows(job.clickhouse, job.tenant, job.form, count) as rows,
    ):
        async for piece in packed(rows, gzip=gzip, sums=sums):
            await draft.write(piece)
            told(sums.bytes)
        again = await days.count(job.clickhouse, job.tenant, count.day, up_to=count.last_flush)
        if again != count:
            return None
        # Of a file that is replaced nobody must think that the old manifest is about it.
        await job.place.forget(count.day, job.form)
        await draft.commit()
    manifest = Manifest(
        tenant_id=job.tenant,
        day=count.day,
        format=job.form,
        file=layout.file_name(count.day, job.form),
        rows=count.rows,
        events=count.events,
        bytes=sums.bytes,
        sha256=sums.sha256,
        fingerprint=count.fingerprint,
        exported_at=exported_at,
    )
    await job.place.write_manifest(manifest)
    return manifest


def _done(manifest: Manifest, outcome: Outcome) -> Done:
    return Done(
        day=manifest.day,
        outcome=outcome,
        file=manifest.file,
        rows=manifest.rows,
        events=manifest.events,
        bytes=manifest.bytes,
    )
