"""Keeps views: made, changed, shared, deleted and brought back."""

from datetime import datetime

import msgspec
from msgspec import UNSET, structs

from pista import texts
from pista.accounts import Caller, Role, User, UserNotFound
from pista.accounts.people import queries as people
from pista.contacts import rules as words
from pista.desk.model import DeskPerson
from pista.desk.views import queries
from pista.desk.views.model import (
    MOST_VIEWS,
    ChangeDeskView,
    DeskView,
    DeskViews,
    NewDeskView,
    SetDefaultView,
    TooManyViews,
    ViewId,
    ViewNameTaken,
    ViewNotFound,
    ViewRow,
    ViewTerms,
)
from pista.errors import Forbidden, Invalid
from pista.ids import TenantId, uuid7
from pista.store.postgres import Tx


async def views(tx: Tx, caller: Caller) -> DeskViews:
    user = _person(caller)
    rows = await queries.visible(tx, caller.tenant_id, user.id)
    default = await queries.default(tx, caller.tenant_id, user.id)
    shown = {row.id for row in rows}
    return DeskViews(
        items=[_shown(row, caller) for row in rows],
        default_id=default if default in shown else None,
    )


async def add(tx: Tx, caller: Caller, new: NewDeskView, *, now: datetime) -> DeskView:
    user = _person(caller)
    row = ViewRow(
        id=ViewId(uuid7()),
        owner_id=user.id,
        owner_name=user.name,
        name=new.name,
        shared=new.shared,
        terms=new.terms,
        updated_at=now,
    )
    return _shown(await _save(tx, caller.tenant_id, row), caller)


async def change(
    tx: Tx, caller: Caller, view: ViewId, asked: ChangeDeskView, *, now: datetime
) -> DeskView:
    """By who made it; an admin changes what is shared as well."""
    row = await _held(tx, caller, view)
    given = {name: value for name, value in structs.asdict(asked).items() if value is not UNSET}
    changed = structs.replace(row, **given, updated_at=now)
    return _shown(await _save(tx, caller.tenant_id, changed), caller)


async def delete(tx: Tx, caller: Caller, view: ViewId) -> None:
    await _held(tx, caller, view)
    await queries.delete(tx, caller.tenant_id, view)


async def restore(tx: Tx, caller: Caller, view: ViewId, *, now: datetime) -> DeskView:
    """As it was. Whoever began with it does so again."""
    row = await _held(tx, caller, view, deleted=True)
    brought = structs.replace(row, updated_at=now)
    return _shown(await _save(tx, caller.tenant_id, brought), caller)


async def set_default(tx: Tx, caller: Caller, asked: SetDefaultView) -> DeskViews:
    user, tenant = _person(caller), caller.tenant_id
    if asked.view_id is None:
        await queries.no_default(tx, tenant, user.id)
    else:
        row = await queries.hold(tx, tenant, asked.view_id, deleted=False)
        if row is None or not _sees(row, caller):
            raise ViewNotFound
        await queries.set_default(tx, tenant, user.id, row.id)
    return await views(tx, caller)


async def _save(tx: Tx, tenant: TenantId, row: ViewRow) -> ViewRow:
    name = words.clean(row.name)
    if not name:
        raise Invalid("name: a view needs one.")
    asesor = row.terms.filters.asesor_id
    if asesor and not await people.person(tx, tenant, asesor):
        raise UserNotFound
    await queries.one_at_a_time(tx, tenant, row.owner_id)
    others = await queries.names(tx, tenant, row.owner_id, row.id)
    if await queries.lowered(tx, name) in others:
        raise ViewNameTaken
    if len(others) >= MOST_VIEWS:
        raise TooManyViews
    terms = texts.plain(msgspec.to_builtins(row.terms))
    kept = structs.replace(row, name=name, terms=msgspec.convert(terms, ViewTerms))
    await queries.save(tx, tenant, kept, terms)
    return kept


async def _held(tx: Tx, caller: Caller, view: ViewId, *, deleted: bool = False) -> ViewRow:
    _person(caller)
    row = await queries.hold(tx, caller.tenant_id, view, deleted=deleted)
    if row is None or not _sees(row, caller):
        raise ViewNotFound
    if not _changes(row, caller):
        raise Forbidden("This view is a colleague's: keep one of your own.")
    return row


def _person(caller: Caller) -> User:
    if caller.user is None:
        raise Forbidden("Views are of people.")
    return caller.user


def _sees(row: ViewRow, caller: Caller) -> bool:
    return row.shared or row.owner_id == _person(caller).id


def _changes(row: ViewRow, caller: Caller) -> bool:
    return row.owner_id == _person(caller).id or (row.shared and caller.role == Role.ADMIN)


def _shown(row: ViewRow, caller: Caller) -> DeskView:
    return DeskView(
        id=row.id,
        name=row.name,
        shared=row.shared,
        owner=DeskPerson(id=row.owner_id, name=row.owner_name),
        mine=_changes(row, caller),
        terms=row.terms,
        updated_at=row.updated_at,
    )
