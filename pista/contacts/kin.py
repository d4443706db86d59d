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
        with roots as (
            select distinct contact_root($1, given.id) as id from unnest($2::text[]) as given (id)
        )
        select root.id as root_id, c.id, c.created_at
        from roots root
        cross join lateral contact_family($1, root.id) as member (id)
        join contacts c on c.tenant_id = $1 and c.id = member.id
        where root.id is not null
        order by root.id, c.id <> root.id, c.id
        """,
        tenant,
        ids,
    )
