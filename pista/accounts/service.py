"""Tenants and what belongs to them: sites, users and API keys; and the very first start."""

from collections.abc import Sequence
from datetime import datetime
from typing import cast
from uuid import UUID

from msgspec import UNSET
from msgspec.structs import asdict

from pista import queue
from pista.accounts import audit, passwords, queries, rules
from pista.accounts.audit import TERMINAL, Action, Actor
from pista.accounts.model import (
    ApiKey,
    ApiKeyId,
    ApiKeyNotFound,
    ChangeSite,
    ChangeTenant,
    EmailTaken,
    FirstStart,
    ListedTenant,
    NewApiKey,
    NewSite,
    Role,
    Scope,
    Site,
    SiteConfig,
    SiteEvents,
    SiteNotFound,
    SiteRow,
    Tenant,
    TenantNotFound,
    TimeZoneChanged,
    User,
    UserNotFound,
)
from pista.accounts.people import queries as people_queries
from pista.accounts.people import service as people
from pista.errors import Invalid, StartError
from pista.ids import SiteId, TenantId, UserId, uuid7
from pista.settings import Settings
from pista.store.postgres import Tx

FIRST_TENANT = "Mi empresa"
FIRST_SITE = "Mi sitio"
FIRST_EMAIL = "admin@pista.local"


async def create_tenant(tx: Tx, name: str, *, now: datetime, time_zone: str = "UTC") -> Tenant:
    tenant = Tenant(
        id=TenantId(uuid7()),
        name=rules.name(name),
        time_zone=rules.time_zone(time_zone),
        store_ip=False,
        require_second_factor=False,
    )
    await queries.add_tenant(tx, tenant.id, tenant.name, tenant.time_zone, now)
    return tenant


async def list_tenants(tx: Tx) -> list[ListedTenant]:
    return await queries.tenants(tx)


async def find_tenant(tx: Tx, reference: str) -> Tenant:
    """The tenant with this id or this exact name."""
    identifier = _id(reference)
    by_id = None if identifier is None else await queries.tenant(tx, TenantId(identifier))
    found = [by_id] if by_id else await queries.tenants_named(tx, reference)
    if not found:
        raise TenantNotFound(f"There is no tenant {reference!r}.")
    if len(found) > 1:
        raise Invalid(f"{len(found)} tenants are named {reference!r}; use the id.")
    return found[0]


async def tenant(tx: Tx, tenant_id: TenantId) -> Tenant:
    return _known(await queries.tenant(tx, tenant_id))


async def change_tenant(
    tx: Tx, tenant_id: TenantId, request: ChangeTenant, *, now: datetime, by: Actor = TERMINAL
) -> Tenant:
    name = None if request.name is UNSET else rules.name(request.name)
    zone = None if request.time_zone is UNSET else rules.time_zone(request.time_zone)
    store_ip = None if request.store_ip is UNSET else request.store_ip
    required = None if request.require_second_factor is UNSET else request.require_second_factor
    changed = _known(await queries.change_tenant(tx, tenant_id, name, zone, store_ip, required))
    if zone is not None:
        await queue.enqueue(tx, tenant_id, TimeZoneChanged(), now=now, key="time_zone")
    await audit.record(
        tx,
        tenant_id,
        by,
        Action.COMPANY_CHANGED,
        subject=tenant_id,
        name=changed.name,
        now=now,
        details=_told(request),
    )
    return changed


async def create_site(
    tx: Tx,
    tenant_id: TenantId,
    request: NewSite,
    *,
    public_url: str,
    now: datetime,
    by: Actor = TERMINAL,
) -> Site:
    """A new site; without a name it is called as its first domain."""
    domains = rules.domains(request.domains)
    unnamed = FIRST_SITE if domains[0] == "*" else domains[0][:200]
    name = unnamed if request.name is UNSET else rules.name(request.name)
    site = SiteId(uuid7())
    row = await queries.add_site(tx, tenant_id, site, name, domains, passwords.write_key(), now)
    details = {"domains": ", ".join(domains)}
    await audit.record(
        tx, tenant_id, by, Action.SITE_CREATED, subject=site, name=name, now=now, details=details
    )
    return shown(row, public_url)


