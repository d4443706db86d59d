"""Clientes as CSV, page after page."""

from collections.abc import AsyncIterator
from datetime import datetime

from pista.accounts import Caller
from pista.desk.clientes import listing
from pista.desk.clientes.listing import Filters
from pista.desk.clientes.model import Clientes
from pista.desk.model import Cliente
from pista.sheets.writing import ROWS_AT_ONCE, written
from pista.store.postgres import Postgres, Tx

HEADER = (
    *("id", "nombre", "telefono", "email", "campaign", "source", "seguimiento_status"),
    *("asesor", "created_at", "derivado_at", "opened_at", "last_activity"),
    *("fecha_wizard_completado", "returns", "outcome", "next_action", "next_action_at", "notas"),
    "contact_id",
)


async def page(tx: Tx, caller: Caller, filters: Filters, before: str | None = None) -> Clientes:
    """The newest first, whatever the order of the list: by their age none is met twice, and none
    is left out, while clientes move."""
    filters = filters._replace(sort="created")
    return await listing.listed(tx, caller, filters, before=before, limit=ROWS_AT_ONCE)


async def clientes(
    postgres: Postgres, caller: Caller, filters: Filters, first: Clientes, *, bom: bool
) -> AsyncIterator[bytes]:
    """No export holds a transaction for long."""
    yield written([HEADER], bom=bom)
    yield written([_cells(one) for one in first.items])
    before = first.next
    while before is not None:
        async with postgres.transaction() as tx:
            more = await page(tx, caller, filters, before)
        yield written([_cells(one) for one in more.items])
        before = more.next


def _cells(one: Cliente) -> list[str]:
    return [
        str(one.id),
        one.nombre,
        one.telefono or "",
        one.email or "",
        one.campaign or "",
        one.source,
        one.seguimiento_status,
        one.asesor_nombre or "",
        *(_at(at) for at in (one.created_at, one.derivado_at, one.opened_at, one.last_activity)),
        _at(one.fecha_wizard_completado),
        str(one.returns),
        one.outcome or "",
        one.next_action or "",
        _at(one.next_action_at),
        one.notas or "",
        one.contact_id or "",
    ]


def _at(at: datetime | None) -> str:
    return at.isoformat() if at else ""
