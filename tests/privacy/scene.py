"""A company that knows Ana in every way there is, and Bob, who was on her browser after her."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any, LiteralString
from uuid import uuid4

import httpx
import msgspec

from pista import contacts, crm, identity
from pista.accounts.model import Tenant
from pista.app import House
from pista.contacts import FoundContact, Identity
from pista.identity import Claim
from pista.ids import ContactId, TenantId, VisitorId, uuid7
from pista.queue import Runner
from pista.store.clickhouse import ClickHouse
from pista.store.postgres import Postgres, Tx
from tests.events.conftest import flushed, make_line
from tests.events.writing import acknowledge, until
from tests.privacy.conftest import quarantine

NOW = datetime.now(UTC).replace(minute=30, second=0, microsecond=0)
HOUR = timedelta(hours=1)
DAYS = [NOW - timedelta(days=days) for days in (40, 2)]
BOB_CAME = NOW - timedelta(days=1)
EMAIL, CRM_ID, NAME = "ana.quispe@mail.pe", "q7Xw2pLmN0aB", "Anacleta Quispe"
PHONE, NATIONAL = "+51991234877", "991234877"
SECOND_EMAIL = "anacleta@trabajo.pe"
TRACES = (EMAIL, SECOND_EMAIL, PHONE[1:], NATIONAL, CRM_ID, NAME, "anacleta", "991 234 877")
"""What must be nowhere when Ana is erased."""

OWN, SHARED, STRANGER = "vana", "vshared", "vstranger"


class Scene:
    def __init__(
        self, house: House, database: str, clickhouse: ClickHouse, admin: httpx.AsyncClient
    ) -> None:
        self.house = house
        self.database = database
        self.clickhouse = clickhouse
        self.admin = admin
        self.ana = self.second = self.bob = ContactId("")

    async def play(self, company: Tenant, twin: TenantId) -> None:
        """The twin has all events but those that are Ana's or name her."""
        source = await self._source("Flores CRM")
        await self._webhook(source, ANAS)
        await self._work_off()
        async with self.house.postgres.transaction() as tx:
            await self._people(tx, company.id)
        await self._events(company.id, twin)
        # What was received and not worked off, of her or of others, and what nobody can read.
        await self._webhook(source, BOBS)
        await self._work_off()
        await self._webhook(source, {**ANAS, "full_name": NAME.upper() + " " + NAME})
        await self._webhook(source, f'{{"broken": "{EMAIL}", "{NAME}'.encode())
        await self._sale()
        await self._jobs(company.id)
        async with self.house.postgres.transaction() as tx:
            await self._chat(tx, company.id)
            await self._desk(tx, company.id)

    async def _sale(self) -> None:
        """What she bought, in which her name stands everywhere; and what was typed about it."""
        terms = {"gateway": "static", "name": "x", "pixKey": "a@b.example"}
        terms |= {"merchantName": "x", "city": "Lima"}
        assert (await self.admin.post("/api/payments/accounts", json=terms)).status_code == 201
        asked = {
            "amount": 1999,
            "externalId": f"order of {EMAIL}",
            "description": f"Para {NAME}",
            "buyer": {"name": NAME, "email": EMAIL, "phone": PHONE},
            "items": [{"name": f"Torta para {NAME}"}],
            "pageUrl": f"https://loja.example/?email={EMAIL}",
        }
        pix = await self.admin.post("/api/payments/pix", json=asked)
        assert pix.status_code == 201, pix.text
        path = f"/api/sales/{pix.json()['saleId']}/paid"
        assert (await self.admin.post(path, json={"why": f"{NAME} lo dijo"})).status_code == 200

    async def _source(self, name: str) -> dict[str, Any]:
        answer = await self.admin.post("/api/webhook-sources", json={"kind": "ghl", "name": name})
        assert answer.status_code == 201, answer.text
        return answer.json()

    async def _webhook(self, source: dict[str, Any], body: Any) -> None:
        headers = {"X-Webhook-Secret": source["secret"], "Content-Type": "application/json"}
        content = body if isinstance(body, bytes) else msgspec.json.encode(body)
        await self.admin.post(source["path"], headers=headers, content=content)

    async def _work_off(self) -> None:
        runner = Runner(self.database, crm.handlers)
        task = asyncio.create_task(runner.run())
        await until(self._is_idle)
        runner.stop()
        await task

    async def _is_idle(self) -> bool:
        async with self.house.postgres.transaction() as tx:
            return not await tx.value("select count(*) from jobs where state <> 'dead'")

    async def _people(self, tx: Tx, tenant: TenantId) -> None:
        ana = await contacts.contact_by(tx, tenant, Identity("email", EMAIL))
        assert ana is not None
        self.ana = ana
        self.second = await _made(tx, tenant, name=f"{NAME} (trabajo)", email=SECOND_EMAIL)
        self.bob = await _made(tx, tenant, name="Bob Luna", email="bob@mail.pe")
        luz = await _made(tx, tenant, name="Luz", email="luz@mail.pe")
        # One merge that stands, one that was taken back.
        await contacts.merge(tx, tenant, self.second, self.ana, by="Luz", now=NOW)
        merge = await contacts.merge(tx, tenant, luz, self.ana, by="Luz", now=NOW)
        await contacts.undo(tx, tenant, merge.id, by="Luz", now=NOW)
        for visitor, contact, at in (
            (OWN, self.ana, DAYS[0]),
            (SHARED, self.ana, DAYS[0]),
            (SHARED, self.bob, BOB_CAME),
        ):
            claim = Claim(
                visitor_id=VisitorId(visitor),
                method="manual",
                key=str(uuid4()),
                at=at,
                contact_id=contact,
            )
            await identity.link(tx, tenant, claim, now=at)
        waiting = Claim(
            visitor_id=VisitorId(STRANGER), method="ud", key="s1", at=BOB_CAME, crm_id=CRM_ID
        )
        await identity.link(tx, tenant, waiting, now=NOW)
        # Bob gives Ana's phone: a question for a person.
        found = FoundContact(source="api", trusted=True, email="bob@mail.pe", phone=PHONE)
        await contacts.upsert(tx, tenant, found, now=NOW)

    async def _events(self, tenant: TenantId, twin: TenantId) -> None:
        of_ana = [make_line(at, tenant=tenant, visitor="ana", session=1) for at in DAYS]
        of_ana += [make_line(at, tenant=tenant, visitor="shared", session=2) for at in DAYS]
        # A session that lasts from her time into his.
        of_ana.append(make_line(BOB_CAME - HOUR, tenant=tenant, visitor="shared", session=3))
        named = {"form": {"correo": EMAIL.upper(), "fono": "991 234 877"}}
        of_ana.append(make_line(NOW, tenant=tenant, visitor="stranger", session=4, metadata=named))
        path = f"/gracias/{EMAIL.replace('@', '%40')}"
        of_ana.append(make_line(DAYS[1], tenant=tenant, visitor="stranger", session=4, path=path))
        others = [
            line
            for owner in (tenant, twin)
            for line in (
                make_line(BOB_CAME + HOUR, tenant=owner, visitor="shared", session=3, event_id=ID),
                make_line(BOB_CAME + 2 * HOUR, tenant=owner, visitor="shared", session=5),
                make_line(
                    BOB_CAME, tenant=owner, visitor="stranger", session=4, event_type="CLICK"
                ),
                make_line(DAYS[0], tenant=owner, visitor="else", session=6),
            )
        ]
        await flushed(self.clickhouse, *of_ana[1:], *others)
        await acknowledge(self.house.journal, of_ana[:1])
        unreadable = make_line(
            NOW, tenant=tenant, visitor="other", session=7, metadata={"e": EMAIL}
        )
        await quarantine(self.house.postgres, unreadable[:-9] + b"\n", others[0])

    async def _desk(self, tx: Tx, tenant: TenantId) -> None:
        """Two cases of hers: one that is known to be, and one with a number that is nobody's."""
        for contact, phone in ((self.ana, PHONE), (None, PHONE)):
            cliente = await tx.value(CLIENTE, tenant, NAME, phone, EMAIL, contact)
            await tx.execute(HISTORY, tenant, cliente, f"{NAME} no contesta")
            await tx.execute(ANSWERS, tenant, cliente, {"correo": EMAIL})

    async def _chat(self, tx: Tx, tenant: TenantId) -> None:
        """She writes to the company's number; what the platform sent is still kept."""
        channel, person, talk, said = uuid4(), uuid4(), uuid4(), uuid4()
        click, chatted = uuid4(), uuid4()
        body = f'{{"from": "{PHONE[1:]}", "name": "{NAME}"}}'.encode()
        rows: list[tuple[LiteralString, list[Any]]] = [
            (CHANNEL, [channel]),
            (CHAT_PERSON, [person, NAME, self.ana]),
            (CHAT_KEY, [person, PHONE[1:]]),
            (TALK, [talk, channel, person, f"Soy {NAME}"]),
            (MESSAGE, [said, talk, channel, person, f"Soy {NAME}, {EMAIL}"]),
            (NOTE, [uuid4(), talk, uuid4(), f"Llamar a {NAME}"]),
            (DRAFT, [talk, uuid4(), f"Hola, {NAME}"]),
            (CHAT_WEBHOOK, [uuid4(), [channel], body]),
            (CHAT_START, [channel, person, f"ana {NAME}"]),
            (CLICK, [click, f"https://t.pe/go/x?utm_term={EMAIL}", OWN]),
            (CLICK, [chatted, f"https://t.pe/go/x?utm_term={PHONE[1:]}", None]),
            (ARRIVAL, [chatted, channel, person, f"code:{EMAIL}"]),
            (CHAT_MEMBERSHIP, [channel, person, f"for {EMAIL}"]),
            (CHAT_MEDIA, [said, channel, f"DNI de {NAME}.jpg"]),
            (CHAT_NEWS, [uuid4(), {"poll_answer": {"user": PHONE[1:], "name": NAME}}]),
            (MESSAGE_CHANGE, [channel, {"text": f"Mejor {EMAIL}"}]),
        ]
        rows.append((INTRODUCTION, [uuid4(), {"name": NAME, "email": EMAIL}, uuid4()]))
        for sql, given in rows:
            await tx.execute(sql, tenant, *given)

    async def _jobs(self, tenant: TenantId) -> None:
        async with self.house.postgres.transaction() as tx:
            await tx.execute(
                """
                insert into jobs (
                    tenant_id, kind, payload, order_key, state, enqueued_at, error, died_at
                )
                values
                    ($1, 'crm.claim', $2, 'claim:vana', 'ready', now(), null, null),
                    ($1, 'crm.webhook', '{}', null, 'dead', now(), $3, now())
                """,
                tenant,
                {"visitor_id": OWN, "contact_id": CRM_ID},
                f"ValueError: {EMAIL} is no date",
            )


