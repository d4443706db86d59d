"""Works rows of a file off: some at a time, in one transaction, each once."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from msgspec import structs

from pista.contacts import queries as contacts
from pista.desk import announcing, moving_queries
from pista.desk.imports import many_queries, queries, reading
from pista.desk.imports.changing import reopen, update
from pista.desk.imports.columns import Read
from pista.desk.imports.creating import create
from pista.desk.imports.model import Became, Case, ImportRow
from pista.desk.imports.reading import Met, Place
from pista.desk.imports.rules import Deed, deed
from pista.desk.imports.staff import staff
from pista.desk.imports.work import Work
from pista.store.postgres import Tx

DONE = ("created", "updated", "reopened")


async def add(
    tx: Tx, row: ImportRow, cells: Sequence[list[str]], first_row: int, now: datetime
) -> Became:
    """What has become of all rows so far. Whoever else is told of the same people meanwhile, by
    another file or by hand, comes before or after."""
    reads, at = await reading.read(tx, row, cells, first_row)
    known = [one for read in reads for one in read.told.identities]
    await contacts.lock_identities(tx, row.tenant_id, known)
    there = await staff(tx, row.tenant_id)
    work = Work(tx, row, there, now)
    there.take_turns(work.choices.asesor_ids, row.became.assigned)
    waiting: Sequence[Read] = reads
    while waiting:
        waiting = await _pass(work, row, waiting, at)
    await queries.note(tx, row.tenant_id, row.id, _kept(work))
    await _tell(work, row)
    return _counted(row.became, work)


async def _pass(work: Work, row: ImportRow, reads: Sequence[Read], at: Place) -> list[Read]:
    """No person twice in one go: who is about somebody that an earlier row is about has to wait."""
    met = await reading.met(work.tx, row, reads, at)
    seen: set[object] = set()
    waiting: list[Read] = []
    deeds: dict[Deed, list[Met]] = {}
    for one in met:
        about = {one.read.who, one.case.id if one.case else None} - {None}
        if seen & about:
            waiting.append(one.read)
            continue
        seen |= about
        deeds.setdefault(deed(one.group, one.case, work.choices), []).append(one)
    await _hold(work, deeds)
    await _do(work, deeds)
    return waiting


async def _hold(work: Work, deeds: dict[Deed, list[Met]]) -> None:
    """All that is changed, in the order in which everybody holds clientes: nobody waits for what
    somebody has who waits for this."""
    changed = [*deeds.get("update", []), *deeds.get("reopen", [])]
    ids = [case.id for _, case in _pairs(changed)]
    await moving_queries.hold(work.tx, work.tenant, ids)


async def _do(work: Work, deeds: dict[Deed, list[Met]]) -> None:
    for one in deeds.get("refuse", []):
        work.note(one.read, "refused")
    for one in deeds.get("skip", []):
        work.note(one.read, "skipped", why=_known(one))
    if new := deeds.get("create"):
        await create(work, [one.read for one in new])
    if known := _pairs(deeds.get("update", [])):
        await update(work, known)
    if known := _pairs(deeds.get("reopen", [])):
        await reopen(work, known)


def _pairs(met: Sequence[Met]) -> list[tuple[Read, Case]]:
    return [(one.read, one.case) for one in met if one.case]


def _known(one: Met) -> str:
    if one.same_as is not None:
        return f"same person as row {one.same_as}"
    assert one.case is not None
    return f"cliente {one.case.id} is {one.case.status}"


def _kept(work: Work) -> list[queries.Noted]:
    """What an undo needs, and what somebody may want to mend: all others are as the file says."""
    return [one for one in work.noted if one.outcome in DONE or one.why]


async def _tell(work: Work, row: ImportRow) -> None:
    done = sum(1 for one in work.noted if one.outcome in DONE)
    if done:
        concerned = sorted(work.concerned)
        told = await many_queries.tell(work.tx, work.tenant, row.id, done, concerned)
        announcing.announce(work.tx, [told])
        announcing.wake_timer(work.tx, min(work.due, default=None))


def _counted(before: Became, work: Work) -> Became:
    counts = Counter(one.outcome for one in work.noted)
    problems = sum(1 for one in work.noted if one.why and one.outcome in DONE)
    return structs.replace(
        before,
        created=before.created + counts["created"],
        updated=before.updated + counts["updated"],
        reopened=before.reopened + counts["reopened"],
        skipped=before.skipped + counts["skipped"],
        refused=before.refused + counts["refused"],
        assigned=before.assigned + work.given,
        problems=before.problems + problems,
    )
