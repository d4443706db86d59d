"""Tries to reach another tenant's rows past every `where`: PostgreSQL itself keeps them apart."""

import asyncio
from collections.abc import Callable
from typing import Any, cast

import asyncpg
import pytest

from pista.ids import TenantId, uuid7
from pista.store import apart
from pista.store import postgres as store
from pista.store.postgres import Postgres, Tx

OURS, THEIRS = TenantId(uuid7()), TenantId(uuid7())

PARENTS = {
    "user_sessions": ("user_id", "users"),
    "export_files": ("export_id", "exports"),
}
"""Tables whose tenant is found through another one."""

AS_OWNER = {
    *("chat_found", "clientes_found", "contacts_found"),
    *("email_is_taken", "link_domain_is_taken"),
}
"""Functions that run as the owner, past all policies: each asks for the tenant itself, or tells no
more than yes or no."""

OF_TYPE = {
    "uuid": "gen_random_uuid()",
    "text": "left(md5(random()::text), 8)",
    "bytea": "decode(md5(random()::text), 'hex')",
    "boolean": "true",
    "smallint": "1",
    "integer": "1",
    "bigint": "(random() * 1e12)::bigint",
    "double precision": "1",
    "real": "1",
    "date": "'2026-03-14'",
    "timestamp with time zone": "now()",
    "jsonb": "'{}'",
    "pg_snapshot": "'10:20:'",
    "tsvector": "''",
}

DENIED = (asyncpg.InsufficientPrivilegeError, asyncpg.UniqueViolationError)


def sql(text: str) -> Any:
    """A statement made here, of names from the catalogue."""
    return cast("Any", text)


async def apart_tables(tx: Tx) -> list[str]:
    rows = await tx.connection.fetch(
        """
        select relname from pg_class
        where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and relrowsecurity
        order by relname
        """
    )
    return [row["relname"] for row in rows]


async def insert(tx: Tx, table: str, tenant: TenantId) -> Any:
    """An insert of a row of this tenant, with something in every column."""
    columns = await tx.connection.fetch(
        """
        select attname as name, format_type(atttypid, null) as type
        from pg_attribute
        where attrelid = $1::text::regclass and attnum > 0 and not attisdropped
            and attidentity = '' and attgenerated = ''
        """,
        table,
    )
    values = {
        column["name"]: "'{}'" if column["type"].endswith("[]") else OF_TYPE[column["type"]]
        for column in columns
    }
    if table in PARENTS:
        column, parent = PARENTS[table]
        values[column] = f"(select id from {parent} where tenant_id = '{tenant}' limit 1)"
    else:
        values["id" if table == "tenants" else "tenant_id"] = f"'{tenant}'"
    names = ", ".join(f'"{name}"' for name in values)
    return sql(f"insert into {table} ({names}) values ({', '.join(values.values())})")


@pytest.fixture
async def tables(postgres: Postgres) -> list[str]:
    """All tables that keep tenants apart, each with one row of either tenant.

    What rows may hold besides is tested elsewhere: here they need not make sense.
    """
    async with postgres.transaction() as tx:
        found = await apart_tables(tx)
        rules = await tx.connection.fetch(
            """
            select conrelid::regclass::text as table, quote_ident(conname) as name
            from pg_constraint
            where connamespace = 'public'::regnamespace and contype in ('f', 'c')
            """
        )
        for rule in rules:
            await tx.execute(sql(f"alter table {rule['table']} drop constraint {rule['name']}"))
        for table in sorted(found, key=lambda table: table in PARENTS):
            await tx.execute(sql(f"alter table {table} disable trigger user"))
            for tenant in (OURS, THEIRS):
                await tx.execute(await insert(tx, table, tenant))
    return found


async def theirs(postgres: Postgres) -> dict[str, str]:
    """The other tenant's rows, as they themselves see them."""
    async with postgres.of(THEIRS).transaction() as tx:
        found = {table: sql(f"select t::text from {table} t") for table in await apart_tables(tx)}
        return {table: await tx.value(read) for table, read in found.items()}


