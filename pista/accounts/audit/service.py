"""Writing to the audit log, and reading it."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

import msgspec

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


class Auditor(msgspec.Struct, frozen=True, kw_only=True):
    """The dependency `auditor`: tells the audit log what this request does, and whose it is."""

    tenant_id: TenantId
    by: Actor
    at: datetime

    async def note(
        self,
        tx: Tx,
        action: Action,
        name: str,
        *,
        subject: UUID | None = None,
        details: Mapping[str, str] | None = None,
    ) -> None:
        """Add a line, in the transaction of the change. `details` never holds a secret."""
        await record(
            tx,
            self.tenant_id,
            self.by,
            action,
            subject=subject,
            name=name,
            now=self.at,
            details=details,
        )
