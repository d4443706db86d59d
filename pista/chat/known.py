"""What is known of messages and webhooks by the ids that others gave them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from pista.chat.heard import Heard, HeardMessage, HeardStatus, Platform
from pista.chat.telegram import reading as telegram
from pista.chat.whatsapp import reading as whatsapp
from pista.ids import ContactId, TenantId
from pista.store.postgres import Tx

KIND = "chat.webhook"


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """The webhook that a job is about."""

    request_id: str
    received_at: datetime
    body: bytes | None
    """None once it is too old, or somebody in it was erased."""
    message_ids: list[str]
    """Of the messages that it is about, as the platform names them."""


async def persons_of(tx: Tx, tenant: TenantId, root: ContactId) -> list[UUID]:
    """Everybody who writes that is this contact, or one that was merged into it."""
    rows = await tx.connection.fetch(
        """
        select p.id
        from contact_family($1, $2) as member (id)
        join chat_people p on p.tenant_id = $1 and p.contact_id = member.id
        order by p.id
        """,
        tenant,
        root,
    )
    return [row["id"] for row in rows]


async def person_by(tx: Tx, tenant: TenantId, channel: UUID, named: str | UUID) -> UUID | None:
    """Somebody who writes, by our own id or by what the channel's platform knows them by."""
    return await tx.value(
        """
        select p.id
        from chat_channels c
        join chat_people p on p.tenant_id = c.tenant_id and p.platform = c.platform
        where c.tenant_id = $1 and c.id = $2 and (
            p.id::text = $3 or exists (
                select from chat_person_keys k
                where k.tenant_id = $1 and k.platform = c.platform
                    and k.kind in ('user_id', 'phone') and k.value = $3 and k.person_id = p.id
            )
        )
        """,
        tenant,
        channel,
        str(named),
    )


async def contact_of(tx: Tx, tenant: TenantId, person: UUID) -> ContactId | None:
    """The very contact that somebody who writes is."""
    return await tx.value(
        "select contact_id from chat_people where tenant_id = $1 and id = $2", tenant, person
    )


async def platform_of(tx: Tx, tenant: TenantId, channel: UUID) -> Platform | None:
    """Where a number or bot is."""
    return await tx.value(
        "select platform from chat_channels where tenant_id = $1 and id = $2", tenant, channel
    )


class _Stored(msgspec.Struct, frozen=True, kw_only=True):
    platform: str
    request_id: str
    received_at: datetime
    body: bytes | None


async def count_messages(tx: Tx, tenant: TenantId) -> int:
    """How many messages are known by the platform's id: what comes again is kept once."""
    return await tx.value(
        "select count(*) from messages where tenant_id = $1 and external_id is not null", tenant
    )


async def origin(tx: Tx, tenant: TenantId, webhook: UUID) -> Origin | None:
    stored = await tx.one_or_none(
        _Stored,
        """
        select platform, request_id, received_at, body
        from chat_webhooks
        where tenant_id = $1 and id = $2
        """,
        tenant,
        webhook,
    )
    if stored is None:
        return None
    return Origin(
        request_id=stored.request_id,
        received_at=stored.received_at,
        body=stored.body,
        message_ids=_message_ids(stored),
    )


def _message_ids(stored: _Stored) -> list[str]:
    if stored.body is None:
        return []
    if stored.platform == "whatsapp":
        return _ids(whatsapp.read(stored.body, stored.received_at))
    return _ids(telegram.read(stored.body, "", stored.received_at))


def _ids(items: Sequence[Heard]) -> list[str]:
    named = [item.external_id for item in items if isinstance(item, HeardMessage | HeardStatus)]
    return list(dict.fromkeys(name for name in named if name))
