"""SQL of people and their links."""

from datetime import datetime
from uuid import UUID

from pista.accounts.audit import Actor
from pista.accounts.audit.model import ActorKind
from pista.accounts.model import ApiKeyId, Role
from pista.accounts.people.model import Invite, LinkId, Person, StoredLink
from pista.ids import TenantId, UserId
from pista.store.postgres import Tx

PERSON = """
select id, email, name, role, created_at as "createdAt",
       last_sign_in_at as "lastSignInAt", deactivated_at as "deactivatedAt",
       exists (
           select from second_factors f
           where f.tenant_id = users.tenant_id and f.user_id = users.id
             and f.confirmed_at is not null
       ) as "secondFactor"
from users
"""
WITHDRAW = """
update account_links
set withdrawn_at = $3
where tenant_id = $1 and used_at is null and withdrawn_at is null
"""


async def lock(tx: Tx, tenant: TenantId) -> None:
    """One change of a company's people at a time: the last admin is found by counting."""
    await tx.execute("select from tenants where id = $1 for no key update", tenant)


async def is_live_key(tx: Tx, tenant: TenantId, key: UUID | None) -> bool:
    return bool(
        await tx.value(
            """
            select exists (
                select from api_keys where tenant_id = $1 and id = $2 and revoked_at is null
            )
            """,
            tenant,
            key,
        )
    )


async def people(tx: Tx, tenant: TenantId) -> list[Person]:
    return await tx.all(
        Person,
        PERSON
        + """
        where tenant_id = $1
        order by deactivated_at is not null, lower(name), id
        """,
        tenant,
    )


async def person(tx: Tx, tenant: TenantId, user: UserId) -> Person | None:
    return await tx.one_or_none(
        Person,
        PERSON + "where tenant_id = $1 and id = $2",
        tenant,
        user,
    )


async def other_admins(tx: Tx, tenant: TenantId, user: UserId) -> int:
    return await tx.value(
        """
        select count(*)
        from users
        where tenant_id = $1 and id <> $2 and role = 'admin' and deactivated_at is null
        """,
        tenant,
        user,
    )


async def change(
    tx: Tx, tenant: TenantId, user: UserId, name: str, role: Role, deactivated_at: datetime | None
) -> None:
    await tx.execute(
        """
        update users
        set name = $3, role = $4, deactivated_at = $5
        where tenant_id = $1 and id = $2
        """,
        tenant,
        user,
        name,
        role.value,
        deactivated_at,
    )


async def password_hash(tx: Tx, tenant: TenantId, user: UserId) -> str | None:
    return await tx.value(
        """
        select password_hash
        from users
        where tenant_id = $1 and id = $2 and deactivated_at is null
        """,
        tenant,
        user,
    )


async def replace_password(
    tx: Tx, tenant: TenantId, user: UserId, password_hash: str, before: str | None
) -> bool:
    """False if the user is deactivated, or has another password than `before` by now."""
    return bool(
        await tx.execute(
            """
            update users
            set password_hash = $3
            where tenant_id = $1 and id = $2 and deactivated_at is null
              and ($4::text is null or password_hash = $4)
            """,
            tenant,
            user,
            password_hash,
            before,
        )
    )


async def end_other_sessions(tx: Tx, user: UserId, kept: bytes) -> int:
    return await tx.execute(
        "delete from user_sessions where user_id = $1 and token_hash <> $2", user, kept
    )


async def add_invite(
    tx: Tx,
    tenant: TenantId,
    link: LinkId,
    token_hash: bytes,
    email: str,
    role: Role,
    by: Actor,
    at: datetime,
    expires_at: datetime,
) -> None:
    await tx.execute(
        """
        insert into account_links
            (id, tenant_id, kind, token_hash, email, role, made_by, made_by_key, created_at,
             expires_at)
        values ($1, $2, 'invite', $3, $4, $5, $6, $7, $8, $9)
        """,
        link,
        tenant,
        token_hash,
        email,
        role.value,
        *_makers(by),
        at,
        expires_at,
    )