async def attempt(postgres: Postgres, statement: str) -> int:
    """How many rows our handle touches with this; none where it is refused."""
    try:
        async with postgres.of(OURS).transaction() as tx:
            return await tx.execute(sql(statement))
    except DENIED:
        return 0


async def test_whatever_has_a_tenant_is_kept_apart(tx: Tx):
    """
    A table with a `tenant_id`, or below one that keeps tenants apart, has the policy too: a new
    migration that forgets it ends here.
    """
    kept = set(await apart_tables(tx))
    with_tenant = await tx.connection.fetch(
        """
        select c.relname as name
        from pg_class c
        join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
        """
    )
    below = await tx.connection.fetch(
        """
        select r.conrelid::regclass::text as name, r.confrelid::regclass::text as parent
        from pg_constraint r
        where r.contype = 'f'
        """
    )
    policies = await tx.connection.fetch(
        "select tablename as name, policyname, cmd, permissive, roles from pg_policies"
    )

    assert {row["name"] for row in with_tenant} - kept == set()
    assert {row["name"] for row in below if row["parent"] in kept} - kept == set()
    assert {row["name"] for row in policies} == kept
    said = {(row["policyname"], row["cmd"], row["permissive"]) for row in policies}
    assert said == {("own_tenant", "ALL", "PERMISSIVE")}


async def test_the_policy_is_the_tenant_and_nothing_else(tx: Tx):
    """
    A plain equality in front of an index: nothing that could be answered otherwise.
    """
    rows = await tx.connection.fetch("select tablename as name, qual, with_check from pg_policies")
    plain = {row["name"]: row["qual"] for row in rows if row["name"] not in PARENTS}

    assert plain.pop("tenants") == "(id = current_tenant())"
    assert set(plain.values()) == {"(tenant_id = current_tenant())"}
    for row in rows:
        assert row["with_check"] is None
        if row["name"] in PARENTS:
            assert "tenant_id = current_tenant()" in row["qual"]


async def test_the_role_can_do_what_it_needs_and_no_more(tx: Tx):
    """
    Nothing with tables of no tenant but what is written down; no table emptied; nothing owned.
    """
    role: Any = await tx.connection.fetchrow("select * from pg_roles where rolname = tenant_role()")
    rights = await tx.connection.fetch(
        """
        select c.relname as name, string_agg(lower(a.privilege_type), ', ') as may
        from pg_class c, aclexplode(c.relacl) a
        where c.relkind in ('r', 'p', 'v', 'm', 'f') and a.grantee = $1
        group by c.relname
        """,
        role["oid"],
    )
    functions = await tx.connection.fetch(
        """
        select proname from pg_proc
        where prosecdef and pronamespace = 'public'::regnamespace
        """
    )

    may = {row["name"]: set(row["may"].split(", ")) for row in rights}
    usual = {"select", "insert", "update", "delete"}
    expected = dict.fromkeys(await apart_tables(tx), usual)
    expected |= {name: set(less.split(", ")) for name, less in apart.LESS.items()}
    expected |= {name: set(rights.split(", ")) for name, rights in apart.SHARED.items()}
    assert may == expected
    assert {row["proname"] for row in functions} == AS_OWNER
    powers = ("rolsuper", "rolbypassrls", "rolcanlogin", "rolcreaterole", "rolcreatedb")
    assert [role[power] for power in powers] == [False] * len(powers)


