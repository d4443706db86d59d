"""Tells a destination of a conversion: frozen, marked as under way, sent, and noted.

The bytes are on the disk before they leave, and are the same at every attempt, under the same id:
what arrived without an answer is known as a repeat there. Where nobody knows whether it arrived,
it is sent again only as long as that holds, and then a person decides.
"""

import random
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import msgspec

from pista import logs, metrics, queue
from pista.attribution.conversions import gathering, queries, rules
from pista.attribution.conversions.client import Carried, Client
from pista.attribution.conversions.model import (
    Deliver,
    DeliveryRow,
    DestinationChanged,
    DestinationId,
    DestinationRow,
    EventId,
)
from pista.attribution.destinations import queries as destinations
from pista.attribution.destinations import sealing
from pista.attribution.platforms import PLATFORMS
from pista.attribution.told import (
    CORRECTS,
    SECRET_MISSING,
    TOKEN_REFUSED,
    Platform,
    Sending,
    Told,
    Unfit,
    Verdict,
)
from pista.ids import TenantId
from pista.queue import Again, Errand, Trip
from pista.store.postgres import Tx
from pista.store.secrets import Sealer, SecretUnreadable

SKEW_MATTERS = timedelta(seconds=2)
ON_TIME = timedelta(0)

log = logs.get()


class Under(NamedTuple):
    """One delivery that is under way, and what was known of it before."""

    event_id: EventId
    number: int
    unknown_since: datetime | None
    event_time: datetime
    rewritten: bool
    """With the platform's time, since ours was ahead of it."""


class Plan(NamedTuple):
    """What is to be sent, and where; of its `repr`, nothing is to be read in a log."""

    destination: DestinationRow
    sending: Sending
    bodies: list[bytes]
    under_way: list[Under]

    def __repr__(self) -> str:
        return f"Plan({len(self.under_way)} to {self.destination.id})"


class Came(NamedTuple):
    verdict: Verdict
    carried: Carried


