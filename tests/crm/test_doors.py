"""Who gets a webhook in, and that what is answered is committed and worked off."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest
from structlog.testing import capture_logs

from pista import crm
from pista.contacts import rights
from pista.crm import jobs, receiving
from pista.crm import rights as received
from pista.queue import Runner, attempt
from pista.store import postgres as store
from pista.store.postgres import Lead
from tests.crm.conftest import SOURCES, Company, source_id
from tests.events.writing import until
from tests.fakes.crm import LOCATION, Crm, marketplace, workflow

WorkOff = Callable[[], Awaitable[None]]


async def test_a_webhook_becomes_a_contact(company: Company, sender: Crm, work_off: WorkOff):
    """
    Answered at once, worked off by a job.
    """
    answer = await sender.post(workflow(rstk_vid="v1758565884546_xyz", customData={"plan": "gold"}))
    before = await company.received(sender)
    await work_off()

    [found] = await company.people()
    assert (answer.status_code, answer.json()["repeated"]) == (200, False)
    assert (found.name, found.email, found.phone) == (
        "Ana Quispe",
        "ana@example.com",
        "+51991234877",
    )
    assert (found.crm_id, found.attributes["plan"]) == ("ocQHyuzHvysMo5N5VsXc", "gold")
    [after] = await company.received(sender)
    assert (before[0]["state"], after["state"]) == ("waiting", "done")
    assert (after["contactId"], after["visitorId"]) == (found.id, "v1758565884546_xyz")


async def test_the_secret_may_stand_in_the_path(
    company: Company, sender: Crm, outside: httpx.AsyncClient
):
    """
    For senders that can set no header; a wrong one there is not helped by anything else.
    """
    right = await outside.post(f"{sender.path}/{sender.secret}", json=workflow())
    wrong = await outside.post(f"{sender.path}/{sender.secret}x", json=workflow())

    assert (right.status_code, wrong.status_code) == (200, 401)


async def test_a_bug_of_ours_does_not_log_the_secret(
    sender: Crm, outside: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
):
    """
    The address of what failed is logged, but for that part.
    """

    async def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr(receiving, "let_in", broken)
    with capture_logs() as logged:
        answer = await outside.post(f"{sender.path}/{sender.secret}", json=workflow())

    assert answer.status_code == 500
    [line] = [line for line in logged if line["event"] == "request_failed"]
    assert line["path"].startswith("/webhooks/ghl/")
    assert sender.secret not in str(logged)


async def attempts(sender: Crm, other: Crm) -> list[httpx.Response]:
    """What somebody tries who knows everything but the secret."""
    body = json.dumps(marketplace()).encode()
    own = other.sign(body)
    return [
        await sender.post(workflow(), headers={}),
        await sender.post(workflow(), headers={"X-Webhook-Secret": ""}),
        await sender.post(workflow(), headers={"X-Webhook-Secret": sender.secret[:-1]}),
        await sender.post(workflow(), headers={"X-Webhook-Secret": f"{sender.secret} x"}),
        await sender.post(workflow(), headers={"X-Webhook-Secret": other.secret}),
        await sender.post(workflow(), headers={"Authorization": f"Bearer {sender.secret}"}),
        await sender.post(body, headers={"x-ghl-signature": own}),
        await sender.post(body, headers={"x-ghl-signature": sender.sign(body + b" ")}),
        await sender.post(body + b" ", headers={"x-ghl-signature": sender.sign(body)}),
        await sender.post(body, headers={"x-ghl-signature": "AAAA"}),
        await sender.post(body, headers={"x-ghl-signature": "not base64!"}),
        await sender.post_signed(marketplace(locationId="another")),
        await sender.post_signed(marketplace(locationId=None)),
    ]


async def test_nobody_else_gets_one_in(company: Company, outside: httpx.AsyncClient):
    """
    Each attempt is refused before anything of it is kept. GoHighLevel signs for all its customers
    with one key, so another's location is refused though the signature is right.
    """
    sender = await company.source(outside)
    other = await company.source(outside)
    terms = {"publicKey": sender.public_key, "locationId": LOCATION}
    await company.client.patch(f"{SOURCES}/{source_id(sender)}", json=terms)

    answers = await attempts(sender, other)

    assert [answer.json()["code"] for answer in answers] == ["webhook_refused"] * len(answers)
    assert await company.received(sender) == []
    assert sender.secret not in "".join(answer.text for answer in answers)


@pytest.mark.parametrize(
    "fields",
    [
        {"timestamp": (datetime.now(UTC) - timedelta(minutes=6)).isoformat()},
        {"timestamp": (datetime.now(UTC) + timedelta(minutes=60)).isoformat()},
        {"timestamp": "now"},
        {"timestamp": None},
        {"webhookId": None},
    ],
)
async def test_a_signed_webhook_is_of_now(
    company: Company, outside: httpx.AsyncClient, fields: dict[str, Any]
):
    """
    What was overheard cannot be sent again later.
    """
    sender = await signing(company, outside)

    answer = await sender.post_signed(marketplace(**fields))

    assert (answer.status_code, answer.json()["code"]) == (401, "webhook_outdated")


async def signing(company: Company, outside: httpx.AsyncClient) -> Crm:
    sender = await company.source(outside)
    terms = {"publicKey": sender.public_key, "locationId": LOCATION}
    changed = await company.client.patch(f"{SOURCES}/{source_id(sender)}", json=terms)
    assert changed.status_code == 200, changed.text
    return sender


async def test_a_signed_webhook_counts_once(
    company: Company, outside: httpx.AsyncClient, work_off: WorkOff
):
    """
    Eight times at once, as a sender that heard no answer: one is worked off, all are answered.
    """
    sender = await signing(company, outside)
    payload = marketplace()

    answers = await asyncio.gather(*(sender.post_signed(payload) for _ in range(8)))
    await work_off()

    assert {answer.status_code for answer in answers} == {200}
    assert sorted(answer.json()["repeated"] for answer in answers) == [False] + [True] * 7
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert len(await company.received(sender)) == 1


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b'"text"', b"\xff\xfe", b"contact_id=1", b"[" * 100_000]
)
async def test_what_cannot_be_read_is_told_and_kept(company: Company, sender: Crm, body: bytes):
    """
    For a person to see; nothing is done about it.
    """
    answer = await sender.post(body)

    assert (answer.status_code, answer.json()["code"]) == (422, "bad_webhook")
    [kept] = await company.received(sender)
    assert (kept["state"], kept["bytes"], kept["hasBody"]) == ("malformed", len(body), True)
    last = await company.client.get(f"{SOURCES}/{source_id(sender)}/last")
    assert last.status_code == 200


async def test_what_is_too_large_is_refused(company: Company, sender: Crm):
    """
    Up to 256 KiB are taken.
    """
    fits = {"contact_id": "a1", "x": "x" * (256 * 1024 - 100)}

    assert (await sender.post(fits)).status_code == 200
    too_large = await sender.post(workflow(x="x" * 256 * 1024))

    assert (too_large.status_code, too_large.json()["code"]) == (413, "too_large")
    assert len(await company.received(sender)) == 1


async def test_repeats_and_disorder_end_alike(company: Company, sender: Crm, work_off: WorkOff):
    """
    Twenty webhooks about four people, each twice and shuffled: four contacts, each as its newest
    webhook says.
    """
    payloads = [
        workflow(
            f"contact-{who}",
            email=f"{who}@example.com",
            phone=None,
            dateUpdated=f"2026-03-14T12:00:{second:02}Z",
            customData={"stage": f"{second}"},
        )
        for who in range(4)
        for second in range(5)
    ]

    await sender.deliver_badly(payloads)
    await work_off()

    found = sorted(await company.people(), key=lambda one: one.crm_id or "")
    assert [one.crm_id for one in found] == [f"contact-{who}" for who in range(4)]
    assert [one.attributes["stage"] for one in found] == ["4"] * 4
    assert {one["state"] for one in await company.received(sender)} == {"done"}


async def test_a_time_to_come_outdates_nothing(company: Company, sender: Crm, work_off: WorkOff):
    """
    A sender whose clock is wrong by years must not silence all that follows.
    """
    await sender.post(workflow(dateUpdated="2999-01-01T00:00:00Z", customData={"stage": "1"}))
    await sender.post(workflow(dateUpdated="2026-03-14T12:00:00Z", customData={"stage": "2"}))
    await work_off()

    [found] = await company.people()
    assert found.attributes["stage"] == "2"


async def test_ids_of_two_systems_are_not_the_same_persons(
    company: Company, outside: httpx.AsyncClient, work_off: WorkOff
):
    """
    Both count from one.
    """
    first = await company.source(outside, kind="generic")
    second = await company.source(outside, kind="generic")

    await first.post({"contact_id": "42", "email": "ana@example.com"})
    await second.post({"contact_id": "42", "email": "juan@example.com"})
    await work_off()

    assert sorted(one.email or "" for one in await company.people()) == [
        "ana@example.com",
        "juan@example.com",
    ]


async def test_what_names_nobody_is_ignored_with_a_reason(
    company: Company, sender: Crm, work_off: WorkOff
):
    """
    Placeholders too: they are not dead letters, since nobody can do anything about them.
    """
    await sender.post({"email": "{{contact.email}}"})
    await sender.post({"email": "null@null", "phone": "000000000"})
    await work_off()

    received = await company.received(sender)
    assert [one["state"] for one in received] == ["ignored", "ignored"]
    assert all(one["detail"] for one in received)
    assert await company.people() == []


async def test_bodies_go_after_a_month_and_the_rest_after_three(
    company: Company, sender: Crm, work_off: WorkOff, database: str
):
    """
    What is still to be worked off stays.
    """
    await sender.post(workflow())
    await work_off()
    await sender.post(workflow("waiting"))
    connection: Any = await store.connect(database)
    lead = Lead(connection)
    now = datetime.now(UTC)

    await jobs.prune(lead, now + timedelta(days=31))
    after_a_month = await company.received(sender)
    await jobs.prune(lead, now + timedelta(days=91))
    after_three = await company.received(sender)

    assert [one["hasBody"] for one in after_a_month] == [False, True]
    assert [one["state"] for one in after_three] == ["waiting"]
    await connection.close()


async def test_a_contact_is_erased_from_what_was_received(
    company: Company, sender: Crm, work_off: WorkOff
):
    """
    Neither e-mail nor phone is left in the tables of this room, nor in the queue.
    """
    await sender.post(workflow())
    await work_off()
    [found] = await company.people()

    async with company.postgres.transaction() as tx:
        person = await rights.person(tx, company.tenant, found.id)
        assert person is not None
        assert (await received.RIGHTS.erase(tx, person))["webhooks"] == 1
        for table in ("webhooks", "webhook_contacts", "jobs", "job_keys"):
            rows: Any = await tx.connection.fetch(f"select t::text from {table} t")
            left = " ".join(row[0] for row in rows)
            assert "ana@example.com" not in left
            assert b"ana@example.com".hex() not in left


async def test_a_job_names_no_person(company: Company, sender: Crm):
    """
    What waits in the queue, or dies there, holds ids of ours.
    """
    await sender.post({"email": "ana@example.com"})

    async with company.postgres.transaction() as tx:
        row = await tx.value("select j::text from jobs j")
    assert "ana" not in row


async def test_what_fails_for_good_is_shown_and_tried_again(
    company: Company,
    sender: Crm,
    work_off: WorkOff,
    database: str,
    monkeypatch: pytest.MonkeyPatch,
):
    """
    With its reason; tried again once the cause is mended.
    """
    monkeypatch.setattr(attempt, "MOST_ATTEMPTS", 1)
    async with company.postgres.transaction() as tx:
        await tx.execute("alter table contact_identities rename to away")
    url = f"{SOURCES}/{source_id(sender)}/webhooks"
    taken = (await sender.post(workflow())).json()["id"]
    runner = Runner(database, crm.handlers)
    running = asyncio.create_task(runner.run())
    await until(lambda: _is_state(company, sender, "failed"))
    runner.stop()
    await running
    [failed] = await company.received(sender)
    async with company.postgres.transaction() as tx:
        await tx.execute("alter table away rename to contact_identities")

    again = await company.client.post(f"{url}/{taken}/retry")
    await work_off()
    too_late = await company.client.post(f"{url}/{taken}/retry")

    assert "contact_identities" in failed["detail"]
    assert (again.status_code, too_late.status_code) == (202, 409)
    assert [one["state"] for one in await company.received(sender)] == ["done"]


async def _is_state(company: Company, sender: Crm, state: str) -> bool:
    return [one["state"] for one in await company.received(sender)] == [state]


async def test_an_unknown_source_is_told_so(outside: httpx.AsyncClient, sender: Crm):
    """
    And a source of one kind does not open the other's door.
    """
    there = sender.path.replace("/ghl/", "/contacts/")

    for path in (f"/webhooks/ghl/{uuid4()}", f"/webhooks/contacts/{uuid4()}/x", there):
        answer = await outside.post(
            path, json=workflow(), headers={"X-Webhook-Secret": sender.secret}
        )
        assert (answer.status_code, answer.json()["code"]) == (404, "webhook_source_not_found")
