"""The jobs of this room: their payloads, and under which keys they are done in order."""

from datetime import datetime
from uuid import UUID

import msgspec

from pista import queue
from pista.ids import TenantId
from pista.queue import Lane
from pista.sales.gateways.model import Said
from pista.sales.model import AccountId, ChargeId
from pista.store.postgres import Tx


class CreateCharge(msgspec.Struct, frozen=True, kw_only=True, tag="payments.create"):
    """Have the gateway make it."""

    charge_id: ChargeId


class LookCharge(msgspec.Struct, frozen=True, kw_only=True, tag="payments.look"):
    """Ask the gateway how it is: nobody told for a while."""

    charge_id: ChargeId


class ReadNotice(msgspec.Struct, frozen=True, kw_only=True, tag="payments.notice"):
    """A gateway told something: what it is about, is known; what is true, is asked."""

    notice_id: UUID
    account_id: AccountId
    said: Said


async def create(tx: Tx, tenant: TenantId, charge: ChargeId, now: datetime) -> None:
    """Somebody is waiting for it."""
    work = CreateCharge(charge_id=charge)
    await queue.enqueue(tx, tenant, work, now=now, key=f"pay:{charge}", lane=Lane.HIGH)


async def look(tx: Tx, tenant: TenantId, charge: ChargeId, now: datetime) -> None:
    work = LookCharge(charge_id=charge)
    await queue.enqueue(tx, tenant, work, now=now, key=f"pay:{charge}", lane=Lane.LOW)


async def read(
    tx: Tx, tenant: TenantId, notice: UUID, account: AccountId, said: Said, now: datetime
) -> None:
    """What is told of one payment is worked off in order."""
    work = ReadNotice(notice_id=notice, account_id=account, said=said)
    about = said.gateway_id or said.reference or notice
    await queue.enqueue(
        tx, tenant, work, now=now, key=f"pay:{account}:{about}"[:200], lane=Lane.HIGH
    )
