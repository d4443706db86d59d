"""Clientes as they are shown: with names, and who has them in hand."""

from collections.abc import Sequence
from typing import Any

import msgspec

from pista.accounts import Caller
from pista.accounts.people import queries as people
from pista.desk import access
from pista.desk.clientes import queries
from pista.desk.clientes.model import Row
from pista.desk.model import Cliente, ClienteId, ClienteLock, ClienteNotFound, DeskPerson
from pista.ids import TenantId, UserId
from pista.store.postgres import Tx

Names = dict[UserId, DeskPerson]


async def names(tx: Tx, tenant: TenantId) -> Names:
    """Everybody of the company, also who has left."""
    found = await people.people(tx, tenant)
    return {one.id: DeskPerson(id=one.id, name=one.name) for one in found}


async def shown(tx: Tx, tenant: TenantId, clientes: Sequence[ClienteId]) -> list[Cliente]:
    """In this order."""
    staff = await names(tx, tenant)
    return [as_shown(row, staff) for row in await queries.rows(tx, tenant, clientes)]


async def one(tx: Tx, tenant: TenantId, cliente: ClienteId) -> Cliente:
    found = await shown(tx, tenant, [cliente])
    if not found:
        raise ClienteNotFound
    return found[0]


async def seen(tx: Tx, caller: Caller, cliente: ClienteId) -> Cliente:
    """Others' are as if they did not exist."""
    found = await one(tx, caller.tenant_id, cliente)
    if not access.sees(caller, found.asesor_asignado):
        raise ClienteNotFound
    return found


def as_shown(row: Row, staff: Names) -> Cliente:
    told: dict[str, Any] = msgspec.structs.asdict(row)
    for name in ("urgent_at", "holder", "taken_at", "expires_at", "id"):
        del told[name]
    asesor = staff.get(row.asesor_asignado) if row.asesor_asignado else None
    return Cliente(
        **told,
        id=ClienteId(row.id),
        asesor_nombre=asesor.name if asesor else None,
        lock=_lock(row, staff),
    )


def _lock(row: Row, staff: Names) -> ClienteLock | None:
    if row.holder is None or row.taken_at is None or row.expires_at is None:
        return None
    return ClienteLock(holder=staff[row.holder], since=row.taken_at, expires_at=row.expires_at)
