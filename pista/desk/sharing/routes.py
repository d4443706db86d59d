"""How clientes are shared out, over HTTP."""

from uuid import UUID

from litestar import post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from pista import accounts
from pista.accounts import REFUSALS, Caller, Role, refused
from pista.desk.describing import BODY, TAGS
from pista.desk.presence.model import DeskAsesor
from pista.desk.sharing import service
from pista.desk.sharing.model import AsesorSkills, PreviewShare, SharePreview
from pista.ids import UserId
from pista.store.postgres import Postgres


@post(
    "/api/desk/assigning/preview",
    status_code=200,
    opt=accounts.may(Role.GTR),
    tags=TAGS,
    summary="Who would be given the next cliente, and why",
    responses={**BODY, **REFUSALS},
)
async def preview_assigning(
    data: JSONBody[PreviewShare],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> SharePreview:
    """Of one that comes now, by rules that need not be saved. Nothing is changed."""
    async with postgres.transaction() as tx:
        return await service.preview(tx, caller.tenant_id, data)


@put(
    "/api/desk/asesores/{user_id:uuid}",
    opt=accounts.may(Role.GTR),
    tags=TAGS,
    summary="How much an advisor may be given, and what they can do",
    responses={**BODY, **REFUSALS, 404: refused("`user_not_found`.")},
)
async def set_asesor(
    user_id: FromPath[UUID],
    data: JSONBody[AsesorSkills],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> DeskAsesor:
    """Both are for what is given out by itself; a supervisor may give anybody anything."""
    async with postgres.transaction() as tx:
        return await service.set_asesor(tx, caller, UserId(user_id), data)


routes = [preview_assigning, set_asesor]
