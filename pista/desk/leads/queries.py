"""The SQL of leads."""

from collections.abc import Collection, Sequence
from typing import Any

import msgspec

from pista.desk.leads.rules import NONE, Case, LeadRules
from pista.ids import ContactId, TenantId
from pista.store.postgres import Tx


async def rules(tx: Tx, tenant: TenantId) -> LeadRules:
    found: dict[str, Any] | None = await tx.value(
        "select rules from desk_settings where tenant_id = $1", tenant
    )
    return msgspec.convert(found, LeadRules) if found else NONE


async def set_rules(tx: Tx, tenant: TenantId, rules: LeadRules) -> None:
    """The settings must be there."""
    await tx.execute(
        "update desk_settings set rules = $2 where tenant_id = $1",
        tenant,
        msgspec.to_builtins(rules),
    )


async def one_at_a_time(tx: Tx, tenant: TenantId, contact: ContactId) -> None:
    """Two leads of a person at once make one case."""
    await tx.execute(
        "select pg_advisory_xact_lock(hashtextextended($1, 6))", f"desk lead {tenant} {contact}"
    )


async def case_of(tx: Tx, tenant: TenantId, family: Sequence[ContactId]) -> Case | None:
    return await tx.one_or_none(
        Case,
        """
        select
            id, seguimiento_status as status, clock_timestamp() - state_since as age
        from clientes
        where tenant_id = $1 and contact_id = any($2::text[])
        order by seguimiento_status in ('no_gestionado', 'terminado'), id desc
        limit 1
        """,
        tenant,
        family,
    )


class _Contact(msgspec.Struct, frozen=True):
    contact_id: ContactId


async def without_open_case(
    tx: Tx, tenant: TenantId, contacts: Collection[ContactId]
) -> list[ContactId]:
    """Those of them that have no case, or only such as are done or came back."""
    rows = await tx.all(
        _Contact,
        """
        select min(one) as contact_id
        from unnest($2::text[]) as one
        cross join lateral (select contact_root($1, one) as id) root
        left join lateral (
            select true as there
            from contact_family($1, root.id) as member (id)
            join clientes c on c.tenant_id = $1 and c.contact_id = member.id
            where c.seguimiento_status not in ('no_gestionado', 'terminado')
            limit 1
        ) open_case on true
        where open_case.there is null
        group by root.id
        order by root.id
        """,
        tenant,
        sorted(contacts),
    )
    return [row.contact_id for row in rows]
