"""SQL of the accounts, one statement per function."""

from collections.abc import Sequence
from datetime import datetime

from pista.accounts.model import (
    ApiKey,
    ApiKeyId,
    Device,
    ListedTenant,
    Role,
    Session,
    SiteConfig,
    SiteEvents,
    SiteRow,
    StoredUser,
    Tenant,
    User,
)
from pista.ids import SiteId, TenantId, UserId
from pista.store.postgres import Tx

# Any number does, as long as every Pista takes the same one.
FIRST_START_LOCK = 7_405_211_002


async def lock_first_start(tx: Tx) -> None:
    await tx.execute("select pg_advisory_xact_lock($1)", FIRST_START_LOCK)


async def any_tenant(tx: Tx) -> bool:
    return bool(await tx.value("select exists (select from tenants)"))


async def add_tenant(tx: Tx, tenant: TenantId, name: str, time_zone: str, at: datetime) -> None:
    await tx.execute(
        "insert into tenants (id, name, time_zone, created_at) values ($1, $2, $3, $4)",
        tenant,
        name,
        time_zone,
        at,
    )


async def tenants(tx: Tx) -> list[ListedTenant]:
    return await tx.all(
        ListedTenant,
        """
        select id as "tenantId", name, time_zone as "timeZone", created_at as "createdAt"
        from tenants
        order by created_at, id
        """,
    )


async def tenants_named(tx: Tx, name: str) -> list[Tenant]:
    return await tx.all(
        Tenant,
        """
        select id, name, time_zone as "timeZone", store_ip as "storeIp",
            require_second_factor as "requireSecondFactor"
        from tenants
        where name = $1
        """,
        name,
    )


async def tenant(tx: Tx, tenant: TenantId) -> Tenant | None:
    return await tx.one_or_none(
        Tenant,
        """
        select id, name, time_zone as "timeZone", store_ip as "storeIp",
            require_second_factor as "requireSecondFactor"
        from tenants
        where id = $1
        """,
        tenant,
    )


async def change_tenant(
    tx: Tx,
    tenant: TenantId,
    name: str | None,
    time_zone: str | None,
    store_ip: bool | None,
    require_second_factor: bool | None,
) -> Tenant | None:
    """Change what is not None."""
    return await tx.one_or_none(
        Tenant,
        """
        update tenants
        set name = coalesce($2, name),
            time_zone = coalesce($3, time_zone),
            store_ip = coalesce($4, store_ip),
            require_second_factor = coalesce($5, require_second_factor)
        where id = $1
        returning id, name, time_zone as "timeZone", store_ip as "storeIp",
            require_second_factor as "requireSecondFactor"
        """,
        tenant,
        name,
        time_zone,
        store_ip,
        require_second_factor,
    )


async def add_site(
    tx: Tx,
    tenant: TenantId,
    site: SiteId,
    name: str,
    domains: list[str],
    write_key: str,
    at: datetime,
) -> SiteRow:
    return await tx.one(
        SiteRow,
        """
        insert into sites (id, tenant_id, name, domains, write_key, created_at)
        values ($1, $2, $3, $4, $5, $6)
        returning id, tenant_id, name, domains, write_key, created_at,
                  first_event_at, last_event_at, form_contacts
        """,
        site,
        tenant,
        name,
        domains,
        write_key,
        at,
    )


async def sites(tx: Tx, tenant: TenantId) -> list[SiteRow]:
    return await tx.all(
        SiteRow,
        """
        select id, tenant_id, name, domains, write_key, created_at, first_event_at, last_event_at,
               form_contacts
        from sites
        where tenant_id = $1
        order by created_at, id
        """,
        tenant,
    )


async def site(tx: Tx, tenant: TenantId, site: SiteId) -> SiteRow | None:
    return await tx.one_or_none(
        SiteRow,
        """
        select id, tenant_id, name, domains, write_key, created_at, first_event_at, last_event_at,
               form_contacts
        from sites
        where tenant_id = $1 and id = $2
        """,
        tenant,
        site,
    )