async def list_sites(tx: Tx, tenant_id: TenantId, *, public_url: str) -> list[Site]:
    return [shown(row, public_url) for row in await queries.sites(tx, tenant_id)]


async def site(tx: Tx, tenant_id: TenantId, site_id: SiteId, *, public_url: str) -> Site:
    row = await queries.site(tx, tenant_id, site_id)
    if row is None:
        raise SiteNotFound
    return shown(row, public_url)


async def change_site(
    tx: Tx,
    tenant_id: TenantId,
    site_id: SiteId,
    request: ChangeSite,
    *,
    public_url: str,
    now: datetime,
    by: Actor = TERMINAL,
) -> Site:
    name = None if request.name is UNSET else rules.name(request.name)
    domains = None if request.domains is UNSET else rules.domains(request.domains)
    row = await queries.change_site(tx, tenant_id, site_id, name, domains)
    if row is None:
        raise SiteNotFound
    await audit.record(
        tx,
        tenant_id,
        by,
        Action.SITE_CHANGED,
        subject=site_id,
        name=row.name,
        now=now,
        details=_told(request),
    )
    return shown(row, public_url)


async def site_configs(tx: Tx) -> list[SiteConfig]:
    """Every site of every tenant, for the public front door."""
    return await queries.site_configs(tx)


async def note_site_events(tx: Tx, stored: Sequence[SiteEvents]) -> list[SiteEvents]:
    """Remember when events of these sites came; the answer is the sites that had none before."""
    # In one order everywhere, so that two writers cannot wait for each other's rows.
    in_order = sorted(stored, key=lambda events: events.site_id)
    return [events for events in in_order if await queries.note_site_events(tx, events)]


async def create_user(
    tx: Tx,
    tenant_id: TenantId,
    *,
    email: str,
    name: str,
    role: Role,
    password: str,
    now: datetime,
) -> User:
    address, hashed = rules.email(email), await passwords.hashed(rules.password(password))
    user = await queries.add_user(
        tx, tenant_id, UserId(uuid7()), address, rules.name(name), role, hashed, now
    )
    if user is None:
        raise EmailTaken(f"A user with the e-mail {address} exists already.")
    await audit.record(
        tx,
        tenant_id,
        TERMINAL,
        Action.USER_CREATED,
        subject=user.id,
        name=user.email,
        now=now,
        details={"role": role},
    )
    return user


async def find_user(tx: Tx, tenant_id: TenantId, email: str) -> UserId:
    user = await queries.user_named(tx, tenant_id, rules.email(email))
    if user is None:
        raise UserNotFound(f"This tenant has no user {email!r}.")
    return user


async def set_password(
    tx: Tx, tenant_id: TenantId, email: str, password: str, *, now: datetime
) -> None:
    """Give a user a new password; whoever was signed in as that user no longer is, and whoever
    holds a link for another one cannot use it."""
    hashed = await passwords.hashed(rules.password(password))
    address = rules.email(email)
    user = await queries.set_password_hash(tx, tenant_id, address, hashed)
    if user is None:
        raise UserNotFound(f"This tenant has no user {email!r}.")
    await queries.end_sessions(tx, user)
    await people_queries.withdraw_resets_of(tx, tenant_id, user, now)
    await audit.record(
        tx, tenant_id, TERMINAL, Action.PASSWORD_CHANGED, subject=user, name=address, now=now
    )


