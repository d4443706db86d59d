"""Tells Telegram that a button which somebody pressed was heard: it goes on turning until then."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec

from pista import queue
from pista.chat.model import ChannelId
from pista.chat.outgoing import Done, Refused
from pista.chat.platforms import Platforms
from pista.chat.sealing import token_of
from pista.chat.sending import queries
from pista.ids import TenantId
from pista.queue import Again, Errand, Patience, Trip
from pista.store.postgres import Tx
from pista.store.secrets import Sealer


class AnswerButton(msgspec.Struct, frozen=True, kw_only=True, tag="chat.send.pressed"):
    """A button below a message of this bot."""

    channel_id: ChannelId
    callback_id: str


class Plan(NamedTuple):
    token: str
    callback_id: str

    def __repr__(self) -> str:
        return f"Plan({self.callback_id})"


async def answer_buttons(
    tx: Tx, tenant: TenantId, pressed: Sequence[tuple[ChannelId, str]], *, now: datetime
) -> None:
    """Once each, however often Telegram tells of it."""
    for channel, callback_id in pressed:
        work = AnswerButton(channel_id=channel, callback_id=callback_id)
        await queue.enqueue(tx, tenant, work, now=now, dedup=callback_id)


class Answerer:
    """Answers by the clients of this process; twice does no harm."""

    def __init__(self, platforms: Platforms, sealer: Sealer) -> None:
        self._platforms = platforms
        self._sealer = sealer

    def errand(self) -> Errand:
        return Errand(self.set_out, self.do, self.note, Patience(most=2, first_seconds=1.0))

    async def set_out(self, tx: Tx, trip: Trip, work: AnswerButton) -> Plan | None:
        row = await queries.account(tx, trip.job.tenant_id, work.channel_id)
        token = row and token_of(self._sealer, work.channel_id, row.token)
        return Plan(token, work.callback_id) if token else None

    async def do(self, _trip: Trip, plan: Plan) -> Done | Refused:
        return await self._platforms.telegram(plan.token).answer_callback(plan.callback_id)

    async def note(self, _tx: Tx, trip: Trip, _plan: Plan, told: Done | Refused) -> Again | None:
        """A button that turned too long stops by itself, and Telegram refuses to hear of it."""
        if isinstance(told, Refused) and told.refusal.todo == "again" and not trip.last:
            return Again("The platform does not answer.")
        return None
