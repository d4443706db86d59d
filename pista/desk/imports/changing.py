"""Changes clientes that a row is about, as a supervisor may; those that came back or were done may
begin again."""

from collections.abc import Callable, Sequence

import msgspec
from msgspec import structs

from pista.desk import machine, moving_queries, rules
from pista.desk.clientes.service import lexemes
from pista.desk.imports import many_queries, reopened_queries
from pista.desk.imports.columns import Read
from pista.desk.imports.many_queries import Details
from pista.desk.imports.model import Case
from pista.desk.imports.work import Work
from pista.desk.model import ClienteId
from pista.desk.moving_queries import Standing
from pista.desk.rules import Attempt, Refusal
from pista.ids import TenantId, UserId
from pista.store.postgres import Tx

Pairs = Sequence[tuple[Read, Case]]
Asked = Callable[[Standing, Attempt], Refusal | None]
IN_HAND = "somebody has it in hand"
NOT_POSSIBLE = "it has changed meanwhile"


async def update(work: Work, pairs: Pairs) -> None:
    """What a row has takes the place of what was there; an empty cell takes nothing away. They must
    be held."""
    standing = await _standing(work, pairs)
    may = _may(work, pairs, standing, rules.may_edit)
    before = await _change(work, may)
    for read, case in may:
        was, version = before[case.id]
        asesor = standing[case.id].asesor
        work.concerned |= {asesor} if asesor else set[UserId]()
        work.note(read, "updated", case.id, version=version, before=was)


async def reopen(work: Work, pairs: Pairs) -> None:
    """It begins again, for whose it is to be or for nobody yet, with what the row says. They
    must be held."""
    standing = await _standing(work, pairs)
    may = _may(work, pairs, standing, _may_reopen)
    states = await reopened_queries.states(work.tx, work.tenant, [case.id for _, case in may])
    owned = {case.id: work.staff.whose(read) for read, case in may}
    for along, own in (
        (machine.REOPEN_FOR, [(one, whose) for one, whose in owned.items() if whose]),
        (machine.REOPEN, [(one, whose) for one, whose in owned.items() if not whose]),
    ):
        moved = await many_queries.move(work.tx, work.tenant, own, along, work.actor, work.why)
        work.moved(moved, owned)
    before = await _change(work, may)
    for read, case in may:
        was, version = before[case.id]
        was["state"] = states[case.id]
        work.note(read, "reopened", case.id, version=version, before=was)


def _may_reopen(now: Standing, attempt: Attempt) -> Refusal | None:
    return rules.may_move(now, machine.REOPEN, attempt)


async def _standing(work: Work, pairs: Pairs) -> dict[ClienteId, Standing]:
    ids = [case.id for _, case in pairs]
    found = await moving_queries.standing(work.tx, work.tenant, ids, work.actor.id)
    return {one.id: one for one in found}


def _may(work: Work, pairs: Pairs, standing: dict[ClienteId, Standing], asked: Asked) -> Pairs:
    """Those that go; of the others it is noted why not."""
    attempt, may = Attempt(work.actor), list[tuple[Read, Case]]()
    for read, case in pairs:
        now = standing.get(case.id)
        refusal = asked(now, attempt) if now else "unknown"
        if refusal is None:
            may.append((read, case))
        else:
            why = IN_HAND if refusal == "locked" else NOT_POSSIBLE
            work.note(read, "skipped", case.id, why=f"cliente {case.id}: {why}")
    return may


async def _change(work: Work, pairs: Pairs) -> dict[ClienteId, tuple[dict[str, object], int]]:
    """What each was like, and its version now."""
    ids = [case.id for _, case in pairs]
    was = {one.id: one for one in await many_queries.details(work.tx, work.tenant, ids)}
    now = [_with(was[case.id], read) for read, case in pairs]
    versions = await store(work.tx, work.tenant, now)
    return {one: (msgspec.to_builtins(was[one]), versions[one]) for one in ids}


async def store(tx: Tx, tenant: TenantId, changed: Sequence[Details]) -> dict[ClienteId, int]:
    """Which version each has then."""
    if not changed:
        return {}
    words = [lexemes(one.nombre, one.telefono, one.email) for one in changed]
    return await many_queries.change(tx, tenant, changed, words)


def _with(was: Details, read: Read) -> Details:
    said = {
        "nombre": read.nombre,
        "email": read.email,
        "campaign": read.campaign,
        "notas": read.notas,
        "next_action": read.next_action,
        "next_action_at": read.next_action_at,
    }
    return structs.replace(was, **{name: value for name, value in said.items() if value})
