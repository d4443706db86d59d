"""WhatsApp's door: who signed is checked first, and what is answered is committed."""

import asyncio
import hashlib
import json
import time
from collections.abc import AsyncGenerator
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from pista.chat import Mailbox, Registry, WhatsAppDoor
from pista.chat.jobs import handlers, in_order, work_off
from pista.chat.mailbox import WorkOff
from pista.chat.sealing import purpose
from pista.chat.whatsapp.signature import signed
from pista.ids import TenantId, uuid7
from pista.queue import Runner
from pista.store.postgres import Postgres
from pista.store.secrets import Sealer
from tests.chat.conftest import NOON, NUMBER, OTHER_NUMBER, rows
from tests.contacts.conftest import new_tenant

SECRET, OTHER_SECRET = "app-secret", "another-app-secret"


class Answer(NamedTuple):
    status: int
    body: bytes


class House(NamedTuple):
    door: WhatsAppDoor
    registry: Registry
    postgres: Postgres
    tenant: TenantId
    other: TenantId

    async def post(self, body: bytes, secret: str | None = SECRET, **headers: str) -> Answer:
        given = {} if secret is None else {"x-hub-signature-256": signed(body, secret).decode()}
        return await self.ask("POST", body=body, headers={**given, **headers})

    async def ask(
        self, method: str, body: bytes = b"", headers: dict[str, str] | None = None, query: str = ""
    ) -> Answer:
        sent: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        named = [(k.encode(), v.encode("latin-1")) for k, v in (headers or {}).items()]
        scope = {"method": method, "headers": named, "query_string": query.encode()}
        await self.door(scope, receive, send)
        return Answer(sent[0]["status"], sent[1]["body"])

    async def webhooks(self, what: str = "tenant_id") -> list[Any]:
        async with self.postgres.transaction() as tx:
            sql: Any = f"select {what} from chat_webhooks order by id"
            return [row[0] for row in await rows(tx, sql)]


def webhook(wamid: str = "wamid.1", number: str = NUMBER, **given: Any) -> bytes:
    message = {"from": "51961508274", "id": wamid, "timestamp": "1773835200", "type": "text"}
    value = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "51900000000", "phone_number_id": number},
        "contacts": [{"profile": {"name": "Ana"}, "wa_id": "51961508274"}],
        "messages": [{**message, "text": {"body": "Hola"}, **given}],
    }
    entry = {"id": "waba-1", "changes": [{"field": "messages", "value": value}]}
    return json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()


@pytest.fixture
async def house(postgres: Postgres, tmp_path: Any) -> AsyncGenerator[House]:
    """One company on the first app and the first number, and one on the others."""
    sealer = Sealer((), tmp_path)
    async with postgres.transaction() as tx:
        tenant, other = await new_tenant(tx), await new_tenant(tx, "otra")
        for owner, number, secrets in (
            (tenant, NUMBER, [SECRET, "its-next-secret"]),
            (other, OTHER_NUMBER, [OTHER_SECRET]),
        ):
            channel = uuid7()
            sealed = [sealer.seal(one, purpose(channel, "secret")) for one in secrets]  # type: ignore[arg-type] # a new id
            await tx.execute(
                """
                insert into chat_channels (
                    tenant_id, id, platform, external_id, account_id, name, secrets, verify_hash,
                    created_at
                )
                values ($1, $2, 'whatsapp', $3, 'waba-' || $3, 'Ventas', $4, $5, $6)
                """,
                owner,
                channel,
                number,
                sealed,
                hashlib.sha256(b"verify-me").digest(),
                NOON,
            )
    registry, mailbox = Registry(postgres, sealer), Mailbox(postgres)
    await registry.start()
    mailbox.start()
    yield House(WhatsAppDoor(registry, mailbox), registry, postgres, tenant, other)
    await mailbox.stop()
    await registry.stop()


async def test_what_is_answered_is_committed_with_its_job(house: House):
    """
    The body is there as it came, and so is the work that it is.
    """
    body = webhook()

    answer = await house.post(body)

    assert answer.status == 200
    assert await house.webhooks("body") == [body]
    async with house.postgres.transaction() as tx:
        assert await rows(tx, "select kind, state from jobs") == [("chat.webhook", "ready")]


