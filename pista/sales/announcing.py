"""Sales that changed, told to open screens: by id, as everybody of the company hears it."""

from datetime import datetime

import msgspec

from pista import queue
from pista.ids import TenantId
from pista.sales.model import SaleId, Status
from pista.store.postgres import Tx


class SaleNews(
    msgspec.Struct, frozen=True, kw_only=True, rename="camel", tag="sale_changed", tag_field="type"
):
    """A sale is new or has changed, or its payment has: fetch it again."""

    tenant_id: TenantId
    sale_id: SaleId
    status: Status
    at: datetime


async def announce(tx: Tx, tenant: TenantId, sale: SaleId, status: Status, now: datetime) -> None:
    await queue.announce(tx, SaleNews(tenant_id=tenant, sale_id=sale, status=status, at=now))
