"""Gives what waits to whoever is there: by the moves that supervisors make, and no others."""

from collections.abc import Sequence

from pista import texts
from pista.accounts import Caller
from pista.desk import announcing, machine, moving, moving_queries
from pista.desk.model import SYSTEM
from pista.desk.moving import Going
from pista.desk.presence import service as presence
from pista.desk.presence.model import DeskAsesor
from pista.desk.rules import Attempt, may_move
from pista.desk.sharing import queries, rules
from pista.desk.sharing.model import (
    Asesor,
    AsesorSkills,
    Candidate,
    Given,
    PreviewShare,
    SharePreview,
    ShareRules,
    Way,
)
from pista.desk.sharing.rules import Table
from pista.ids import TenantId, UserId
from pista.store.postgres import Tx

AT_ONCE = 500
"""Clientes that wait, read in one statement."""
MOST_COUNTED = 1_000


async def share_out(tx: Tx, tenant: TenantId) -> int:
    """Give out what can be; the answer is how many.

    One transaction at a time does this for a company, so each sees what those before it gave:
    nobody is given more than their limit, and the turn goes round.
    """
    asked = await queries.one_at_a_time(tx, tenant)
    escalated = await _escalate(tx, tenant)
    return escalated + await _share(tx, tenant, asked) if asked.on else escalated


async def _escalate(tx: Tx, tenant: TenantId) -> int:
    """To whom the company named, however much they have."""
    found = await queries.escalated(tx, tenant, AT_ONCE)
    given = [Given(cliente=one.cliente, asesor=one.asesor, why="escalated") for one in found]
    return await _move(tx, tenant, given) if given else 0


async def _share(tx: Tx, tenant: TenantId, asked: ShareRules) -> int:
    ways = rules.ways(asked)
    table = Table(await _staff(tx, tenant, asked))
    before = table.staff.copy()
    given = await _given(tx, tenant, asked, table, ways)
    if not given:
        return 0
    gone = await _move(tx, tenant, given)
    turns = {one.id: one.turn for one in table.staff.values() if one != before[one.id]}
    await queries.set_turns(tx, tenant, turns)
    return gone


async def preview(tx: Tx, tenant: TenantId, asked: PreviewShare) -> SharePreview:
    """Of one that comes now, by these rules."""
    by = asked.assigning or await queries.rules(tx, tenant)
    ways = rules.ways(by)
    number = await queries.way_of(tx, by, texts.plain(asked.campaign), texts.plain(asked.source))
    shared = number < len(ways)
    way = ways[number] if shared else rules.rest(by)
    staff = await _staff(tx, tenant, by)
    turn = [one.id for one in rules.in_turn(staff, way)] if shared else []
    waiting = await queries.waiting(tx, tenant, by, range(len(ways)), MOST_COUNTED, 0)
    return SharePreview(
        on=by.on,
        waiting=len(waiting),
        rule=way.rule,
        shared=shared,
        method=way.method,
        asesor=turn[0] if turn else None,
        candidates=[_candidate(one, way, turn) for one in staff],
    )


async def set_asesor(tx: Tx, caller: Caller, user: UserId, asked: AsesorSkills) -> DeskAsesor:
    """It holds at once: whoever may be given more is."""
    tenant = caller.tenant_id
    await moving.check_colleague(tx, tenant, user)
    named = dict.fromkeys(texts.plain(one).strip() for one in asked.skills)
    await queries.set_asesor(tx, tenant, user, asked.limit, [one for one in named if one])
    announcing.mention(tx, tenant, [user], {"type": "DESK_SETTINGS"})
    return await presence.asesor(tx, tenant, user)


async def _given(
    tx: Tx, tenant: TenantId, asked: ShareRules, table: Table, ways: Sequence[Way]
) -> list[Given]:
    """What waits is read on for as long as there is somebody to give it to."""
    given: list[Given] = []
    for after in range(0, queries.MOST_LOOKED_AT, AT_ONCE):
        served = [n for n, way in enumerate(ways) if rules.servable(table.staff.values(), way)]
        if not served:
            break
        waiting = await queries.waiting(tx, tenant, asked, served, AT_ONCE, after)
        given += table.give(waiting, ways)
        if len(waiting) < AT_ONCE:
            break
    return given


async def _staff(tx: Tx, tenant: TenantId, asked: ShareRules) -> list[Asesor]:
    return [
        Asesor(
            id=row.id,
            name=row.name,
            state=row.state,
            load=row.load,
            limit=asked.limit if row.own_limit is None else row.own_limit,
            skills=rules.skills(row.skills),
            turn=row.turn,
        )
        for row in await queries.asesores(tx, tenant)
    ]


async def _move(tx: Tx, tenant: TenantId, given: Sequence[Given]) -> int:
    """What somebody moved in this very moment stays where they moved it."""
    attempt = Attempt(SYSTEM)
    ids = sorted(one.cliente for one in given)
    await moving_queries.hold(tx, tenant, ids)
    standing = {one.id: one for one in await moving_queries.standing(tx, tenant, ids, None)}
    together: dict[tuple[UserId, str], list[moving_queries.Standing]] = {}
    for one in given:
        now = standing.get(one.cliente)
        if now and may_move(now, machine.DERIVE, attempt) is None:
            together.setdefault((one.asesor, one.why), []).append(now)
    for (asesor, why), held in together.items():
        going = Going(machine.DERIVE, asesor, why)
        await moving.moved(tx, tenant, held, going, attempt)
    return sum(len(held) for held in together.values())


def _candidate(one: Asesor, way: Way, turn: Sequence[UserId]) -> Candidate:
    return Candidate(
        id=one.id,
        name=one.name,
        load=one.load,
        limit=one.limit,
        skills=sorted(one.skills),
        refusal=rules.refusal(one, way),
        place=turn.index(one.id) + 1 if one.id in turn else None,
    )
