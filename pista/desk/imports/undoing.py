"""Takes back what an import made and changed, unless somebody has done something with it since."""

from collections.abc import Sequence
from typing import NamedTuple, get_args

import msgspec

from pista.contacts import many
from pista.desk import announcing, moving_queries
from pista.desk.imports import changing, many_queries, queries, reopened_queries
from pista.desk.imports.many_queries import Details
from pista.desk.imports.model import ImportRow, Kept
from pista.desk.imports.queries import Result
from pista.desk.model import ClienteId
from pista.ids import TenantId, UserId
from pista.store.postgres import Tx

AT_ONCE = 500


class Undone(NamedTuple):
    through: int
    gone: int
    kept: int


async def take_back(tx: Tx, row: ImportRow) -> Undone | None:
    """The next ones; None: there are no more."""
    tenant = row.tenant_id
    made = await queries.results(tx, tenant, row.id, row.rows_done, AT_ONCE)
    if not made:
        return None
    ids = sorted({one.cliente for one in made})
    await moving_queries.hold(tx, tenant, ids)
    untouched = await queries.untouched(tx, tenant, row.id, ids)
    back = [one for one in made if _kept(one, untouched) is None]
    await _take_back(tx, row, back)
    for why in get_args(Kept):
        rows = [one.row for one in made if _kept(one, untouched) == why]
        await queries.note_kept(tx, tenant, row.id, rows, why)
    return Undone(made[-1].row, len(back), len(made) - len(back))


def _kept(one: Result, untouched: set[ClienteId]) -> Kept | None:
    if one.cliente not in untouched:
        return "touched"
    return "reopened" if one.outcome == "reopened" and one.state is None else None


async def _take_back(tx: Tx, row: ImportRow, back: Sequence[Result]) -> None:
    tenant = row.tenant_id
    concerned = await _whose(tx, tenant, [one.cliente for one in back])
    await _remove(tx, tenant, [one for one in back if one.outcome == "created"])
    await _restore(tx, tenant, [one for one in back if one.outcome != "created"])
    if states := [one.state for one in back if one.state is not None]:
        await reopened_queries.take_back(tx, tenant, states, row.file)
    if back:
        told = await many_queries.tell(tx, tenant, row.id, len(back), concerned)
        announcing.announce(tx, [told])


async def _whose(tx: Tx, tenant: TenantId, clientes: Sequence[ClienteId]) -> list[UserId]:
    standing = await moving_queries.standing(tx, tenant, clientes, None)
    return sorted({one.asesor for one in standing if one.asesor})


async def _remove(tx: Tx, tenant: TenantId, created: Sequence[Result]) -> None:
    await many_queries.remove(tx, tenant, [one.cliente for one in created])
    await many.take_back(tx, tenant, [one.contact for one in created if one.contact])


async def _restore(tx: Tx, tenant: TenantId, updated: Sequence[Result]) -> None:
    before = [msgspec.convert(one.before, Details) for one in updated]
    await changing.store(tx, tenant, before)
