"""A company with a number that is written to in signed webhooks, and one of its people."""

import asyncio
import hmac
import itertools
import json
import time
from datetime import UTC, datetime
from uuid import UUID

import msgspec

from bench import load, steady
from bench.system import System
from pista import accounts, chat, settings
from pista.accounts import Role
from pista.accounts.audit import TERMINAL
from pista.chat.channels import service as channels
from pista.chat.channels.service import Found, Given
from pista.ids import TenantId
from pista.store.postgres import Postgres
from pista.store.secrets import Sealer

SECRET = "only for measuring"
PASSWORD = "correct horse battery"
PEOPLE = 5_000
"""Who writes, each in a conversation of their own."""
FIRST_A_SECOND = 1_000
PATIENCE_SECONDS = 120.0
PERSON, MESSAGE, AT = "########", "@@@@@@@@@@@@@@@@@@@@", "%%%%%%%%%%"

_runs = itertools.count(time.time_ns() // 1_000_000_000 % 1_000_000)
"""No two messages have the same id, whichever part of a measurement sends them."""


class Shop(msgspec.Struct, frozen=True):
    tenant: TenantId
    number: str
    """Meta's id of it."""
    email: str


async def new_shop(system: System, pool: Postgres) -> Shop:
    """With conversations that have begun: who somebody is was found out before."""
    tenant = TenantId(UUID(system.new_site().tenant_id))
    number = str(time.time_ns())[:15]
    shop = Shop(tenant, number, f"ana.{number}@tiendasol.example")
    environment = settings.load(system.environment)
    sealer = Sealer(environment.secret_keys, environment.data_dir)
    found = Found("whatsapp", number, "Ventas", "+51 1 555 0100")
    given = Given("Ventas", None, None, [SECRET], None)
    now = datetime.now(UTC)
    async with pool.transaction() as tx:
        await channels.add(tx, sealer, tenant, TERMINAL, found, given, now=now)
        who = {"email": shop.email, "name": "Ana", "password": PASSWORD}
        await accounts.create_user(tx, tenant, **who, role=Role.GTR, now=now)
    await asyncio.to_thread(_write_first, system.port, shop)
    await settled(pool)
    return shop


def _write_first(port: int, shop: Shop) -> None:
    """Everybody, from the moment on at which every web process knows the number."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while load.run(port, webhooks(shop), seconds=0.5, connections=8, clients=1).failed:
        assert time.monotonic() < deadline, "the number is not listened to"
    steady.run(port, webhooks(shop), FIRST_A_SECOND, seconds=PEOPLE / FIRST_A_SECOND)


async def settled(pool: Postgres) -> None:
    """Until everything is worked off."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            async with pool.transaction() as tx:
                if not await tx.value("select exists (select from jobs where state <> 'dead')"):
                    return
            await asyncio.sleep(0.1)


async def stored(pool: Postgres) -> int:
    """How many messages ever; counting them would read what is measured."""
    async with pool.transaction() as tx:
        return await tx.value("select last_value from messages_seq_seq")


def webhooks(shop: Shop, people: int = PEOPLE) -> load.RequestMaker:
    """Each is of a message of its own, a text from one of so many people."""
    run, key, now = next(_runs), SECRET.encode(), int(time.time())
    template = json.dumps(_body(shop.number), separators=(",", ":"))
    template = template.replace(AT, str(now)).replace("%", "%%")
    # By the name, since each stands in several places.
    template = template.replace(PERSON, "%(person)08d").replace(MESSAGE, f"{run:07d}%(number)013d")
    lines = template.encode()
    head = (
        f"POST {chat.PATH} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        "X-Hub-Signature-256: sha256=%s\r\nContent-Length: %d\r\n\r\n"
    ).encode()

    def make(number: int) -> bytes:
        body = lines % {b"person": number % people, b"number": number}
        signed = hmac.digest(key, body, "sha256").hex().encode()
        return head % (signed, len(body)) + body

    return make


def message_of(request: bytes) -> str:
    """The platform's id of what it is about."""
    return request.partition(b'"id":"wamid.')[2].partition(b'"')[0].decode()


def _body(number: str) -> dict[str, object]:
    """As Meta sends it; three quarters of a kilobyte."""
    person = f"519{PERSON}"
    value = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "15550783881", "phone_number_id": number},
        "contacts": [
            {
                "profile": {"name": "Ana Quispe", "username": f"ana.{PERSON}"},
                "wa_id": person,
                "user_id": f"PE.1349120865{PERSON}",
            }
        ],
        "messages": [
            {
                "from": person,
                "from_user_id": f"PE.1349120865{PERSON}",
                "id": f"wamid.HBgL{MESSAGE}",
                "timestamp": AT,
                "type": "text",
                "text": {"body": "Hola, vi la campera azul en la tienda. ¿La tienen en talla 42?"},
            }
        ],
    }
    change = {"field": "messages", "value": value}
    entry = {"id": "102290129340398", "time": int(time.time()), "changes": [change]}
    return {"object": "whatsapp_business_account", "entry": [entry]}
