"""A company with contacts, and claims about its visitors."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from pista import contacts, identity
from pista.identity import Claim, Linked, queries
from pista.ids import ContactId, TenantId, VisitorId
from pista.store.postgres import Tx
from tests.contacts.conftest import found, new_tenant

NOON = datetime(2026, 3, 18, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
V = VisitorId("v1758565884546_xyz")

Say = Callable[..., Awaitable[Linked]]


async def new_contact(tx: Tx, tenant: TenantId, crm_id: str) -> ContactId:
    return (await contacts.upsert(tx, tenant, found(crm_id=crm_id), now=NOON)).contact_id


def claim(method: str, key: str, **given: Any) -> Claim:
    fields: dict[str, Any] = {"visitor_id": V, "at": NOON, **given, "method": method, "key": key}
    return Claim(**fields)


async def links(tx: Tx, tenant: TenantId) -> dict[str, tuple[str, str]]:
    """Every visitor with its contact's CRM id, and how certain that is; forks as `fork`."""
    found = await tx.connection.fetch(
        """
        select v.visitor_id, c.crm_id, v.strength
        from visitor_contact v
        join contacts c on c.tenant_id = v.tenant_id and c.id = v.contact_id
        where v.tenant_id = $1
        order by v.linked_at, v.visitor_id
        """,
        tenant,
    )
    return {
        f"fork of {row[1]}" if row[0].startswith("fork_") else row[0]: (row[1], row[2])
        for row in found
    }


async def outcomes(tx: Tx, tenant: TenantId, visitor: VisitorId = V) -> list[str]:
    return [row.outcome for row in await queries.claims_of_visitor(tx, tenant, visitor)]


@pytest.fixture
async def tenant(tx: Tx) -> TenantId:
    return await new_tenant(tx)


@pytest.fixture
async def ana(tx: Tx, tenant: TenantId) -> ContactId:
    return await new_contact(tx, tenant, "ana")


@pytest.fixture
async def luis(tx: Tx, tenant: TenantId) -> ContactId:
    return await new_contact(tx, tenant, "luis")


@pytest.fixture
def say(tx: Tx, tenant: TenantId) -> Say:
    """Say that a visitor is a contact: `say("webhook", "w1", contact_id=ana)`."""

    async def said(method: str, key: str, *, now: datetime = NOON, **given: Any) -> Linked:
        return await identity.link(tx, tenant, claim(method, key, at=now, **given), now=now)

    return said
