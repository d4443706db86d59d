"""Clientes over HTTP, with the paths that forms and screens already use."""

from datetime import UTC, datetime
from typing import Annotated

from litestar import get, patch, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, JSONBody, QueryParameter

from pista import accounts, moments, texts
from pista.accounts import REFUSALS, Caller, Role, refused
from pista.desk import machine
from pista.desk.clientes import listing, service, showing
from pista.desk.clientes.listing import Filters, Mark, Sort
from pista.desk.clientes.model import (
    ClienteCounts,
    Clientes,
    DeskMoves,
    EnterCliente,
    GiveBack,
    Historial,
    Reopen,
    SetEstatus,
    ShownMove,
    Transfer,
)
from pista.desk.describing import BODY, CLIENTE, NO_CLIENTE, NOT_NOW, TAGS, cliente_of
from pista.desk.model import Cliente
from pista.ids import ContactId
from pista.paging import Before, Limit
from pista.store.postgres import Postgres

NO_PARAMETER = {422: refused("`invalid`: the detail names the parameter.")}
GIVEN = {
    **BODY,
    404: refused("`cliente_not_found` or `user_not_found`."),
    422: refused("`invalid`: the detail names the field; `no_asesor`: say whose it is to be."),
}

Statuses = Annotated[
    list[str] | None,
    QueryParameter(
        name="estatus", max_items=20, description="One or several, with commas between them."
    ),
]
Asesor = Annotated[
    str | None,
    QueryParameter(name="asesorId", max_length=40, description="`me`, `none` or a user's id."),
]
Campaign = Annotated[str | None, QueryParameter(name="campaign", max_length=200)]
Search = Annotated[
    str,
    QueryParameter(
        name="q", max_length=200, description="Words that begin those of name, phone and e-mail."
    ),
]
Contact = Annotated[str | None, QueryParameter(name="contactId", max_length=60)]
Since = Annotated[datetime | None, QueryParameter(name="from", description="Made then or later.")]
Until = Annotated[datetime | None, QueryParameter(name="to", description="Made before then.")]
InOrder = Annotated[
    Sort,
    QueryParameter(
        name="sort", description="What goes back next and has waited longest first; or the newest."
    ),
]
Marked = Annotated[
    Mark | None,
    QueryParameter(
        name="mark", description="`escalated`: came back too often; `late`: missed a goal."
    ),
]
BeforeLine = Annotated[
    int | None, QueryParameter(name="before", ge=1, lt=2**53, description="What `next` said.")
]


