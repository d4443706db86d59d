"""Writing to the audit log, and reading it."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from pista.accounts.audit import queries
from pista.accounts.audit.model import Action, Actor
from pista.ids import TenantId
from pista.store.postgres import Tx


async def record(
    tx: Tx,
    tenant_id: TenantId,
    by: Actor,
    action: Action,
    *,
    subject: UUID | None,
    name: str,
    now: datetime,
    details: Mapping[str, str] | None = None,
) -> None:
    """Add a line, in the transaction of the change. `details` never holds a secret."""
    await queries.add(tx, tenant_id, by, action, subject, name, dict(details or {}), now)
