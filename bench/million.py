"""A million open clientes of one company: a supervisor's list with filters, through HTTP, and ten
thousand of them that are due in the same moment."""

import asyncio
import statistics
import time
from collections.abc import Mapping

import httpx
import msgspec

from bench.table import Row
from pista.desk import announcing
from pista.desk.model import ClienteId
from pista.ids import TenantId, UserId
from pista.store.postgres import Postgres

CLIENTES = 1_000_000
DUE = 10_000
ASKED = 20
SOON_SECONDS = 5
PATIENCE_SECONDS = 120
LISTS: Mapping[str, Mapping[str, str]] = {
    "no filter": {},
    "one state": {"estatus": "en_gestion"},
    "two states and a campaign": {"estatus": "derivado,en_gestion", "campaign": "c7"},
    "a campaign, the newest first": {"campaign": "c7", "sort": "created"},
    "one asesor's": {"asesorId": "<asesor>"},
    "words": {"q": "flores 77"},
}

# Past the trigger: these rows are as moves would have left them.
FILL = """
insert into clientes (
    tenant_id, nombre, telefono, campaign, source, seguimiento_status, asesor_asignado,
    created_at, derivado_at, opened_at, last_activity, due_at, state_since
)
select
    $1, 'Ana Flores ' || n, '+5196' || lpad(n::text, 7, '0'), 'c' || n % 50, 'bench',
    case when n % 2 = 0 then 'derivado' else 'en_gestion' end,
    case when n % 1000 = 0 then $2::uuid else $3::uuid end,
    now() - n * interval '1 second', now(), case when n % 2 = 1 then now() end, now(),
    now() + interval '1 day' + n * interval '1 millisecond', now()
from generate_series(1, $4::int) as n
"""
WORDS = """
insert into cliente_words (tenant_id, cliente_id, words)
select tenant_id, id, array_to_tsvector(string_to_array(lower(nombre), ' '))
from clientes
where tenant_id = $1
on conflict do nothing
"""
BRING_FORWARD = """
update clientes
set due_at = $2
where tenant_id = $1 and id in (
    select id
    from clientes
    where tenant_id = $1 and seguimiento_status = 'derivado'
    order by urgent_at, id
    limit $3
)
"""
LEFT = """
select count(*)
from clientes
where tenant_id = $1 and due_at = $2 and seguimiento_status in ('derivado', 'en_gestion')
"""


class Floor(msgspec.Struct, frozen=True):
    """A company with two asesores who are given the same cliente in turn."""

    tenant: TenantId
    asesores: tuple[UserId, UserId]
    cliente: ClienteId
    cookie: str


async def measure(pool: Postgres, *, floor: Floor, port: int) -> list[Row]:
    await _fill(pool, floor)
    rows = [_row(what, await _asked(floor, port, given)) for what, given in LISTS.items()]
    seconds = await _swept(pool, floor)
    rows.append(
        {"what": f"{DUE:,} due at once: until the last was moved", "ms": f"{seconds * 1000:.0f}"}
    )
    return rows


async def _fill(pool: Postgres, floor: Floor) -> None:
    one, other = floor.asesores
    async with pool.transaction() as tx:
        run = tx.connection.execute
        await run("alter table clientes disable trigger clientes_move")
        await run(FILL, floor.tenant, one, other, CLIENTES, timeout=PATIENCE_SECONDS * 5)
        await run("alter table clientes enable trigger clientes_move")
        await run(WORDS, floor.tenant, timeout=PATIENCE_SECONDS * 5)
    async with pool.transaction() as tx:
        await tx.connection.execute("analyze clientes, cliente_words", timeout=PATIENCE_SECONDS)


async def _asked(floor: Floor, port: int, given: Mapping[str, str]) -> list[float]:
    """Milliseconds of each answer, one after the other on one connection."""
    asesor = str(floor.asesores[0])
    params = {name: asesor if value == "<asesor>" else value for name, value in given.items()}
    address, took = f"http://127.0.0.1:{port}", list[float]()
    headers = {"Cookie": floor.cookie}
    async with httpx.AsyncClient(base_url=address, headers=headers, timeout=60) as client:
        for _ in range(ASKED):
            began = time.perf_counter()
            answer = await client.get("/api/clientes", params=params)
            took.append((time.perf_counter() - began) * 1000)
            assert answer.json()["items"], f"{params}: {answer.text}"
    return sorted(took)


async def _swept(pool: Postgres, floor: Floor) -> float:
    """Seconds from the moment in which they are due; the running worker does it."""
    async with pool.transaction() as tx:
        due = await tx.value("select now() + make_interval(secs => $1)", SOON_SECONDS)
        await tx.execute(BRING_FORWARD, floor.tenant, due, DUE)
        announcing.wake_timer(tx, due)
    await asyncio.sleep(max(0.0, due.timestamp() - time.time()))
    left = DUE
    while left:
        assert time.time() < due.timestamp() + PATIENCE_SECONDS, f"{left} were never moved"
        async with pool.transaction() as tx:
            left = await tx.value(LEFT, floor.tenant, due)
    return time.time() - due.timestamp()


def _row(what: str, took: list[float]) -> Row:
    return {
        "what": f"list, {what}",
        "ms": f"{statistics.median(took):.0f}",
        "p95 ms": f"{took[len(took) * 95 // 100]:.0f}",
    }