@pytest.mark.parametrize(
    ("statement", "goes_through"),
    [
        ("update {table} set {column} = {column}", True),
        ("update {table} set {column} = default", False),
        ("delete from {table}", True),
        ("delete from {table} where true or {column} is not null", True),
        ("truncate {table} cascade", False),
        ("alter table {table} disable row level security", False),
        ("drop policy own_tenant on {table}", False),
        ("create rule gone as on delete to {table} do instead nothing", False),
    ],
)
async def test_a_statement_without_a_where_reaches_our_rows_alone(
    postgres: Postgres, tables: list[str], statement: str, goes_through: bool
):
    """
    Whatever a statement forgot: the other tenant's rows are as they were, in every table.
    """
    before = await theirs(postgres)
    touched: dict[str, int] = {}

    for table in tables:
        column = "id" if table == "tenants" else PARENTS.get(table, ("tenant_id",))[0]
        touched[table] = await attempt(postgres, statement.format(table=table, column=column))

    assert await theirs(postgres) == before
    assert {table for table, rows in touched.items() if rows > 1} == set()
    # Where a statement goes through, it is to be seen that it did.
    assert (1 in touched.values()) == goes_through


async def test_only_our_rows_are_seen(postgres: Postgres, tables: list[str]):
    """
    One of two, in every table, and none at all where no tenant is said.
    """
    seen: dict[str, Any] = {}
    unsaid: dict[tuple[str, str], Any] = {}

    async with postgres.of(OURS).transaction() as tx:
        for table in tables:
            seen[table] = await tx.value(sql(f"select count(*) from {table}"))
        for nobody in ("", apart.NOBODY):
            await tx.value("select set_config('pista.tenant', $1, true)", nobody)
            for table in tables:
                unsaid[table, nobody] = await tx.value(sql(f"select count(*) from {table}"))

    assert seen == dict.fromkeys(tables, 1)
    assert set(unsaid.values()) == {0}


async def test_nothing_is_written_for_another_tenant(postgres: Postgres, tables: list[str]):
    """
    Neither a new row of theirs, nor one of ours that is given to them.
    """
    before = await theirs(postgres)
    async with postgres.transaction() as tx:
        inserts = {table: await insert(tx, table, THEIRS) for table in tables}
    written: dict[str, int] = {}

    for table in tables:
        column, value = "tenant_id", f"'{THEIRS}'"
        if table == "tenants":
            column = "id"
        elif table in PARENTS:
            column = PARENTS[table][0]
            value = inserts[table].rpartition("(select")[2].partition(")")[0]
            value = f"(select{value})"
        written[f"insert {table}"] = await refused(postgres, inserts[table])
        written[f"update {table}"] = await refused(
            postgres, f"update {table} set {column} = {value}"
        )

    assert await theirs(postgres) == before
    assert set(written.values()) == {0}


async def refused(postgres: Postgres, statement: str) -> int:
    try:
        return await attempt(postgres, statement)
    except asyncpg.NotNullViolationError:
        # Their parent row is not seen either, so there is nothing to point to.
        return 0


@pytest.mark.parametrize(
    "break_out",
    [
        "set row_security = off; select count(*) from sites",
        "create role thief in role pista",
        "alter role current_user bypassrls",
        "grant pista to current_user",
        "create table public.mine (id int)",
        "create function public.mine() returns int language sql as 'select 1'",
        "select * from pg_authid",
        "select body from journal",
        "copy sites to program 'true'",
    ],
)
async def test_the_role_cannot_rise(postgres: Postgres, break_out: str):
    """
    What it would take to see more is refused.
    """
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with postgres.of(OURS).transaction() as tx:
            await tx.connection.execute(break_out)


@pytest.mark.parametrize(
    "given", ["none", "x'; reset role; --", "'; set role pista; select '", "\\'); reset role; --"]
)
async def test_what_is_given_is_never_a_statement(
    postgres: Postgres, tables: list[str], given: str
):
    """
    Values travel apart from statements, so none of them ends the role.
    """
    async with postgres.of(OURS).transaction() as tx:
        found = await tx.value("select count(*) from sites where name = $1 or true", given)
        stayed = await tx.value("select current_user = tenant_role()")
        with pytest.raises(asyncpg.PostgresSyntaxError):
            await tx.value("select $1::text; reset role", given)

    assert (found, stayed) == (1, True)


