"""The SQL of making somebody's acquaintance."""

from collections.abc import Collection
from datetime import datetime

import msgspec

from pista.chat.heard import Platform
from pista.chat.model import PersonId
from pista.ids import ContactId, TenantId
from pista.store.postgres import Tx


class PersonRow(msgspec.Struct, frozen=True, kw_only=True):
    id: PersonId
    platform: Platform
    name: str | None
    user_id: str | None
    phone: str | None


class NamingRow(msgspec.Struct, frozen=True, kw_only=True):
    """A message that may name a visitor."""

    external_id: str
    text: str
    at: datetime


async def person(tx: Tx, tenant: TenantId, person: PersonId) -> PersonRow | None:
    """With the id and the number that were learned last."""
    return await tx.one_or_none(
        PersonRow,
        """
        select
            p.id, p.platform, p.name,
            (
                select k.value from chat_person_keys k
                where k.tenant_id = $1 and k.person_id = p.id and k.kind = 'user_id'
                order by k.since desc, k.value limit 1
            ) as user_id,
            (
                select k.value from chat_person_keys k
                where k.tenant_id = $1 and k.person_id = p.id and k.kind = 'phone'
                order by k.since desc, k.value limit 1
            ) as phone
        from chat_people p
        where p.tenant_id = $1 and p.id = $2
        """,
        tenant,
        person,
    )


async def set_contact(tx: Tx, tenant: TenantId, person: PersonId, contact: ContactId) -> None:
    await tx.execute(
        "update chat_people set contact_id = $3 where tenant_id = $1 and id = $2",
        tenant,
        person,
        contact,
    )


async def naming(tx: Tx, tenant: TenantId, person: PersonId) -> list[NamingRow]:
    """The latest messages of a person with a visitor's id in them."""
    return await tx.all(
        NamingRow,
        r"""
        select external_id, text, at
        from messages
        where tenant_id = $1 and person_id = $2 and text ~ 'rstk_vid|\mv[0-9]{13}_'
        order by at desc
        limit 5
        """,
        tenant,
        person,
    )


class _Contact(msgspec.Struct, frozen=True):
    contact_id: ContactId


async def contacts_of(tx: Tx, tenant: TenantId, people: Collection[PersonId]) -> list[ContactId]:
    """Who these are; of whoever is nobody yet that is found out elsewhere."""
    if not people:
        return []
    rows = await tx.all(
        _Contact,
        """
        select distinct contact_id
        from chat_people
        where tenant_id = $1 and id = any($2::uuid[]) and contact_id is not null
        """,
        tenant,
        sorted(people),
    )
    return [row.contact_id for row in rows]
