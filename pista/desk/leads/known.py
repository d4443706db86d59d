"""When somebody became a cliente, of many contacts at once."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from pista.desk.model import ClienteId
from pista.ids import ContactId, TenantId
from pista.store.postgres import Tx


class KnownLead(msgspec.Struct, frozen=True, kw_only=True):
    id: ClienteId
    contact_id: ContactId | None
    created_at: datetime


async def leads_of(
    tx: Tx, tenant: TenantId, contacts: Sequence[ContactId], clientes: Sequence[int]
) -> list[KnownLead]:
    """Of these very contacts, and these clientes whosesoever they are."""
    return await tx.all(
        KnownLead,
        """
        select id, contact_id, created_at from clientes
        where tenant_id = $1 and contact_id = any ($2::text[])
        union
        select id, contact_id, created_at from clientes
        where tenant_id = $1 and id = any ($3::bigint[])
        """,
        tenant,
        contacts,
        clientes,
    )
