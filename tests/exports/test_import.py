"""Exported files back in: the same events, the same statistics, and nothing twice."""

import asyncio
import gzip
import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pytest

from pista.exports.imports import importer, queries, statements
from pista.exports.imports.importer import Importer
from pista.exports.model import ExportFormat
from pista.ids import uuid7
from pista.store.clickhouse import ClickHouse
from pista.store.postgres import Postgres
from tests.events.conftest import flushed
from tests.exports.conftest import Company, MakeCompany, Pista, at, files, line, store_days
from tests.exports.importing import importing, importing_process
from tests.exports.running import leading
from tests.exports.test_export import AWKWARD
from tests.fakes import s3 as fake


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for a chore."""
    monkeypatch.setattr("pista.events.writer.CHORES_SECONDS", 0.02)
    monkeypatch.setattr("pista.events.writer.POLL_SECONDS", 0.02)
    monkeypatch.setattr("pista.exports.imports.cli.POLL_SECONDS", 0.02)


TABLES = ("events", "events_hourly", "people_hourly", "visitor_weeks", "bots", "sessions")


class Rows(msgspec.Struct, frozen=True):
    n: int


class Figures(msgspec.Struct, frozen=True):
    """All that is counted, by way of every table that is filled from events."""

    rows: int
    events: int
    content: int
    rollup: int
    estimated: float
    visitors: int
    weeks: int
    bots: int
    sessions: int


async def figures(clickhouse: ClickHouse, company: Company) -> Figures:
    return await clickhouse.one(
        Figures,
        """
        select
            count() as rows,
            sum(count) as events,
            groupBitXor(cityHash64(tuple(* except (flush_id)))) as content,
            (select sum(events) from events_hourly where tenant_id = {tenant:UUID}) as rollup,
            (select round(sum(estimated), 6) from events_hourly
                where tenant_id = {tenant:UUID}) as estimated,
            (select uniqMerge(visitors) from people_hourly
                where tenant_id = {tenant:UUID} and event_type = '') as visitors,
            (select groupBitXor(cityHash64(week, event_type, visitor_id, a, z)) from (
                select week, event_type, visitor_id, min(first_at) as a, max(last_at) as z
                from visitor_weeks
                where tenant_id = {tenant:UUID}
                group by week, event_type, visitor_id, site_id
            )) as weeks,
            (select sum(bots.events) from bots where tenant_id = {tenant:UUID}) as bots,
            (select groupBitXor(cityHash64(tuple(*))) from sessions final
                where tenant_id = {tenant:UUID}) as sessions
        from events
        where tenant_id = {tenant:UUID}
        """,
        tenant=company.tenant,
    )


async def erase(clickhouse: ClickHouse) -> None:
    """As a new installation is."""
    for table in (*TABLES, "event_ids"):
        await clickhouse.execute(_truncate(table))


def _truncate(table: str) -> Any:
    return f"truncate table {table}"


async def store_variety(clickhouse: ClickHouse, company: Company) -> None:
    """Bots, samples, aggregates, awkward content, and some months."""
    chance = random.Random(7)
    lines = [line(company, at(0), 900, metadata=AWKWARD)]
    for number in range(600):
        moment = at(
            chance.choice([0, 1, 2, 18, 50]), chance.randrange(24), minutes=chance.randrange(60)
        )
        lines.append(
            line(
                company,
                moment,
                chance.randrange(1, 40),
                event_id=uuid7(),
                event_type=chance.choice(["PAGE_VIEW", "CLICK", "FORM_SUBMIT"]),
                bot=chance.choice(["", "", "", "crawler"]),
                rate=chance.choice([100.0, 10.0, 33.3]),
                metadata={"n": number % 7},
                received_at=moment + timedelta(seconds=chance.randrange(100)),
            )
        )
    lines += [line(company, at(18), 7, event_id=uuid7()) for _ in range(20)]
    await flushed(clickhouse, *lines)


def contents(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in files(folder) if "manifest" not in name}


async def test_out_and_back_is_the_same(
    pista: Pista,
    database: str,
    clickhouse: ClickHouse,
    clickhouse_database: str,
    company: Company,
    tmp_path: Path,
):
    """
    Exported, erased, imported twice: the same statistics, and byte for byte the same export.
    """
    await store_variety(clickhouse, company)
    before = await figures(clickhouse, company)
    assert before.events == 621
    assert before.rows < before.events
    for form in ExportFormat:
        one, two = tmp_path / form / "one", tmp_path / form / "two"
        export = ("export", "--tenant", company.name, "--format", form.value, "--to-folder")
        await pista(*export, str(one))
        await erase(clickhouse)

        async with importing(database, clickhouse_database):
            first = await pista("import", "--tenant", company.name, str(one))
        await pista(*export, str(two))

        assert (first.status, first.err) == (0, "")
        assert f"{before.events:,} events imported" in first.out
        assert await figures(clickhouse, company) == before
        assert contents(two) == contents(one)
    async with importing(database, clickhouse_database):
        again = await pista("import", "--tenant", company.name, str(tmp_path / "csv" / "one"))
        assert (again.status, ", 0 events imported" in again.out) == (0, True)
    assert await figures(clickhouse, company) == before


async def test_imported_over_what_is_there(
    pista: Pista,
    database: str,
    clickhouse: ClickHouse,
    clickhouse_database: str,
    company: Company,
    tmp_path: Path,
):
    """
    Only what is missing is added, whatever comes in beside it; client's repeats stay known.
    """
    now = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1)
    lines = [line(company, now + timedelta(seconds=n), n + 1) for n in range(50)]
    await flushed(clickhouse, *lines)
    today = now.date().isoformat()
    export = ("export", "--tenant", company.name, "--to", today, "--to-folder", str(tmp_path))
    await pista(*export)
    before = await figures(clickhouse, company)
    await erase(clickhouse)
    await flushed(clickhouse, *lines[:20])

    async with importing(database, clickhouse_database):
        ran = await pista("import", "--tenant", company.name, str(tmp_path))
    await flushed(clickhouse, *lines)

    assert "30 events imported" in ran.out
    assert "20 rows were there already" in ran.out
    assert await figures(clickhouse, company) == before


async def test_a_killed_import_counts_nothing_twice(
    pista: Pista,
    database: str,
    postgres: Postgres,
    clickhouse: ClickHouse,
    clickhouse_database: str,
    company: Company,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    """
    The one that stores is killed -9 again and again; the next goes on, to the same end.
    """
    await store_variety(clickhouse, company)
    before = await figures(clickhouse, company)
    whole = tmp_path / "all.ndjson"
    await pista(
        *("export", "--tenant", company.name, "--format", "ndjson"),
        *("--to-folder", str(tmp_path / "lines")),
    )
    packed = sorted((tmp_path / "lines").rglob("*.gz"))
    whole.write_bytes(b"".join(gzip.decompress(path.read_bytes()) for path in packed))
    await erase(clickhouse)

    command = asyncio.ensure_future(pista("import", "--tenant", company.name, str(whole)))
    for patience in range(2):
        with importing_process(database, clickhouse_database, rows=80):
            await _until_stored(clickhouse, 100 * (patience + 1))
    async with importing(database, clickhouse_database, rows=80):
        ran = await command

    assert ran.status == 0, ran.err
    assert await figures(clickhouse, company) == before


async def _until_stored(clickhouse: ClickHouse, rows: int) -> None:
    async with asyncio.timeout(60):
        while (await clickhouse.one(Rows, "select count() as n from events")).n < rows:  # noqa: ASYNC110
            await asyncio.sleep(0.005)


async def test_a_piece_that_was_cut_short_is_mended(
    pista: Pista,
    database: str,
    clickhouse: ClickHouse,
    company: Company,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    """
    Events are stored and what is counted from them is not: the worst moment for a kill.
    """
    monkeypatch.setattr("pista.exports.imports.cli.PATIENCE_SECONDS", 0.0)
    await store_variety(clickhouse, company)
    before = await figures(clickhouse, company)
    await pista("export", "--tenant", company.name, "--to-folder", str(tmp_path))
    await erase(clickhouse)
    # The command waits for nobody, but has staged the first file.
    day = tmp_path / "date=2026-03-14"
    await pista("import", "--tenant", company.name, str(day))
    chore, remember = Importer(clickhouse), statements.REMEMBER

    async with leading(database) as lead:
        monkeypatch.setattr(statements, "REMEMBER", "select throwIf(1) settings max_threads = 0")
        monkeypatch.setattr(importer, "ClickHouseError", _Never)
        with pytest.raises(Exception, match="throwIf"):
            await chore(lead)
        for table in TABLES[1:]:
            await clickhouse.execute(_truncate(table))
        cut = await figures(clickhouse, company)
        monkeypatch.setattr(statements, "REMEMBER", remember)
        await chore(lead)
        mended = await figures(clickhouse, company)
        monkeypatch.setattr("pista.exports.imports.cli.PATIENCE_SECONDS", 20.0)
        rest = asyncio.ensure_future(pista("import", "--tenant", company.name, str(tmp_path)))
        while not rest.done():
            await chore(lead)
            await asyncio.sleep(0.02)

    assert (cut.rows > 0, cut.rollup, cut.visitors) == (True, 0, 0)
    assert (mended.rollup, mended.rows) == (mended.events, cut.rows)
    assert (await rest).status == 0
    assert await figures(clickhouse, company) == before


class _Never(Exception):
    pass


GOOD: dict[str, Any] = {
    "event_id": "0190a000-0000-7000-8000-0000000000e1",
    "visitor_id": "v1",
    "session_id": str(UUID(int=1)),
    "event_type": "PAGE_VIEW",
    "occurred_at": at(0).isoformat(),
}


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"event_id": str(UUID(int=0))}, "no event_id"),
    ({"event_type": "page view"}, "event_type"),
    ({"event_type": "A" * 65}, "event_type"),
    ({"visitor_id": "a\nb"}, "visitor_id"),
    ({"occurred_at": "2020-01-01T00:00:00Z"}, "older than the retention"),
    ({"occurred_at": "2030-01-01T00:00:00Z"}, "in the future"),
    ({"count": -1}, "count"),
    ({"count": 2**33}, "count"),
    ({"sampling_rate": 101}, "sampling_rate"),
    ({"sampling_rate": "nan"}, "sampling_rate"),
    ({"metadata": "[1]"}, "metadata"),
    ({"metadata": '{"a":'}, "metadata"),
    ({"metadata": '{"a":"' + "x" * 8_200 + '"}'}, "metadata"),
    ({"site_id": str(UUID(int=5))}, "a site that this company does not have"),
    ({"tenant_id": str(UUID(int=5))}, "another company"),
]


async def test_rows_that_cannot_be_are_told(company: Company, tmp_path: Path, verdicts: Any):
    """
    Each with its reason and a count; the good one beside them is imported.
    """
    good = GOOD | {"site_id": str(company.site)}
    for wrong, said in WRONG:
        bad = good | {"event_id": "0190a000-0000-7000-8000-0000000000e2"} | wrong
        rows = [good, bad, bad | {"visitor_id": wrong.get("visitor_id", "v2")}]

        told = await verdicts(company, _lines(tmp_path, rows))

        assert [(one.rows, said in problem) for one, problem in told] == [(2, True)], wrong


@pytest.fixture
def verdicts(clickhouse: ClickHouse) -> Any:
    """What is said of a file, without storing it."""
    from pista.exports.imports import sources, staging
    from pista.exports.imports.model import PROBLEMS

    async def judge(company: Company, path: Path) -> list[tuple[Any, str]]:
        terms = staging.Terms(
            tenant=company.tenant,
            site=None,
            sites=[company.site],
            oldest=at(-365),
            now=datetime.now(UTC),
        )
        _, refused = await staging.stage(clickhouse, sources.on_disk(path)[0], terms)
        return [(one, PROBLEMS[one.problem]) for one in refused]

    return judge


def _lines(folder: Path, rows: Sequence[dict[str, Any]]) -> Path:
    path = folder / "rows.ndjson"
    path.write_bytes(b"".join(msgspec.json.encode(row) + b"\n" for row in rows))
    return path


async def test_another_companys_events(
    pista: Pista,
    database: str,
    clickhouse: ClickHouse,
    clickhouse_database: str,
    make_company: MakeCompany,
    tmp_path: Path,
):
    """
    Are refused, unless they are said to become those of a site of one's own.
    """
    mine, other = await make_company("Flores"), await make_company("Panes")
    await store_days(clickhouse, other, 2)
    await pista("export", "--tenant", "Panes", "--to-folder", str(tmp_path))
    command = ("import", "--tenant", "Flores", str(tmp_path))

    async with importing(database, clickhouse_database):
        refused = await pista(*command)
        none = await figures(clickhouse, mine)
        foreign = await pista(*command, "--site", str(other.site))
        taken = await pista(*command, "--site", str(mine.site))

    assert "3 rows refused: they belong to another company" in refused.out
    assert none.rows == 0
    assert "not a site of this tenant" in foreign.err
    assert "6 events imported" in taken.out
    assert (await figures(clickhouse, mine)).rollup == 6
    assert (await figures(clickhouse, other)).rollup == 6


UNREADABLE: list[tuple[str, bytes, str]] = [
    ("a.parquet", b"PAR1 but not really", "cannot be read"),
    ("a.csv", b"event_id,occurred_at\nnot-an-id,2026-03-14\n", "cannot be read"),
    ("a.ndjson", b'{"event_id": "x"\n', "cannot be read"),
    ("a.csv.gz", gzip.compress(b"event_id\n" * 1000)[:-20], "cut short"),
    ("a.ndjson.gz", b"no gzip", "no gzip"),
    ("a.txt", b"", "is no .parquet"),
]


async def test_files_that_are_not_what_they_say(
    pista: Pista, clickhouse: ClickHouse, company: Company, tmp_path: Path
):
    """
    One sentence, and nothing of it is stored or left staged.
    """
    for name, content, said in UNREADABLE:
        (tmp_path / name).write_bytes(content)

        ran = await pista("import", "--tenant", company.name, str(tmp_path / name))

        assert (ran.status, said in ran.err) == (1, True), ran.err
        assert "Traceback" not in ran.err
    assert (await clickhouse.one(Rows, "select count() as n from import_rows")).n == 0


async def test_from_a_bucket(
    pista: Pista,
    database: str,
    clickhouse: ClickHouse,
    clickhouse_database: str,
    company: Company,
    store: fake.Store,
    monkeypatch: pytest.MonkeyPatch,
):
    """
    All files below a prefix, in the order of their days; manifests are passed over.
    """
    for name, value in (
        ("ENDPOINT", store.url),
        ("REGION", fake.REGION),
        ("ACCESS_KEY_ID", fake.KEY),
        ("SECRET_ACCESS_KEY", fake.SECRET),
    ):
        monkeypatch.setenv(f"PISTA_S3_{name}", value)
    await store_days(clickhouse, company, 4)
    before = await figures(clickhouse, company)
    place = f"s3://{fake.BUCKET}/data"
    await pista("export", "--tenant", company.name, "--s3", place, "--format", "csv")
    await erase(clickhouse)

    async with importing(database, clickhouse_database):
        ran = await pista("import", "--tenant", company.name, place)

    assert "4 files, 12 events imported" in ran.out
    assert await figures(clickhouse, company) == before


async def test_without_a_worker_it_waits_for_one(
    pista: Pista,
    database: str,
    postgres: Postgres,
    clickhouse: ClickHouse,
    clickhouse_database: str,
    company: Company,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    """
    The command says so and ends; the next worker goes on, and what was left staged is dropped.
    """
    monkeypatch.setattr("pista.exports.imports.cli.PATIENCE_SECONDS", 0.3)
    await store_days(clickhouse, company, 1)
    await pista("export", "--tenant", company.name, "--to-folder", str(tmp_path))
    await erase(clickhouse)
    command = ("import", "--tenant", company.name, str(tmp_path))

    alone = await pista(*command)
    async with importing(database, clickhouse_database), asyncio.timeout(60):
        while await _unfinished(postgres):  # noqa: ASYNC110 - in PostgreSQL
            await asyncio.sleep(0.02)

    assert (alone.status, "is Pista running" in alone.err) == (1, True)
    assert (await figures(clickhouse, company)).rollup == 3


async def _unfinished(postgres: Postgres) -> int:
    async with postgres.transaction() as tx:
        return len(await queries.unfinished(tx))
