"""A company's settings of its desk, over HTTP."""

from litestar import get, put
from litestar.di import NamedDependency
from litestar.params import JSONBody

from pista import accounts
from pista.accounts import REFUSALS, Caller, Role, refused
from pista.accounts.audit import Action, Auditor
from pista.desk.describing import BODY, TAGS
from pista.desk.settings import service
from pista.desk.settings.model import DeskSettings, SetDeskSettings
from pista.store.postgres import Postgres


@get(
    "/api/desk/settings",
    opt=accounts.may(Role.ASESOR),
    tags=TAGS,
    summary="Settings of the desk",
    responses=REFUSALS,
)
async def get_desk_settings(
    caller: NamedDependency[Caller], postgres: NamedDependency[Postgres]
) -> DeskSettings:
    """How long an advisor has, when the company is open, and what the wizard asks."""
    async with postgres.transaction() as tx:
        return await service.settings(tx, caller.tenant_id)


@put(
    "/api/desk/settings",
    opt=accounts.may(Role.ADMIN),
    tags=TAGS,
    summary="Change the settings of the desk",
    responses={
        **BODY,
        **REFUSALS,
        404: refused("`user_not_found`: `escalation` names nobody of the company."),
        422: refused("`invalid` or `bad_desk_settings`: the detail says what."),
    },
)
async def set_desk_settings(
    data: JSONBody[SetDeskSettings],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    auditor: NamedDependency[Auditor],
) -> DeskSettings:
    """They hold at once, also for clientes that somebody has already."""
    async with postgres.transaction() as tx:
        changed = await service.change(tx, caller.tenant_id, data)
        await auditor.note(tx, Action.SETTINGS_CHANGED, "desk")
        return changed


routes = [get_desk_settings, set_desk_settings]