class Courier:
    """Sends by the client of this process; any number of these may run beside each other."""

    def __init__(self, client: Client, sealer: Sealer) -> None:
        self._client = client
        self._sealer = sealer

    def errand(self) -> Errand:
        return Errand(self.set_out, self.do, self.note, rules.BACKOFF)

    async def set_out(self, tx: Tx, trip: Trip, work: Deliver) -> Plan | None:
        tenant, now = trip.job.tenant_id, datetime.now(UTC)
        row = await queries.lock(tx, tenant, work.event_id, work.destination_id)
        if row is None or row.state not in ("held", "ready", "unknown"):
            return None
        destination = await destinations.for_share(tx, tenant, row.destination_id)
        if destination is None or destination.state != "on":
            # Whoever resumes it has everything that waits begun anew.
            if destination is None or destination.deleted_at is not None:
                await destinations.let_go(tx, tenant, row.destination_id)
            return None
        platform = PLATFORMS[destination.kind]
        code = _test_code(destination, now) if row.test else None
        if ending := rules.over(row, platform, now, under_code=code is not None):
            await queries.give_up(tx, tenant, row, ending.state, ending.why)
            return None
        await self._wait(tx, trip, row, destination, now)
        secrets = await self._secrets(tx, tenant, destination, platform, now)
        if secrets is None:
            return None
        rows, bodies = await self._frozen(tx, tenant, row, destination, platform, now)
        if not rows:
            return None
        sending = Sending(
            settings=msgspec.convert(destination.settings, platform.settings_type),
            secrets=secrets,
            urls=self._client.urls,
            test_code=code,
            now=now,
        )
        await queries.set_out(tx, tenant, rows, len(rows), now)
        return Plan(destination, sending, bodies, [_under(one) for one in rows])

    async def _wait(
        self, tx: Tx, trip: Trip, row: DeliveryRow, destination: DestinationRow, now: datetime
    ) -> None:
        """`Again` where its time has not come."""
        tenant = trip.job.tenant_id
        if destination.not_before and now < destination.not_before:
            spread = timedelta(seconds=random.random() * 5)  # noqa: S311
            raise Again(
                "The platform asked for patience.", at=destination.not_before + spread, counts=False
            )
        if row.state == "unknown" and not trip.lost:
            gone = await queries.last_set_out(tx, tenant, row)
            if gone is not None and now < gone + rules.IN_FLIGHT:
                raise Again("It is under way.", at=gone + rules.IN_FLIGHT, counts=False)
        if row.state == "held" and row.grace_until and now < row.grace_until:
            told = await gathering.gather(tx, tenant, row, now=now)
            if isinstance(told, Unfit) or told.click is not None:
                return
            at = min(row.grace_until, now + rules.LOOK_AGAIN)
            raise Again("No click is known of it yet.", at=at, counts=False)

    async def _secrets(
        self,
        tx: Tx,
        tenant: TenantId,
        destination: DestinationRow,
        platform: Platform,
        now: datetime,
    ) -> dict[str, str] | None:
        """None if nothing can be sent until somebody has entered them again."""
        try:
            found = sealing.opened(self._sealer, destination)
        except SecretUnreadable:
            found = {}
        if all(found.get(name) for name in platform.secret_names):
            return found
        await _pause(tx, tenant, destination.id, SECRET_MISSING, now)
        return None

    async def _frozen(
        self,
        tx: Tx,
        tenant: TenantId,
        first: DeliveryRow,
        destination: DestinationRow,
        platform: Platform,
        now: datetime,
    ) -> tuple[list[DeliveryRow], list[bytes]]:
        """What goes into the request; what does not fit the platform is told so, and left out."""
        most = rules.together(first, platform)
        rows = [first]
        if most > 1:
            oldest = now - timedelta(days=platform.oldest_days) + rules.MARGIN
            rows += await queries.lock_others(tx, tenant, first, most - 1, oldest, now)
        going: list[DeliveryRow] = []
        bodies: list[bytes] = []
        for row in rows:
            body = row.payload or await _freeze(tx, tenant, row, destination, platform, now)
            if body is not None:
                going.append(row)
                bodies.append(body)
        return going, bodies

    async def do(self, _trip: Trip, plan: Plan) -> Came:
        came = await self._carry(plan)
        if came.verdict.todo == "pause" and self._client.forget(plan.destination.id):
            # It may have been the access token alone that was not good any more.
            came = await self._carry(plan)
        return came

    async def _carry(self, plan: Plan) -> Came:
        platform = PLATFORMS[plan.destination.kind]
        entered = await self._client.enter(plan.destination.id, platform, plan.sending)
        if isinstance(entered, Verdict):
            return Came(entered, Carried(None, False, entered.text, 0, None))
        carried = await self._client.send(platform.request(plan.bodies, entered))
        if carried.answer is not None:
            return Came(platform.read(carried.answer, len(plan.under_way)), carried)
        todo = "unknown" if carried.arrived else "again"
        return Came(Verdict(todo=todo, text=carried.reason), carried)

    async def note(self, tx: Tx, trip: Trip, plan: Plan, came: Came) -> Again | None:
        tenant, now = trip.job.tenant_id, datetime.now(UTC)
        verdict, destination = came.verdict, plan.destination
        _count(trip, plan, came)
        numbers = [(one.event_id, one.number) for one in plan.under_way]
        passed = came.carried.milliseconds
        at = rules.next_at(verdict, plan.under_way[0].number, random.random(), now)  # noqa: S311
        early = max((_ahead(one, came) for one in plan.under_way), default=ON_TIME)
        if early:
            # What may have arrived stays as it is, and goes once it is that late there.
            at = now + early if plan.under_way[0].unknown_since else now
        for one in plan.under_way:
            await _settle(tx, tenant, plan, one, came, at, now)
        await queries.end_attempts(tx, tenant, destination.id, numbers, verdict, passed, now)
        renewed = verdict.todo == "pause" and await _is_renewed(tx, tenant, destination)
        if verdict.todo == "pause" and not renewed:
            why = verdict.text or verdict.code or TOKEN_REFUSED
            await _pause(tx, tenant, destination.id, why, now)
        await destinations.learn(
            tx,
            tenant,
            destination.id,
            skew_seconds=_skew(came, now),
            not_before=at if verdict.todo == "throttled" else None,
            sent_at=now if verdict.todo == "sent" else None,
        )
        if early:
            return Again("Our clock is ahead of theirs.", at=at, counts=False)
        if renewed:
            return Again("It is sent with something else since.", at=now, counts=False)
        if verdict.todo in ("again", "throttled", "split", "unknown"):
            return Again(verdict.text or verdict.todo, at=at, counts=False)
        return None


async def _freeze(
    tx: Tx,
    tenant: TenantId,
    row: DeliveryRow,
    destination: DestinationRow,
    platform: Platform,
    now: datetime,
) -> bytes | None:
    """From here on it is sent as it is now, whatever becomes known later."""
    told = await gathering.gather(tx, tenant, row, now=now)
    if not isinstance(told, Unfit):
        told = await _fitting(tx, tenant, row, told, platform, now)
    if not isinstance(told, Unfit):
        settings = msgspec.convert(destination.settings, platform.settings_type)
        # What is no skew that matters must not be of the future either.
        theirs = now - SKEW_MATTERS + timedelta(seconds=min(destination.skew_seconds, 0))
        body = platform.write(told, settings, theirs)
        if isinstance(body, bytes):
            await queries.freeze(tx, tenant, row, body, now)
            return body
        told = body
    state = "canceled" if told.why in rules.GONE_BACK else "skipped"
    await queries.give_up(tx, tenant, row, state, told.why)
    return None


