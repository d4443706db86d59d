"""Days as files: complete, in the layout that warehouses read, and never in halves."""

import asyncio
import os
import resource
import signal
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pytest

from pista.exports.model import ExportFormat, Manifest
from pista.store.clickhouse import ClickHouse
from tests.events.conftest import flushed
from tests.exports.conftest import (
    FIRST,
    Company,
    MakeCompany,
    Pista,
    Start,
    at,
    files,
    line,
    read_rows,
    store_days,
)

NAMES = {
    ExportFormat.PARQUET: "part-2026-03-14.parquet",
    ExportFormat.CSV: "part-2026-03-14.csv.gz",
    ExportFormat.NDJSON: "part-2026-03-14.ndjson.gz",
}
AWKWARD: dict[str, Any] = {
    "emoji": "🦊🏳️‍🌈",
    "quotes": "it's \"so\" `said` ''",
    "lines": "one\ntwo\r\nthree\ttab",
    "slashes": "a/b\\c\\n",
    "nothing": None,
    "zero": "\u0000",
    "number": 1e308,
    "not a number": "NaN",
    "separators": "a,b;c|d",
    "unicode": "ñ\u2028\ufeff",
    "deep": [[{"a": []}]],
}
LONG = {"text": "x" * 8_000}


async def test_a_day_is_a_file_that_others_read(
    pista: Pista, clickhouse: ClickHouse, company: Company, tmp_path: Path
):
    """
    Whatever stands in an event comes out of another's reader as it went in.
    """
    await flushed(
        clickhouse,
        line(company, at(0), 1, metadata=AWKWARD, rate=33.3),
        line(company, at(0), 2, metadata=LONG, bot="crawler"),
        *[line(company, at(0), 3, event_id=UUID(int=n + 1)) for n in range(5)],
    )
    for form in ExportFormat:
        folder = tmp_path / form

        ran = await pista(
            *("export", "--tenant", company.name, "--format", form.value),
            *("--to-folder", str(folder)),
        )

        assert (ran.status, ran.err) == (0, "")
        assert files(folder) == [
            f"date=2026-03-14/_manifest-{form}.json",
            f"date=2026-03-14/{NAMES[form]}",
        ]
        check_rows(read_rows(folder, form))


def check_rows(rows: list[dict[str, Any]]) -> None:
    seen = {row["visitor_id"]: row for row in rows}
    assert len(rows) == 3
    assert msgspec.json.decode(seen["v1"]["metadata"]) == AWKWARD
    assert msgspec.json.decode(seen["v2"]["metadata"]) == LONG
    assert seen["v2"]["bot"] == "crawler"
    # Equal events within a minute are one row, which counts for all of them.
    assert int(seen["v3"]["count"]) == 5
    assert float(seen["v1"]["sampling_rate"]) == pytest.approx(33.3, abs=1e-5)
    assert seen["v1"]["occurred_at"] == at(0).timestamp() * 1000
    assert {row["date"] for row in rows} == {FIRST}


async def test_every_column_is_exported(
    pista: Pista, clickhouse: ClickHouse, company: Company, tmp_path: Path
):
    """
    All that is known of an event, but for what Pista keeps for its own work.
    """

    class Column(msgspec.Struct, frozen=True):
        name: str

    await store_days(clickhouse, company, 1)
    await pista("export", "--tenant", company.name, "--to-folder", str(tmp_path))

    columns = await clickhouse.all(
        Column,
        "select name from system.columns where database = currentDatabase() and table = 'events'",
    )
    row = read_rows(tmp_path, ExportFormat.PARQUET)[0]
    own_work = {"metadata_hash", "flush_id"}
    assert {column.name for column in columns} - own_work == set(row) - {"date"}


async def test_days_are_those_of_utc(
    pista: Pista, clickhouse: ClickHouse, company: Company, tmp_path: Path
):
    """
    The last millisecond of a day and the first of the next lie in two files.
    """
    await flushed(
        clickhouse,
        line(company, at(0, 24, milliseconds=-1), 1),
        line(company, at(1, 0), 2),
    )

    await pista("export", "--tenant", company.name, "--to-folder", str(tmp_path))

    told = [msgspec.json.decode(path.read_bytes(), type=Manifest) for path in manifests(tmp_path)]
    assert [(one.day.day, one.rows, one.events) for one in told] == [(14, 1, 1), (15, 1, 1)]


async def test_finished_days_are_kept(
    pista: Pista, clickhouse: ClickHouse, company: Company, tmp_path: Path
):
    """
    The same command again does what is missing, and nothing else; a lost file is missing.
    """
    await store_days(clickhouse, company, 3)
    command = ("export", "--tenant", company.name, "--to-folder", str(tmp_path))
    await pista(*command, "--to", "2026-03-15")
    before = {path: path.stat().st_mtime_ns for path in finished(tmp_path)}
    lost = tmp_path / "date=2026-03-15" / "part-2026-03-15.parquet"
    lost.unlink()

    ran = await pista(*command)

    assert "3 days, 9 events" in ran.out
    assert "1 of these days" in ran.out
    kept = tmp_path / "date=2026-03-14" / "part-2026-03-14.parquet"
    assert kept.stat().st_mtime_ns == before[kept]
    assert lost.exists()


