"""SQL of the audit log."""

from datetime import datetime
from uuid import UUID

from pista.accounts.audit.model import Action, Actor
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
