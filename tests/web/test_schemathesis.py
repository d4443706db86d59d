"""Schemathesis calls every route as the served description allows, and as it does not.

It runs as a program of its own against a running Pista with both engines: as an admin with a
session, as an admin's key, and as a stranger. Nothing may fail on the server's side, and every
answer must be one that the description tells of: its status, its type and its shape.
"""

import asyncio
import os
import re
import sys
from collections.abc import AsyncGenerator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from pista.ids import uuid7
from tests.conftest import reachable_folder
from tests.fakes import telegram, whatsapp
from tests.journeys.house import Company, House

pytestmark = pytest.mark.timeout(600)

ROOT = Path(__file__).parents[2]
SETTINGS = Path(__file__).with_name("schemathesis.toml")
# The limits of each parameter, good and bad, and then what chance finds.
THOROUGHLY = ("--phases", "coverage,fuzzing", "--max-examples", "8")
# A stranger hears the same refusal mostly.
BRIEFLY = ("--phases", "fuzzing", "--max-examples", "3")
CALLED = re.compile(r"[1-9]\d{2,} generated, ")
# Answers without an end; the streams' own tests read them.
ENDLESS = {"GET /tracking-v2/stream", "GET /api/contacts/{contact_id}/stream"}
# What is about the person, and so for no key.
FOR_PEOPLE = {"GET /api/me"}


@pytest.fixture
async def platforms() -> AsyncGenerator[dict[str, str]]:
    """Where WhatsApp and Telegram are, as the environment says it."""
    async with whatsapp.running() as meta, telegram.running() as bots:
        yield {"PISTA_META_GRAPH_URL": meta.url, "PISTA_TELEGRAM_API_URL": bots.url}


@pytest.fixture
async def company(platforms: dict[str, str]) -> AsyncGenerator[Company]:
    """In a house of its own: so many failed sign-ins would keep other tests out."""
    with reachable_folder() as folder:
        house = House(folder, **platforms)
        try:
            await asyncio.to_thread(house.ready)
            company = await asyncio.to_thread(Company, house, "tienda.example")
            await _send_events(company)
            yield company
            house.stop()
        finally:
            house.close()


async def test_every_answer_is_described(company: Company, tmp_path: Path):
    """
    No call of anybody's fails on the server's side or is answered as the description does not say.
    """
    operations = await _operations(company)
    with_key = [name for name in operations[::2] if name not in FOR_PEOPLE]
    with_session = [name for name in operations if name not in with_key]
    key = _settings(tmp_path, "key", f'[auth.openapi.key]\nbearer = "{company.key}"')
    token = await _sign_in(company)
    session = _settings(tmp_path, "session", f'[auth.openapi.session]\napi_key = "{token}"')
    stranger = _settings(tmp_path, "stranger")

    said = await asyncio.gather(
        _run(company, with_key, key, *THOROUGHLY),
        _run(company, with_session, session, *THOROUGHLY),
        _run(company, operations, stranger, *BRIEFLY),
    )

    wrong = [output for code, output in said if code != 0]
    assert not wrong, "\n".join(wrong)
    assert all(CALLED.search(output) for _, output in said)


async def _operations(company: Company) -> list[str]:
    async with company.client() as client:
        described = (await client.get("/openapi.json")).json()
    names = [
        f"{method.upper()} {path}" for path, item in described["paths"].items() for method in item
    ]
    assert set(names) >= ENDLESS
    return [name for name in names if name not in ENDLESS]


def _settings(folder: Path, name: str, caller: str = "") -> Path:
    settings = folder / f"{name}.toml"
    settings.write_text(f"{SETTINGS.read_text()}\n{caller}\n")
    return settings


async def _run(
    company: Company, operations: list[str], settings: Path, *options: str
) -> tuple[int, str]:
    """Call these operations; the exit code, and what was found."""
    program = (sys.executable, "-m", "schemathesis.cli", "--config-file", str(settings))
    process = await asyncio.create_subprocess_exec(
        *program,
        "run",
        f"{company.url}/openapi.json",
        "--no-color",
        *options,
        *(part for name in operations for part in ("--include-name", name)),
        cwd=settings.parent,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | _site(company),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    output, _ = await process.communicate()
    return process.returncode or 0, output.decode(errors="replace")


def _site(company: Company) -> dict[str, str]:
    return {
        "PISTA_TEST_TENANT": company.tenant,
        "PISTA_TEST_SITE": company.site["siteId"],
        "PISTA_TEST_KEY": company.site["writeKey"],
    }


async def _sign_in(company: Company) -> str:
    login = {"email": company.email, "password": company.password}
    async with httpx.AsyncClient(base_url=company.url) as client:
        answer = await client.post("/api/login", json=login)
    return answer.cookies["pista_session"]


async def _send_events(company: Company) -> None:
    """So that there is something to tell of."""
    visit = {"visitorId": "v1", "sessionId": str(uuid7()), "eventType": "PAGE_VIEW"}
    batch = {
        "tenantId": company.tenant,
        "siteId": company.site["siteId"],
        "events": [{**visit, "eventId": str(uuid7()), "occurredAt": datetime.now(UTC).isoformat()}],
    }
    headers = {"X-Write-Key": company.site["writeKey"], "Origin": "https://tienda.example"}
    async with httpx.AsyncClient(base_url=company.url, headers=headers) as client:
        assert (await client.post("/tracking-v2/events", json=batch)).status_code == 202
