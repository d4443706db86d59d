"""Reactions to what people write: shown at once, told to the platform, taken back if it refuses.

A reaction is something about a message and not one itself; set twice, it is the same. So whoever
does not know whether it was told tells it again.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

import msgspec

from pista import queue
from pista.chat import announcing
from pista.chat.model import ConversationId, MessageId
from pista.chat.outgoing import Accepted, Outgoing, Reaction, Refused, Sent, To, Unknown
from pista.chat.platforms import Platforms
from pista.chat.sealing import token_of
from pista.chat.sending import reacting_queries as queries
from pista.chat.sending import service
from pista.chat.sending.errand import HELD, LOOK_AGAIN, PATIENCE, hold, is_held
from pista.chat.sending.model import MessageNotFound, NotReactable
from pista.chat.sending.reacting_queries import TargetRow
from pista.ids import TenantId
from pista.queue import Again, Errand, Trip
from pista.store.postgres import Tx
from pista.store.secrets import Sealer

# Meta's: older ones are not delivered.
OLDEST = timedelta(days=30)


class TellReaction(msgspec.Struct, frozen=True, kw_only=True, tag="chat.send.reaction"):
    """Tell the platform how we reacted to this message."""

    message_id: MessageId
    at: datetime
    before: str | None
    """What it was until then, should the platform refuse."""


class Plan(NamedTuple):
    platform: str
    number: str
    token: str
    outgoing: Outgoing
    target: TargetRow
    work: TellReaction

    def __repr__(self) -> str:
        return f"Plan({self.target.id})"


async def react(
    tx: Tx,
    tenant: TenantId,
    conversation: ConversationId,
    message: MessageId,
    emoji: str | None,
    *,
    now: datetime,
) -> None:
    """None takes it back. The same again is told once."""
    peer = await service.locked(tx, tenant, conversation)
    found = await queries.target(tx, tenant, message)
    if found is None or found.conversation_id != conversation:
        raise MessageNotFound
    if found.emoji == emoji:
        return
    service.check_peer(peer, now, is_template=False)
    if found.external_id is None or found.deleted_at is not None or found.kind == "system":
        raise NotReactable
    if peer.platform == "whatsapp" and (found.direction == "out" or now - found.at > OLDEST):
        raise NotReactable("WhatsApp takes reactions to what people wrote in the last 30 days.")
    # The clocks of two web processes may differ; what was said last is what holds.
    at = max(now, found.reacted_at or now) + timedelta(microseconds=1)
    await queries.set_reaction(tx, tenant, found.channel_id, found.external_id, at, _detail(emoji))
    work = TellReaction(message_id=message, at=at, before=found.emoji)
    await queue.enqueue(tx, tenant, work, now=now, key=f"chat.send.reaction:{message}")
    await announcing.announce(tx, tenant, {conversation}, now)


class Reactor:
    """Tells by the clients of this process."""

    def __init__(self, platforms: Platforms, sealer: Sealer) -> None:
        self._platforms = platforms
        self._sealer = sealer

    def errand(self) -> Errand:
        return Errand(self.set_out, self.do, self.note, PATIENCE)

    async def set_out(self, tx: Tx, trip: Trip, work: TellReaction) -> Plan | None:
        """Nothing, where another came after it."""
        tenant = trip.job.tenant_id
        found = await queries.target(tx, tenant, work.message_id)
        if found is None or found.external_id is None or found.reacted_at != work.at:
            return None
        way = await queries.way(tx, tenant, found.conversation_id)
        sealed = way.token if way and way.enabled else None
        token = token_of(self._sealer, found.channel_id, sealed)
        if way is None or token is None:
            await _put_back(tx, tenant, found, work)
            return None
        if is_held(way, way.now):
            raise Again(HELD, at=way.now + LOOK_AGAIN, counts=False)
        outgoing = Outgoing(
            to=To(phone=way.phone, user_id=way.user_id, group=way.group_id),
            content=Reaction(external_id=found.external_id, emoji=found.emoji),
        )
        return Plan(way.platform, way.number, token, outgoing, found, work)

    async def do(self, _trip: Trip, plan: Plan) -> Sent:
        if plan.platform == "whatsapp":
            return await self._platforms.whatsapp(plan.token, plan.number).send(plan.outgoing)
        return await self._platforms.telegram(plan.token).send(plan.outgoing)

    async def note(self, tx: Tx, trip: Trip, plan: Plan, sent: Sent) -> Again | None:
        tenant, work = trip.job.tenant_id, plan.work
        match sent:
            case Accepted():
                return None
            case Unknown():
                return None if trip.last else Again(sent.reason)
            case Refused():
                refusal = sent.refusal
        way = await queries.way(tx, tenant, plan.target.conversation_id)
        if refusal.todo == "hold" and way is not None:
            await hold(tx, tenant, plan.target.channel_id, refusal.text or refusal.advice)
            return Again(HELD, at=way.now + LOOK_AGAIN, counts=False)
        if refusal.todo.startswith("again") and not trip.last and way is not None:
            pause = refusal.retry_after
            at = None if pause is None else way.now + timedelta(seconds=pause)
            return Again("The platform does not take it now.", at=at)
        found = await queries.target(tx, tenant, work.message_id)
        if found is not None and found.reacted_at == work.at:
            await _put_back(tx, tenant, found, work)
        return None


async def _put_back(tx: Tx, tenant: TenantId, found: TargetRow, work: TellReaction) -> None:
    assert found.external_id is not None
    await queries.set_reaction(
        tx, tenant, found.channel_id, found.external_id, work.at, _detail(work.before)
    )
    await announcing.announce(tx, tenant, {found.conversation_id}, work.at)


def _detail(emoji: str | None) -> dict[str, str | None]:
    return {"emoji": emoji}
