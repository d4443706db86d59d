"""Chats that show by which click they came: tied with the webhook, to the person by its job."""

import asyncio
import json
from collections.abc import AsyncGenerator
from typing import Any, LiteralString, NamedTuple
from uuid import UUID

import pytest

from pista import clicks, contacts
from pista.chat import Mailbox, Registry, TelegramDoor, WhatsAppDoor, handlers
from pista.chat.sealing import purpose
from pista.chat.whatsapp.signature import signed
from pista.clicks import Click, LinkId, codes
from pista.contacts import Identity
from pista.identity import visitors_of
from pista.ids import ContactId, TenantId, VisitorId, uuid7
from pista.queue import Runner
from pista.store.postgres import Postgres
from pista.store.secrets import Sealer
from tests.clicks.conftest import HOUR, NOON, clicked, new_link
from tests.contacts.conftest import new_tenant
from tests.events.writing import until

BOT, NUMBER, SECRET = "7000000001", "106540352242922", "a-secret"
AT = 1773835200


class Chat(NamedTuple):
    telegram: TelegramDoor
    whatsapp: WhatsAppDoor
    postgres: Postgres
    tenant: TenantId
    link: LinkId

    async def click(self, **given: Any) -> Click:
        async with self.postgres.transaction() as tx:
            return await clicked(tx, self.tenant, link_id=self.link, **given)

    async def start(self, payload: str, chat: int = 54, message: int = 3, **more: Any) -> int:
        said = {
            "message_id": message,
            "date": AT,
            "from": {"id": abs(chat), "first_name": "Ana"},
            "chat": {"id": chat, "type": "private" if chat > 0 else "supergroup"},
            "text": f"/start {payload}",
            "entities": [{"type": "bot_command", "offset": 0, "length": 6}],
            **more,
        }
        kind = "edited_message" if "edit_date" in more else "message"
        body = json.dumps({"update_id": message, kind: said}).encode()
        headers = [(b"x-telegram-bot-api-secret-token", SECRET.encode())]
        return await self._post(self.telegram, f"/api/telegram/webhook/{BOT}", body, headers)

    async def write(self, wamid: str, sender: str = "51961508274", **message: Any) -> int:
        said = {"from": sender, "id": wamid, "timestamp": str(AT), "type": "text", **message}
        value = {
            "messaging_product": "whatsapp",
            "metadata": {"display_phone_number": "51900000000", "phone_number_id": NUMBER},
            "contacts": [{"profile": {"name": "Ana"}, "wa_id": sender}],
            "messages": [said],
        }
        entry = {"id": "waba-1", "changes": [{"field": "messages", "value": value}]}
        body = json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()
        headers = [(b"x-hub-signature-256", signed(body, SECRET))]
        return await self._post(self.whatsapp, "/api/chat/webhook", body, headers)

    async def _post(self, door: Any, path: str, body: bytes, headers: Any) -> int:
        sent: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        scope = {"method": "POST", "path": path, "headers": headers, "query_string": b""}
        await door(scope, receive, send)
        return sent[0]["status"]

    async def work_off(self) -> None:
        runner = Runner(self.postgres.url, handlers)
        task = asyncio.create_task(runner.run())
        await until(self._is_idle, 60)
        runner.stop()
        await task

    async def _is_idle(self) -> bool:
        return not await self.value("select count(*) from jobs where state <> 'dead'")

    async def value(self, sql: LiteralString, *given: object) -> Any:
        async with self.postgres.transaction() as tx:
            return await tx.value(sql, *given)

    async def arrivals(self) -> list[tuple[str, UUID, UUID | None]]:
        async with self.postgres.transaction() as tx:
            rows = await tx.connection.fetch(
                "select method, click_id, person_id from click_arrivals order by at, key"
            )
        return [tuple(row) for row in rows]

    async def contact(self, kind: Any, value: str) -> ContactId:
        async with self.postgres.transaction() as tx:
            found = await contacts.contact_by(tx, self.tenant, Identity(kind, value))
        assert found is not None
        return found

    async def browsers(self, contact: ContactId) -> list[VisitorId]:
        async with self.postgres.transaction() as tx:
            return [one.visitor_id for one in await visitors_of(tx, self.tenant, contact)]


@pytest.fixture
async def chat(postgres: Postgres, tmp_path: Any) -> AsyncGenerator[Chat]:
    sealer = Sealer((), tmp_path)
    async with postgres.transaction() as tx:
        tenant = await new_tenant(tx)
        link = await new_link(tx, tenant)
        for platform, external_id in (("telegram", BOT), ("whatsapp", NUMBER)):
            channel: Any = uuid7()
            await tx.execute(
                """
                insert into chat_channels (
                    tenant_id, id, platform, external_id, account_id, name, secrets, created_at
                )
                values ($1, $2, $3, $4, 'waba-1', 'Ventas', $5, $6)
                """,
                tenant,
                channel,
                platform,
                external_id,
                [sealer.seal(SECRET, purpose(channel, "secret"))],
                NOON,
            )
    registry, mailbox = Registry(postgres, sealer), Mailbox(postgres)
    await registry.start()
    mailbox.start()
    doors = TelegramDoor(registry, mailbox), WhatsAppDoor(registry, mailbox)
    yield Chat(*doors, postgres, tenant, link)
    await mailbox.stop()
    await registry.stop()


