"""Moves clientes: held, looked at, moved with their history, and told of, in one transaction."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec

from pista import texts
from pista.accounts import UserNotFound
from pista.accounts.people import queries as people
from pista.desk import announcing, machine, rules
from pista.desk import moving_queries as queries
from pista.desk.machine import Move
from pista.desk.model import (
    Announced,
    ClienteId,
    ClienteLocked,
    ClienteNotFound,
    Current,
    DeskPerson,
    LockLost,
    MoveNotPossible,
    NoAsesor,
    Status,
    VersionConflict,
)
from pista.desk.moving_queries import Clocks, Standing
from pista.desk.rules import Attempt, Refusal
from pista.errors import Forbidden, PistaError
from pista.ids import TenantId, UserId
from pista.store.postgres import Tx

Choose = Callable[[Status], Move]


class Going(NamedTuple):
    """Where clientes are to go."""

    move: Move | Choose
    asesor: UserId | None = None
    """Whose it is to be; None: nobody's, or whose it is where that stays."""
    why: str | None = None

    def along(self, status: Status) -> Move:
        return self.move if isinstance(self.move, Move) else self.move(status)


class _Told(msgspec.Struct, frozen=True):
    due_at: datetime | None


async def move(
    tx: Tx, tenant: TenantId, cliente: ClienteId, going: Going, attempt: Attempt
) -> None:
    """Move one, or say why it does not go."""
    now = await hold(tx, tenant, cliente, attempt)
    along = going.along(now.status)
    if refusal := await refused(tx, tenant, now, going, attempt):
        raise await explained(tx, tenant, now, along, refusal)
    await moved(tx, tenant, [now], going, attempt)


async def hold(tx: Tx, tenant: TenantId, cliente: ClienteId, attempt: Attempt) -> Standing:
    """How it is; nobody else changes it until the transaction ends."""
    await queries.hold(tx, tenant, [cliente])
    found = await queries.standing(tx, tenant, [cliente], attempt.actor.id)
    if not found:
        raise ClienteNotFound
    return found[0]


async def refused(
    tx: Tx, tenant: TenantId, now: Standing, going: Going, attempt: Attempt
) -> Refusal | None:
    along = going.along(now.status)
    if refusal := rules.may_move(now, along, attempt):
        return refusal
    if along.to != "derivado":
        return None
    if going.asesor is None:
        raise NoAsesor
    if going.asesor == now.asesor:
        return "impossible"
    await check_colleague(tx, tenant, going.asesor)
    return None


async def work(
    tx: Tx, tenant: TenantId, cliente: ClienteId, attempt: Attempt, *, locked: bool
) -> Standing:
    """Hold it for its asesor, who does something with it; or say why they may not."""
    now = await hold(tx, tenant, cliente, attempt)
    if refusal := rules.may_work(now, attempt, locked=locked):
        raise await explained(tx, tenant, now, None, refusal)
    return now


async def renew(tx: Tx, tenant: TenantId, held: Standing) -> Clocks:
    """Its asesor did something: note it, and show it to supervisors. The cliente must be held."""
    assert held.asesor is not None
    clocks = await queries.renew(tx, tenant, held.id, held.asesor)
    if clocks is None:
        raise LookupError("a cliente that is held was moved by somebody else")
    body = {"type": "CLIENT_ACTIVITY", "clienteId": held.id, "asesorId": held.asesor}
    told = body | msgspec.structs.asdict(clocks)
    announcing.mention(tx, tenant, [held.asesor], told)
    return clocks


async def moved(
    tx: Tx, tenant: TenantId, held: Sequence[Standing], going: Going, attempt: Attempt
) -> list[Announced]:
    """Move all of these, which go along the same move and may."""
    along = going.along(held[0].status)
    told = await queries.move(
        tx,
        tenant,
        [one.id for one in held],
        along,
        asesor=held[0].asesor if along is machine.OPEN else going.asesor,
        actor=attempt.actor,
        why=texts.plain(going.why),
    )
    if len(told) != len(held):
        raise LookupError("a cliente that is held was moved by somebody else")
    announcing.announce(tx, told)
    if along.to in machine.ACTIVE:
        due = [msgspec.json.decode(one.body, type=_Told).due_at for one in told]
        announcing.wake_timer(tx, min((one for one in due if one), default=None))
    return told


async def check_colleague(tx: Tx, tenant: TenantId, user: UserId) -> None:
    """Somebody of the company who still works there."""
    found = await people.person(tx, tenant, user)
    if found is None or found.deactivated_at is not None:
        raise UserNotFound


async def colleagues(tx: Tx, tenant: TenantId) -> set[UserId]:
    """Who works there."""
    return {one.id for one in await people.people(tx, tenant) if one.deactivated_at is None}


async def explained(
    tx: Tx, tenant: TenantId, now: Standing, along: Move | None, refusal: Refusal
) -> PistaError:
    """The refusal, with how the cliente is instead."""
    if refusal == "unknown":
        return ClienteNotFound()
    if refusal == "forbidden":
        return Forbidden("This is for its asesor, or for a supervisor.")
    names = {one.id: one.name for one in await people.people(tx, tenant)}
    if refusal in ("locked", "elsewhere") and now.holder is not None:
        holder = DeskPerson(id=now.holder, name=names[now.holder])
        return ClienteLocked(holder, elsewhere=refusal == "elsewhere")
    current = Current(
        seguimiento_status=now.status,
        asesor_asignado=now.asesor,
        asesor_nombre=names.get(now.asesor) if now.asesor else None,
        version=now.version,
    )
    if refusal == "lost":
        return LockLost("Nobody has it in hand any more.", current)
    if refusal == "changed":
        return VersionConflict("Somebody has changed it since you read it.", current)
    name = along.name if along else "change"
    return MoveNotPossible(f"It is {now.status} now: {name} is not possible.", current)
