"""Working on clientes, over HTTP."""

from litestar import get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from pista import accounts
from pista.accounts import REFUSALS, Caller, Role, refused
from pista.desk.describing import BODY, CLIENTE, LOST, NO_CLIENTE, TAGS, cliente_of
from pista.desk.model import Cliente
from pista.desk.wizard import service
from pista.desk.wizard.model import (
    ChangeCliente,
    ClienteDraft,
    CompleteWizard,
    OpenWizard,
    SetClienteDraft,
)
from pista.store.postgres import Postgres

RESPONSES = {**BODY, **REFUSALS, **NO_CLIENTE, **LOST}


@post(
    f"{CLIENTE}/open-wizard",
    status_code=200,
    opt=accounts.may(Role.ASESOR),
    tags=TAGS,
    summary="Open the wizard of a cliente",
    responses=RESPONSES,
)
async def open_wizard(
    cliente_id: FromPath[int],
    data: JSONBody[OpenWizard],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> Cliente:
    """The cliente is now `en_gestion`. Its advisor opens it, who has it in hand."""
    async with postgres.transaction() as tx:
        return await service.open_wizard(tx, caller, cliente_of(cliente_id), data)


@post(
    f"{CLIENTE}/complete-wizard",
    status_code=200,
    opt=accounts.may(Role.ASESOR),
    tags=TAGS,
    summary="Complete the wizard of a cliente",
    responses=RESPONSES,
)
async def complete_wizard(
    cliente_id: FromPath[int],
    data: JSONBody[CompleteWizard],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> Cliente:
    """The cliente is now `terminado`, and nobody's. What was entered stays."""
    async with postgres.transaction() as tx:
        return await service.complete_wizard(tx, caller, cliente_of(cliente_id), data)


@put(
    CLIENTE,
    opt=accounts.may(Role.ASESOR),
    tags=TAGS,
    summary="Change what is known of a cliente",
    responses={
        **RESPONSES,
        409: refused("`version_conflict`, `lock_lost` or `move_not_possible`, with `current`."),
    },
)
async def change_cliente(
    cliente_id: FromPath[int],
    data: JSONBody[ChangeCliente],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> Cliente:
    """Its advisor, or a supervisor; while somebody has it in hand, they alone."""
    async with postgres.transaction() as tx:
        return await service.change(tx, caller, cliente_of(cliente_id), data)


@get(
    f"{CLIENTE}/draft",
    opt=accounts.may(Role.ASESOR),
    tags=TAGS,
    summary="What was entered in the wizard so far",
    responses={**REFUSALS, **NO_CLIENTE},
)
async def get_cliente_draft(
    cliente_id: FromPath[int],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> ClienteDraft:
    """Whoever entered it: it outlives a return, a transfer and a reopening."""
    async with postgres.transaction() as tx:
        return await service.draft(tx, caller, cliente_of(cliente_id))


@put(
    f"{CLIENTE}/draft",
    opt=accounts.may(Role.ASESOR),
    tags=TAGS,
    summary="Keep what was entered in the wizard",
    responses=RESPONSES,
)
async def set_cliente_draft(
    cliente_id: FromPath[int],
    data: JSONBody[SetClienteDraft],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> ClienteDraft:
    """By whoever has it in hand. The answer is what is kept: the one with the largest revision."""
    async with postgres.transaction() as tx:
        return await service.set_draft(tx, caller, cliente_of(cliente_id), data)


routes = [open_wizard, complete_wizard, change_cliente, get_cliente_draft, set_cliente_draft]
