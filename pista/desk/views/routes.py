"""Saved views over HTTP."""

from datetime import UTC, datetime
from uuid import UUID

from litestar import delete, get, patch, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from pista import accounts
from pista.accounts import REFUSALS, Caller, Role, refused
from pista.desk.describing import BODY, TAGS
from pista.desk.views import service
from pista.desk.views.model import (
    ChangeDeskView,
    DeskView,
    DeskViews,
    NewDeskView,
    SetDefaultView,
    ViewId,
)
from pista.store.postgres import Postgres

VIEW = "/api/desk/views/{view_id:uuid}"
NO_VIEW = {404: refused("`view_not_found`: there is none, or it is a colleague's own.")}
NO_VIEW_OR_USER = {404: refused("`view_not_found` or `user_not_found`.")}
TAKEN = {409: refused("`view_name_taken`, or `too_many_views` (50).")}


@get(
    "/api/desk/views",
    opt=accounts.may(Role.GTR, people_only=True),
    tags=TAGS,
    summary="Saved views of the list of clientes",
    responses=REFUSALS,
)
async def list_desk_views(
    caller: NamedDependency[Caller], postgres: NamedDependency[Postgres]
) -> DeskViews:
    """The caller's own, and those that are shared."""
    async with postgres.transaction() as tx:
        return await service.views(tx, caller)


@post(
    "/api/desk/views",
    opt=accounts.may(Role.GTR, people_only=True),
    tags=TAGS,
    summary="Save a view",
    responses={**BODY, **REFUSALS, **TAKEN, 404: refused("`user_not_found`.")},
)
async def add_desk_view(
    data: JSONBody[NewDeskView],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> DeskView:
    """For oneself, or with `shared` for all supervisors and admins."""
    async with postgres.transaction() as tx:
        return await service.add(tx, caller, data, now=datetime.now(UTC))


@patch(
    VIEW,
    opt=accounts.may(Role.GTR, people_only=True),
    tags=TAGS,
    summary="Rename, share or change a view",
    responses={**BODY, **REFUSALS, **TAKEN, **NO_VIEW_OR_USER},
)
async def change_desk_view(
    view_id: FromPath[UUID],
    data: JSONBody[ChangeDeskView],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> DeskView:
    """By who made it; what is shared by admins as well."""
    async with postgres.transaction() as tx:
        return await service.change(tx, caller, ViewId(view_id), data, now=datetime.now(UTC))


@delete(
    VIEW,
    opt=accounts.may(Role.GTR, people_only=True),
    tags=TAGS,
    summary="Delete a view",
    responses={**REFUSALS, **NO_VIEW},
)
async def delete_desk_view(
    view_id: FromPath[UUID],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> None:
    """It can be brought back for a day."""
    async with postgres.transaction() as tx:
        await service.delete(tx, caller, ViewId(view_id))


@post(
    f"{VIEW}/restore",
    status_code=200,
    opt=accounts.may(Role.GTR, people_only=True),
    tags=TAGS,
    summary="Bring a deleted view back",
    responses={**REFUSALS, **NO_VIEW_OR_USER, **TAKEN},
)
async def restore_desk_view(
    view_id: FromPath[UUID],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> DeskView:
    """Within a day, unless there is another of its name by now."""
    async with postgres.transaction() as tx:
        return await service.restore(tx, caller, ViewId(view_id), now=datetime.now(UTC))


@put(
    "/api/desk/default-view",
    opt=accounts.may(Role.GTR, people_only=True),
    tags=TAGS,
    summary="Say with which view one begins",
    responses={**BODY, **REFUSALS, **NO_VIEW},
)
async def set_default_desk_view(
    data: JSONBody[SetDefaultView],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> DeskViews:
    """The caller's own choice. Once that view is gone it is the whole list again."""
    async with postgres.transaction() as tx:
        return await service.set_default(tx, caller, data)


routes = [
    list_desk_views,
    add_desk_view,
    change_desk_view,
    delete_desk_view,
    restore_desk_view,
    set_default_desk_view,
]
