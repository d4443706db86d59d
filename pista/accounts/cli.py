"""`pista tenant`, `pista site`, `pista user` and `pista apikey`: accounts from the terminal."""

from datetime import UTC, datetime
from uuid import UUID

import click
import msgspec

from pista.accounts import passwords, service
from pista.accounts.audit import TERMINAL
from pista.accounts.model import (
    ApiKey,
    ApiKeyId,
    ListedTenant,
    NewApiKey,
    NewSite,
    Role,
    Scope,
    Site,
    Tenant,
    User,
    Wire,
)
from pista.accounts.second_factor import service as second_factor
from pista.accounts.terminal import asked, public_url, run, show
from pista.ids import SiteId, TenantId, UserId
from pista.store.postgres import Tx

as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON and nothing else.")
of_tenant = click.option("--tenant", required=True, help="The tenant's id or its exact name.")


class CreatedTenant(Wire, frozen=True, kw_only=True):
    tenant_id: TenantId
    name: str


class PrintedSite(Wire, frozen=True, kw_only=True):
    tenant_id: TenantId
    site_id: SiteId
    write_key: str
    snippet: str
    name: str
    domains: list[str]
    first_event_at: datetime | None
    last_event_at: datetime | None


class PrintedUser(Wire, frozen=True, kw_only=True, omit_defaults=True):
    user_id: UserId
    tenant_id: TenantId
    email: str
    name: str
    role: Role
    password: str | None = None
    """Only one that Pista made: this is the only time that it can be read."""


@click.group("tenant")
def tenant() -> None:
    """Companies, kept apart from each other."""


@tenant.command("create")
@click.argument("name")
@click.option("--time-zone", default="UTC", show_default=True, help="For its statistics.")
@as_json
def create_tenant(name: str, time_zone: str, as_json: bool) -> None:
    """Add a tenant."""

    async def work(tx: Tx) -> Tenant:
        return await service.create_tenant(tx, name, time_zone=time_zone, now=datetime.now(UTC))

    made = run(work)
    show(
        CreatedTenant(tenant_id=made.id, name=made.name), as_json, f"Tenant {made.name}: {made.id}"
    )


@tenant.command("list")
@as_json
def list_tenants(as_json: bool) -> None:
    """List the tenants, the oldest first."""
    found: list[ListedTenant] = run(service.list_tenants)
    show(found, as_json, *(f"{one.tenant_id}  {one.name}  {one.time_zone}" for one in found))


@click.group("site")
def site() -> None:
    """Web sites whose pages send events."""


@site.command("create")
@of_tenant
@click.option(
    "--domain",
    "domains",
    required=True,
    multiple=True,
    help="A host name whose pages may send, sub-domains included; '*' is any. May be repeated.",
)
@click.option("--name", default=None, help="Without one, the first domain.")
@as_json
def create_site(tenant: str, domains: tuple[str, ...], name: str | None, as_json: bool) -> None:
    """Add a site; prints the snippet line to paste into its pages."""
    request = NewSite(domains=list(domains), name=msgspec.UNSET if name is None else name)

    async def work(tx: Tx) -> Site:
        owner = await service.find_tenant(tx, tenant)
        return await service.create_site(
            tx, owner.id, request, public_url=public_url(), now=datetime.now(UTC)
        )

    made = run(work)
    show(
        _printed(made),
        as_json,
        f"Site {made.name}: {made.id}",
        f"Write key: {made.write_key}",
        f"Paste into its pages: {made.snippet}",
    )


@site.command("list")
@of_tenant
@as_json
def list_sites(tenant: str, as_json: bool) -> None:
    """List a tenant's sites, the oldest first."""

    async def work(tx: Tx) -> list[Site]:
        owner = await service.find_tenant(tx, tenant)
        return await service.list_sites(tx, owner.id, public_url=public_url())

    found = run(work)
    show(
        [_printed(one) for one in found],
        as_json,
        *(f"{one.id}  {one.name}  {', '.join(one.domains)}" for one in found),
    )


@click.group("user")
def user() -> None:
    """People who sign in."""


