"""Who writes and since when, of many contacts at once."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from pista.ids import ContactId, TenantId
from pista.store.postgres import Tx


class Talk(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who writes, and one of their conversations, if there is one."""

    person_id: UUID
    contact_id: ContactId | None
    conversation_id: UUID | None
    channel_id: UUID | None
    began_at: datetime | None


async def talks_of(
    tx: Tx, tenant: TenantId, contacts: Sequence[ContactId], persons: Sequence[UUID]
) -> list[Talk]:
    """Of these very contacts, and of these people whoever they are."""
    return await tx.all(
        Talk,
        """
        with people as (
            select id, contact_id from chat_people
            where tenant_id = $1 and contact_id = any ($2::text[])
            union
            select id, contact_id from chat_people where tenant_id = $1 and id = any ($3::uuid[])
        )
        select p.id as person_id, p.contact_id, v.id as conversation_id, v.channel_id,
            v.created_at as began_at
        from people p
        left join conversations v on v.tenant_id = $1 and v.person_id = p.id
        order by v.created_at, p.id
        """,
        tenant,
        contacts,
        persons,
    )
