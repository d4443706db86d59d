"""Takes clientes in hand, keeps them there, and lets them go."""

from uuid import uuid4

from pista.accounts import Caller
from pista.desk import access, announcing, moving, moving_queries, rules
from pista.desk.clientes import showing
from pista.desk.locks import queries
from pista.desk.locks.model import Beat, Beaten, ReleaseLock, SayActive, TakeLock, TakenLock
from pista.desk.model import Actor, ClienteId, DeskPerson
from pista.desk.moving_queries import Standing
from pista.desk.presence import service as presence
from pista.desk.rules import Attempt
from pista.errors import Forbidden
from pista.ids import TenantId, UserId
from pista.store.postgres import Tx

LEASE_SECONDS = int(queries.LEASE.total_seconds())


async def take(tx: Tx, caller: Caller, cliente: ClienteId, asked: TakeLock) -> TakenLock:
    """Its asesor takes it in hand: of two windows, the one that took it last has it."""
    tenant = caller.tenant_id
    attempt = Attempt(access.actor(caller, asked.asesor_id))
    now = await moving.work(tx, tenant, cliente, attempt, locked=False)
    holder = holder_of(attempt.actor)
    goes_on = now.holder == holder and now.token == asked.lock_token
    if now.holder == holder and not (goes_on or asked.take_over):
        raise await moving.explained(tx, tenant, now, None, "elsewhere")
    token = now.token if goes_on and now.token else uuid4().hex
    taken = await queries.take(tx, tenant, cliente, holder, token)
    if taken is None:
        raise await moving.explained(tx, tenant, now, None, "locked")
    await moving.renew(tx, tenant, now)
    person = (await showing.names(tx, tenant))[holder]
    if not goes_on:
        _tell(tx, caller, now, person)
    return TakenLock(
        lock_token=taken.token,
        holder=person,
        expires_at=taken.expires_at,
        lease_seconds=LEASE_SECONDS,
    )


async def beat(tx: Tx, caller: Caller, cliente: ClienteId, asked: Beat) -> Beaten:
    """The window is open; and if somebody did something, their time begins anew."""
    attempt = Attempt(access.actor(caller, asked.asesor_id), asked.lock_token)
    now = await moving.work(tx, caller.tenant_id, cliente, attempt, locked=True)
    return await _kept(tx, caller.tenant_id, now, active=asked.active)


async def say_active(tx: Tx, caller: Caller, cliente: ClienteId, asked: SayActive) -> Beaten:
    """Also of what is not in hand: somebody reads it, or writes to the person."""
    attempt = Attempt(access.actor(caller, asked.asesor_id), asked.lock_token)
    now = await moving.work(tx, caller.tenant_id, cliente, attempt, locked=False)
    return await _kept(tx, caller.tenant_id, now, active=True)


async def release(tx: Tx, caller: Caller, cliente: ClienteId, asked: ReleaseLock) -> None:
    """What nobody has in hand is let go of already."""
    tenant = caller.tenant_id
    attempt = Attempt(access.actor(caller, asked.asesor_id), asked.lock_token)
    if asked.break_lock and not attempt.actor.supervises:
        raise Forbidden
    now = await moving.hold(tx, tenant, cliente, attempt)
    if now.holder is None and access.sees(caller, now.asesor):
        return
    if asked.break_lock:
        await queries.release(tx, tenant, cliente)
        broken = await moving_queries.tell(tx, tenant, cliente, now.holder, "lock_broken")
        announcing.announce(tx, broken)
        _tell(tx, caller, now, None)
        return
    refusal = rules.may_touch(now, attempt, supervised=False) or rules.has_lock(now, attempt)
    if refusal:
        raise await moving.explained(tx, tenant, now, None, refusal)
    await queries.release(tx, tenant, cliente)
    _tell(tx, caller, now, None)


async def keep(tx: Tx, tenant: TenantId, held: Standing) -> None:
    """What somebody does with what they have in hand keeps it there, and is activity."""
    await _kept(tx, tenant, held, active=True)


def holder_of(actor: Actor) -> UserId:
    """A program says for whom it does it."""
    if actor.id is None:
        raise Forbidden("Say for whom: give `asesorId`.")
    return actor.id


def _tell(tx: Tx, caller: Caller, held: Standing, holder: DeskPerson | None) -> None:
    """Who has it in hand now, and who did that: supervisors see it, and other windows of its
    holder. With names, as nobody keeps it."""
    user = caller.user
    told = {
        "type": "CLIENT_LOCK",
        "clienteId": held.id,
        "asesorId": held.asesor,
        "holder": holder,
        "by": DeskPerson(id=user.id, name=user.name) if user else None,
    }
    concerned = {one for one in (held.asesor, held.holder) if one}
    announcing.mention(tx, caller.tenant_id, sorted(concerned), told)


async def _kept(tx: Tx, tenant: TenantId, held: Standing, *, active: bool) -> Beaten:
    assert held.asesor is not None
    await presence.seen(tx, tenant, held.asesor)
    until = await queries.prolong(tx, tenant, held.id, held.asesor)
    if active:
        clocks = await moving.renew(tx, tenant, held)
    else:
        clocks = await queries.clocks(tx, tenant, held.id)
    return Beaten(expires_at=until, last_activity=clocks.last_activity, due_at=clocks.due_at)