async def add_reset(
    tx: Tx,
    tenant: TenantId,
    link: LinkId,
    token_hash: bytes,
    user: UserId,
    by: Actor,
    at: datetime,
    expires_at: datetime,
) -> None:
    await tx.execute(
        """
        insert into account_links
            (id, tenant_id, kind, token_hash, user_id, made_by, made_by_key, created_at,
             expires_at)
        values ($1, $2, 'reset', $3, $4, $5, $6, $7, $8)
        """,
        link,
        tenant,
        token_hash,
        user,
        *_makers(by),
        at,
        expires_at,
    )


async def email_is_taken(tx: Tx, email: str) -> bool:
    """By anybody of any company."""
    return bool(await tx.value("select email_is_taken($1)", email))


async def invites(tx: Tx, tenant: TenantId, now: datetime) -> list[Invite]:
    return await tx.all(
        Invite,
        """
        select l.id, l.email, l.role, u.name as "invitedBy", l.created_at as "createdAt",
               l.expires_at as "expiresAt"
        from account_links l
        left join users u on u.tenant_id = l.tenant_id and u.id = l.made_by
        where l.tenant_id = $1 and l.kind = 'invite'
          and l.used_at is null and l.withdrawn_at is null and l.expires_at > $2
        order by l.created_at desc, l.id
        """,
        tenant,
        now,
    )


async def withdraw_invite(tx: Tx, tenant: TenantId, link: LinkId, now: datetime) -> str | None:
    """Whom it was for; None if there is no such open invitation."""
    return await tx.value(
        WITHDRAW + "and id = $2 and kind = 'invite' and expires_at > $3 returning email",
        tenant,
        link,
        now,
    )


async def withdraw_invites_of(tx: Tx, tenant: TenantId, email: str, now: datetime) -> None:
    await tx.execute(WITHDRAW + "and email = $2", tenant, email, now)


async def withdraw_resets_of(tx: Tx, tenant: TenantId, user: UserId, now: datetime) -> None:
    await tx.execute(WITHDRAW + "and user_id = $2", tenant, user, now)


async def withdraw_links_by(tx: Tx, tenant: TenantId, user: UserId, now: datetime) -> None:
    await tx.execute(WITHDRAW + "and made_by = $2", tenant, user, now)


async def withdraw_links_by_key(tx: Tx, tenant: TenantId, key: ApiKeyId, now: datetime) -> None:
    await tx.execute(WITHDRAW + "and made_by_key = $2", tenant, key, now)


async def open_link(tx: Tx, token_hash: bytes, now: datetime) -> StoredLink | None:
    return await tx.one_or_none(
        StoredLink,
        """
        select l.id, l.tenant_id, l.kind, l.user_id, coalesce(l.email, u.email) as email,
               coalesce(u.name, '') as name, coalesce(l.role, u.role) as role,
               t.name as company, l.expires_at
        from account_links l
        join tenants t on t.id = l.tenant_id
        left join users u on u.tenant_id = l.tenant_id and u.id = l.user_id
        where l.token_hash = $1 and l.used_at is null and l.withdrawn_at is null
          and l.expires_at > $2 and u.deactivated_at is null
        """,
        token_hash,
        now,
    )


async def use_link(tx: Tx, tenant: TenantId, link: LinkId, now: datetime) -> bool:
    """Of several who use it at once, one gets True."""
    return bool(
        await tx.execute(
            """
            update account_links
            set used_at = $3
            where tenant_id = $1 and id = $2
              and used_at is null and withdrawn_at is null and expires_at > $3
            """,
            tenant,
            link,
            now,
        )
    )


def _makers(by: Actor) -> tuple[UUID | None, UUID | None]:
    """The user, and the key, that made a link: one of the two, or neither."""
    return (
        by.id if by.kind is ActorKind.USER else None,
        by.id if by.kind is ActorKind.KEY else None,
    )
