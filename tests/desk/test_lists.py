"""Lists of clientes: filters, order, pages, and how much is read for them."""

from datetime import timedelta
from typing import Any, LiteralString

import msgspec

from pista.accounts import Caller, Role, User
from pista.desk.clientes import listing
from pista.desk.clientes.listing import Filters
from pista.ids import TenantId, UserId, uuid7
from pista.store.postgres import Postgres, Tx
from tests.desk.conftest import NOW, Agent

CLIENTES = "/api/clientes"
MANY = 12_000
MOST_READ = 1_500
"""Rows of clientes, for a page of fifty."""

FILL: LiteralString = """
insert into clientes (
    tenant_id, nombre, telefono, source, campaign, seguimiento_status, asesor_asignado,
    created_at, state_since, last_activity, due_at, wizard_completado, fecha_wizard_completado
)
select $1, 'Ana ' || n, '+51' || n, 'test',
    case when n % 1000 = 7 then 'rare' else 'c' || n % 5 end, status,
    case when active then ($3::uuid[])[1 + n % cardinality($3::uuid[])] end,
    at, at, case when active then at end,
    case when active then at + interval '5 minutes' end,
    status = 'terminado', case when status = 'terminado' then at end
from (
    select n, status, status in ('derivado', 'en_gestion') as active,
        $4::timestamptz - n * interval '1 second' as at
    from (
        select n, (array['nuevo', 'derivado', 'en_gestion', 'terminado', 'no_gestionado'])[
            1 + n / 3 % 5
        ] as status
        from generate_series(1, $2::int) n
    ) numbered
) made
"""
WORDS: LiteralString = """
insert into cliente_words
select tenant_id, id, array_to_tsvector(array['ana', substr(telefono, 2)]) from clientes
"""
READ: LiteralString = """
select coalesce(sum(seq_tup_read + coalesce(idx_tup_fetch, 0)), 0)::bigint
from pg_stat_xact_user_tables
where relname = 'clientes'
"""


async def fill(postgres: Postgres, tenant: TenantId, many: int, asesores: list[UserId]) -> None:
    async with postgres.transaction() as tx:
        await tx.execute("alter table clientes disable trigger user")
        await tx.execute(FILL, tenant, many, asesores, NOW)
        await tx.execute("alter table clientes enable trigger user")
        await tx.execute(WORDS)
        await tx.execute("analyze clientes")
        await tx.execute("analyze cliente_words")


def supervisor(tenant: TenantId) -> Caller:
    user = User(id=UserId(uuid7()), email="g@x.example", name="g", role=Role.GTR)
    return Caller(tenant_id=tenant, role=Role.GTR, user=user)


async def read(tx: Tx) -> int:
    return await tx.value(READ)


LISTS = [
    Filters(),
    Filters(sort="created"),
    Filters(estatus=["nuevo,no_gestionado"]),
    Filters(estatus=["en_gestion"], sort="created"),
    Filters(asesor="none"),
    Filters(campaign="c3", sort="created"),
    Filters(campaign="rare"),
    # Of this campaign there is none with this status.
    Filters(campaign="c3", estatus=["nuevo"]),
    Filters(campaign="c3", estatus=["nuevo"], sort="created"),
    Filters(since=NOW - timedelta(seconds=400), until=NOW - timedelta(seconds=200)),
    Filters(search="51777"),
    Filters(search="nobody"),
]


async def test_a_page_is_read_from_an_index(postgres: Postgres, tenant: TenantId, ana: Agent):
    """
    However many there are: behind row-level security, and with any filter.
    """
    await fill(postgres, tenant, MANY, [ana.user])

    for filters in LISTS:
        async with postgres.of(tenant).transaction() as tx:
            before = await read(tx)
            page = await listing.listed(tx, supervisor(tenant), filters, before=None, limit=50)
            rows = await read(tx) - before

        none = filters.search == "nobody" or filters.estatus == ["nuevo"]
        assert bool(page.items) != none, filters
        assert rows <= MOST_READ, filters


async def test_pages_follow_each_other(
    postgres: Postgres, tenant: TenantId, gtr: Agent, ana: Agent
):
    """
    Each begins where the one before ended, with none left out and none twice.
    """
    await fill(postgres, tenant, 300, [ana.user])

    newest, urgent = await all_pages(gtr, "created"), await all_pages(gtr, "urgency")

    assert len({one["id"] for one in newest}) == len({one["id"] for one in urgent}) == 300
    assert newest == sorted(newest, key=lambda one: one["created_at"], reverse=True)
    # What is done is nothing urgent.
    assert urgent == sorted(
        urgent,
        key=lambda one: (
            one["seguimiento_status"] == "terminado",
            one["due_at"] or one["state_since"],
        ),
    )


