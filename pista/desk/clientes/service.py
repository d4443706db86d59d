"""What supervisors and asesores do with a cliente besides working on it."""

from datetime import datetime

from pista import contacts, texts
from pista.accounts import Caller
from pista.contacts import FoundContact
from pista.contacts import rules as words
from pista.desk import access, announcing, machine, moving, moving_queries
from pista.desk.clientes import queries, showing
from pista.desk.clientes.model import (
    EnterCliente,
    GiveBack,
    Historial,
    HistoryBy,
    HistoryLine,
    HistoryRow,
    Reopen,
    SetEstatus,
    Transfer,
)
from pista.desk.clientes.showing import Names
from pista.desk.model import STATUSES, Actor, Cliente, ClienteId
from pista.desk.moving import Going
from pista.desk.moving_queries import NewCliente
from pista.desk.rules import Attempt
from pista.ids import ContactId, TenantId
from pista.store.postgres import Tx


async def enter(tx: Tx, caller: Caller, asked: EnterCliente, *, now: datetime) -> Cliente:
    """A new one, of the contact that is meant."""
    contact = await _contact(tx, caller.tenant_id, asked, now)
    new = NewCliente(
        nombre=words.clean(asked.nombre) or "?",
        telefono=words.clean(asked.telefono),
        email=words.clean(asked.email),
        contact_id=contact,
        campaign=words.clean(asked.campaign),
        source=asked.source,
        notas=texts.plain(asked.notas or "") or None,
    )
    cliente = await add(tx, caller.tenant_id, new, actor=access.actor(caller))
    return await showing.one(tx, caller.tenant_id, cliente)


async def add(
    tx: Tx, tenant: TenantId, new: NewCliente, *, actor: Actor, why: str | None = None
) -> ClienteId:
    """Make it, with its history, and tell of it."""
    cliente, told = await moving_queries.add(
        tx, tenant, new, lexemes(new.nombre, new.telefono, new.email), actor=actor, why=why
    )
    announcing.announce(tx, [told])
    return cliente


async def set_estatus(tx: Tx, caller: Caller, cliente: ClienteId, asked: SetEstatus) -> Cliente:
    """Give it to somebody, or take it back, by what it is now."""
    attempt = Attempt(access.actor(caller), break_lock=asked.break_lock, version=asked.version)
    match asked.estatus:
        case "derivado":
            going = Going(machine.to_derive, asked.asesor_id, asked.why)
        case "nuevo":
            going = Going(machine.to_renew, None, asked.why)
        case "no_gestionado":
            going = Going(machine.WITHDRAW_UNMANAGED, None, asked.why)
    await moving.move(tx, caller.tenant_id, cliente, going, attempt)
    return await showing.one(tx, caller.tenant_id, cliente)


async def reopen(tx: Tx, caller: Caller, cliente: ClienteId, asked: Reopen) -> Cliente:
    along = machine.REOPEN_FOR if asked.asesor_id else machine.REOPEN
    going = Going(along, asked.asesor_id, asked.why)
    await moving.move(tx, caller.tenant_id, cliente, going, Attempt(access.actor(caller)))
    return await showing.one(tx, caller.tenant_id, cliente)


async def give_back(tx: Tx, caller: Caller, cliente: ClienteId, asked: GiveBack) -> Cliente:
    """The answer is the cliente as it went: it is not the asesor's any more."""
    attempt = Attempt(access.actor(caller, asked.asesor_id), asked.lock_token)
    going = Going(machine.GIVE_BACK, None, asked.why)
    await moving.move(tx, caller.tenant_id, cliente, going, attempt)
    return await showing.one(tx, caller.tenant_id, cliente)


async def transfer(tx: Tx, caller: Caller, cliente: ClienteId, asked: Transfer) -> Cliente:
    attempt = Attempt(access.actor(caller, asked.asesor_id), asked.lock_token)
    going = Going(machine.TRANSFER, asked.to_asesor_id, asked.why)
    await moving.move(tx, caller.tenant_id, cliente, going, attempt)
    return await showing.one(tx, caller.tenant_id, cliente)


async def historial(
    tx: Tx, caller: Caller, cliente: ClienteId, *, before: int | None, limit: int
) -> Historial:
    await showing.seen(tx, caller, cliente)
    rows = await queries.history(tx, caller.tenant_id, cliente, before, limit + 1)
    staff = await showing.names(tx, caller.tenant_id)
    items = [_line(row, staff) for row in rows[:limit]]
    return Historial(items=items, next=str(items[-1].id) if len(rows) > limit else None)


def lexemes(nombre: str, telefono: str | None, email: str | None) -> list[str]:
    """What it is found by."""
    digits = "".join(char for char in telefono or "" if char.isdigit())
    known = words.words(nombre, telefono, email, digits)
    return sorted({*known, *words.phone_words(telefono)})


async def _contact(
    tx: Tx, tenant: TenantId, asked: EnterCliente, now: datetime
) -> ContactId | None:
    if asked.contact_id is not None:
        given = ContactId(asked.contact_id)
        if await contacts.root_of(tx, tenant, given) is None:
            raise contacts.ContactNotFound
        return given
    if not asked.telefono and not asked.email:
        return None
    found = FoundContact(
        source="desk",
        trusted=True,
        name=asked.nombre,
        email=asked.email,
        phone=asked.telefono,
    )
    try:
        return (await contacts.upsert(tx, tenant, found, now=now)).contact_id
    except contacts.BadContact:
        # Nobody can be known by it; it is kept as it was entered.
        return None


def _line(row: HistoryRow, staff: Names) -> HistoryLine:
    person = staff.get(row.actor_id) if row.actor_id else None
    return HistoryLine(
        id=row.id,
        move=row.move,
        came_from=next((one for one in STATUSES if one == row.from_status), None),
        to=row.to_status,
        at=row.at,
        seconds=row.seconds,
        by=HistoryBy(kind=row.actor_kind, person=person),
        asesor_before=staff.get(row.asesor_before) if row.asesor_before else None,
        asesor_after=staff.get(row.asesor_after) if row.asesor_after else None,
        why=row.why,
        due_at=row.due_at,
    )
