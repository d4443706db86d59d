"""What the audit log tells of erasures: that somebody asked for one, and nothing of whom."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pista.accounts.audit import Action, Actor, record
from pista.ids import TenantId
from pista.store.postgres import Tx


async def note(
    tx: Tx,
    tenant: TenantId,
    by: Actor,
    erasure: UUID,
    what: Literal["contact", "visitor"],
    *,
    now: datetime,
) -> None:
    """The line outlives the person, and nobody can change it: it names the erasure alone."""
    details = {"erased": what}
    await record(
        tx, tenant, by, Action.ERASURE_ASKED, subject=erasure, name="", now=now, details=details
    )