async def all_pages(agent: Agent, sort: str) -> list[dict[str, Any]]:
    shown: list[dict[str, Any]] = []
    more: dict[str, Any] = {}
    while more.get("before", "") is not None:
        page = await agent.ok("GET", CLIENTES, params={"sort": sort, "limit": 70, **more})
        shown += page["items"]
        more = {"before": page["next"]}
    assert len(shown) == 300
    return shown


async def test_lists_are_narrowed_down(gtr: Agent, ana: Agent, luz: Agent):
    """
    By status, by whose they are, by campaign, by words, by the time when they were made.
    """
    mine = (await gtr.enter(nombre="José Pérez", campaign="mayo"))["id"]
    hers = (await gtr.enter(nombre="Rosa Luna", telefono="+51999888777"))["id"]
    free = (await gtr.enter(nombre="Inés Ríos", email="ines@mail.pe", telefono=None))["id"]
    await gtr.derive(mine, ana)
    await gtr.derive(hers, luz)

    async def found(agent: Agent, **params: Any) -> list[int]:
        page = await agent.ok("GET", CLIENTES, params=params)
        return sorted(one["id"] for one in page["items"])

    assert await found(gtr) == [mine, hers, free]
    assert await found(gtr, estatus="nuevo") == [free]
    assert await found(gtr, estatus=["nuevo", "derivado"]) == [mine, hers, free]
    assert await found(gtr, asesorId="none") == [free]
    assert await found(gtr, asesorId=str(luz.user)) == [hers]
    assert await found(gtr, campaign="mayo") == [mine]
    assert await found(gtr, q="perez jose") == [mine]
    assert await found(gtr, q="999888") == [hers]
    assert await found(gtr, q="999888", estatus="nuevo") == []
    assert await found(gtr, q="ines@mail") == [free]
    assert await found(gtr, to="2020-01-01T00:00:00Z") == []
    assert await found(gtr, **{"from": "2020-01-01T00:00:00Z"}) == [mine, hers, free]
    assert await found(ana) == await found(ana, asesorId="me") == [mine]
    assert await found(ana, asesorId=str(luz.user)) == await found(ana, asesorId="none") == []
    assert await found(ana, q="rosa") == []
    counted = await gtr.ok("GET", "/api/desk/counts")
    assert (counted["nuevo"], counted["derivado"], counted["terminado"]) == (1, 2, 0)
    assert (await ana.ok("GET", "/api/desk/counts"))["derivado"] == 1


async def test_an_asesors_own_are_found_among_any_number_of_others(
    postgres: Postgres, tenant: TenantId, gtr: Agent, ana: Agent, luz: Agent
):
    """
    However many of the company's newest have the same words, or the same mark.
    """
    await fill(postgres, tenant, 1_200, [luz.user])
    async with postgres.transaction() as tx:
        await tx.execute("update clientes set escalated_at = now()")
        mine = await tx.value(
            """
            update clientes set asesor_asignado = $1
            where id = (select min(id) from clientes where asesor_asignado is not null)
            returning id
            """,
            ana.user,
        )

    async def found(agent: Agent, **params: Any) -> list[int]:
        page = await agent.ok("GET", CLIENTES, params=params)
        return [one["id"] for one in page["items"]]

    assert await found(ana, q="ana") == await found(ana, mark="escalated") == [mine]
    assert await found(gtr, q="ana", asesorId=str(ana.user), mark="escalated") == [mine]
    assert await found(ana, q="ana", mark="late") == await found(ana, q="eva") == []
    assert await found(ana, q="...") == []


NONSENSE: list[dict[str, Any]] = [
    {"estatus": "vivo"},
    {"asesorId": "x"},
    {"before": "x"},
    {"sort": "name"},
    {"limit": 0},
]


async def test_a_question_that_makes_no_sense_is_refused(gtr: Agent):
    """
    The detail names the parameter.
    """
    for asked in NONSENSE:
        status, problem = await gtr.refused("GET", CLIENTES, params=asked)

        assert (status, problem["code"]) == (422, "invalid")
        assert next(iter(asked)) in problem["detail"]


async def test_counts_end_somewhere(postgres: Postgres, tenant: TenantId, gtr: Agent, ana: Agent):
    """
    Nobody waits for a million to be counted.
    """
    await fill(postgres, tenant, 300, [ana.user])

    async with postgres.of(tenant).transaction() as tx:
        caller = supervisor(tenant)
        listing_of = msgspec.structs.asdict(await listing.counts(tx, caller))

    assert sum(listing_of.values()) == 300
