"""A company with a WhatsApp number and a bot, and what people write to them."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from pista.chat import keeping
from pista.chat.heard import (
    Heard,
    HeardMessage,
    HeardStatus,
    Person,
    Status,
)
from pista.chat.keeping import Kept
from pista.chat.model import ChannelId
from pista.ids import TenantId, uuid7
from pista.store.postgres import Tx
from tests.contacts.conftest import new_tenant

NOON = datetime(2026, 3, 18, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
NUMBER, OTHER_NUMBER = "106540352242922", "106540352242999"
ANA = Person(platform="whatsapp", user_id="PE.1349", phone="51961508274", name="Ana")

Keep = Callable[..., Awaitable[Kept]]


def said(wamid: str | None = "wamid.1", *, person: Person = ANA, **given: Any) -> HeardMessage:
    fields: dict[str, Any] = {"channel": NUMBER, "at": NOON, "kind": "text", "text": "Hola"}
    return HeardMessage(external_id=wamid, person=person, **{**fields, **given})


def status(word: Status, wamid: str = "wamid.out", **given: Any) -> HeardStatus:
    fields: dict[str, Any] = {"channel": NUMBER, "at": NOON, "person": ANA, **given}
    return HeardStatus(external_id=wamid, status=word, **fields)


@pytest.fixture
async def tenant(tx: Tx) -> TenantId:
    return await new_tenant(tx)


async def new_channel(tx: Tx, tenant: TenantId, number: str = NUMBER) -> ChannelId:
    channel = ChannelId(uuid7())
    await tx.execute(
        """
        insert into chat_channels (tenant_id, id, platform, external_id, name, created_at)
        values ($1, $2, 'whatsapp', $3, 'Ventas', $4)
        """,
        tenant,
        channel,
        number,
        NOON,
    )
    return channel


@pytest.fixture
async def channel(tx: Tx, tenant: TenantId) -> ChannelId:
    return await new_channel(tx, tenant)


@pytest.fixture
def keep(tx: Tx, tenant: TenantId, channel: ChannelId) -> Keep:
    async def kept(*heard: Heard, now: datetime = NOON, **channels: ChannelId) -> Kept:
        known = {NUMBER: channel, **channels}
        return await keeping.keep(tx, tenant, "whatsapp", known, heard, now=now)

    return kept


async def rows(tx: Tx, sql: Any, *args: object) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in await tx.connection.fetch(sql, *args)]


async def sent(tx: Tx, tenant: TenantId, channel: ChannelId, wamid: str | None = None) -> UUID:
    """A message of ours on its way to Ana, as the outbox leaves it."""
    message = uuid7()
    await tx.execute(
        """
        insert into messages (
            tenant_id, id, conversation_id, channel_id, direction, external_id, kind, text, at,
            received_at, status
        )
        select $1, $2, id, $3, 'out', $4, 'text', 'Hola', $5, $5, 'unknown'
        from conversations
        where tenant_id = $1 and channel_id = $3
        limit 1
        """,
        tenant,
        message,
        channel,
        wamid,
        NOON,
    )
    return message
