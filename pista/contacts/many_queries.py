"""The SQL of many contacts at once: added, and taken back."""

from collections.abc import Sequence

from pista.contacts import rules
from pista.contacts.model import ContactRow, Identity
from pista.ids import ContactId, TenantId
from pista.store.postgres import Tx

IMPORTED = "import"
"""The source of whoever was first told of by a file."""


async def add(tx: Tx, made: Sequence[tuple[ContactRow, Sequence[Identity]]]) -> None:
    """Contacts that nobody knows yet, with what they are known by; in two round trips."""
    await tx.connection.executemany(
        """
        insert into contacts (
            tenant_id, id, name, email, phone, crm_id, attributes, tags, source, created_at,
            updated_at, search
        )
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, array_to_tsvector($11::text[]))
        """,
        [
            (
                *(row.tenant_id, row.id, row.name, row.email, row.phone, row.crm_id),
                *(row.attributes, row.tags, row.source, row.created_at),
                rules.lexemes(row.name, row.tags, row.source, identities),
            )
            for row, identities in made
        ],
    )
    known = [(row, one) for row, identities in made for one in identities]
    await tx.execute(
        """
        insert into contact_identities (
            tenant_id, kind, value, contact_id, strength, source, created_at
        )
        select *
        from unnest(
            $1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[],
            $7::timestamptz[]
        )
        """,
        [row.tenant_id for row, _ in known],
        [one.kind for _, one in known],
        [one.value for _, one in known],
        [row.id for row, _ in known],
        ["strong"] * len(known),
        [row.source for row, _ in known],
        [row.created_at for row, _ in known],
    )


async def untouched(tx: Tx, tenant: TenantId, contacts: Sequence[ContactId]) -> list[ContactId]:
    """Those of them that were imported and that nobody has changed since."""
    rows = await tx.connection.fetch(
        """
        select c.id
        from unnest($2::text[]) with ordinality as made (id, place)
        join contacts c on c.tenant_id = $1 and c.id = made.id
        where c.updated_at = c.created_at and c.merged_into is null
            and not exists (
                select from contacts m where m.tenant_id = $1 and m.merged_into = c.id
            )
            and not exists (
                select from contact_identities i
                where i.tenant_id = $1 and i.contact_id = c.id
                    and (i.source <> $3 or i.created_at <> c.created_at)
            )
        order by made.place
        """,
        tenant,
        contacts,
        IMPORTED,
    )
    return [ContactId(row["id"]) for row in rows]


async def remove(tx: Tx, tenant: TenantId, contacts: Sequence[ContactId]) -> None:
    """Refused by PostgreSQL where anything points at one of them."""
    await tx.execute(
        "delete from contact_identities where tenant_id = $1 and contact_id = any ($2)",
        tenant,
        contacts,
    )
    await tx.execute(
        "delete from contacts where tenant_id = $1 and id = any ($2)", tenant, contacts
    )
