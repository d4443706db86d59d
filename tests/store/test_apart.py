"""The tenants' role: made once however many ask for it, and refused where it would see too much."""

import asyncio
import itertools
from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import Any, cast

import asyncpg
import pytest

from pista.errors import StartError
from pista.ids import TenantId, uuid7
from pista.store import migrate
from pista.store import postgres as store

PASSWORD = "only-for-tests"
_numbers = itertools.count(1)


@pytest.fixture
async def admin(postgres_server: str) -> AsyncGenerator["asyncpg.Connection[asyncpg.Record]"]:
    """Whoever administrates the server."""
    connection = await store.connect(postgres_server)
    yield connection
    await connection.close()


@pytest.fixture
async def make_databases(
    admin: Any, postgres_server: str
) -> AsyncGenerator[Callable[..., Awaitable[list[str]]]]:
    """The URLs of empty databases of a user of its own."""
    made: list[str] = []
    user = f"shop_{next(_numbers)}"

    async def make(how_many: int, rights: str = "createrole") -> list[str]:
        await admin.execute(f"create role {user} login {rights} password '{PASSWORD}'")
        await admin.execute(f"grant {user} to current_user")
        for number in range(how_many):
            made.append(f"{user}_{number}")
            await admin.execute(f"create database {made[-1]} owner {user}")
        at = postgres_server.split("@")[1].rsplit("/", 1)[0]
        return [f"postgresql://{user}:{PASSWORD}@{at}/{name}" for name in made]

    yield make
    for name in made:
        # By force it is refused while an autovacuum worker is there, who is nobody's role.
        await admin.execute(f"drop database {name}")
    await admin.execute(f"drop role if exists {user}_tenant")
    await admin.execute(f"drop role {user}")


async def migrated(url: str) -> None:
    connection = await store.connect(url)
    try:
        await migrate.migrate_postgres(connection)
        await migrate.expect_postgres(connection)
    finally:
        await connection.close()


async def refusal(work: Awaitable[None]) -> str:
    with pytest.raises(StartError) as refused:
        await work
    return str(refused.value)


async def sees(url: str, tenant: TenantId) -> Any:
    """The tenants that are seen through a handle of this one."""
    pool = await store.open_pool(url)
    try:
        async with pool.transaction() as tx:
            for one in (tenant, TenantId(uuid7())):
                await tx.execute("insert into tenants (id, name) values ($1, 'x')", one)
        async with pool.of(tenant).transaction() as tx:
            return await tx.value("select array_agg(id) from tenants")
    finally:
        await pool.close()


async def test_many_databases_of_one_server_migrate_at_once(
    make_databases: Callable[..., Awaitable[list[str]]], admin: Any
):
    """
    Roles belong to the server: one of the migrations makes it, the others take it as it is.
    """
    urls = await make_databases(5)
    tenant = TenantId(uuid7())

    await asyncio.gather(*(migrated(url) for url in urls))

    role = urls[0].split("//")[1].split(":")[0] + "_tenant"
    assert await admin.fetchval("select count(*) from pg_roles where rolname = $1", role) == 1
    assert await asyncio.gather(*(sees(url, tenant) for url in urls)) == [[tenant]] * 5


async def test_a_user_that_makes_no_roles_hears_what_to_run(
    make_databases: Callable[..., Awaitable[list[str]]], admin: Any
):
    """
    The sentence holds the statements; once somebody has run them, it goes on.
    """
    [url] = await make_databases(1, "nocreaterole")
    tenant = TenantId(uuid7())

    sentence = await refusal(migrated(url))
    said = sentence.partition("administrator run: ")[2]
    await admin.execute(cast("Any", said))
    await migrated(url)

    user = url.split("//")[1].split(":")[0]
    assert said == f"create role {user}_tenant nologin; grant {user}_tenant to {user};"
    assert await sees(url, tenant) == [tenant]


async def test_a_role_that_sees_too_much_is_refused(
    make_databases: Callable[..., Awaitable[list[str]]], admin: Any
):
    """
    By the migration, and by a process that starts.
    """
    [url] = await make_databases(1)
    user = url.split("//")[1].split(":")[0]
    await migrated(url)
    # What a member of many roles may do cannot be looked through, so it may be of none.
    await admin.execute(f"create role {user}_group")
    await admin.execute(f"grant {user}_group to {user} with admin option")
    connection = await store.connect(url)
    await connection.execute(f"grant {user}_group to {user}_tenant")

    sentences = [await refusal(migrated(url)), await refusal(migrate.expect_postgres(connection))]
    await connection.close()
    await admin.execute(f"drop role {user}_group")

    for sentence in sentences:
        assert sentence.startswith(f"The role {user}_tenant must own nothing, be a member of no")


async def test_a_start_is_refused_where_the_role_cannot_be_taken(
    make_databases: Callable[..., Awaitable[list[str]]], admin: Any
):
    """
    Another user than the one who migrated has no role of its own yet.
    """
    [url] = await make_databases(1)
    await migrated(url)
    user = url.split("//")[1].split(":")[0]
    connection = await store.connect(url)
    await connection.execute(f"revoke {user}_tenant from {user} granted by {user}")

    sentence = await refusal(migrate.expect_postgres(connection))
    await connection.close()

    assert sentence == (
        f"PostgreSQL lets this user not act as the role {user}_tenant: run `pista migrate` as the"
        " same user."
    )


async def test_a_dump_without_its_grants_is_made_whole(
    make_databases: Callable[..., Awaitable[list[str]]],
):
    """
    What the role may do is granted at every migration, also where none is missing.
    """
    [url] = await make_databases(1)
    await migrated(url)
    connection = await store.connect(url)
    role = await connection.fetchval("select tenant_role()")
    await connection.execute(f"drop owned by {role}")
    tenant = TenantId(uuid7())

    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await sees(url, tenant)
    await connection.execute("delete from tenants")
    await migrated(url)
    await connection.close()

    assert await sees(url, tenant) == [tenant]