async def first_site(tx: Tx) -> SiteRow | None:
    """The oldest site of the oldest tenant."""
    return await tx.one_or_none(
        SiteRow,
        """
        select s.id, s.tenant_id, s.name, s.domains, s.write_key, s.created_at,
               s.first_event_at, s.last_event_at, s.form_contacts
        from sites s
        join tenants t on t.id = s.tenant_id
        order by t.created_at, t.id, s.created_at, s.id
        limit 1
        """,
    )


async def change_site(
    tx: Tx, tenant: TenantId, site: SiteId, name: str | None, domains: list[str] | None
) -> SiteRow | None:
    """Change what is not None."""
    return await tx.one_or_none(
        SiteRow,
        """
        update sites
        set name = coalesce($3, name), domains = coalesce($4, domains)
        where tenant_id = $1 and id = $2
        returning id, tenant_id, name, domains, write_key, created_at,
                  first_event_at, last_event_at, form_contacts
        """,
        tenant,
        site,
        name,
        domains,
    )


async def site_configs(tx: Tx) -> list[SiteConfig]:
    """Every site of every tenant, for the public front door."""
    return await tx.all(
        SiteConfig,
        """
        select s.id, s.tenant_id, s.write_key, s.domains, t.store_ip
        from sites s
        join tenants t on t.id = s.tenant_id
        """,
    )


async def note_site_events(tx: Tx, events: SiteEvents) -> bool:
    """True if these are the site's first events ever."""
    return bool(
        await tx.value(
            """
            with before as (
                select id, first_event_at from sites where tenant_id = $1 and id = $2 for update
            )
            update sites s
            set first_event_at = coalesce(before.first_event_at, $3),
                last_event_at = greatest(s.last_event_at, $4)
            from before
            where s.tenant_id = $1 and s.id = before.id
            returning before.first_event_at is null
            """,
            events.tenant_id,
            events.site_id,
            events.first_at,
            events.last_at,
        )
    )


async def add_user(
    tx: Tx,
    tenant: TenantId,
    user: UserId,
    email: str,
    name: str,
    role: Role,
    password_hash: str,
    at: datetime,
) -> User | None:
    """None if the e-mail is taken."""
    return await tx.one_or_none(
        User,
        """
        insert into users (id, tenant_id, email, name, role, password_hash, created_at)
        values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (email) do nothing
        returning id, email, name, role
        """,
        user,
        tenant,
        email,
        name,
        role.value,
        password_hash,
        at,
    )


async def active_user(tx: Tx, email: str) -> StoredUser | None:
    return await tx.one_or_none(
        StoredUser,
        """
        select id, tenant_id, email, name, role, password_hash
        from users
        where email = $1 and deactivated_at is null
        """,
        email,
    )


async def user_named(tx: Tx, tenant: TenantId, email: str) -> UserId | None:
    return await tx.value("select id from users where tenant_id = $1 and email = $2", tenant, email)


async def set_password_hash(
    tx: Tx, tenant: TenantId, email: str, password_hash: str
) -> UserId | None:
    """None if this tenant has no such user."""
    return await tx.value(
        "update users set password_hash = $3 where tenant_id = $1 and email = $2 returning id",
        tenant,
        email,
        password_hash,
    )


async def note_sign_in(
    tx: Tx, tenant: TenantId, user: UserId, password_hash: str, at: datetime
) -> bool:
    """False if the user is deactivated, or has another password by now.

    A change of either that is under way is waited for, and waits for this transaction in turn.
    """
    return bool(
        await tx.execute(
            """
            update users
            set last_sign_in_at = $4
            where tenant_id = $1 and id = $2 and password_hash = $3 and deactivated_at is null
            """,
            tenant,
            user,
            password_hash,
            at,
        )
    )


