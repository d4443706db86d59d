"""Contacts as CSV."""

from collections.abc import AsyncIterator

import msgspec

from pista.contacts import listing
from pista.contacts.listing import Filters
from pista.contacts.model import Contact
from pista.ids import TenantId
from pista.sheets.writing import ROWS_AT_ONCE, written
from pista.store.postgres import Postgres

HEADER = (
    *("id", "name", "email", "phone", "crmId", "tags", "source", "createdAt", "updatedAt"),
    "attributes",
)


async def contacts(
    postgres: Postgres, tenant: TenantId, filters: Filters, *, bom: bool
) -> AsyncIterator[bytes]:
    """Page after page, each read by itself, so that no export holds a transaction for long."""
    yield written([HEADER], bom=bom)
    before: str | None = None
    while True:
        async with postgres.transaction() as tx:
            page = await listing.listed(tx, tenant, filters, before=before, limit=ROWS_AT_ONCE)
        yield written([_cells(one) for one in page.items])
        before = page.next
        if before is None:
            return


def _cells(one: Contact) -> list[str]:
    return [
        one.id,
        one.name or "",
        one.email or "",
        one.phone or "",
        one.crm_id or "",
        ", ".join(one.tags),
        one.source,
        one.created_at.isoformat(),
        one.updated_at.isoformat(),
        msgspec.json.encode(one.attributes).decode() if one.attributes else "",
    ]
