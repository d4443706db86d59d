"""One message to the platform: marked, sent, and what came of it noted.

It is `unknown` on the disk before the request leaves, so that nothing is ever sent twice without a
person who says so: neither after kill -9, nor after an answer that never came. A status that
carries our id tells later whether it arrived; Telegram has no such thing.
"""

import asyncio
from datetime import datetime, timedelta
from typing import NamedTuple, Protocol

import msgspec

from pista import queue
from pista.chat import announcing, http, keeping_queries, media
from pista.chat.media import Attached, Shelves
from pista.chat.media.model import MediaNotFound, MediaNotHere, MediaStoreAway
from pista.chat.model import ChannelId, ConversationId, MessageId
from pista.chat.outgoing import Accepted, Content, Outgoing, Refused, Sent, To, Unknown
from pista.chat.platforms import Platforms
from pista.chat.refusals import Refusal, pair_pause
from pista.chat.sealing import token_of
from pista.chat.sending import contents, flow, queries, rules
from pista.chat.sending.model import Failure, Outbound
from pista.chat.sending.queries import DueRow
from pista.chat.sending.rules import Outcome, Pace
from pista.ids import TenantId
from pista.queue import Again, Errand, Patience, Trip
from pista.store.postgres import Tx
from pista.store.secrets import Sealer

# Document 4's: five attempts from one second on.
PATIENCE = Patience(most=5, first_seconds=1.0)
LOOK_AGAIN = timedelta(seconds=60)
"""At a number that is held, if nobody says that it is not any more."""
HELD = "The number is held."
UNSEALED = "Its token is missing or cannot be read; enter it again."
GONE = "The number or bot is switched off."
NO_FILE = Failure(todo="never", advice="check_media", text="The file is not here any more.")
FILE_AWAY = http.refused("again_for_pair", "wait", "The store that files are kept in is away.")
LOST = "The worker ended while it was being sent."


class Plan(NamedTuple):
    """What is to be sent, and where; of its `repr`, nothing is to be read in a log."""

    tenant: TenantId
    message: MessageId
    conversation: ConversationId
    channel: ChannelId
    platform: str
    number: str
    token: str
    outgoing: Outgoing
    pace: Pace
    attached: Attached | None
    seconds: float
    trial: bool

    def __repr__(self) -> str:
        return f"Plan({self.message})"


class Sender:
    """Sends by the clients of this process."""

    def __init__(self, platforms: Platforms, sealer: Sealer, shelves: Shelves) -> None:
        self._platforms = platforms
        self._shelves = shelves
        self._sealer = sealer

    def errand(self) -> Errand:
        return Errand(self.set_out, self.do, self.note, PATIENCE)

    async def set_out(self, tx: Tx, trip: Trip, work: Outbound) -> Plan | None:
        tenant = trip.job.tenant_id
        due = await queries.lock_due(tx, tenant, work.message_id)
        if due is None or due.status not in ("queued", "unknown"):
            return None
        if trip.lost or due.status == "unknown":
            return await _unknown(tx, tenant, due, LOST)
        return await self._plan(tx, tenant, due)

    async def _plan(self, tx: Tx, tenant: TenantId, due: DueRow) -> Plan | None:
        if not due.enabled:
            return await _fail(tx, tenant, due, Failure(todo="again", advice="none", text=GONE))
        if is_held(due, due.now):
            raise Again(HELD, at=due.now + LOOK_AGAIN, counts=False)
        if due.blocked:
            return await _fail(tx, tenant, due, Failure(todo="never", advice="person_blocked"))
        token = token_of(self._sealer, due.channel_id, due.token)
        if token is None:
            await hold(tx, tenant, due.channel_id, UNSEALED)
            return await _fail(
                tx, tenant, due, Failure(todo="hold", advice="check_token", text=UNSEALED)
            )
        outgoing = _outgoing(due)
        upload = contents.upload_of(outgoing.content)
        try:
            attached = upload and await media.attach(tx, tenant, upload, due.id)
        except MediaNotFound:
            return await _fail(tx, tenant, due, NO_FILE)
        pace = rules.pace_of(due.platform, group=due.group_id is not None)
        slot = await flow.admit(
            tx,
            tenant,
            due.channel_id,
            due.conversation_id,
            due.paid_until,
            pace,
            now=due.now,
        )
        await queries.mark_unknown(tx, tenant, due.id, due.now)
        return Plan(
            tenant=tenant,
            message=due.id,
            conversation=due.conversation_id,
            channel=due.channel_id,
            platform=due.platform,
            number=due.external_id,
            token=token,
            outgoing=outgoing,
            attached=attached,
            pace=pace,
            seconds=slot.seconds,
            trial=slot.trial,
        )

    async def do(self, _trip: Trip, plan: Plan) -> Sent:
        await asyncio.sleep(plan.seconds)
        outgoing = plan.outgoing
        if plan.attached is not None:
            try:
                file = await self._shelves.whole(plan.attached.kept)
            except MediaNotHere:
                return http.refused("never", "check_media", NO_FILE.text or "")
            except MediaStoreAway:
                return FILE_AWAY
            content = contents.with_file(outgoing.content, file, plan.attached)
            outgoing = msgspec.structs.replace(outgoing, content=content)
        if plan.platform == "whatsapp":
            return await self._platforms.whatsapp(plan.token, plan.number).send(outgoing)
        return await self._platforms.telegram(plan.token).send(outgoing)

    async def note(self, tx: Tx, trip: Trip, plan: Plan, sent: Sent) -> Again | None:
        due = await queries.lock_due(tx, plan.tenant, plan.message)
        if due is None:
            return None
        again = await _note(tx, trip, plan, due, sent)
        refusal = sent.refusal if isinstance(sent, Refused) else None
        await flow.learn(
            tx,
            plan.tenant,
            plan.channel,
            _outcome(sent),
            plan.pace,
            code=refusal and refusal.code,
            trial=plan.trial,
            now=due.now,
        )
        await announcing.announce(tx, plan.tenant, {plan.conversation}, due.now)
        return again