async def add_session(
    tx: Tx, token_hash: bytes, user: UserId, device: Device, at: datetime, expires_at: datetime
) -> None:
    await tx.execute(
        """
        insert into user_sessions
            (token_hash, user_id, browser, os, country, created_at, last_seen_at, expires_at)
        values ($1, $2, $3, $4, $5, $6, $6, $7)
        """,
        token_hash,
        user,
        device.browser,
        device.os,
        device.country,
        at,
        expires_at,
    )


async def session(tx: Tx, token_hash: bytes, now: datetime) -> Session | None:
    return await tx.one_or_none(
        Session,
        """
        select s.user_id, u.tenant_id, u.email, u.name, u.role, s.last_seen_at,
               t.require_second_factor and f.user_id is null as needs_second_factor
        from user_sessions s
        join users u on u.id = s.user_id
        join tenants t on t.id = u.tenant_id
        left join second_factors f
            on f.tenant_id = u.tenant_id and f.user_id = u.id and f.confirmed_at is not null
        where s.token_hash = $1 and s.expires_at > $2 and u.deactivated_at is null
        """,
        token_hash,
        now,
    )


async def touch_session(tx: Tx, token_hash: bytes, now: datetime, expires_at: datetime) -> None:
    await tx.execute(
        "update user_sessions set last_seen_at = $2, expires_at = $3 where token_hash = $1",
        token_hash,
        now,
        expires_at,
    )


async def end_session(tx: Tx, token_hash: bytes) -> None:
    await tx.execute("delete from user_sessions where token_hash = $1", token_hash)


async def end_sessions(tx: Tx, user: UserId) -> None:
    await tx.execute("delete from user_sessions where user_id = $1", user)


async def forget_expired_sessions(tx: Tx, now: datetime) -> None:
    await tx.execute("delete from user_sessions where expires_at <= $1", now)


async def add_api_key(
    tx: Tx,
    tenant: TenantId,
    key: ApiKeyId,
    name: str,
    key_hash: bytes,
    scopes: Sequence[str],
    at: datetime,
) -> None:
    await tx.execute(
        """
        insert into api_keys (id, tenant_id, name, key_hash, scopes, created_at)
        values ($1, $2, $3, $4, $5, $6)
        """,
        key,
        tenant,
        name,
        key_hash,
        scopes,
        at,
    )


async def api_keys(tx: Tx, tenant: TenantId) -> list[ApiKey]:
    return await tx.all(
        ApiKey,
        """
        select id, tenant_id as "tenantId", name, scopes, created_at as "createdAt",
               last_used_at as "lastUsedAt", revoked_at as "revokedAt"
        from api_keys
        where tenant_id = $1
        order by created_at, id
        """,
        tenant,
    )


async def api_key_by_hash(tx: Tx, key_hash: bytes) -> ApiKey | None:
    return await tx.one_or_none(
        ApiKey,
        """
        select id, tenant_id as "tenantId", name, scopes, created_at as "createdAt",
               last_used_at as "lastUsedAt", revoked_at as "revokedAt"
        from api_keys
        where key_hash = $1 and revoked_at is null
        """,
        key_hash,
    )


async def touch_api_key(tx: Tx, tenant: TenantId, key: ApiKeyId, now: datetime) -> None:
    await tx.execute(
        "update api_keys set last_used_at = $3 where tenant_id = $1 and id = $2", tenant, key, now
    )


async def revoke_api_key(tx: Tx, tenant: TenantId, key: ApiKeyId, now: datetime) -> ApiKey | None:
    """None if this tenant has no such key; revoking twice keeps the first time."""
    return await tx.one_or_none(
        ApiKey,
        """
        update api_keys
        set revoked_at = coalesce(revoked_at, $3)
        where tenant_id = $1 and id = $2
        returning id, tenant_id as "tenantId", name, scopes, created_at as "createdAt",
                  last_used_at as "lastUsedAt", revoked_at as "revokedAt"
        """,
        tenant,
        key,
        now,
    )