@post(
    "/api/clientes",
    opt=accounts.may(Role.GTR),
    tags=TAGS,
    summary="Enter a cliente",
    responses={**BODY, **REFUSALS, 404: refused("`contact_not_found`.")},
)
async def enter_cliente(
    data: JSONBody[EnterCliente],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> Cliente:
    """It is `nuevo`, of the contact with this phone or e-mail, who is made if there is none."""
    now = datetime.now(UTC)
    async with postgres.transaction() as tx:
        return await service.enter(tx, caller, data, now=now)


def _filters(
    estatus: Statuses = None,
    asesor: Asesor = None,
    campaign: Campaign = None,
    search: Search = "",
    contact: Contact = None,
    since: Since = None,
    until: Until = None,
    mark: Marked = None,
) -> Filters:
    return Filters(
        estatus=estatus or (),
        asesor=asesor,
        campaign=campaign,
        search=search,
        contact=ContactId(texts.plain(contact)) if contact else None,
        since=moments.in_utc(since, "from"),
        until=moments.in_utc(until, "to"),
        mark=mark,
    )


NARROWED = {"filters": Provide(_filters, sync_to_thread=False)}
"""A list, or an export: the same filters show the same clientes."""


@get(
    "/api/clientes",
    opt=accounts.may(Role.ASESOR),
    tags=TAGS,
    summary="Clientes",
    responses={**REFUSALS, **NO_PARAMETER},
    dependencies=NARROWED,
)
async def list_clientes(
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    filters: NamedDependency[Filters],
    sort: InOrder = "urgency",
    before: Before = None,
    limit: Limit = 50,
) -> Clientes:
    """Advisors see their own. What goes back next comes first, among what has waited longest."""
    async with postgres.transaction() as tx:
        wanted = filters._replace(sort=sort)
        return await listing.listed(tx, caller, wanted, before=before, limit=limit)


@get(
    CLIENTE,
    opt=accounts.may(Role.ASESOR),
    tags=TAGS,
    summary="One cliente",
    responses={**REFUSALS, **NO_CLIENTE},
)
async def get_cliente(
    cliente_id: FromPath[int],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> Cliente:
    """An advisor sees their own."""
    async with postgres.transaction() as tx:
        return await showing.seen(tx, caller, cliente_of(cliente_id))


@get(
    f"{CLIENTE}/historial",
    opt=accounts.may(Role.ASESOR),
    tags=TAGS,
    summary="What happened to a cliente",
    responses={**REFUSALS, **NO_CLIENTE, **NO_PARAMETER},
)
async def get_historial(
    cliente_id: FromPath[int],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    before: BeforeLine = None,
    limit: Limit = 50,
) -> Historial:
    """Every move, the newest first: who, from and to, why, and how long it had been so."""
    async with postgres.transaction() as tx:
        cliente = cliente_of(cliente_id)
        return await service.historial(tx, caller, cliente, before=before, limit=limit)


async def _set_estatus(
    cliente_id: int, data: SetEstatus, caller: Caller, postgres: Postgres
) -> Cliente:
    async with postgres.transaction() as tx:
        return await service.set_estatus(tx, caller, cliente_of(cliente_id), data)


@post(
    f"{CLIENTE}/estatus",
    status_code=200,
    opt=accounts.may(Role.GTR),
    tags=TAGS,
    summary="Give a cliente to an advisor, or take it back",
    responses={**GIVEN, **REFUSALS, **NOT_NOW},
)
async def post_estatus(
    cliente_id: FromPath[int],
    data: JSONBody[SetEstatus],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> Cliente:
    """`derivado` with `asesorId` gives it to them, whosever it is; `nuevo` or `no_gestionado` takes
    it back. The same again is 409, with how it is by now."""
    return await _set_estatus(cliente_id, data, caller, postgres)


@patch(
    f"{CLIENTE}/estatus",
    opt=accounts.may(Role.GTR),
    tags=TAGS,
    summary="The same as POST",
    responses={**GIVEN, **REFUSALS, **NOT_NOW},
)
async def patch_estatus(
    cliente_id: FromPath[int],
    data: JSONBody[SetEstatus],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> Cliente:
    """For whoever sends it so."""
    return await _set_estatus(cliente_id, data, caller, postgres)


@post(
    f"{CLIENTE}/reopen",
    status_code=200,
    opt=accounts.may(Role.GTR),
    tags=TAGS,
    summary="Begin again with a cliente",
    responses={**BODY, **REFUSALS, 404: GIVEN[404], **NOT_NOW},
)
async def reopen_cliente(
    cliente_id: FromPath[int],
    data: JSONBody[Reopen],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> Cliente:
    """It is `nuevo`, or with `asesorId` theirs at once. Its history and its draft go on."""
    async with postgres.transaction() as tx:
        return await service.reopen(tx, caller, cliente_of(cliente_id), data)


@post(
    f"{CLIENTE}/give-back",
    status_code=200,
    opt=accounts.may(Role.ASESOR),
    tags=TAGS,
    summary="Give a cliente back to the supervisors",
    responses={**BODY, **REFUSALS, **NO_CLIENTE, **NOT_NOW},
)
async def give_back_cliente(
    cliente_id: FromPath[int],
    data: JSONBody[GiveBack],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> Cliente:
    """By its advisor, with a reason. The draft stays for whoever is next."""
    async with postgres.transaction() as tx:
        return await service.give_back(tx, caller, cliente_of(cliente_id), data)


@post(
    f"{CLIENTE}/transfer",
    status_code=200,
    opt=accounts.may(Role.ASESOR),
    tags=TAGS,
    summary="Hand a cliente to a colleague",
    responses={**BODY, **REFUSALS, 404: GIVEN[404], **NOT_NOW},
)
async def transfer_cliente(
    cliente_id: FromPath[int],
    data: JSONBody[Transfer],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> Cliente:
    """By its advisor, with a note; the colleague's time begins anew."""
    async with postgres.transaction() as tx:
        return await service.transfer(tx, caller, cliente_of(cliente_id), data)


@get(
    "/api/desk/moves",
    opt=accounts.may(Role.ASESOR),
    tags=TAGS,
    summary="How a cliente may go from one status to another",
    responses=REFUSALS,
    sync_to_thread=False,
)
def list_moves() -> DeskMoves:
    """The same table that the server and the database hold everybody to."""
    items = [
        ShownMove(move=one.name, origins=list(one.origins), to=one.to, who=one.who)
        for one in machine.MOVES
    ]
    return DeskMoves(items=items)


@get(
    "/api/desk/counts",
    opt=accounts.may(Role.ASESOR),
    tags=TAGS,
    summary="How many clientes are in each status",
    responses=REFUSALS,
)
async def count_clientes(
    caller: NamedDependency[Caller], postgres: NamedDependency[Postgres]
) -> ClienteCounts:
    """Of those that the caller sees; each counted to 10,000 and no further."""
    async with postgres.transaction() as tx:
        return await listing.counts(tx, caller)


routes = [
    enter_cliente,
    list_clientes,
    get_cliente,
    get_historial,
    post_estatus,
    patch_estatus,
    reopen_cliente,
    give_back_cliente,
    transfer_cliente,
    list_moves,
    count_clientes,
]