async def test_the_secret_that_comes_next_is_good_already(house: House):
    """
    While one app secret takes another's place, both are right.
    """
    assert (await house.post(webhook(), "its-next-secret")).status == 200


@pytest.mark.parametrize(
    "header",
    [
        "",
        "sha256=",
        "sha256=" + "0" * 64,
        "sha1=abc",
        "sha256=ñandú",
        signed(b"x", SECRET).decode(),
    ],
)
async def test_what_is_not_signed_here_is_refused(house: House, header: str):
    """
    No signature, a wrong one, one of other bytes: 401, and nothing is kept.
    """
    answer = await house.ask("POST", webhook(), {"x-hub-signature-256": header})

    assert answer.status == 401
    assert json.loads(answer.body)["code"] == "webhook_refused"
    assert await house.webhooks() == []


async def test_nobody_is_a_stranger_before_the_secrets_are_known(house: House, tmp_path: Path):
    """
    A process that started while PostgreSQL was away has every webhook come again.
    """
    registry = Registry(house.postgres, Sealer((), tmp_path))
    starting = house._replace(door=WhatsAppDoor(registry, Mailbox(house.postgres)))
    query = "hub.mode=subscribe&hub.verify_token=verify-me&hub.challenge=1"

    asked, told = await starting.ask("GET", query=query), await starting.post(webhook())
    await registry.load()

    assert (asked.status, told.status) == (503, 503)
    assert (await starting.ask("GET", query=query)).status == 200
    assert (await starting.post(webhook(), "of-nobody-here")).status == 401


async def test_changed_bytes_are_refused(house: House):
    """
    A cut or a changed body is no longer what was signed.
    """
    body = webhook()
    header = {"x-hub-signature-256": signed(body, SECRET).decode()}

    for wrong in (body[:-1], body + b" ", body.replace(b"Hola", b"Holi")):
        assert (await house.ask("POST", wrong, header)).status == 401


async def test_nobody_speaks_for_anothers_number(house: House):
    """
    A company that signs with its own secret cannot bring messages to another's number.
    """
    foreign = await house.post(webhook(number=OTHER_NUMBER))
    both = json.loads(webhook())
    both["entry"] += json.loads(webhook("wamid.2", OTHER_NUMBER))["entry"]
    mixed = await house.post(json.dumps(both).encode())

    assert (foreign.status, mixed.status) == (404, 200)
    assert await house.webhooks() == [house.tenant]
    await _worked_off(house)
    async with house.postgres.transaction() as tx:
        kept = await rows(tx, "select tenant_id, external_id from messages")
    assert kept == [(house.tenant, "wamid.1")]


async def test_signed_garbage_is_kept_for_a_person(house: House):
    """
    Nobody can read it, so that sending it again is of no use: 200, and it is there to be seen.
    """
    assert (await house.post(b"{ not json")).status == 200
    await _worked_off(house)

    assert await house.webhooks("state") == ["malformed"]


async def test_what_comes_again_is_one_message(house: House):
    """
    The same webhook twenty times at once, and another: two messages, two webhooks' worth of people.
    """
    again = [house.post(webhook()) for _ in range(20)]
    answers = await asyncio.gather(*again, house.post(webhook("wamid.2")))
    await _worked_off(house)

    assert {answer.status for answer in answers} == {200}
    async with house.postgres.transaction() as tx:
        assert await rows(tx, "select external_id from messages order by 1") == [
            ("wamid.1",),
            ("wamid.2",),
        ]
        assert await rows(tx, "select unread from conversations") == [(2,)]
        contact = "select name, phone, source from contacts"
        assert await rows(tx, contact) == [("Ana", "+51961508274", "whatsapp")]
        assert await rows(tx, "select count(*) from chat_people where contact_id is not null") == [
            (1,)
        ]


