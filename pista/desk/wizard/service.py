"""Opens clientes, keeps what is entered about them, and ends the work on them."""

from typing import TypeVar

from msgspec import UNSET, UnsetType, structs

from pista import moments, texts
from pista.accounts import Caller
from pista.contacts import rules as words
from pista.desk import access, announcing, machine, moving, moving_queries, rules
from pista.desk.clientes import showing
from pista.desk.clientes.service import lexemes
from pista.desk.locks import service as locks
from pista.desk.model import Cliente, ClienteId
from pista.desk.moving import Going
from pista.desk.rules import Attempt
from pista.desk.wizard import queries
from pista.desk.wizard.model import (
    ChangeCliente,
    ClienteDraft,
    CompleteWizard,
    OpenWizard,
    SetClienteDraft,
)
from pista.desk.wizard.queries import Details
from pista.ids import TenantId
from pista.store.postgres import Tx

T = TypeVar("T")


async def open_wizard(tx: Tx, caller: Caller, cliente: ClienteId, asked: OpenWizard) -> Cliente:
    """Opening what is open already changes nothing: a double click writes no second line."""
    tenant = caller.tenant_id
    attempt = Attempt(access.actor(caller, asked.asesor_id), asked.lock_token)
    now = await moving.work(tx, tenant, cliente, attempt, locked=True)
    await locks.keep(tx, tenant, now)
    if now.status != "en_gestion":
        await moving.moved(tx, tenant, [now], Going(machine.OPEN, now.asesor), attempt)
    return await showing.one(tx, tenant, cliente)


async def complete_wizard(
    tx: Tx, caller: Caller, cliente: ClienteId, asked: CompleteWizard
) -> Cliente:
    """With what came of it. It is nobody's then."""
    tenant = caller.tenant_id
    attempt = Attempt(access.actor(caller, asked.asesor_id), asked.lock_token)
    going = Going(machine.COMPLETE, None, words.clean(asked.outcome or None))
    now = await moving.hold(tx, tenant, cliente, attempt)
    if refusal := rules.may_move(now, machine.COMPLETE, attempt):
        raise await moving.explained(tx, tenant, now, machine.COMPLETE, refusal)
    if asked.answers is not UNSET:
        by = attempt.actor.id
        await queries.keep_draft(tx, tenant, cliente, texts.plain(asked.answers), None, by)
    before = await queries.details(tx, tenant, cliente)
    details = structs.replace(
        before,
        notas=_text(asked.notas, before.notas),
        outcome=_line(asked.outcome, before.outcome),
        next_action=_line(asked.next_action, before.next_action),
        next_action_at=_or(asked.next_action_at, before.next_action_at),
    )
    if details != before:
        await _store(tx, tenant, cliente, details)
    await moving.moved(tx, tenant, [now], going, attempt)
    return await showing.one(tx, tenant, cliente)


async def change(tx: Tx, caller: Caller, cliente: ClienteId, asked: ChangeCliente) -> Cliente:
    """What is given; by its asesor it is activity as well."""
    tenant = caller.tenant_id
    attempt = Attempt(
        access.actor(caller, asked.asesor_id), asked.lock_token, version=asked.version
    )
    now = await moving.hold(tx, tenant, cliente, attempt)
    if refusal := rules.may_edit(now, attempt):
        raise await moving.explained(tx, tenant, now, None, refusal)
    before = await queries.details(tx, tenant, cliente)
    details = Details(
        nombre=_line(asked.nombre, before.nombre) or before.nombre,
        telefono=_line(asked.telefono, before.telefono),
        email=_line(asked.email, before.email),
        campaign=_line(asked.campaign, before.campaign),
        notas=_text(asked.notas, before.notas),
        outcome=_line(asked.outcome, before.outcome),
        next_action=_line(asked.next_action, before.next_action),
        next_action_at=_or(asked.next_action_at, before.next_action_at),
    )
    if now.asesor is not None and now.asesor == attempt.actor.id:
        await locks.keep(tx, tenant, now)
    if details != before:
        await _store(tx, tenant, cliente, details)
        told = await moving_queries.tell(tx, tenant, cliente, now.asesor, "changed")
        announcing.announce(tx, told)
    return await showing.one(tx, tenant, cliente)


async def draft(tx: Tx, caller: Caller, cliente: ClienteId) -> ClienteDraft:
    await showing.seen(tx, caller, cliente)
    return await _draft(tx, caller.tenant_id, cliente)


async def set_draft(
    tx: Tx, caller: Caller, cliente: ClienteId, asked: SetClienteDraft
) -> ClienteDraft:
    """The answer is what is kept: the one with the largest revision."""
    tenant = caller.tenant_id
    attempt = Attempt(access.actor(caller, asked.asesor_id), asked.lock_token)
    now = await moving.work(tx, tenant, cliente, attempt, locked=True)
    by = attempt.actor.id
    answers = texts.plain(asked.answers)
    await queries.keep_draft(tx, tenant, cliente, answers, asked.revision, by)
    await locks.keep(tx, tenant, now)
    return await _draft(tx, tenant, cliente)


async def _draft(tx: Tx, tenant: TenantId, cliente: ClienteId) -> ClienteDraft:
    row = await queries.draft(tx, tenant, cliente)
    if row is None:
        return ClienteDraft(answers={}, revision=0, updated_at=None, updated_by=None)
    staff = await showing.names(tx, tenant)
    return ClienteDraft(
        answers=row.answers,
        revision=row.revision,
        updated_at=row.updated_at,
        updated_by=staff.get(row.updated_by) if row.updated_by else None,
    )


async def _store(tx: Tx, tenant: TenantId, cliente: ClienteId, now: Details) -> None:
    now = structs.replace(now, next_action_at=moments.in_utc(now.next_action_at, "nextActionAt"))
    found = lexemes(now.nombre, now.telefono, now.email)
    await queries.store(tx, tenant, cliente, now, found)


def _or(given: T | UnsetType, before: T) -> T:
    return before if given is UNSET else given


def _line(given: str | UnsetType | None, before: str | None) -> str | None:
    return before if given is UNSET else words.clean(given)


def _text(given: str | UnsetType | None, before: str | None) -> str | None:
    if given is UNSET:
        return before
    return texts.plain(given or "") or None