async def test_late_events_are_found(
    pista: Pista, clickhouse: ClickHouse, company: Company, tmp_path: Path
):
    """
    With --refresh a day whose events have changed is done again, and only such a day.
    """
    await store_days(clickhouse, company, 2)
    command = ("export", "--tenant", company.name, "--to-folder", str(tmp_path))
    await pista(*command)
    await flushed(clickhouse, line(company, at(0, 13), 9))

    plain = await pista(*command)
    fresh = await pista(*command, "--refresh")

    assert "2 days, 6 events" in plain.out
    assert "2026-03-14             4 events" in fresh.out
    assert "2 days, 7 events" in fresh.out
    assert "1 of these days" in fresh.out
    rows = read_rows(tmp_path, ExportFormat.PARQUET)
    assert sum(row["date"] == FIRST for row in rows) == 4


async def test_a_day_that_is_not_over_is_done_again(
    pista: Pista, clickhouse: ClickHouse, company: Company, tmp_path: Path
):
    """
    Today may be exported, and is not finished by that.
    """
    now = datetime.now(UTC)
    await flushed(clickhouse, line(company, now, 1))
    command = ("export", "--tenant", company.name, "--to-folder", str(tmp_path))
    today = ("--to", now.date().isoformat())

    without = await pista(*command)
    first = await pista(*command, *today)
    await flushed(clickhouse, line(company, now, 2))
    second = await pista(*command, *today)

    assert "No events" in without.out
    assert "1 days, 1 events" in first.out
    assert "1 days, 2 events" in second.out


async def test_a_company_sees_its_own_events_only(
    pista: Pista, clickhouse: ClickHouse, make_company: MakeCompany, tmp_path: Path
):
    """
    Another's are not exported, and two companies do not share a folder.
    """
    mine, other = await make_company("Flores"), await make_company("Panes")
    await store_days(clickhouse, mine, 1)
    await store_days(clickhouse, other, 1, events=2)
    command = ("export", "--to-folder", str(tmp_path))

    ran = await pista(*command, "--tenant", "Flores")
    refused = await pista(*command, "--tenant", "Panes")

    assert ran.status == 0
    rows = read_rows(tmp_path, ExportFormat.PARQUET)
    assert {row["tenant_id"] for row in rows} == {str(mine.tenant)}
    assert refused.status == 1
    assert "another company" in refused.err


async def test_a_full_disk_is_one_sentence(
    pista: Pista, start: Start, clickhouse: ClickHouse, company: Company, tmp_path: Path
):
    """
    The day that found no room leaves nothing behind, and the next run does it.
    """
    many = [line(company, at(0), n, metadata={"n": os.urandom(400).hex()}) for n in range(300)]
    await flushed(clickhouse, *many)
    command = ("export", "--tenant", company.name, "--to-folder", str(tmp_path))

    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))

    ran = await start(*command, preexec_fn=little_room)
    _, said = await ran.communicate()
    left = files(tmp_path)
    again = await pista(*command)

    assert ran.returncode == 1
    assert b"cannot be written: File too large" in said
    assert b"Traceback" not in said
    assert left == []
    assert "1 days, 300 events" in again.out


async def test_a_killed_export_goes_on(
    pista: Pista, start: Start, clickhouse: ClickHouse, company: Company, tmp_path: Path
):
    """
    Killed at any moment, and run again: the same files as without a kill, and no others.
    """
    await store_days(clickhouse, company, 16)
    calm, killed = tmp_path / "calm", tmp_path / "killed"
    command = ("export", "--tenant", company.name, "--to-folder")

    for wanted in (2, 5):
        child = await start(*command, str(killed))
        await until(killed, wanted)
        child.kill()
        await child.wait()
        for path in finished(killed):
            assert path.read_bytes()[-4:] == b"PAR1"
    assert len(finished(killed)) < 16
    ran = await pista(*command, str(killed))
    await pista(*command, str(calm))

    assert "16 days, 48 events" in ran.out
    assert files(killed) == files(calm)
    for path in finished(calm):
        assert (killed / path.relative_to(calm)).read_bytes() == path.read_bytes()


async def test_two_exports_do_not_meet(
    pista: Pista, start: Start, clickhouse: ClickHouse, company: Company, tmp_path: Path
):
    """
    The second one to the same place is told that one is running.
    """
    await store_days(clickhouse, company, 6)
    command = ("export", "--tenant", company.name, "--to-folder", str(tmp_path))
    first = await start(*command)
    await until(tmp_path, 1)
    first.send_signal(signal.SIGSTOP)

    second = await pista(*command)
    first.send_signal(signal.SIGCONT)

    assert await first.wait() == 0
    assert second.status == 1
    assert "is running" in second.err


def manifests(folder: Path) -> list[Path]:
    return sorted(folder.rglob("_manifest*"))


def finished(folder: Path) -> list[Path]:
    return sorted(folder.rglob("part-*"))


async def until(folder: Path, wanted: int) -> None:
    """Until so many files are there."""
    async with asyncio.timeout(60):
        while len(finished(folder)) < wanted:  # noqa: ASYNC110 - another process writes them
            await asyncio.sleep(0.002)
