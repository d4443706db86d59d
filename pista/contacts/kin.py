"""Families of contacts, many at once: who is shown for whom."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from pista.ids import ContactId, TenantId
from pista.store.postgres import Tx


class Kin(msgspec.Struct, frozen=True, kw_only=True):
    """A contact, and the one that is shown for it: itself, or what it was merged into."""

    root_id: ContactId
    id: ContactId
    created_at: datetime


async def kin(tx: Tx, tenant: TenantId, ids: Sequence[ContactId]) -> list[Kin]:
    """Everybody who is the same person as one of these; of one that is gone, nobody."""
    return await tx.all(
        Kin,
        """
        with recursive up (id, merged_into) as (
            select id, merged_into from contacts where tenant_id = $1 and id = any ($2::text[])
            union
            select c.id, c.merged_into
            from up
            join contacts c on c.tenant_id = $1 and c.id = up.merged_into
        ), family (root_id, id, created_at) as (
            select c.id, c.id, c.created_at
            from up
            join contacts c on c.tenant_id = $1 and c.id = up.id
            where up.merged_into is null
            union all
            select f.root_id, c.id, c.created_at
            from family f
            join contacts c on c.tenant_id = $1 and c.merged_into = f.id
        )
        select root_id, id, created_at from family order by root_id, id <> root_id, id
        """,
        tenant,
        ids,
    )
