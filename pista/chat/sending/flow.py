"""How fast a number or bot may send, and whether it may at all, shared by all workers.

Whoever is about to send takes a place in time under a lock of the channel's row, and sleeps for it
when no transaction is open. Nothing here waits.
"""

from datetime import datetime

from pista.chat.model import ChannelId, ConversationId
from pista.chat.sending import flow_queries as queries
from pista.chat.sending import rules
from pista.chat.sending.rules import Outcome, Pace, Slot
from pista.ids import TenantId
from pista.queue import Again
from pista.store.postgres import Tx

TOO_FAST = (4, 80007, 130429)
"""WhatsApp's codes that say so of the whole number."""


async def admit(
    tx: Tx,
    tenant: TenantId,
    channel: ChannelId,
    conversation: ConversationId,
    paid_until: datetime | None,
    pace: Pace,
    *,
    now: datetime,
) -> Slot:
    """A place in time for one message; `Again` if there is none soon, which is no attempt."""
    paid = rules.pair_paid(paid_until, pace, now)
    if paid is None:
        assert paid_until is not None
        at = rules.pair_free_at(paid_until, pace)
        raise Again("This person was just written to often.", at=at, counts=False)
    slot = rules.admitted(await queries.lock(tx, tenant, channel), pace, now)
    if isinstance(slot, datetime):
        raise Again("The number has to wait.", at=slot, counts=False)
    await queries.put(tx, tenant, channel, slot.flow)
    await queries.pay(tx, tenant, conversation, paid)
    return slot


async def learn(
    tx: Tx,
    tenant: TenantId,
    channel: ChannelId,
    outcome: Outcome,
    pace: Pace,
    *,
    code: int | None,
    trial: bool,
    now: datetime,
) -> None:
    flow = await queries.lock(tx, tenant, channel)
    changed = rules.learned(flow, outcome, now, trial=trial)
    if code in TOO_FAST:
        changed = rules.slowed(changed, pace, now)
    if changed != flow:
        await queries.put(tx, tenant, channel, changed)