async def _fitting(
    tx: Tx, tenant: TenantId, row: DeliveryRow, told: Told, platform: Platform, now: datetime
) -> Told | Unfit:
    """Whether this platform can be told of it; `Again` if not yet."""
    if row.name not in platform.names:
        return Unfit(rules.NO_SUCH_EVENT)
    if told.test and platform.tests == "never":
        return Unfit("test_sale")
    if platform.corrects and row.name in CORRECTS and row.sale_id is not None:
        there = await queries.told_there(tx, tenant, row.sale_id, CORRECTS[row.name])
        if row.destination_id not in (place for place, _ in there):
            return Unfit(rules.NEVER_TOLD)
        sent_at = await queries.purchase_sent_at(tx, tenant, row.sale_id, row.destination_id)
        if at := rules.correctable_at(row.name, platform, sent_at, now):
            raise Again("The purchase is too new to be corrected there.", at=at, counts=False)
    return told


async def _settle(
    tx: Tx,
    tenant: TenantId,
    plan: Plan,
    one: Under,
    came: Came,
    at: datetime,
    now: datetime,
) -> None:
    """What this attempt means for one of those that were in it."""
    row = await queries.lock(tx, tenant, one.event_id, plan.destination.id)
    if row is None or row.attempts != one.number or row.state not in ("unknown", "parked"):
        return
    after = rules.settled(came.verdict, one.unknown_since, len(plan.under_way), now)
    if row.state == "parked" and after.state != "sent":
        return
    if is_early := bool(_ahead(one, came)):
        after = rules.as_early(one.unknown_since)
    await queries.settle(
        tx,
        tenant,
        one.event_id,
        plan.destination.id,
        after.state,
        why=after.why,
        next_at=at if after.state in ("ready", "unknown") else None,
        verdict=came.verdict,
        milliseconds=came.carried.milliseconds,
        unknown_since=after.unknown_since,
        sent_at=now if after.state == "sent" else None,
        most_together=after.most_together,
    )
    if is_early:
        await queries.thaw(tx, tenant, one.event_id, plan.destination.id)


async def _is_renewed(tx: Tx, tenant: TenantId, used: DestinationRow) -> bool:
    """Whether what was refused is not what would be sent with now."""
    held = await destinations.for_update(tx, tenant, used.id)
    return held is not None and (held.secrets, held.settings) != (used.secrets, used.settings)


async def _pause(
    tx: Tx, tenant: TenantId, destination: DestinationId, why: str, now: datetime
) -> None:
    """Until somebody has looked; what waits is kept. Every open screen is told."""
    if await destinations.pause(tx, tenant, destination, why[:500]):
        log.warning("destination_paused", destination=str(destination))
        news = DestinationChanged(
            tenant_id=tenant, destination_id=destination, state="paused", at=now
        )
        await queue.announce(tx, news)


def _ahead(one: Under, came: Came) -> timedelta:
    """By how much the event was of the future where it was refused: of a clock behind ours.

    What was written with their time already was refused for something else.
    """
    theirs = came.carried.theirs
    if came.verdict.todo not in ("never", "split") or theirs is None or one.rewritten:
        return ON_TIME
    ahead = min(one.event_time, datetime.now(UTC)) - theirs
    return ahead if ahead > SKEW_MATTERS else ON_TIME


def _skew(came: Came, now: datetime) -> int | None:
    theirs = came.carried.theirs
    if theirs is None:
        return None
    apart = theirs - now
    return round(apart.total_seconds()) if abs(apart) > SKEW_MATTERS else 0


def _test_code(destination: DestinationRow, now: datetime) -> str | None:
    until = destination.test_until
    return destination.test_code if until is not None and now < until else None


def _under(row: DeliveryRow) -> Under:
    rewritten = row.why == rules.CLOCK
    return Under(row.event_id, row.attempts + 1, row.unknown_since, row.event_time, rewritten)


def _count(trip: Trip, plan: Plan, came: Came) -> None:
    verdict = came.verdict
    metrics.CONVERSIONS.labels(plan.destination.kind, verdict.todo).inc(len(plan.under_way))
    log.info(
        "conversions_told",
        destination=str(plan.destination.id),
        kind=plan.destination.kind,
        events=len(plan.under_way),
        first=plan.under_way[0].event_id,
        job=trip.job.id,
        outcome=verdict.todo,
        status=verdict.status,
        code=verdict.code,
        trace=verdict.trace_id,
        milliseconds=came.carried.milliseconds,
    )
