"""The queue monitor over HTTP and from the terminal: each company its own jobs, and no others."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import msgspec
from click.testing import CliRunner

from pista import queue
from pista.chat.mailbox import WorkOff
from pista.cli import cli
from pista.crm.model import ReceivedId
from pista.crm.receiving import ProcessWebhook
from pista.queue import OTHER, Tally
from tests.letters.conftest import LETTERS, Company, Send

MONITOR = "/api/queue-monitor"
EMPTY = {"waiting": 0, "active": 0, "completed": 0, "failed": 0, "delayed": 0}
BODY = {
    "object": "whatsapp_business_account",
    "entry": [
        {
            "id": "1",
            "changes": [
                {
                    "field": "messages",
                    "value": {
                        "messaging_product": "whatsapp",
                        "metadata": {"display_phone_number": "51", "phone_number_id": "77"},
                        "messages": [
                            {
                                "id": "wamid.A",
                                "from": "51999",
                                "timestamp": "1760000000",
                                "type": "text",
                                "text": {"body": "hola"},
                            }
                        ],
                    },
                }
            ],
        }
    ],
}


async def put(company: Company, *names: str, at: datetime | None = None) -> None:
    async with company.postgres.transaction() as tx:
        for name in names:
            work = Send(to=name)
            await queue.enqueue(tx, company.tenant, work, now=datetime.now(UTC), at=at)


async def stats(company: Company) -> dict[str, Any]:
    return (await company.client.get(f"{MONITOR}/stats")).json()


def of(found: dict[str, Any], name: str) -> dict[str, Any]:
    return next(one for one in found["queues"] if one["name"] == name)


async def test_the_numbers_are_document_4s(companies: tuple[Company, Company]):
    """
    Two queues by name, the ids that are known, and more per queue and kind; of one's own company.
    """
    company, stranger = companies
    await company.dies("x")
    await put(company, "a", "b")
    await put(company, "later", at=datetime.now(UTC) + timedelta(hours=1))
    await put(stranger, "theirs")
    async with company.postgres.transaction() as tx:
        await queue.enqueue(tx, company.tenant, WorkOff(webhook_id=uuid4()), now=datetime.now(UTC))

    found = await stats(company)

    assert found["webhook"] == {**EMPTY, "waiting": 1}
    assert found["message"] == EMPTY
    assert found["deduplication"] == {"cachedMessages": 0}
    total = of(found, OTHER)["total"]
    assert (total["waiting"], total["delayed"], total["dead"]) == (2, 1, 1)
    assert [one["kind"] for one in of(found, "webhook")["kinds"]] == ["chat.webhook"]
    assert of(await stats(stranger), OTHER)["total"]["waiting"] == 1


async def test_the_last_hour_is_told_by_the_minute(companies: tuple[Company, Company]):
    """
    Every minute, also those in which nothing happened.
    """
    company, stranger = companies
    await put(company, "a", "b")
    await Tally(company.postgres).work()

    mine = (await company.client.get(f"{MONITOR}/history", params={"minutes": 3})).json()
    theirs = (await stranger.client.get(f"{MONITOR}/history")).json()
    refused = await company.client.get(f"{MONITOR}/history", params={"minutes": 9999})

    points = of(mine, OTHER)["points"]
    assert len(points) == 3
    assert sum(one["waiting"] for one in points) == 2
    assert [len(one["points"]) for one in theirs["queues"]] == [60] * 3
    assert not any(one["waiting"] for one in of(theirs, OTHER)["points"])
    assert refused.status_code == 422


async def test_a_company_pauses_its_own_queue(companies: tuple[Company, Company]):
    """
    One, or all; the audit log says who did, once, and a stranger's goes on.
    """
    company, stranger = companies
    paused = await company.client.post(f"{MONITOR}/pause", json={"queue": "webhook"})
    everything = await company.client.post(f"{MONITOR}/pause", json={})
    await company.client.post(f"{MONITOR}/pause", json={"queue": "webhook"})
    shown = await stats(company)
    resumed = await company.client.post(f"{MONITOR}/resume", json={"queue": "webhook"})
    refused = await company.client.post(f"{MONITOR}/pause", json={"queue": "journal"})

    assert paused.json() == {"queues": ["webhook"]}
    assert everything.json() == {"queues": ["message", "other", "webhook"]}
    assert [len(one["stopped"]) for one in shown["queues"]] == [1, 1, 1]
    assert resumed.json() == {"queues": ["message", "other"]}
    assert refused.status_code == 422
    assert not any(one["stopped"] for one in (await stats(stranger))["queues"])
    log = (await company.client.get("/api/audit")).json()["items"]
    assert [(one["action"], one["subjectName"]) for one in log if "queue" in one["action"]] == [
        ("queue_resumed", "webhook"),
        ("queue_paused", "other"),
        ("queue_paused", "message"),
        ("queue_paused", "webhook"),
    ]


async def test_a_queue_is_emptied_when_its_name_is_typed(companies: tuple[Company, Company]):
    """
    Of one's own company, with what was removed; dead letters stay, and so do other queues.
    """
    company, stranger = companies
    await company.dies("dead")
    await put(company, "a", "b")
    await put(stranger, "theirs")

    refused = await company.client.delete(
        f"{MONITOR}/clear", params={"queue": "other", "confirm": "yes"}
    )
    another = await company.client.delete(
        f"{MONITOR}/clear", params={"queue": "webhook", "confirm": "webhook"}
    )
    cleared = await company.client.delete(
        f"{MONITOR}/clear", params={"queue": "other", "confirm": "other"}
    )

    assert refused.json()["code"] == "queue_not_confirmed"
    assert another.json() == {"queue": "webhook", "removed": 0, "kinds": {}}
    assert cleared.json() == {"queue": "other", "removed": 2, "kinds": {"test.send": 2}}
    assert await company.states() == ["dead"]
    assert await stranger.states() == ["ready"]


async def _kill(company: Company) -> int:
    async with company.postgres.transaction() as tx:
        return await tx.value(
            """
            update jobs set state = 'dead', error = 'ValueError: no', attempts = 3,
                died_at = now(), stack = 'jobs.py:31 work_off'
            where tenant_id = $1
            returning id
            """,
            company.tenant,
        )


async def _webhook(company: Company, body: bytes | None) -> UUID:
    webhook = uuid4()
    async with company.postgres.transaction() as tx:
        await tx.execute(
            """
            insert into chat_webhooks (
                tenant_id, id, platform, channel_ids, received_at, request_id, size, body, state
            )
            values ($1, $2, 'whatsapp', '{}', now(), 'req-1', 10, $3, 'waiting')
            """,
            company.tenant,
            webhook,
            body,
        )
        await queue.enqueue(tx, company.tenant, WorkOff(webhook_id=webhook), now=datetime.now(UTC))
    return webhook


async def test_a_failed_webhook_is_shown_whole(companies: tuple[Company, Company]):
    """
    Document 4's failed_webhooks: request, messages, payload, error and where it failed.
    """
    company, stranger = companies
    await _webhook(company, msgspec.json.encode(BODY))
    letter = await _kill(company)

    [listed] = (await company.listed(queue="webhook"))["items"]
    shown = (await company.client.get(f"{LETTERS}/{letter}")).json()
    hidden = await stranger.client.get(f"{LETTERS}/{letter}")

    assert (await company.listed(queue="message"))["items"] == []
    assert listed["stack"] == shown["stack"] == "jobs.py:31 work_off"
    assert shown["error"] == "ValueError: no"
    assert shown["webhook"]["requestId"] == "req-1"
    assert shown["webhook"]["messageIds"] == ["wamid.A"]
    assert shown["webhook"]["payload"] == BODY
    assert hidden.json()["code"] == "dead_letter_not_found"


async def test_what_is_kept_no_longer_is_not_shown(companies: tuple[Company, Company]):
    """
    The body was erased, or never was JSON.
    """
    company, stranger = companies
    await _webhook(company, None)
    await _webhook(stranger, b"\xffgarbage")

    erased = (await company.client.get(f"{LETTERS}/{await _kill(company)}")).json()
    garbage = (await stranger.client.get(f"{LETTERS}/{await _kill(stranger)}")).json()

    assert erased["webhook"]["payload"] is None
    assert erased["webhook"]["messageIds"] == []
    assert garbage["webhook"]["payload"] == "\ufffdgarbage"


async def test_a_crms_webhook_that_is_gone(companies: tuple[Company, Company]):
    """
    The letter is there, and what it was about is not.
    """
    company, _ = companies
    async with company.postgres.transaction() as tx:
        work = ProcessWebhook(received_id=ReceivedId(uuid4()))
        await queue.enqueue(tx, company.tenant, work, now=datetime.now(UTC))
    letter = await _kill(company)

    shown = (await company.client.get(f"{LETTERS}/{letter}")).json()

    assert shown["queue"] == "webhook"
    assert shown["webhook"] is None


def _terminal(database: str, *arguments: str, typed: str | None = None) -> str:
    environment = {"DATABASE_URL": database}
    said = CliRunner().invoke(
        cli, ["queue", *arguments], env=environment, input=typed, catch_exceptions=False
    )
    return said.output


async def test_the_terminal_stops_everybody(companies: tuple[Company, Company], database: str):
    """
    All without a company, one with it; a queue is emptied when its name is typed.
    """
    company, stranger = companies
    await put(company, "a", "b")

    async def say(*arguments: str, typed: str | None = None) -> str:
        return await asyncio.to_thread(_terminal, database, *arguments, typed=typed)

    assert "for everybody" in await say("pause", "message")
    assert "for flores" in await say("pause", "other", "--tenant", "flores")
    assert of(await stats(stranger), "message")["stopped"][0]["everywhere"]
    assert "stopped for everybody" in await say("stats")
    assert "paused" in await say("stats", "--tenant", "flores")
    assert json.loads(await say("stats", "--json"))["other"]["waiting"] == 2
    await say("resume", "message")
    await say("resume", "other", "--tenant", "flores")
    assert not any(one["stopped"] for one in (await stats(company))["queues"])
    assert "another word" in await say("clear", "other", "--tenant", "flores", typed="yes\n")
    assert "2 removed." in await say("clear", "other", "--tenant", "flores", typed="other\n")
    assert await company.states() == []
