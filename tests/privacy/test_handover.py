"""What is handed over of a visitor: everything, and nothing of anybody else."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import msgspec

from pista.accounts.model import Tenant
from pista.app import House
from pista.events import visitors
from pista.store.clickhouse import ClickHouse
from pista.store.postgres import Postgres
from tests.events.conftest import OTHER_TENANT, flushed, make_line
from tests.events.writing import acknowledge
from tests.privacy.conftest import quarantine

NOON = datetime.now(UTC).replace(hour=12, minute=0, second=0, microsecond=0) - timedelta(days=3)
VISITOR = "vana"


async def test_all_that_is_stored_is_handed_over(
    admin: httpx.AsyncClient,
    house: House,
    postgres: Postgres,
    clickhouse: ClickHouse,
    company: Tenant,
):
    """
    Stored events with all their columns, those that wait, lines that nobody could read, weeks.
    """
    basket = {"basket": {"items": ["rosa roja", 2]}}
    await flushed(
        clickhouse,
        line(company, NOON, metadata=basket),
        line(company, NOON + timedelta(days=1), bot="crawler"),
        line(company, NOON, visitor="else"),
        make_line(NOON, tenant=OTHER_TENANT, visitor="ana", session=7),
    )
    await acknowledge(
        house.journal, [line(company, NOON, event_type="CLICK"), line(company, NOON, visitor="b")]
    )
    await quarantine(postgres, line(company, NOON)[:-9] + b"\n", line(company, NOON, visitor="c"))

    answer = await admin.get(f"/api/privacy/visitors/{VISITOR}")

    assert answer.status_code == 200, answer.text
    assert answer.headers["content-disposition"] == 'attachment; filename="visitor-vana.json"'
    told = answer.json()
    assert [(e["eventType"], e.get("bot"), e["count"]) for e in told["events"]] == [
        ("PAGE_VIEW", None, 1),
        ("PAGE_VIEW", "crawler", 1),
    ]
    assert told["events"][0]["metadata"] == basket
    assert datetime.fromisoformat(told["events"][0]["occurredAt"]) == NOON
    assert told["events"][0]["browser"] == "Firefox"
    assert [(e["eventType"], e["metadata"]) for e in told["waiting"]] == [("CLICK", {})]
    assert len(told["unreadable"]) == 1
    at = f"{NOON:%Y-%m-%dT%H:%M:%SZ}"
    assert [(w["eventType"], w["firstAt"], w["lastAt"]) for w in told["weeks"]] == [
        ("PAGE_VIEW", at, at)
    ]
    (session,) = told["sessions"]
    assert (session["startedAt"], session["lastActivityAt"], session["events"]) == (at, at, 1)


async def test_every_column_is_handed_over(clickhouse: ClickHouse):
    """
    No column of the events is left out but those that say nothing of the visitor.
    """

    class Column(msgspec.Struct):
        name: str

    columns = await clickhouse.all(
        Column,
        "select name from system.columns where database = currentDatabase() and table = 'incoming'",
    )
    kept = {column.name for column in columns} - visitors.INTERNAL - {"attempt_id"}
    waiting = {name.replace("_ms", "_at") for name in visitors.COLUMNS} - visitors.INTERNAL
    assert waiting == kept


async def test_nothing_is_handed_over_of_a_stranger(admin: httpx.AsyncClient):
    """
    Nobody learns more than that there is nothing; and an id is an id.
    """
    answer = await admin.get("/api/privacy/visitors/nobody")
    odd = [
        await admin.get(f"/api/privacy/visitors/{name}") for name in ("what%20is%20this", "v1%0A")
    ]

    assert answer.status_code == 200
    assert {name: told for name, told in answer.json().items() if isinstance(told, list)} == {
        "waiting": [],
        "unreadable": [],
        "weeks": [],
        "sessions": [],
        "events": [],
    }
    assert [(one.status_code, one.json()["code"]) for one in odd] == [(422, "invalid")] * 2


def line(company: Tenant, occurred_at: datetime, visitor: str = "ana", **fields: Any) -> bytes:
    return make_line(occurred_at, tenant=company.id, visitor=visitor, session=7, **fields)


def test_the_terminal_writes_the_same(
    database: str, clickhouse_database: str, company: Tenant, tmp_path: Path
):
    """
    `pista privacy export` writes a file that whoever asks can be given.
    """
    file = tmp_path / "ana.json"
    command = ("privacy", "export", "--tenant", company.name, "--visitor", VISITOR)
    stores = {"DATABASE_URL": database, "CLICKHOUSE_URL": clickhouse_database}

    done = subprocess.run(
        [sys.executable, "-m", "pista.cli", *command, "--out", str(file)],
        env=os.environ | stores,
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )

    assert done.returncode == 0, done.stderr
    assert json.loads(file.read_text())["visitorId"] == VISITOR
    assert "Files that `pista events export` has written" in done.stderr
