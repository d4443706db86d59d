"""Who is at work, over HTTP."""

from litestar import get, put
from litestar.di import NamedDependency
from litestar.params import JSONBody

from pista import accounts
from pista.accounts import REFUSALS, Caller, Role
from pista.desk.describing import BODY, TAGS
from pista.desk.presence import service
from pista.desk.presence.model import DeskAsesores, DeskPresence, SetDeskPresence
from pista.store.postgres import Postgres


@get(
    "/api/desk/asesores",
    opt=accounts.may(Role.ASESOR),
    tags=TAGS,
    summary="Who may be given clientes, who is there, and how much each has",
    responses=REFUSALS,
)
async def list_asesores(
    caller: NamedDependency[Caller], postgres: NamedDependency[Postgres]
) -> DeskAsesores:
    """Advisors, and whoever else has clientes."""
    async with postgres.transaction() as tx:
        return await service.asesores(tx, caller.tenant_id)


@put(
    "/api/desk/presence",
    opt=accounts.signed_in(),
    tags=TAGS,
    summary="Say that one is there, pauses, or is away",
    responses={**BODY, **REFUSALS},
)
async def set_desk_presence(
    data: JSONBody[SetDeskPresence],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> DeskPresence:
    """Without an open socket say it again every half minute: who is not heard of for 90 seconds is
    away."""
    async with postgres.transaction() as tx:
        return await service.say(tx, caller, data)


routes = [list_asesores, set_desk_presence]
