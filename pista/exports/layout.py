"""Where a day lies and when it is finished: no I/O, no clock.

Days are days of UTC, whatever zone the tenant lives in. A warehouse partitions by the date of a
UTC timestamp, so a file holds exactly one partition and its rows can be loaded again over what is
there; and a company that moves to another zone does not make yesterday's files overlap today's.
"""

from datetime import UTC, date, datetime, time, timedelta

from pista.exports.model import DayCount, ExportFormat, Manifest

EXTENSIONS = {
    ExportFormat.PARQUET: "parquet",
    ExportFormat.CSV: "csv.gz",
    ExportFormat.NDJSON: "ndjson.gz",
}
PACKED = frozenset({ExportFormat.CSV, ExportFormat.NDJSON})
"""Parquet is packed inside."""


def folder(day: date) -> str:
    return f"date={day.isoformat()}"


def file_name(day: date, form: ExportFormat) -> str:
    """The day stands in it too, so that a file says what it is after a download."""
    return f"part-{day.isoformat()}.{EXTENSIONS[form]}"


def manifest_name(form: ExportFormat) -> str:
    """With an underscore, since readers of such folders pass over those names."""
    return f"_manifest-{form}.json"


def start(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def end(day: date) -> datetime:
    return start(day) + timedelta(days=1)


def is_final(manifest: Manifest) -> bool:
    """A day that was exported before it was over is done again."""
    return manifest.exported_at >= end(manifest.day)


def holds(manifest: Manifest, count: DayCount) -> bool:
    """Whether the file holds what the day holds now."""
    return (manifest.rows, manifest.events, manifest.fingerprint) == (
        count.rows,
        count.events,
        count.fingerprint,
    )


def last_whole_day(now: datetime) -> date:
    return now.astimezone(UTC).date() - timedelta(days=1)


def days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
