"""Taking clientes in hand, over HTTP."""

from litestar import post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from pista import accounts
from pista.accounts import REFUSALS, Caller, Role
from pista.desk.describing import BODY, CLIENTE, LOST, NO_CLIENTE, TAGS, cliente_of
from pista.desk.locks import service
from pista.desk.locks.model import Beat, Beaten, ReleaseLock, SayActive, TakeLock, TakenLock
from pista.store.postgres import Postgres

RESPONSES = {**BODY, **REFUSALS, **NO_CLIENTE, **LOST}


@post(
    f"{CLIENTE}/lock",
    status_code=200,
    opt=accounts.may(Role.ASESOR),
    tags=TAGS,
    summary="Take a cliente in hand",
    responses=RESPONSES,
)
async def lock_cliente(
    cliente_id: FromPath[int],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    data: JSONBody[TakeLock | None] = None,
) -> TakenLock:
    """For two minutes, which whatever you do with it renews. Only its advisor may; of two windows
    of theirs, the one that took it last has it. A body is not needed."""
    async with postgres.transaction() as tx:
        return await service.take(tx, caller, cliente_of(cliente_id), data or TakeLock())


@post(
    f"{CLIENTE}/heartbeat",
    status_code=200,
    opt=accounts.may(Role.ASESOR),
    tags=TAGS,
    summary="Say that a cliente is still in hand",
    responses=RESPONSES,
)
async def beat_cliente(
    cliente_id: FromPath[int],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    data: JSONBody[Beat | None] = None,
) -> Beaten:
    """Every minute. With `active: false` the window is only open, and the time goes on; without a
    body somebody did something."""
    async with postgres.transaction() as tx:
        return await service.beat(tx, caller, cliente_of(cliente_id), data or Beat())


@post(
    f"{CLIENTE}/activity",
    status_code=200,
    opt=accounts.may(Role.ASESOR),
    tags=TAGS,
    summary="Say that somebody does something with a cliente",
    responses=RESPONSES,
)
async def note_activity(
    cliente_id: FromPath[int],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    data: JSONBody[SayActive | None] = None,
) -> Beaten:
    """Their time begins anew: at most every ten seconds, while they type, click or talk."""
    async with postgres.transaction() as tx:
        return await service.say_active(tx, caller, cliente_of(cliente_id), data or SayActive())


@post(
    f"{CLIENTE}/unlock",
    status_code=204,
    opt=accounts.may(Role.ASESOR),
    tags=TAGS,
    summary="Let go of a cliente",
    responses=RESPONSES,
)
async def unlock_cliente(
    cliente_id: FromPath[int],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    data: JSONBody[ReleaseLock | None] = None,
) -> None:
    """It stays its advisor's. With `breakLock` a supervisor takes it out of their hand."""
    async with postgres.transaction() as tx:
        await service.release(tx, caller, cliente_of(cliente_id), data or ReleaseLock())


routes = [lock_cliente, beat_cliente, note_activity, unlock_cliente]
