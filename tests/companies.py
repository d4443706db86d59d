"""Two companies that have one of everything each."""

from collections.abc import AsyncGenerator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import httpx
import pytest

from pista.accounts import NewSite, Role, service
from pista.app import House
from pista.ids import TenantId, uuid7
from pista.settings import Settings
from pista.store.postgres import Tx
from pista.store.runtime import Urls

URL = "http://pista.test"
PASSWORD = "correct horse battery"
NOW = datetime(2026, 3, 14, 12, tzinfo=UTC)
DAY = {"from": "2026-03-01", "to": "2026-03-02", "format": "csv", "target": "folder"}
RULE = {
    "kind": "threshold",
    "metric": "events",
    "comparison": "above",
    "threshold": 1,
    "windowMinutes": 5,
}


@pytest.fixture
async def house(database: str, clickhouse_database: str) -> AsyncGenerator[House]:
    urls = Urls(database_url=database, clickhouse_url=clickhouse_database)
    # Nobody answers there: a button that tries a destination must not leave this machine.
    settings = Settings(public_url=URL, meta_graph_url="http://127.0.0.1:9")
    running = House(settings, urls)
    await running.start()
    yield running
    await running.stop()


class Company:
    """A company with one of everything, and its admin."""

    def __init__(self, house: House, tenant: TenantId, name: str) -> None:
        self.tenant = tenant
        self.things: dict[str, Any] = {"tenant": str(tenant)}
        self._name = name
        self._house = house
        self._client = httpx.AsyncClient(
            transport=httpx.ASGITransport(house, raise_app_exceptions=False), base_url=URL
        )

    async def furnish(self) -> None:
        await self.ask(
            "POST", "/api/login", {"email": f"{self._name}@x.example", "password": PASSWORD}
        )
        self._client.headers["Origin"] = URL
        made = self.things
        made["site"] = (await self.ask("GET", "/api/sites"))["items"][0]["id"]
        made["session"] = (await self.ask("GET", "/api/me/sessions"))["items"][0]["id"]
        made["key"] = (await self.ask("POST", "/api/keys", {"name": "k", "scopes": ["admin"]}))[
            "id"
        ]
        people = await self.ask("GET", "/api/users")
        made["user"] = next(one["id"] for one in people["items"] if one["role"] == "gtr")
        await self.ask(
            "POST", "/api/invites", {"email": f"new@{self._name}.example", "role": "gtr"}
        )
        made["invite"] = (await self.ask("GET", "/api/invites"))["items"][0]["id"]
        made["rule"] = (await self.ask("POST", "/api/alerts/rules", {**RULE, "name": "r"}))["id"]
        made["export"] = (await self.ask("POST", "/api/exports", DAY))["id"]
        made["file"] = "part-2026-03-01.csv"
        await self._furnish_contacts()
        await self._furnish_webhooks()
        await self._furnish_links()
        await self._furnish_cliente()
        await self._furnish_sale()
        async with self._house.postgres.transaction() as tx:
            await self._furnish_past(tx)

    async def _furnish_links(self) -> None:
        asked = {"kind": "telegram", "name": "l", "bot": "tienda_bot"}
        self.things["link"] = (await self.ask("POST", "/api/links", asked))["id"]
        domain = self.things["domain"] = f"go.{self._name}.example"
        await self.ask("POST", "/api/link-domains", {"domain": domain})
        async with self._house.postgres.transaction() as tx:
            await tx.execute(
                "update link_domains set proven_at = created_at where domain = $1", domain
            )

    async def _furnish_contacts(self) -> None:
        made = self.things
        for number, thing in enumerate(("contact", "merged", "third")):
            email = f"{number}@{self._name}.example"
            made[thing] = (await self.ask("POST", "/api/contacts", {"email": email}))["id"]
        merge = {"contactId": made["merged"]}
        shown = await self.ask("POST", f"/api/contacts/{made['contact']}/merge", merge)
        made["merge"] = shown["merges"][0]["id"]
        made["import"] = (await self.ask("POST", "/api/contacts/imports", "a@b.example"))["id"]
        made["spend"] = (await self.ask("POST", "/api/spend/imports", "day,cost"))["id"]
        made["visitor"] = f"visitor-of-{self._name}"
        link = {"visitorId": made["visitor"], "contactId": made["contact"]}
        await self.ask("POST", "/api/linking/links", link)
        made["claim"] = (await self.ask("GET", "/api/linking/claims"))["items"][0]["id"]

    async def _furnish_webhooks(self) -> None:
        new = {"kind": "generic", "name": "crm", "mapping": {"email": "email"}}
        source = await self.ask("POST", "/api/webhook-sources", new)
        self.things |= {"source": source["id"], "secret": source["secret"]}
        path = f"/webhooks/contacts/{source['id']}/{source['secret']}"
        taken = await self.ask("POST", path, {"email": "a@b.example"})
        self.things["received"] = taken["id"]

    async def _furnish_sale(self) -> None:
        sale = {"amount": 1999, "currency": "BRL"}
        self.things["sale"] = (await self.ask("POST", "/api/sales", sale))["id"]
        terms = {"gateway": "static", "name": "x", "pixKey": "a@b.example"}
        terms |= {"merchantName": "x", "city": "Lima"}
        account = await self.ask("POST", "/api/payments/accounts", terms)
        self.things["account"] = account["id"]
        pix = await self.ask("POST", "/api/payments/pix", {"amount": 1999})
        self.things["charge"], self.things["pix sale"] = pix["chargeId"], pix["saleId"]
        meta = {"kind": "meta", "name": "m", "settings": {"pixelId": "1"}}
        told = {**meta, "secrets": {"token": "t"}}
        self.things["destination"] = (await self.ask("POST", "/api/destinations", told))["id"]
        paid = await self.ask("POST", "/api/sales", {**sale, "status": "paid"})
        self.things |= {"paid": paid["id"], "event": f"purchase:{paid['id']}"}

    async def _furnish_cliente(self) -> None:
        """One that is the admin's."""
        made = self.things
        made["admin"] = (await self.ask("GET", "/api/me"))["user"]["id"]
        made["cliente"] = (await self.ask("POST", "/api/clientes", {"nombre": "x"}))["id"]
        given = {"estatus": "derivado", "asesorId": made["admin"]}
        await self.ask("POST", f"/api/clientes/{made['cliente']}/estatus", given)
        other = (await self.ask("POST", "/api/clientes", {"nombre": "y"}))["id"]
        many = {"ids": [other], "asesorId": made["admin"]}
        file = await self.ask("POST", "/api/clientes/imports", "a@b.example")
        made["cliente import"] = file["id"]
        made["assignment"] = (await self.ask("POST", "/api/clientes/assign", many))["undo"]
        view: dict[str, Any] = {"name": "v", "terms": {"filters": {}}}
        made["view"] = (await self.ask("POST", "/api/desk/views", view))["id"]

    async def _furnish_past(self, tx: Tx) -> None:
        """What only happens in time."""
        await self._furnish_alerts(tx)
        await self._furnish_questions(tx)
        await self._furnish_channel(tx)
        await self._furnish_talk(tx)
        await self._furnish_desk(tx)
        self.things["letter"] = await tx.value(
            """
            insert into jobs (tenant_id, kind, payload, state, enqueued_at, died_at, error)
            values ($1, 'crm.webhook', $2, 'dead', now(), now(), 'x')
            returning id
            """,
            self.tenant,
            {"received_id": self.things["received"]},
        )

    async def _furnish_alerts(self, tx: Tx) -> None:
        made, firing = self.things, uuid7()
        made["delivery"] = str(uuid7())
        await tx.execute(
            """
            insert into alert_firings
                (id, tenant_id, rule_id, rule_name, kind, metric, fired_at, value)
            values ($1, $2, $3, 'r', 'threshold', 'events', now(), 1)
            """,
            firing,
            self.tenant,
            UUID(made["rule"]),
        )
        await tx.execute(
            """
            insert into alert_deliveries (id, tenant_id, firing_id, rule_id, about, body, state)
            values ($1, $2, $3, $4, 'fired', '', 'dead')
            """,
            UUID(made["delivery"]),
            self.tenant,
            firing,
            UUID(made["rule"]),
        )

    async def _furnish_questions(self, tx: Tx) -> None:
        """Which a person is asked."""
        made = self.things
        made["conflict"] = str(uuid7())
        await tx.execute(
            """
            insert into contact_reviews
                (tenant_id, id, reason, contact_id, other_contact_id, about, opened_at)
            values ($1, $2, 'shared_identity', $3, $4, 'x', now())
            """,
            self.tenant,
            UUID(made["conflict"]),
            made["contact"],
            made["third"],
        )
        await tx.execute(
            """
            insert into claim_reviews (tenant_id, claim_id, visitor_id, contact_id, opened_at)
            values ($1, $2, $3, $4, now())
            """,
            self.tenant,
            UUID(made["claim"]),
            made["visitor"],
            made["contact"],
        )

    async def _furnish_channel(self, tx: Tx) -> None:
        made = self.things
        made |= {name: str(uuid7()) for name in ("channel", "webhook", "media")}
        await tx.execute(
            """
            insert into chat_channels
                (tenant_id, id, platform, external_id, name, token, secrets, created_at)
            values ($1, $2, 'whatsapp', $3, 'c', 'x', array['x'::bytea], now())
            """,
            self.tenant,
            UUID(made["channel"]),
            f"number of {self._name}",
        )
        await tx.execute(
            """
            insert into chat_webhooks (
                tenant_id, id, platform, channel_ids, received_at, request_id, size, body, state
            )
            values ($1, $2, 'whatsapp', '{}', now(), '', 1, 'x', 'ignored')
            """,
            self.tenant,
            UUID(made["webhook"]),
        )
        await tx.execute(
            """
            insert into chat_media
                (tenant_id, id, state, sha256, mime_type, bytes, created_at, author_id)
            values ($1, $2, 'kept', 'x'::bytea, 'image/png', 1, now(), $3)
            """,
            self.tenant,
            UUID(made["media"]),
            UUID(made["user"]),
        )

    async def _furnish_talk(self, tx: Tx) -> None:
        """Somebody who wrote to the company."""
        made, person = self.things, uuid7()
        made["person"] = str(person)
        made |= {name: str(uuid7()) for name in ("conversation", "message")}
        await tx.execute(
            """
            insert into chat_people (tenant_id, id, platform, contact_id, created_at)
            values ($1, $2, 'whatsapp', $3, now())
            """,
            self.tenant,
            person,
            made["contact"],
        )
        await tx.execute(
            """
            insert into conversations
                (tenant_id, id, channel_id, person_id, created_at, last_message_at, last_inbound_at)
            values ($1, $2, $3, $4, now(), now(), now())
            """,
            self.tenant,
            UUID(made["conversation"]),
            UUID(made["channel"]),
            person,
        )
        await tx.execute(
            """
            insert into messages (
                tenant_id, id, conversation_id, channel_id, direction, kind, text, at, received_at,
                status, outgoing
            )
            values ($1, $2, $3, $4, 'out', 'text', 'x', now(), now(), 'failed', $5)
            """,
            self.tenant,
            UUID(made["message"]),
            UUID(made["conversation"]),
            UUID(made["channel"]),
            {"type": "Text", "text": "x"},
        )

    async def _furnish_desk(self, tx: Tx) -> None:
        """What the company says among itself."""
        made = self.things
        made |= {name: str(uuid7()) for name in ("note", "reply")}
        await tx.execute(
            """
            insert into chat_notes (tenant_id, id, conversation_id, author_id, text, at)
            values ($1, $2, $3, $4, 'x', now())
            """,
            self.tenant,
            UUID(made["note"]),
            UUID(made["conversation"]),
            UUID(made["user"]),
        )
        await tx.execute(
            """
            insert into chat_quick_replies (tenant_id, id, shortcut, text, updated_at)
            values ($1, $2, 'hola', 'x', now())
            """,
            self.tenant,
            UUID(made["reply"]),
        )

    async def ask(self, method: str, path: str, body: Any = None) -> Any:
        answer = await self.send(method, path, body)
        assert answer.status_code < 300, f"{method} {path}: {answer.text}"
        return answer.json()

    async def send(
        self, method: str, path: str, body: Any = None, query: Any = None
    ) -> httpx.Response:
        body = {} if body is None and method in ("POST", "PUT", "PATCH") else body
        headers = {"Idempotency-Key": str(uuid7())}
        return await self._client.request(method, path, json=body, params=query, headers=headers)

    async def rows(self) -> dict[str, list[str]]:
        """All rows that PostgreSQL has of this company."""
        async with self._house.postgres.of(self.tenant).transaction() as tx:
            tables = await tx.connection.fetch("select tablename as name from pg_policies")
            return {
                row["name"]: [
                    found["row"]
                    for found in await tx.connection.fetch(
                        f"select t::text as row from {row['name']} t order by 1"
                    )
                ]
                for row in tables
            }

    async def logged(self) -> int:
        """How many lines its audit log has."""
        async with self._house.postgres.of(self.tenant).transaction() as tx:
            return await tx.value("select count(*) from audit_log")

    async def close(self) -> None:
        await self._client.aclose()


@pytest.fixture
async def companies(house: House) -> AsyncGenerator[list[Company]]:
    made: list[Company] = []
    for name in ("flores", "rivales"):
        async with house.postgres.transaction() as tx:
            tenant = await service.create_tenant(tx, name, now=NOW)
            await service.create_site(
                tx, tenant.id, NewSite(domains=["*"]), public_url=URL, now=NOW
            )
            for role, email in ((Role.ADMIN, f"{name}@x.example"), (Role.GTR, f"g@{name}.example")):
                await service.create_user(
                    tx, tenant.id, email=email, name=name, role=role, password=PASSWORD, now=NOW
                )
        made.append(Company(house, tenant.id, name))
        await made[-1].furnish()
    yield made
    for company in made:
        await company.close()