async def test_nothing_stays_on_the_connection(database: str):
    """
    The next one to use it is bound to what it says itself, however the last one ended.
    """
    pool = await store.open_pool(database, most=1)
    state = "select current_user || ' ' || coalesce(current_setting('pista.tenant', true), '')"

    async def ends(how: Callable[[Tx], Any]) -> str:
        try:
            async with asyncio.timeout(0.2), pool.of(OURS).transaction() as tx:
                await how(tx)
        except (ZeroDivisionError, TimeoutError, asyncpg.PostgresError):
            pass
        async with pool.transaction() as tx:
            after = await tx.value(state)
        async with pool.of(THEIRS).transaction() as tx:
            return f"{after} / {await tx.value(state)}"

    def raises(_tx: Tx) -> Any:
        raise ZeroDivisionError

    said = [
        await ends(lambda tx: tx.value("select 1")),
        await ends(raises),
        await ends(lambda tx: tx.value("select 1 / 0")),
        await ends(lambda tx: tx.value("select pg_sleep(5)")),
        await ends(lambda tx: tx.execute("savepoint a")),
    ]
    await pool.close()

    assert said == [f"pista  / pista_tenant {THEIRS}"] * len(said)


async def test_a_bound_handle_stays_bound(postgres: Postgres):
    """
    Who was given one tenant's handle makes none of another tenant from it.
    """
    assert postgres.of(OURS).of(OURS)
    with pytest.raises(ValueError, match="cannot be bound to another"):
        postgres.of(OURS).of(THEIRS)


async def test_two_tenants_at_once_on_many_connections(postgres: Postgres):
    """
    Hundreds of transactions of two tenants through one pool: each sees its own.
    """
    async with postgres.transaction() as tx:
        for tenant in (OURS, THEIRS):
            await tx.execute("insert into tenants (id, name) values ($1, 'x')", tenant)

    async def look(tenant: TenantId) -> bool:
        async with postgres.of(tenant).transaction() as tx:
            return await tx.value("select array_agg(id) = array[$1::uuid] from tenants", tenant)

    answers = await asyncio.gather(*(look(tenant) for tenant in [OURS, THEIRS] * 150))

    assert answers == [True] * 300


async def test_foreign_keys_and_repeats_work_as_ever(postgres: Postgres):
    """
    Keys are checked and rows go with their parents past the policies; a row cannot point to another
    tenant's.
    """
    sites = {OURS: uuid7(), THEIRS: uuid7()}
    async with postgres.transaction() as tx:
        for tenant in sites:
            await tx.execute("insert into tenants (id, name) values ($1, 'x')", tenant)
    rate = """
        insert into event_throttles (tenant_id, event_type, sampling_rate, always_keep)
        values ($1, 'CLICK', $2, true)
        on conflict (tenant_id, event_type) do update set sampling_rate = excluded.sampling_rate
    """
    contact = """
        insert into contacts (tenant_id, id, source, created_at, updated_at, merged_into)
        values ($1, $2, 'test', now(), now(), $3)
    """
    ids = {OURS: f"cntct_{'a' * 22}", THEIRS: f"cntct_{'b' * 22}"}

    for tenant in sites:
        async with postgres.of(tenant).transaction() as tx:
            for percent in (10.0, 20.0):
                await tx.execute(rate, tenant, percent)
            await tx.execute(contact, tenant, ids[tenant], None)

    async with postgres.of(OURS).transaction() as tx:
        assert await tx.value("select array_agg(sampling_rate) from event_throttles") == [20.0]
    with pytest.raises(asyncpg.ForeignKeyViolationError):
        async with postgres.of(OURS).transaction() as tx:
            await tx.execute(contact, OURS, f"cntct_{'c' * 22}", ids[THEIRS])
