"""The SQL of leads."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import msgspec

from pista.desk.leads.rules import NONE, LeadRules
from pista.desk.model import ClienteId, Status
from pista.ids import ContactId, TenantId
from pista.store.postgres import Tx


class Newest(msgspec.Struct, frozen=True, kw_only=True):
    """A person's newest case."""

    id: ClienteId
    status: Status
    age: timedelta


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


async def newest(tx: Tx, tenant: TenantId, family: Sequence[ContactId]) -> Newest | None:
    return await tx.one_or_none(
        Newest,
        """
        select
            id, seguimiento_status as status, clock_timestamp() - state_since as age
        from clientes
        where tenant_id = $1 and contact_id = any($2::text[])
        order by id desc
        limit 1
        """,
        tenant,
        family,
    )