async def test_a_start_is_tied_with_its_webhook_and_to_its_person_by_the_job(chat: Chat):
    """
    Whoever sells in the very moment after the webhook finds the click. Sent again it is the same
    time, also once the job is done; and the browser that clicked is now known to be the contact's.
    """
    click = await chat.click(visitor_id=VisitorId("v1"))

    assert await chat.start(click.token) == 200
    at_once = await chat.arrivals()
    await chat.start(click.token)
    await chat.work_off()
    await chat.start(click.token)
    await chat.work_off()

    person = await chat.value("select id from chat_people")
    async with chat.postgres.transaction() as tx:
        [found] = await clicks.of_people(tx, chat.tenant, [person], [], NOON + 24 * HOUR)
    assert at_once == [("start", click.id, None)]
    assert await chat.arrivals() == [("start", click.id, person)]
    assert (found.click, found.method) == (click, "start")
    assert await chat.value("select sum(starts) from link_hours") == 1
    assert await chat.browsers(await chat.contact("telegram", "54")) == ["v1"]


async def test_who_shows_the_same_click_again_is_no_second_start(chat: Chat):
    """
    Pressing Start once more, or sending the code again, is a time of its own and nobody new;
    whoever had the link forwarded is.
    """
    by_start = await chat.click()
    by_code = await chat.click(code=codes.new_code())
    text = {"body": str(by_code.code)}

    await chat.start(by_start.token, message=1)
    await chat.start(by_start.token, message=2)
    await chat.start(by_start.token, message=3, chat=55)
    await chat.write("wamid.1", text=text)
    await chat.work_off()
    await chat.start(by_start.token, message=4)
    await chat.write("wamid.2", text=text)
    await chat.work_off()

    assert len(await chat.arrivals()) == 6
    assert await chat.value("select sum(starts) from link_hours") == 3


async def test_a_forwarded_start_ties_both_and_only_the_first_had_the_browser(chat: Chat):
    """
    Two chats with the same token are two people: each is credited, and neither becomes the other.
    An edit, a token that nobody has and one of a group tie nobody.
    """
    click = await chat.click(visitor_id=VisitorId("v1"))

    await chat.start(click.token, chat=54, message=1)
    await chat.start(click.token, chat=55, message=2, date=AT + 60)
    await chat.start("0" * 32, chat=56, message=3)
    await chat.start(click.token, chat=57, message=4, edit_date=AT + 1)
    await chat.start(click.token.upper(), chat=58, message=5)
    await chat.start(click.token, chat=-100, message=6)
    await chat.work_off()

    tied = await chat.arrivals()
    ana, bob = [await chat.contact("telegram", chat_id) for chat_id in ("54", "55")]
    assert [(method, of) for method, of, _ in tied] == [("start", click.id)] * 2
    assert len({person for _, _, person in tied}) == 2
    assert ana != bob
    assert (await chat.browsers(ana), await chat.browsers(bob)) == (["v1"], [])
    assert await chat.value("select count(*) from chat_starts") == 5


async def test_a_code_in_a_message_and_an_ad_that_leads_to_whatsapp(chat: Chat):
    """
    Whatever people write around the code; and an advertisement of which there was no link is a
    click of its own, once.
    """
    click = await chat.click(code=codes.new_code(), visitor_id=VisitorId("v2"))
    text = {"body": f"Hola!! vi esto 👉*{str(click.code).lower()}* y quiero 2"}
    referral = {
        "source_url": "https://fb.me/x",
        "source_id": "120330000000",
        "source_type": "ad",
        "ctwa_clid": "ARAkLkA8rmlFeiCktEJQ-QTwRiyYHAFDLMNDBH0CD3qpjd0HR4irJ6LEkR7JwFF4",
    }

    await chat.write("wamid.1", text=text)
    await chat.write("wamid.1", text=text)
    for _ in range(2):
        await chat.write("wamid.2", text={"body": "Precio?"}, referral=referral)
        await chat.work_off()

    [by_code, by_ad] = await chat.arrivals()
    async with chat.postgres.transaction() as tx:
        person = by_ad[2]
        assert person is not None
        found = await clicks.of_people(tx, chat.tenant, [person], [], NOON + 10_000 * HOUR)
    ad = next(one.click for one in found if one.method == "ctwa")
    assert by_code[:2] == ("code", click.id)
    assert by_code[2] == by_ad[2]
    assert (ad.source, ad.paid, ad.ad) == ("ctwa", True, "120330000000")
    assert ad.ctwa_clid == referral["ctwa_clid"]
    assert await chat.browsers(await chat.contact("phone", "+51961508274")) == ["v2"]


async def test_two_that_turn_out_to_be_one_person_bring_their_clicks_along(chat: Chat):
    """
    Whoever wrote from a new number is the same person, with what they came by before.
    """
    click = await chat.click(code=codes.new_code())
    await chat.write("wamid.1", text={"body": str(click.code)})
    await chat.write("wamid.2", sender="51900000001", text={"body": "Hola"})
    await chat.work_off()

    system = {"type": "user_changed_number", "wa_id": "51900000001", "body": "changed"}
    await chat.write("wamid.3", type="system", system=system)
    await chat.work_off()

    [(_, _, person)] = await chat.arrivals()
    assert person == await chat.value("select id from chat_people")
