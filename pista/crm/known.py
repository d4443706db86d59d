"""The webhook that a job of a CRM is about."""

from datetime import datetime
from uuid import UUID

import msgspec

from pista.ids import TenantId
from pista.store.postgres import Tx

KIND = "crm.webhook"


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    received_at: datetime
    webhook_id: str | None
    """The sender's own id of it."""
    body: bytes | None
    """None once it is too old, or somebody in it was erased."""


async def origin(tx: Tx, tenant: TenantId, received: UUID) -> Origin | None:
    return await tx.one_or_none(
        Origin,
        """
        select received_at, webhook_id, body from webhooks where tenant_id = $1 and id = $2
        """,
        tenant,
        received,
    )
