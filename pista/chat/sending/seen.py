"""Tells WhatsApp that somebody here has read what a person wrote, or writes an answer, where the
settings say so."""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import msgspec

from pista import queue
from pista.chat.model import ChannelId, ConversationId
from pista.chat.outgoing import Done, Refused
from pista.chat.platforms import Platforms
from pista.chat.sealing import token_of
from pista.chat.sending import queries
from pista.ids import TenantId
from pista.queue import Again, Errand, Patience, Trip
from pista.store.postgres import Tx
from pista.store.secrets import Sealer

TYPING_SECONDS = 20
"""WhatsApp shows it for 25, or until the answer comes."""
TYPING_LASTS = timedelta(seconds=15)
"""What has waited for longer is no news any more."""
LATEST = 2**62


class TellSeen(msgspec.Struct, frozen=True, kw_only=True, tag="chat.send.seen"):
    """Blue ticks for this message and all before it."""

    channel_id: ChannelId
    external_id: str


class TellTyping(msgspec.Struct, frozen=True, kw_only=True, tag="chat.send.typing"):
    """The same, and that an answer is being written."""

    channel_id: ChannelId
    external_id: str
    until: datetime


class Plan(NamedTuple):
    number: str
    token: str
    external_id: str
    typing: bool

    def __repr__(self) -> str:
        return f"Plan({self.number})"


async def tell_seen(
    tx: Tx, tenant: TenantId, conversation: ConversationId, through: int, *, now: datetime
) -> None:
    """Once for each message that was the last one seen."""
    last = await queries.last_seen(tx, tenant, conversation, through)
    if last is not None:
        work = TellSeen(channel_id=last.channel_id, external_id=last.external_id)
        await queue.enqueue(tx, tenant, work, now=now, dedup=last.external_id)


async def tell_typing(
    tx: Tx, tenant: TenantId, conversation: ConversationId, *, now: datetime
) -> None:
    """Every 20 seconds at most, however many write and however often they say so."""
    last = await queries.last_seen(tx, tenant, conversation, LATEST)
    if last is not None:
        until = now + TYPING_LASTS
        work = TellTyping(channel_id=last.channel_id, external_id=last.external_id, until=until)
        turn = int(now.timestamp() // TYPING_SECONDS)
        await queue.enqueue(tx, tenant, work, now=now, dedup=f"{last.external_id}:{turn}")


class Teller:
    """Asks the platform by the clients of this process; twice does no harm."""

    def __init__(self, platforms: Platforms, sealer: Sealer) -> None:
        self._platforms = platforms
        self._sealer = sealer

    def errand(self) -> Errand:
        return Errand(self.set_out, self.do, self.note, Patience(most=3, first_seconds=2.0))

    def typing_errand(self) -> Errand:
        return Errand(self.set_out, self.do, self.note_typing, Patience(most=1, first_seconds=1.0))

    async def set_out(self, tx: Tx, trip: Trip, work: TellSeen | TellTyping) -> Plan | None:
        typing = isinstance(work, TellTyping)
        if typing and (trip.lost or datetime.now(UTC) > work.until):
            return None
        row = await queries.account(tx, trip.job.tenant_id, work.channel_id)
        token = row and token_of(self._sealer, work.channel_id, row.token)
        if row is None or token is None:
            return None
        return Plan(row.external_id, token, work.external_id, typing)

    async def do(self, _trip: Trip, plan: Plan) -> Done | Refused:
        number = self._platforms.whatsapp(plan.token, plan.number)
        return await number.mark_read(plan.external_id, typing=plan.typing)

    async def note(self, _tx: Tx, trip: Trip, _plan: Plan, told: Done | Refused) -> Again | None:
        """Whoever is not told misses nothing but ticks."""
        if isinstance(told, Refused) and told.refusal.todo == "again" and not trip.last:
            return Again("The platform does not answer.")
        return None

    async def note_typing(
        self, _tx: Tx, _trip: Trip, _plan: Plan, _told: Done | Refused
    ) -> Again | None:
        """It is said again in a moment, or is over."""
        return None