@user.command("create")
@of_tenant
@click.option("--email", required=True)
@click.option("--name", default=None, help="Without one, the e-mail.")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]))
@click.option("--password", default=None, help="Without one you are asked, or one is made.")
@as_json
def create_user(
    tenant: str, email: str, name: str | None, role: str, password: str | None, as_json: bool
) -> None:
    """Add a user; a password that Pista makes is shown once."""
    chosen = password or asked(as_json)
    given = chosen or passwords.readable()

    async def work(tx: Tx) -> tuple[Tenant, User]:
        owner = await service.find_tenant(tx, tenant)
        made = await service.create_user(
            tx,
            owner.id,
            email=email,
            name=name or email,
            role=Role(role),
            password=given,
            now=datetime.now(UTC),
        )
        return owner, made

    owner, made = run(work)
    printed = PrintedUser(
        user_id=made.id,
        tenant_id=owner.id,
        email=made.email,
        name=made.name,
        role=made.role,
        password=None if chosen else given,
    )
    shown_once = [] if chosen else [f"Password (shown once): {given}"]
    show(printed, as_json, f"User {made.email} ({made.role}): {made.id}", *shown_once)


@user.command("password")
@of_tenant
@click.option("--email", required=True)
@click.option("--password", default=None, help="Without one you are asked, or one is made.")
def set_password(tenant: str, email: str, password: str | None) -> None:
    """Give a user a new password, and end all sessions of that user."""
    chosen = password or asked(as_json=False)
    given = chosen or passwords.readable()

    async def work(tx: Tx) -> None:
        owner = await service.find_tenant(tx, tenant)
        await service.set_password(tx, owner.id, email, given, now=datetime.now(UTC))

    run(work)
    click.echo("The password is changed." if chosen else f"New password (shown once): {given}")


@user.command("second-factor-off")
@of_tenant
@click.option("--email", required=True)
def switch_second_factor_off(tenant: str, email: str) -> None:
    """Let a user sign in with the password alone, whose phone and recovery codes are lost.

    For the last admin: everybody else asks one.
    """

    async def work(tx: Tx) -> None:
        owner = await service.find_tenant(tx, tenant)
        found = await service.find_user(tx, owner.id, email)
        await second_factor.switch_off(tx, owner.id, found, by=TERMINAL, now=datetime.now(UTC))

    run(work)
    click.echo("The second factor is off.")


@click.group("apikey")
def apikey() -> None:
    """Keys with which programs call the API."""


@apikey.command("create")
@of_tenant
@click.option(
    "--scope",
    "scopes",
    required=True,
    multiple=True,
    type=click.Choice([scope.value for scope in Scope]),
    help="What the key may do; 'admin' is all that an admin of the tenant may. May be repeated.",
)
@click.option("--name", default="API key", show_default=True)
@as_json
def create_api_key(tenant: str, scopes: tuple[str, ...], name: str, as_json: bool) -> None:
    """Make a key; it is shown once."""

    async def work(tx: Tx) -> NewApiKey:
        owner = await service.find_tenant(tx, tenant)
        wanted = [Scope(scope) for scope in scopes]
        return await service.create_api_key(
            tx, owner.id, name=name, scopes=wanted, now=datetime.now(UTC)
        )

    made = run(work)
    show(made, as_json, f"API key {made.id} (shown once): {made.key}")


@apikey.command("list")
@of_tenant
@as_json
def list_api_keys(tenant: str, as_json: bool) -> None:
    """List a tenant's keys, revoked ones included; the keys themselves cannot be read again."""

    async def work(tx: Tx) -> list[ApiKey]:
        owner = await service.find_tenant(tx, tenant)
        return await service.list_api_keys(tx, owner.id)

    found = run(work)
    show(found, as_json, *(_line(key) for key in found))


@apikey.command("revoke")
@click.argument("key_id", type=click.UUID)
@of_tenant
def revoke_api_key(key_id: UUID, tenant: str) -> None:
    """End a key; from the next request on it is refused."""

    async def work(tx: Tx) -> None:
        owner = await service.find_tenant(tx, tenant)
        await service.revoke_api_key(tx, owner.id, ApiKeyId(key_id), now=datetime.now(UTC))

    run(work)
    click.echo(f"API key {key_id} is revoked.")


def _printed(site: Site) -> PrintedSite:
    return PrintedSite(
        tenant_id=site.tenant_id,
        site_id=site.id,
        write_key=site.write_key,
        snippet=site.snippet,
        name=site.name,
        domains=site.domains,
        first_event_at=site.first_event_at,
        last_event_at=site.last_event_at,
    )


def _line(key: ApiKey) -> str:
    state = "revoked" if key.revoked_at else "live"
    return f"{key.id}  {key.name}  {', '.join(key.scopes)}  {state}"
