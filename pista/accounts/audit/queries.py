"""SQL of the audit log."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from pista.accounts.audit.model import Action, Actor, AuditLine
from pista.ids import TenantId
from pista.store.postgres import Tx


async def add(
    tx: Tx,
    tenant: TenantId,
    by: Actor,
    action: Action,
    subject: UUID | None,
    name: str,
    details: dict[str, str],
    at: datetime,
) -> None:
    await tx.execute(
        """
        insert into audit_log
            (tenant_id, at, actor_kind, actor_id, action, subject_id, subject_name, details,
             request_id)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """,
        tenant,
        at,
        by.kind.value,
        by.id,
        action.value,
        subject,
        name,
        details,
        by.request_id,
    )


async def lines(
    tx: Tx,
    tenant: TenantId,
    actions: Sequence[str] | None,
    actor: UUID | None,
    subject: UUID | None,
    since: datetime | None,
    until: datetime | None,
    before: int | None,
    most: int,
) -> list[AuditLine]:
    return await tx.all(
        AuditLine,
        """
        select a.id, a.at, a.actor_kind as "actorKind", a.actor_id as "actorId",
               coalesce(u.name, k.name) as "actorName", a.action,
               a.subject_id as "subjectId", a.subject_name as "subjectName", a.details,
               a.request_id as "requestId"
        from audit_log a
        left join users u
            on a.actor_kind = 'user' and u.tenant_id = a.tenant_id and u.id = a.actor_id
        left join api_keys k
            on a.actor_kind = 'key' and k.tenant_id = a.tenant_id and k.id = a.actor_id
        where a.tenant_id = $1
          and ($2::text[] is null or a.action = any($2))
          and ($3::uuid is null or a.actor_id = $3)
          and ($4::uuid is null or a.subject_id = $4)
          and ($5::timestamptz is null or a.at >= $5)
          and ($6::timestamptz is null or a.at < $6)
          and ($7::bigint is null or a.id < $7)
        order by a.id desc
        limit $8
        """,
        tenant,
        actions,
        actor,
        subject,
        since,
        until,
        before,
        most,
    )