async def test_messages_of_one_second_stay_in_the_order_in_which_they_came(house: House):
    """
    Also where the job of the later one is done first.
    """
    second = str(int(time.time()) - 2)
    said = [f"wamid.{n}" for n in range(1, 5)]
    for wamid in said:
        await house.post(webhook(wamid, timestamp=second, text={"body": wamid}))

    for late in reversed(await house.webhooks("id")):
        async with house.postgres.of(house.tenant).transaction() as tx:
            await work_off(tx, house.tenant, [WorkOff(webhook_id=late)])

    async with house.postgres.transaction() as tx:
        told = await rows(tx, "select external_id from messages order by at, seq")
        assert [row[0] for row in told] == said
        assert await rows(tx, "select preview from conversations") == [("wamid.4",)]


def test_the_order_of_one_second_holds_for_what_comes_late():
    """
    A message is never moved out of its second, nor before one that came earlier.
    """
    at = NOON.replace(microsecond=0)
    delays = [-5, 0, 0.001, 0.5, 0.501, 3, 3.002, 60, 3600, 86_400, 86_402, 7 * 86_400, 10**9]
    placed = [in_order(at, at + timedelta(seconds=delay)) for delay in delays]

    assert placed == sorted(placed)
    assert len(set(placed)) == len(delays) - 1
    assert {one.replace(microsecond=0) for one in placed} == {at}


async def test_whoever_shows_no_number_is_a_contact_by_their_id(house: House):
    """
    WhatsApp names them by an id of its own alone; that is who they are.
    """
    for wamid in ("wamid.1", "wamid.2"):
        body = webhook(wamid, from_user_id="PE.13491208655302741918")
        unseen = body.replace(b'"from": "51961508274", ', b"").replace(b'"wa_id"', b'"was"')
        await house.post(unseen)
    await _worked_off(house)

    async with house.postgres.transaction() as tx:
        known = "select kind, value from contact_identities"
        assert await rows(tx, known) == [("whatsapp", "PE.13491208655302741918")]
        assert await rows(tx, "select count(contact_id) from chat_people") == [(1,)]


async def test_a_message_that_names_a_visitor_links_it(house: House):
    """
    A link on a page put the visitor's id into the first message.
    """
    text = "Hola, quiero rosas. rstk_vid=v1758565884546_xyz"
    await house.post(webhook(text={"body": text}))
    await _worked_off(house)

    async with house.postgres.transaction() as tx:
        found = await rows(tx, "select visitor_id, method, strength from visitor_contact")
    assert found == [("v1758565884546_xyz", "whatsapp", "strong")]


@pytest.mark.parametrize(
    ("query", "status", "body"),
    [
        (
            "hub.mode=subscribe&hub.verify_token=verify-me&hub.challenge=1158201444",
            200,
            b"1158201444",
        ),
        ("hub.mode=subscribe&hub.verify_token=wrong&hub.challenge=1", 403, None),
        ("hub.mode=subscribe&hub.verify_token=%C3%B1&hub.challenge=1", 403, None),
        ("hub.verify_token=verify-me&hub.challenge=1", 403, None),
        ("", 403, None),
    ],
)
async def test_meta_is_answered_its_challenge(house: House, query: str, status: int, body: Any):
    """
    Only to who knows the verify token.
    """
    answer = await house.ask("GET", query=query)

    assert answer.status == status
    assert body is None or answer.body == body


@pytest.mark.parametrize("method", ["PUT", "DELETE", "TRACE", "OPTIONS"])
async def test_only_get_and_post_are_known(house: House, method: str):
    """
    Anything else is told what there is.
    """
    assert (await house.ask(method)).status == 405


async def test_a_body_that_never_ends_is_refused(house: House):
    """
    Four million bytes at most: Meta sends three.
    """
    answer = await house.post(b"x" * (4 * 2**20 + 1))

    assert answer.status == 413


async def _worked_off(house: House) -> None:
    runner = Runner(house.postgres.url, handlers)
    running = asyncio.create_task(runner.run())
    async with asyncio.timeout(60):
        while True:
            async with house.postgres.transaction() as tx:
                if not await tx.value("select count(*) from jobs where state <> 'dead'"):
                    break
            await asyncio.sleep(0.02)
    runner.stop()
    await running
    async with house.postgres.transaction() as tx:
        assert await rows(tx, "select error from jobs") == []