async def _note(tx: Tx, trip: Trip, plan: Plan, due: DueRow, sent: Sent) -> Again | None:
    match sent:
        case Accepted():
            await queries.accept(tx, plan.tenant, plan.message, sent.external_id)
            # A status may have come before the answer.
            await keeping_queries.apply_changes(tx, plan.tenant, plan.channel, [sent.external_id])
            return None
        case Unknown():
            await _unknown(tx, plan.tenant, due, sent.reason)
            return None
        case Refused():
            return await _refused(tx, trip, plan, due, sent.refusal)


async def _refused(tx: Tx, trip: Trip, plan: Plan, due: DueRow, refusal: Refusal) -> Again | None:
    """Certainly not sent: wait and try again, or say why not."""
    failure = msgspec.convert(refusal, Failure, from_attributes=True)
    why = f"Refused: {refusal.advice}, {refusal.code}."
    if refusal.todo == "never" or (trip.last and refusal.todo != "hold" and not plan.trial):
        await _fail(tx, plan.tenant, due, failure)
        return None
    await queries.settle(tx, plan.tenant, plan.message, "queued", failure)
    if refusal.todo == "hold":
        await hold(tx, plan.tenant, plan.channel, refusal.text or refusal.advice)
        return Again(why, at=due.now + LOOK_AGAIN, counts=False)
    if refusal.moved_to is not None:
        if await queries.move_group(tx, plan.tenant, plan.conversation, refusal.moved_to):
            return Again(why, at=due.now)
        await _fail(tx, plan.tenant, due, failure)
        return None
    # Who tries for all others uses up no attempt of its own.
    return Again(why, at=_at(trip, plan, due, refusal), counts=not plan.trial)


def _at(trip: Trip, plan: Plan, due: DueRow, refusal: Refusal) -> datetime | None:
    """When it is tried again; None: after the usual pause."""
    if refusal.retry_after is not None:
        return due.now + timedelta(seconds=refusal.retry_after)
    if refusal.todo == "again_for_pair":
        return due.now + timedelta(seconds=pair_pause(trip.job.attempts))
    return due.now if plan.trial else None


async def hold(tx: Tx, tenant: TenantId, channel: ChannelId, reason: str) -> None:
    """Until somebody has looked; what waits is kept. Doors and screens are told."""
    if await queries.hold(tx, tenant, channel, reason[:500], None):
        tx.tell(queue.CONFIG)


async def _unknown(tx: Tx, tenant: TenantId, due: DueRow, why: str) -> None:
    advice = "unknown" if due.platform == "whatsapp" else "unknown_for_good"
    failure = Failure(todo="again", advice=advice, text=why)
    await queries.settle(tx, tenant, due.id, "unknown", failure)
    await announcing.announce(tx, tenant, {due.conversation_id}, due.now)


async def _fail(tx: Tx, tenant: TenantId, due: DueRow, failure: Failure) -> None:
    await queries.settle(tx, tenant, due.id, "failed", failure)
    await announcing.announce(tx, tenant, {due.conversation_id}, due.now)


class Holdable(Protocol):
    """What goes out by a number or bot."""

    @property
    def held_reason(self) -> str | None: ...
    @property
    def held_until(self) -> datetime | None: ...


def is_held(due: Holdable, now: datetime) -> bool:
    return due.held_reason is not None and (due.held_until is None or due.held_until > now)


def _outcome(sent: Sent) -> Outcome:
    match sent:
        case Accepted():
            return "good"
        case Unknown():
            return "bad"
        case Refused() if sent.refusal.feeds_breaker:
            return "bad"
        case Refused() if sent == FILE_AWAY:
            return "neither"
        case Refused():
            # It answered: what is wrong is the message, the person or the account.
            return "neither" if sent.refusal.todo == "hold" else "good"


def _outgoing(due: DueRow) -> Outgoing:
    return Outgoing(
        to=To(phone=due.phone, user_id=due.user_id, group=due.group_id),
        content=msgspec.convert(due.outgoing, Content),
        reply_to=due.reply_to,
        callback_data=str(due.id),
    )