async def create_api_key(
    tx: Tx,
    tenant_id: TenantId,
    *,
    name: str,
    scopes: Sequence[Scope],
    now: datetime,
    by: Actor = TERMINAL,
) -> NewApiKey:
    """A new key. This is the only time that it can be read."""
    await people.begin(tx, tenant_id, by)
    made = NewApiKey(
        id=ApiKeyId(uuid7()),
        key=f"pk_{passwords.token()}",
        tenant_id=tenant_id,
        scopes=list(dict.fromkeys(scopes)),
    )
    hashed = passwords.token_hash(made.key)
    called = rules.name(name)
    await queries.add_api_key(tx, tenant_id, made.id, called, hashed, made.scopes, now)
    details = {"scopes": ", ".join(made.scopes)}
    await audit.record(
        tx,
        tenant_id,
        by,
        Action.KEY_CREATED,
        subject=made.id,
        name=called,
        now=now,
        details=details,
    )
    return made


async def list_api_keys(tx: Tx, tenant_id: TenantId) -> list[ApiKey]:
    return await queries.api_keys(tx, tenant_id)


async def revoke_api_key(
    tx: Tx, tenant_id: TenantId, key: ApiKeyId, *, now: datetime, by: Actor = TERMINAL
) -> None:
    """End a key, and the links that it has made; ending it twice keeps the first time."""
    await people_queries.lock(tx, tenant_id)
    revoked = await queries.revoke_api_key(tx, tenant_id, key, now)
    if revoked is None:
        raise ApiKeyNotFound
    if revoked.revoked_at == now:
        await people_queries.withdraw_links_by_key(tx, tenant_id, key, now)
        await audit.record(
            tx, tenant_id, by, Action.KEY_REVOKED, subject=key, name=revoked.name, now=now
        )


async def first_start(tx: Tx, settings: Settings, now: datetime) -> FirstStart | None:
    """Make the first tenant, site and admin, unless somebody is here already.

    Of several processes that start at once one makes them; to the others it looks like a later
    start.
    """
    await queries.lock_first_start(tx)
    if await queries.any_tenant(tx):
        return None
    email, password = _first_admin(settings)
    tenant = await create_tenant(tx, FIRST_TENANT, now=now)
    request = NewSite(name=FIRST_SITE, domains=["*"])
    site = await create_site(tx, tenant.id, request, public_url=settings.url, now=now)
    admin = await create_user(
        tx, tenant.id, email=email, name=email, role=Role.ADMIN, password=password, now=now
    )
    return FirstStart(
        tenant_id=tenant.id,
        site_id=site.id,
        email=admin.email,
        password=None if settings.admin_password else password,
        snippet=site.snippet,
    )


async def first_snippet(tx: Tx, settings: Settings) -> str | None:
    """The snippet line of the first site, for the block that each start shows."""
    row = await queries.first_site(tx)
    return None if row is None else shown(row, settings.url).snippet


def shown(row: SiteRow, public_url: str) -> Site:
    line = rules.snippet(
        public_url,
        tenant=row.tenant_id,
        site=row.id,
        write_key=row.write_key,
        form_contacts=row.form_contacts,
    )
    return Site(**asdict(row), snippet=line)


def _first_admin(settings: Settings) -> tuple[str, str]:
    try:
        email = rules.email(settings.admin_email or FIRST_EMAIL)
    except Invalid:
        raise StartError("PISTA_ADMIN_EMAIL is not an e-mail address.") from None
    try:
        return email, rules.password(settings.admin_password or passwords.readable())
    except Invalid as wrong:
        raise StartError(f"PISTA_ADMIN_PASSWORD cannot be used: {wrong.detail}") from None


def _told(request: ChangeTenant | ChangeSite) -> dict[str, str]:
    """What was asked for, as the audit log tells it."""
    asked = {name: value for name, value in asdict(request).items() if value is not UNSET}
    return {
        name: ", ".join(cast("list[str]", value)) if isinstance(value, list) else str(value)
        for name, value in asked.items()
    }


def _known(tenant: Tenant | None) -> Tenant:
    if tenant is None:
        raise TenantNotFound
    return tenant


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
