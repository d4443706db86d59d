"""The SQL of channels: the numbers and bots that people write to."""

from datetime import datetime

import msgspec

from pista.chat.heard import Platform
from pista.chat.model import ChannelId
from pista.ids import TenantId
from pista.store.postgres import Tx


class ChannelRow(msgspec.Struct, frozen=True, kw_only=True):
    """A channel as the door needs it; its secrets are sealed."""

    tenant_id: TenantId
    id: ChannelId
    platform: Platform
    external_id: str
    account_id: str | None
    secrets: list[bytes]
    verify_hash: bytes | None


class OwnRow(msgspec.Struct, frozen=True):
    external_id: str
    id: ChannelId


async def listening(tx: Tx) -> list[ChannelRow]:
    """Every channel of every company that is switched on."""
    return await tx.all(
        ChannelRow,
        """
        select tenant_id, id, platform, external_id, account_id, secrets, verify_hash
        from chat_channels
        where enabled
        order by tenant_id, id
        """,
    )


async def own(tx: Tx, tenant: TenantId, channels: list[ChannelId]) -> dict[str, ChannelId]:
    """These of the company's channels, by the platform's id of them."""
    rows = await tx.all(
        OwnRow,
        "select external_id, id from chat_channels where tenant_id = $1 and id = any($2::uuid[])",
        tenant,
        channels,
    )
    return {row.external_id: row.id for row in rows}


async def note_received(
    tx: Tx, tenant: TenantId, channels: list[ChannelId], at: datetime, since: datetime
) -> None:
    """Unless it was noted since then, or another does so in this moment."""
    await tx.execute(
        """
        update chat_channels set last_received_at = $3
        where (tenant_id, id) in (
            select tenant_id, id from chat_channels
            where tenant_id = $1 and id = any($2::uuid[])
                and coalesce(last_received_at < $4, true)
            for no key update skip locked
        )
        """,
        tenant,
        channels,
        at,
        since,
    )
