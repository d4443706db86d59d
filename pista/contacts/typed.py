"""Whether all that a contact is known by was typed, so that nobody has ever vouched for it."""

from pista.ids import ContactId, TenantId
from pista.store.postgres import Tx


async def only_typed(tx: Tx, tenant: TenantId, contact: ContactId) -> bool:
    """Whether neither a signed message nor one of our people ever said what it is known by."""
    return await tx.value(
        """
        select not exists (
            select
            from contact_identities i
            where i.tenant_id = $1 and i.strength = 'strong'
                and i.contact_id in (select contact_family($1, contact_root($1, $2)))
        )
        """,
        tenant,
        contact,
    )
