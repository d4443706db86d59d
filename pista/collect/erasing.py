"""Forgets what pages and programs said of somebody and nobody has worked off yet."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

import msgspec

from pista.ids import TenantId
from pista.store.postgres import Tx


class _Said(msgspec.Struct, frozen=True, kw_only=True):
    id: UUID
    visitor_id: str
    person: Any


async def erase_introductions(
    tx: Tx, tenant: TenantId, visitors: Sequence[str], is_named: Callable[[object], bool]
) -> int:
    """Of these visitors, or naming the person; how many that were."""
    rows = await tx.all(
        _Said,
        "select id, visitor_id, person from introductions where tenant_id = $1 for update",
        tenant,
    )
    gone = [row.id for row in rows if row.visitor_id in visitors or is_named(row.person)]
    return await tx.execute(
        "delete from introductions where tenant_id = $1 and id = any ($2)", tenant, gone
    )