async def _made(tx: Tx, tenant: TenantId, **given: Any) -> ContactId:
    found = FoundContact(source="api", trusted=True, **given)
    return (await contacts.upsert(tx, tenant, found, now=NOW)).contact_id


async def people_left(postgres: Postgres, tenant: TenantId) -> set[str | None]:
    async with postgres.transaction() as tx:
        rows = await tx.connection.fetch("select name from contacts where tenant_id = $1", tenant)
        return {row["name"] for row in rows}


CHANNEL: LiteralString = """
insert into chat_channels (tenant_id, id, platform, external_id, name, created_at)
values ($1, $2, 'whatsapp', '1', 'Tienda', now())
"""
CLIENTE: LiteralString = """
with made as (
    insert into clientes
        (tenant_id, nombre, telefono, email, contact_id, source, notas, created_at, state_since)
    values ($1, $2, $3, $4, $5, 'form', $2, now(), now())
    returning tenant_id, id
), worded as (
    insert into cliente_words select tenant_id, id, to_tsvector('simple', $4) from made
)
select id from made
"""
HISTORY: LiteralString = """
insert into desk_history
    (tenant_id, cliente_id, move, from_status, to_status, at, seconds, actor_kind, why)
values ($1, $2, 'create', '', 'nuevo', now(), 0, 'user', $3)
"""
ANSWERS: LiteralString = """
insert into cliente_drafts (tenant_id, cliente_id, answers, revision, updated_at)
values ($1, $2, $3, 1, now())
"""
CHAT_PERSON: LiteralString = """
insert into chat_people (tenant_id, id, platform, name, contact_id, created_at)
values ($1, $2, 'whatsapp', $3, $4, now())
"""
CHAT_KEY: LiteralString = """
insert into chat_person_keys (tenant_id, platform, kind, value, person_id, since)
values ($1, 'whatsapp', 'phone', $3, $2, now())
"""
TALK: LiteralString = """
insert into conversations (tenant_id, id, channel_id, person_id, created_at, preview)
values ($1, $2, $3, $4, now(), $5)
"""
MESSAGE: LiteralString = """
insert into messages (
    tenant_id, id, conversation_id, channel_id, direction, person_id, kind, text, at, received_at,
    external_id
)
values ($1, $2, $3, $4, 'in', $5, 'text', $6, now(), now(), 'wamid.ana')
"""
CHAT_START: LiteralString = """
insert into chat_starts (tenant_id, channel_id, external_id, person_id, payload, at)
values ($1, $2, 'wamid.ana', $3, $4, now())
"""
CLICK: LiteralString = """
insert into clicks (tenant_id, id, token, at, source, nature, paid, url, visitor_id)
values ($1, $2, md5($2::uuid::text), now(), 'go', 'click', true, $3, $4)
"""
ARRIVAL: LiteralString = """
insert into click_arrivals (tenant_id, click_id, channel_id, person_id, key, method, at)
values ($1, $2, $3, $4, $5, 'code', now())
"""
CHAT_MEMBERSHIP: LiteralString = """
insert into chat_memberships (tenant_id, channel_id, person_id, change, group_id, invite, at)
values ($1, $2, $3, 'joined', '-1', $4, now())
"""
CHAT_MEDIA: LiteralString = """
insert into chat_media (
    tenant_id, id, message_id, channel_id, state, filename, sha256, created_at
)
values ($1, $2, $2, $3, 'kept', $4, '\\xab', now())
"""
CHAT_NEWS: LiteralString = """
insert into chat_news (tenant_id, id, field, value, at)
values ($1, $2, 'poll_answer', $3, now())
"""
MESSAGE_CHANGE: LiteralString = """
insert into message_changes (tenant_id, channel_id, external_id, kind, what, at, detail)
values ($1, $2, 'wamid.ana', 'edit', '1', now(), $3)
"""
NOTE: LiteralString = """
insert into chat_notes (tenant_id, id, conversation_id, author_id, text, at)
values ($1, $2, $3, $4, $5, now())
"""
DRAFT: LiteralString = """
insert into chat_drafts (tenant_id, conversation_id, user_id, text, revision)
values ($1, $2, $3, $4, 1)
"""
INTRODUCTION: LiteralString = """
with site as (
    insert into sites (id, tenant_id, name, domains, write_key)
    values ($4, $1, 'Tienda', '{}', gen_random_uuid()::text)
    returning id
)
insert into introductions (tenant_id, id, site_id, visitor_id, method, key, said_at, person)
select $1, $2, id, 'velse', 'form', 's9', now(), $3 from site
"""
CHAT_WEBHOOK: LiteralString = """
insert into chat_webhooks (
    tenant_id, id, platform, channel_ids, received_at, request_id, size, body, state
)
values ($1, $2, 'whatsapp', $3, now(), '', 1, $4, 'done')
"""

ID = uuid7()
ANAS = {
    "contact_id": CRM_ID,
    "email": EMAIL,
    "phone": "+51 991 234 877",
    "full_name": NAME,
    "customData": {"distrito": f"Casa de {NAME}"},
}
BOBS = {
    "contact_id": "b0bB0bB0bB0b",
    "email": "bob@mail.pe",
    "full_name": "Bob Luna",
    "customData": {"referido_por": f"{NAME}, tel. 991 234 877"},
}
