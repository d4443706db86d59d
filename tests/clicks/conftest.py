"""A company with clicks on its links."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from uuid import UUID

import pytest

from pista.clicks import Arrival, Click, ClickId, LinkId, queries
from pista.ids import TenantId, uuid7
from pista.store.postgres import Tx
from tests.collect.conftest import CHROME, Served, served, shared
from tests.contacts.conftest import new_tenant

NOON = datetime(2026, 3, 18, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
async def tenant(tx: Tx) -> TenantId:
    return await new_tenant(tx)


def a_click(**given: Any) -> Click:
    fields: dict[str, Any] = {"at": NOON, "source": "go", "paid": True, **given}
    return Click(id=ClickId(uuid7()), token=uuid7().hex, **fields)


async def clicked(tx: Tx, tenant: TenantId, **given: Any) -> Click:
    click = a_click(**given)
    await queries.add(tx, [(tenant, click)])
    return click


def started(click: Click, person: UUID | None, key: str = "start:1", **given: Any) -> Arrival:
    fields: dict[str, Any] = {"at": NOON + HOUR, "method": "start", **given}
    return Arrival(key=key, token=click.token, person_id=person, **fields)


async def new_link(tx: Tx, tenant: TenantId, slug: str = "oferta", **given: Any) -> LinkId:
    link = LinkId(uuid7())
    columns = {"kind": "telegram", "bot": "tienda_bot", "name": slug, "domain": "", **given}
    names = ", ".join(columns)
    places = ", ".join(f"${number}" for number in range(5, 5 + len(columns)))
    sql: Any = f"insert into links (tenant_id, id, slug, created_at, {names})"
    await tx.execute(
        sql + f" values ($1, $2, $3, $4, {places})", tenant, link, slug, NOON, *columns.values()
    )
    return link


async def own_domain(tx: Tx, tenant: TenantId, domain: str) -> None:
    """One that is proven."""
    await tx.execute(
        """
        insert into link_domains (tenant_id, domain, created_at, proven_at)
        values ($1, $2, $3, $3)
        """,
        tenant,
        domain,
        NOON,
    )


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    cookies: list[str]
    """Each as it is set."""

    @property
    def goal(self) -> str:
        return self.headers["location"]

    @property
    def token(self) -> str:
        return self.goal.rpartition("=")[2]


async def asked(served: Served, target: bytes, *headers: bytes, method: bytes = b"GET") -> Answer:
    """Ask for these very bytes."""
    address = urlsplit(served.url)
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    try:
        host = () if any(one.lower().startswith(b"host:") for one in headers) else (b"Host: t.pe",)
        agent = (b"User-Agent: " + CHROME.encode(),)
        agent = () if any(one.lower().startswith(b"user-agent:") for one in headers) else agent
        lines = [method + b" " + target + b" HTTP/1.1", *host, *agent, *headers]
        writer.write(b"\r\n".join([*lines, b"Connection: close", b"", b""]))
        async with asyncio.timeout(60):
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    finally:
        writer.close()
    status, *told = head.split("\r\n")[:-2]
    pairs = [line.split(": ", 1) for line in told]
    cookies = [value for name, value in pairs if name.lower() == "set-cookie"]
    return Answer(int(status.split()[1]), {name.lower(): value for name, value in pairs}, cookies)


async def kept(served: Served) -> list[dict[str, Any]]:
    async with served.house.postgres.transaction() as tx:
        rows = await tx.connection.fetch("select * from clicks order by id")
    return [dict(row) for row in rows]


async def counts(served: Served) -> dict[str, int]:
    async with served.house.postgres.transaction() as tx:
        row = await tx.connection.fetchrow(
            """
            select coalesce(sum(clicks), 0)::int as clicks, coalesce(sum(people), 0)::int as people,
                coalesce(sum(bots), 0)::int as bots, coalesce(sum(lost), 0)::int as lost
            from link_hours
            """
        )
    assert row is not None
    return dict(row)


__all__ = ["served", "shared"]
