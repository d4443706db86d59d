"""The two companies of a run, and those who have written to the first before it begins."""

import asyncio
import time
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import asyncpg
import httpx
import msgspec

from pista.accounts.audit import TERMINAL
from pista.chat.channels import service
from pista.chat.channels.service import Found, Given
from pista.ids import TenantId
from pista.store import postgres
from pista.store.secrets import Sealer
from tests.chaos.chat import traffic
from tests.chaos.chat.traffic import NUMBERS, OWN, SECRETS
from tests.chaos.machine import Machine
from tests.fakes import whatsapp
from tests.fakes.whatsapp import ACCOUNT, TOKEN

PATH = "/api/chat/webhook"
KNOWN_SECONDS = 60

# What stands in the way of some messages, and notes what must never happen.
WATCH = f"""
create table chaos_backwards (message uuid, before text, after text, at timestamptz default now());
create function chaos_refuse() returns trigger language plpgsql as $$
begin
    if new.text like '{traffic.REFUSED}%' then raise exception 'not this one'; end if;
    return new;
end $$;
create trigger chaos_refuse before insert on messages
for each row execute function chaos_refuse();
create function chaos_watch() returns trigger language plpgsql as $$
begin
    insert into chaos_backwards values (new.id, old.status, new.status);
    return new;
end $$;
create trigger chaos_watch after update of status on messages
for each row when (
    message_rank(new.status) < message_rank(old.status) and message_rank(old.status) > 2
)
execute function chaos_watch();
"""
LET = "drop trigger chaos_refuse on messages"
KNOWN = """
select k.value, c.id::text as conversation
from conversations c
join chat_person_keys k on k.tenant_id = c.tenant_id and k.person_id = c.person_id
where c.tenant_id = $1 and k.kind = 'phone'
order by 1
"""


class Companies(msgspec.Struct, frozen=True, kw_only=True):
    tenants: list[TenantId]
    key: str
    """Of the first, for everything."""

    @property
    def own(self) -> TenantId:
        return self.tenants[OWN]


async def found(machine: Machine) -> Companies:
    tenants = [_tenant(machine, name) for name in ("Tienda", "Otra tienda")]
    of_own = ("--tenant", str(tenants[OWN]), "--scope", "admin")
    key = machine.pista("apikey", "create", *of_own, "--json")
    pool = await postgres.open_pool(machine.running().urls.database_url, most=1)
    sealer, now = Sealer((), machine.data_dir), datetime.now(UTC)
    try:
        for company, tenant in enumerate(tenants):
            names = Found("whatsapp", NUMBERS[company], "Ventas", f"+51 9{company}")
            given = Given("Ventas", ACCOUNT, TOKEN, [SECRETS[company]], None)
            async with pool.transaction() as tx:
                await service.add(tx, sealer, tenant, TERMINAL, names, given, now=now)
    finally:
        await pool.close()
    return Companies(tenants=tenants, key=msgspec.json.decode(key)["key"])


def _tenant(machine: Machine, name: str) -> TenantId:
    made = msgspec.json.decode(machine.pista("tenant", "create", name, "--json"))
    return TenantId(UUID(made["tenantId"]))


async def introduced(machine: Machine, own: TenantId, people: int, began: int) -> list[str]:
    """Everybody who is to be answered writes once; their conversations, by their numbers."""
    async with httpx.AsyncClient(base_url=machine.url, timeout=30, trust_env=False) as client:
        for first in range(0, people, 20):
            some = range(first, min(first + 20, people))
            await asyncio.gather(
                *(whatsapp.deliver(client, PATH, traffic.introduction(one, began)) for one in some)
            )
    until = time.monotonic() + KNOWN_SECONDS
    while time.monotonic() < until:
        rows = await look(machine, KNOWN, own)
        if len(rows) == people:
            return [row[1] for row in rows]
        await asyncio.sleep(0.2)
    raise RuntimeError("who wrote before the beginning is not known")


async def look(machine: Machine, sql: str, *args: object) -> list[Any]:
    """Past Pista."""
    connection: Any = await asyncpg.connect(machine.running().urls.database_url)
    try:
        if not args and not sql.lstrip().startswith("select"):
            await connection.execute(sql)
            return []
        return [tuple(row) for row in await connection.fetch(sql, *args)]
    finally:
        await connection.close()
