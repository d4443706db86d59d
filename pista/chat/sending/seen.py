"""Tells WhatsApp that somebody here has read what a person wrote, where the settings say so."""

from datetime import datetime
from typing import NamedTuple

import msgspec

from pista import queue
from pista.chat.model import ChannelId, ConversationId
from pista.chat.outgoing import Done, Refused
from pista.chat.platforms import Platforms
from pista.chat.registry import purpose
from pista.chat.sending import queries
from pista.ids import TenantId
from pista.queue import Again, Errand, Patience, Trip
from pista.store.postgres import Tx
from pista.store.secrets import Sealer, SecretUnreadable


class TellSeen(msgspec.Struct, frozen=True, kw_only=True, tag="chat.send.seen"):
    """Blue ticks for this message and all before it."""

    channel_id: ChannelId
    external_id: str


class Plan(NamedTuple):
    number: str
    token: str
    external_id: str

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


class Teller:
    """Asks the platform by the clients of this process; twice does no harm."""

    def __init__(self, platforms: Platforms, sealer: Sealer) -> None:
        self._platforms = platforms
        self._sealer = sealer

    def errand(self) -> Errand:
        return Errand(self.set_out, self.do, self.note, Patience(most=3, first_seconds=2.0))

    async def set_out(self, tx: Tx, trip: Trip, work: TellSeen) -> Plan | None:
        row = await queries.account(tx, trip.job.tenant_id, work.channel_id)
        if row is None or row.token is None:
            return None
        try:
            token = self._sealer.open(row.token, purpose(work.channel_id, "token"))
        except SecretUnreadable:
            return None
        return Plan(row.external_id, token, work.external_id)

    async def do(self, _trip: Trip, plan: Plan) -> Done | Refused:
        return await self._platforms.whatsapp(plan.token, plan.number).mark_read(plan.external_id)

    async def note(self, _tx: Tx, trip: Trip, _plan: Plan, told: Done | Refused) -> Again | None:
        """Whoever is not told misses nothing but ticks."""
        if isinstance(told, Refused) and told.refusal.todo == "again" and not trip.last:
            return Again("The platform does not answer.")
        return None
