"""Many clientes at once, over HTTP."""

from litestar import post
from litestar.di import NamedDependency
from litestar.params import JSONBody

from pista import accounts
from pista.accounts import REFUSALS, Caller, Role, refused
from pista.desk.assigning import service
from pista.desk.assigning.model import AssignClientes, Assignment, UndoAssignment
from pista.desk.describing import BODY, TAGS
from pista.store.postgres import Postgres


@post(
    "/api/clientes/assign",
    status_code=200,
    opt=accounts.may(Role.GTR),
    tags=TAGS,
    summary="Give many clientes to an advisor",
    responses={**BODY, **REFUSALS, 404: refused("`user_not_found`.")},
)
async def assign_clientes(
    data: JSONBody[AssignClientes],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> Assignment:
    """Up to 500. What cannot be given is told one by one, and the others are given."""
    async with postgres.transaction() as tx:
        return await service.assign(tx, caller, data)


@post(
    "/api/clientes/assign/undo",
    status_code=200,
    opt=accounts.may(Role.GTR),
    tags=TAGS,
    summary="Take an assignment back",
    responses={
        **BODY,
        **REFUSALS,
        404: refused("`assignment_not_found`: there is none, or it is older than a day."),
        409: refused("`already_undone`."),
    },
)
async def undo_assignment(
    data: JSONBody[UndoAssignment],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> Assignment:
    """Each is what it was, unless somebody has done something with it since."""
    async with postgres.transaction() as tx:
        return await service.take_back(tx, caller, data)


routes = [assign_clientes, undo_assignment]
