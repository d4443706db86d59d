"""Compares what was acknowledged with what ClickHouse holds and Pista answers, event by event."""

from collections import Counter
from typing import Any
from urllib.parse import urlsplit

import httpx
import msgspec

from tests.chaos.batches import Expected, Hour

SECONDS = 120

KEYS = """
select JSONExtractString(metadata, 'n') as n, sum(count) as events from events group by n
"""
HOURS = """
select toString(counts.hour), counts.event_type, events, visitors, sessions
from (
    select hour, event_type, sum(events) as events from events_hourly group by hour, event_type
) as counts
left join (
    select hour, event_type, uniqMerge(visitors) as visitors, uniqMerge(sessions) as sessions
    from people_hourly
    group by hour, event_type
) as people using (hour, event_type)
"""
VIEWS = """
select
    as_select,
    extract(create_table_query, ' TO (?:\\w+\\.)?`?(\\w+)`?') as target
from system.tables
where database = currentDatabase() and engine = 'MaterializedView'
    and match(as_select, 'FROM (\\w+\\.)?events( |$)')
order by name
"""
COLUMNS = """
select name, type from system.columns
where database = currentDatabase() and table = {table:String}
order by position
"""


class Verdict(msgspec.Struct, kw_only=True):
    acknowledged: int
    counted: int
    lost: int
    doubled: int
    rollups: dict[str, int]
    """Of each rollup, how many of its rows differ from what the events say."""
    differences: list[str]


class Engine:
    """Reads ClickHouse past Pista."""

    def __init__(self, url: str) -> None:
        place = urlsplit(url)
        self._database = place.path.strip("/") or "default"
        self._client = httpx.AsyncClient(base_url=place._replace(path="").geturl(), timeout=SECONDS)

    async def close(self) -> None:
        await self._client.aclose()

    async def rows(self, statement: str, **parameters: str) -> list[list[Any]]:
        given = {f"param_{name}": value for name, value in parameters.items()}
        asked = f"{statement}\nformat JSONCompactEachRow"
        given |= {"database": self._database, "output_format_json_quote_64bit_integers": "0"}
        answer = await self._client.post("/", content=asked, params=given)
        if answer.status_code != 200:
            raise RuntimeError(answer.text[:1000])
        return [msgspec.json.decode(line) for line in answer.text.splitlines()]


async def judge(engine: Engine, expected: Expected, statistics: Any) -> Verdict:
    found: Counter[str] = Counter(dict(await engine.rows(KEYS)))
    lost, doubled = expected.keys - found, found - expected.keys
    rollups = {table: await _differing(engine, table, view) for view, table in await _views(engine)}
    differences = [
        *(f"lost: {key} ({count})" for key, count in lost.most_common(20)),
        *(f"doubled: {key} ({count})" for key, count in doubled.most_common(20)),
        *(
            f"{table}: {rows} rows differ from the events"
            for table, rows in rollups.items()
            if rows
        ),
        *([] if rollups else ["no rollup was found to compare"]),
        *_hours(expected.hours, await engine.rows(HOURS)),
        *_statistics(expected, statistics),
    ]
    return Verdict(
        acknowledged=expected.keys.total(),
        counted=found.total(),
        lost=lost.total(),
        doubled=doubled.total(),
        rollups=rollups,
        differences=differences,
    )


async def _views(engine: Engine) -> list[tuple[str, str]]:
    """Every rollup that is filled from the events, also those that are newer than this program."""
    return [(select, target) for select, target in await engine.rows(VIEWS)]


async def _differing(engine: Engine, table: str, view: str) -> int:
    """Rows that the rollup has and the events do not give, and the other way round."""
    columns = await engine.rows(COLUMNS, table=table)
    read = ", ".join(
        f"finalizeAggregation({name})" if kind.startswith("AggregateFunction") else name
        for name, kind in columns
    )
    kept, due = f"select {read} from {table} final", f"select {read} from ({view})"
    one, other = f"({kept}) except ({due})", f"({due}) except ({kept})"
    ((rows,),) = await engine.rows(
        f"select (select count() from ({one})) + (select count() from ({other}))"
    )
    return rows


def _hours(expected: dict[tuple[str, str], Hour], rows: list[list[Any]]) -> list[str]:
    found = {(hour, kind): (events, v, s) for hour, kind, events, v, s in rows}
    due = {
        key: (hour.events, len(hour.visitors), len(hour.sessions)) for key, hour in expected.items()
    }
    return [
        f"events_hourly: {key} is {found.get(key)} and not {due.get(key)}"
        for key in sorted(found.keys() | due.keys())
        if found.get(key) != due.get(key)
    ]


def _statistics(expected: Expected, found: Any) -> list[str]:
    total = expected.keys.total()
    pairs = {
        "totalEvents": (found["totalEvents"], total),
        "eventsByType": (found["eventsByType"], dict(expected.types)),
        "uniqueVisitors": (found["uniqueVisitors"], len(expected.visitors)),
        "series": (sum(step["events"] for step in found["series"]), total),
    }
    return [f"{name} is {a} and not {b}" for name, (a, b) in pairs.items() if a != b]
