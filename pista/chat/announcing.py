"""Conversations that changed: noted for whoever asks later, and told to whoever listens now."""

from datetime import datetime

from pista import queue
from pista.chat import announcing_queries as queries
from pista.chat.model import ChatChanged, ConversationId
from pista.ids import TenantId
from pista.store.postgres import Tx

MOST_NAMED = 150
"""Conversations in one announcement; PostgreSQL passes on 8,000 bytes."""


async def announce(
    tx: Tx, tenant: TenantId, conversations: set[ConversationId], now: datetime
) -> None:
    """Have open screens fetch what is new, and those that hear nothing find out."""
    ids = sorted(conversations)
    await queries.note_changed(tx, tenant, ids)
    await _tell(tx, tenant, ids, now)


async def announce_held(
    tx: Tx, tenant: TenantId, conversations: set[ConversationId], now: datetime
) -> None:
    """The same of those whose messages this transaction has written: they cannot go meanwhile."""
    ids = sorted(conversations)
    await queries.note_held(tx, tenant, ids)
    await _tell(tx, tenant, ids, now)


async def _tell(tx: Tx, tenant: TenantId, ids: list[ConversationId], now: datetime) -> None:
    named = ids if len(ids) <= MOST_NAMED else []
    await queue.announce(tx, ChatChanged(tenant_id=tenant, conversation_ids=named, at=now))
