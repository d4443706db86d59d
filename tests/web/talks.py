"""Conversations to look at: every kind of bubble, and what keeps one from answering."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID, uuid4

import httpx

from pista.store import postgres as store
from tests.fakes.whatsapp import said
from tests.journeys import payloads
from tests.journeys.house import House
from tests.journeys.office import Office, Platforms, connected, until

NEW = "Novedad:"
LONG = "Quería saber si todavía tienen el sombrero de sol que vi en el anuncio de ayer. " * 6
WIDE = "https://tienda.example/" + "categoria-de-nombre-largo/" * 9
DEAD = """
    insert into jobs (
        tenant_id, kind, queue, payload, state, attempts, enqueued_at, died_at, error, stack
    )
    select $1, 'chat.webhook', 'webhook', jsonb_build_object('webhook_id', id), 'dead', 3,
        received_at, received_at, 'DataError: ' || repeat('a-value-without-a-space', 20),
        'pista/chat/jobs.py:64 work_off'
    from chat_webhooks
    where tenant_id = $1
    limit 2
"""
SENT, FAILED = "Sí, nos quedan tres. ¿Te guardo uno hasta el viernes?", "¿Sigues ahí?"


@asynccontextmanager
async def talking(
    house: House, platforms: Platforms, tenant: str, cookie: str
) -> AsyncGenerator[dict[str, str]]:
    """A number and a bot that much was written to; ids of what there is to look at."""
    new = ("apikey", "create", "--tenant", tenant, "--scope", "admin")
    key = (await asyncio.to_thread(house.pista, *new))["key"]
    headers = {"Authorization": f"Bearer {key}"}
    async with (
        httpx.AsyncClient(base_url=house.url, headers=headers) as api,
        connected(tenant, platforms, api) as office,
    ):
        await _every_kind(office)
        talk = await _answered(office)
        await _of_one(house, talk, cookie)
        await office.bring("whatsapp", b'{"cut": ')
        await _given_up(house, tenant)
        [late] = [one for one in await office.talks("whatsapp") if _is(one, "Luz")]
        [bot] = [one for one in await office.talks("telegram") if _is(one, "Ana Quispe")]
        yield {"talk": talk, "late": late["id"], "bot": bot["id"], **office.channels}


async def _every_kind(office: Office) -> None:
    every = payloads.documented()
    whatsapp, telegram = payloads.files(every)
    office.whatsapp.files |= whatsapp
    office.telegram.files |= telegram
    ours = [one for one in every if one.name != payloads.NOT_OURS]
    await asyncio.gather(*(office.bring(one.platform, one.raw) for one in ours))


async def _answered(office: Office) -> str:
    """A talk of today: what came, what was read, and what did not get there."""
    await office.hear(messages=[said(f"{NEW} {LONG}\n{WIDE}", from_user_id=payloads.ANA)])

    async def answered() -> list[str]:
        return [
            one["id"] for one in await office.talks("whatsapp", q=NEW) if _is(one, "Ana Quispe")
        ]

    [talk] = await until(answered)
    for text, code in ((SENT, None), (FAILED, 131047)):
        path, key = f"/api/chat/conversations/{talk}/messages", {"Idempotency-Key": uuid4().hex}
        await office.ok("POST", path, json={"type": "text", "text": text}, headers=key)
        taken = (await until(lambda text=text: office.taken(text)))[0]
        state = "read" if code is None else "failed"
        await office.hear(statuses=[office.whatsapp.status(taken, state, code)])
    return talk


async def _of_one(house: House, talk: str, cookie: str) -> None:
    """A note, and what the owner has begun to write in another one."""
    path, headers = f"/api/chat/conversations/{talk}", {"Cookie": f"pista_session={cookie}"}
    async with httpx.AsyncClient(base_url=house.url, headers=headers) as owner:
        note = {"text": "Pidió factura. " * 20}
        assert (await owner.post(f"{path}/notes", json=note)).status_code == 201
        draft = {"text": "Te la envío en cuanto…", "revision": 1}
        assert (await owner.put(f"{path}/draft", json=draft)).status_code == 200
        assert (await owner.put(f"{path}/assignment", json={"userId": None})).is_success


async def _given_up(house: House, tenant: str) -> None:
    """Two webhooks whose work failed for good."""
    connection = await store.connect(house.running().urls.database_url)
    await connection.execute(DEAD, UUID(tenant))
    await connection.close()


def _is(talk: dict[str, Any], name: str) -> bool:
    return talk["person"] is not None and talk["person"]["name"] == name
