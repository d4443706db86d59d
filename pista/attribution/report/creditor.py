"""The creditor: decides again, for everybody about whom something changed, what earned what.

What changes is noted by the database in the transaction that changes it, so nothing is forgotten
with a process. Any number of workers may run; one person is in one worker's hands at a time. What
was told to an ad platform by then stays as it was told.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from uuid import UUID

import msgspec

from pista import clicks, logs, queue
from pista.attribution import credit_queries, crediting
from pista.attribution.credit import WINDOW, Credit, Rules, credit
from pista.attribution.credit_queries import CreditRow
from pista.attribution.report import creditor_queries as queries
from pista.attribution.report import gathering, sharing
from pista.attribution.report.creditor_queries import Due
from pista.attribution.report.gathering import Gathered, Happened, Subject
from pista.attribution.report.model import ReportChanged
from pista.attribution.report.sharing import Part
from pista.clicks import Click
from pista.ids import TenantId
from pista.store import postgres
from pista.store.postgres import Postgres, Tx

POLL_SECONDS = 1.0
MOST_AT_ONCE = 500

log = logs.get()


def _now() -> datetime:
    return datetime.now(UTC)


class Creditor:
    """Run it in a task; it ends when it is cancelled."""

    def __init__(self, pool: Postgres, clock: Callable[[], datetime] = _now) -> None:
        self._pool = pool
        self._clock = clock

    async def run(self) -> None:
        while True:
            try:
                while await self.work():
                    continue
                await self.fold()
            except postgres.AWAY as error:
                log.warning("creditor_interrupted", error=str(error)[:500])
            except Exception:
                # A mistake in here must not end the crediting of all days to come.
                log.exception("creditor_failed")
            await asyncio.sleep(POLL_SECONDS)

    async def work(self) -> int:
        """Take on what is noted of one company, in one transaction; how much that was."""
        async with self._pool.transaction() as tx:
            due = await queries.take(tx, MOST_AT_ONCE)
            if not due:
                return 0
            tenant = due[0].tenant_id
            await tx.act_for(tenant)
            await _credit(tx, tenant, due, self._clock())
            await queue.announce(tx, ReportChanged(tenant_id=tenant))
        return len(due)

    async def fold(self) -> None:
        """Add up by hours and days what was counted since."""
        many = queries.MOST_FOLDED
        while many == queries.MOST_FOLDED:
            async with self._pool.transaction() as tx:
                many = await _fold(tx) if await queries.is_mine(tx) else 0


async def _fold(tx: Tx) -> int:
    for zoned in await queries.zones_changed(tx):
        await queries.rebuild_days(tx, zoned)
    return await queries.fold(tx)


async def _credit(tx: Tx, tenant: TenantId, due: Sequence[Due], now: datetime) -> None:
    asked = gathering.given([one.subject for one in due])
    await queries.lock(tx, tenant)
    gathered = await gathering.gather(tx, tenant, asked)
    window = await credit_queries.window(tx, tenant) or WINDOW
    decided = [
        (one, _decided(one, subject, gathered, Rules(window=window)))
        for subject in gathered.subjects
        for one in subject.happened
    ]
    known = _known(gathered)
    rows = [_row(one, found, now) for one, found in decided]
    parts = [part for one, found in decided for part in sharing.parts(one, found, known)]
    gone = await _erased(tx, tenant, rows)
    await credit_queries.store_many(tx, tenant, [row for row in rows if _key(row) not in gone])
    await _keep(tx, tenant, [part for part in parts if (part.kind, part.result_id) not in gone])
    await queries.forget(tx, tenant, "contact", gathered.hidden)


def _decided(one: Happened, subject: Subject, gathered: Gathered, rules: Rules) -> Credit:
    own = crediting.its_own(subject.spans, one.result, subject.tied(one.result))
    token = one.result.token
    return credit(one.result, own, rules, given=gathered.tokens.get(token) if token else None)


def _known(gathered: Gathered) -> dict[UUID, Click]:
    ties = [tie.click for subject in gathered.subjects for tie in subject.candidates]
    return {click.id: click for click in (*ties, *gathered.tokens.values())}


def _row(one: Happened, found: Credit, now: datetime) -> CreditRow:
    row = crediting.row(one.kind, one.id, one.result.at, found, now=now)
    if one.kind != "sale":
        return row
    return msgspec.structs.replace(row, value_cents=one.value_cents, currency=one.currency)


def _key(row: CreditRow) -> tuple[str, str]:
    return row.kind, row.result_id


async def _erased(tx: Tx, tenant: TenantId, rows: Sequence[CreditRow]) -> set[tuple[str, str]]:
    """Results whose click was erased with whoever clicked: they stay as they were counted."""
    before = await queries.credited(tx, tenant, [row for row in rows if row.click_id is None])
    there = await clicks.still_there(
        tx, tenant, [one.click_id for one in before if one.click_id is not None]
    )
    return {(one.kind, one.result_id) for one in before if one.click_id not in there}


async def _keep(tx: Tx, tenant: TenantId, parts: Sequence[Part]) -> None:
    """Write what has changed, and nothing else: what is written is counted."""
    stored = set(await queries.parts_of(tx, tenant, parts))
    results: dict[tuple[str, str], set[Part]] = defaultdict(set)
    for part in parts:
        results[part.kind, part.result_id].add(part)
    before: dict[tuple[str, str], set[Part]] = defaultdict(set)
    for part in stored:
        before[part.kind, part.result_id].add(part)
    changed = [key for key, own in results.items() if own != before[key]]
    if not changed:
        return
    await queries.remove(tx, tenant, [one for one in changed if before[one]])
    await queries.add(tx, tenant, [part for key in changed for part in results[key]])
