"""Gives many clientes to somebody at once, each as if it were alone, and takes them back."""

from collections.abc import Callable, Sequence

from pista.accounts import Caller
from pista.desk import access, machine, moving, moving_queries, rules
from pista.desk.assigning import queries
from pista.desk.assigning.model import (
    AlreadyUndone,
    AssignClientes,
    AssignedCliente,
    Assignment,
    AssignmentId,
    AssignmentNotFound,
    Before,
    Code,
    UndoAssignment,
)
from pista.desk.clientes import showing
from pista.desk.clientes.showing import Names
from pista.desk.machine import Move
from pista.desk.model import ClienteId
from pista.desk.moving import Going
from pista.desk.moving_queries import Standing
from pista.desk.rules import Attempt, Refusal
from pista.ids import TenantId, UserId, uuid7
from pista.store.postgres import Tx

CODES: dict[Refusal, Code] = {
    "unknown": "cliente_not_found",
    "changed": "version_conflict",
    "locked": "cliente_locked",
}
Way = tuple[Move, UserId | None]
"""Where one of them goes, and whose it is then."""


async def assign(tx: Tx, caller: Caller, asked: AssignClientes) -> Assignment:
    """What cannot be given is told, and the others are."""
    tenant = caller.tenant_id
    attempt = Attempt(access.actor(caller), break_lock=asked.break_locks)
    await moving.check_colleague(tx, tenant, asked.asesor_id)
    held = await _held(tx, tenant, asked.ids, attempt)

    def way(now: Standing) -> Way | Refusal:
        going = machine.to_derive(now.status)
        if now.status == "terminado" or now.asesor == asked.asesor_id:
            return "impossible"
        return rules.may_move(now, going, attempt) or (going, asked.asesor_id)

    kept = await queries.kept_back(tx, tenant, [one.id for one in held.values()])
    went, refused = await _go(tx, tenant, held, way, attempt, asked.why)
    undo = AssignmentId(uuid7()) if went else None
    if undo:
        after = [
            Before(
                id=one.id,
                status=one.status,
                asesor=one.asesor,
                kept_back=one.id in kept,
                version=one.version + 1,
            )
            for one in went
        ]
        await queries.note(tx, tenant, undo, attempt.actor.id, after)
    staff = await showing.names(tx, tenant)
    return Assignment(undo=undo, items=_told(asked.ids, held, refused, staff))


async def take_back(tx: Tx, caller: Caller, asked: UndoAssignment) -> Assignment:
    """Each is what it was, unless somebody has done something with it since."""
    tenant, attempt = caller.tenant_id, Attempt(access.actor(caller))
    stored = await queries.hold(tx, tenant, asked.undo)
    if stored is None:
        raise AssignmentNotFound
    if stored.undone_at is not None:
        raise AlreadyUndone
    before = {one.id: one for one in stored.before}
    held = await _held(tx, tenant, list(before), attempt)
    staff = await moving.colleagues(tx, tenant)

    def way(now: Standing) -> Way | Refusal:
        was = before[now.id]
        going, asesor = _back(was)
        if was.version != now.version:
            return "changed"
        if asesor is not None and asesor not in staff:
            return "impossible"
        return rules.may_move(now, going, attempt) or (going, asesor)

    went, refused = await _go(tx, tenant, held, way, attempt, None)
    shared = [one.id for one in went if not before[one.id].kept_back]
    await queries.let_be_shared(tx, tenant, shared)
    await queries.note_undone(tx, tenant, asked.undo)
    names = await showing.names(tx, tenant)
    return Assignment(undo=None, items=_told(list(before), held, refused, names))


def _back(was: Before) -> Way:
    if was.asesor is not None:
        return machine.REASSIGN, was.asesor
    return (machine.WITHDRAW if was.status == "nuevo" else machine.WITHDRAW_UNMANAGED), None


async def _held(
    tx: Tx, tenant: TenantId, ids: Sequence[int], attempt: Attempt
) -> dict[int, Standing]:
    clientes = [ClienteId(one) for one in sorted(set(ids))]
    await moving_queries.hold(tx, tenant, clientes)
    found = await moving_queries.standing(tx, tenant, clientes, attempt.actor.id)
    return {one.id: one for one in found}


async def _go(
    tx: Tx,
    tenant: TenantId,
    held: dict[int, Standing],
    way: Callable[[Standing], Way | Refusal],
    attempt: Attempt,
    why: str | None,
) -> tuple[list[Standing], dict[int, Refusal]]:
    """Those that go the same way go together."""
    refused: dict[int, Refusal] = {}
    together: dict[Way, list[Standing]] = {}
    for now in held.values():
        found = way(now)
        if isinstance(found, str):
            refused[now.id] = found
        else:
            together.setdefault(found, []).append(now)
    for (going, asesor), own in together.items():
        await moving.moved(tx, tenant, own, Going(going, asesor, why), attempt)
    return [now for own in together.values() for now in own], refused


def _told(
    ids: Sequence[int], held: dict[int, Standing], refused: dict[int, Refusal], staff: Names
) -> list[AssignedCliente]:
    """In the order in which they were asked for."""
    items: list[AssignedCliente] = []
    for one in dict.fromkeys(ids):
        refusal = refused.get(one) if one in held else "unknown"
        if refusal is None:
            items.append(AssignedCliente(id=one, ok=True))
            continue
        holder = held[one].holder if refusal == "locked" else None
        code = CODES.get(refusal, "move_not_possible")
        told = staff.get(holder) if holder else None
        items.append(AssignedCliente(id=one, ok=False, code=code, holder=told))
    return items
