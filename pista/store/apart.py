"""The tenants' role: what runs for a tenant runs as it, and PostgreSQL shows it that tenant's rows.

The role owns nothing, cannot sign in and cannot bypass row-level security. Roles belong to the
whole server and not to a database, so several migrations may make the same one at once.
"""

from typing import Any

import asyncpg

from pista.errors import StartError

ACT_FOR = "select set_config('role', tenant_role(), true), set_config('pista.tenant', $1, true)"
"""From here to the end of the transaction: the tenants' role, for this tenant."""

NOBODY = "00000000-0000-0000-0000-000000000000"

LESS = {
    # A company is neither made nor removed by somebody in it.
    "tenants": "select, update",
    # Only ever added to.
    "audit_log": "select, insert",
    "link_claims": "select, insert",
    "desk_history": "select, insert",
    "sale_changes": "select, insert",
    "clicks": "select, insert",
    # Who it was may be learned later; a trigger refuses everything else.
    "click_arrivals": "select, insert, update",
}
"""What may be done with a table whose rows have a tenant, where that is not everything."""

SHARED = {
    # Hashes of whoever tried a password; proving one's own is counted too.
    "login_attempts": "select, insert, update, delete",
    # How far the journal has come: an erasure notes what lies before it.
    "journal_streams": "select",
    # What whoever runs the installation lets stand still.
    "queue_halts": "select",
    # The same for all: how clientes may go.
    "desk_moves": "select",
    # And how sales may.
    "sale_moves": "select",
}
"""What may be done with tables whose rows have no tenant; with all others nothing."""

_MAKE = """
do $$ begin
    if not exists (select from pg_roles where rolname = tenant_role()) then
        execute format('create role %I nologin', tenant_role());
    end if;
    execute format('grant %I to %I', tenant_role(), session_user);
end $$
"""

_EXISTS = "select exists (select from pg_roles where rolname = tenant_role())"

_BEYOND = """
select r.rolsuper or r.rolbypassrls
    or exists (select from pg_auth_members m where m.member = r.oid)
    or exists (select from pg_class c where c.relowner = r.oid)
from pg_roles r
where r.rolname = tenant_role()
"""

_TABLES = """
select c.relname::text as name, c.relrowsecurity as apart
from pg_class c
where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p')
"""


async def prepare(connection: Any) -> None:
    """Make the role if there is none, and let it do what it needs and no more."""
    if not await _can_act(connection):
        await _make(connection)
    await _refuse_beyond(connection)
    async with connection.transaction():
        await _grant(connection)


async def expect(connection: Any) -> None:
    """Refuse to run where tenants would not be kept apart."""
    if not await _can_act(connection):
        raise StartError(
            f"PostgreSQL lets this user not act as the role {await _name(connection)}:"
            " run `pista migrate` as the same user."
        )
    await _refuse_beyond(connection)


async def _can_act(connection: Any) -> bool:
    if not await connection.fetchval(_EXISTS):
        # Not tried, since PostgreSQL would put an error into its log at every first start.
        return False
    try:
        async with connection.transaction():
            await connection.execute(ACT_FOR, NOBODY)
    except (asyncpg.InvalidParameterValueError, asyncpg.InsufficientPrivilegeError):
        return False
    return True


async def _make(connection: Any) -> None:
    try:
        async with connection.transaction():
            await connection.execute(_MAKE)
    except asyncpg.InsufficientPrivilegeError:
        role = await _name(connection)
        user = await connection.fetchval("select quote_ident(session_user)")
        raise StartError(
            "PostgreSQL lets this user make no role to keep tenants apart with. Have its"
            f" administrator run: create role {role} nologin; grant {role} to {user};"
        ) from None
    except (asyncpg.DuplicateObjectError, asyncpg.UniqueViolationError):
        # Another migration has just made it, in the same transaction as it took it.
        return


async def _refuse_beyond(connection: Any) -> None:
    if await connection.fetchval(_BEYOND):
        raise StartError(
            f"The role {await _name(connection)} must own nothing, be a member of no role and not"
            " bypass row-level security: tenants would not be kept apart."
        )


async def _grant(connection: Any) -> None:
    role = await _name(connection)
    schema = await connection.fetchval("select quote_ident(current_schema())")
    said = [
        f"grant usage on schema {schema} to {role}",
        f"revoke all on all tables in schema {schema} from {role}",
        f"grant usage on sequence job_turns to {role}",
        f"grant execute on function email_is_taken, link_domain_is_taken, contacts_found,"
        f" chat_found, clientes_found to {role}",
    ]
    for table in await connection.fetch(_TABLES):
        may = LESS.get(table["name"], "select, insert, update, delete")
        may = may if table["apart"] else SHARED.get(table["name"])
        if may:
            said.append(f'grant {may} on "{table["name"]}" to {role}')
    await connection.execute("; ".join(said))


async def _name(connection: Any) -> str:
    return await connection.fetchval("select quote_ident(tenant_role())")
