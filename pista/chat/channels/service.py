"""What people do with numbers and bots: set up, change, switch off and delete them.

A secret is sealed for its channel before it is written, and is in no answer and no line of a log.
"""

import hashlib
import secrets
from datetime import datetime
from typing import NamedTuple

from msgspec import UNSET, structs

from pista import queue
from pista.accounts.audit import Action, Actor, record
from pista.chat.channels import queries
from pista.chat.channels.model import (
    MOST_CHANNELS,
    MOST_SECRETS,
    BadChannel,
    ChangeChannel,
    Channel,
    ChannelNotFound,
    ChannelRow,
    LastSecret,
    MadeChannel,
    TooManyChannels,
    TooManySecrets,
)
from pista.chat.doors import PATH, TELEGRAM_PATH
from pista.chat.heard import Platform
from pista.chat.model import ChannelId
from pista.chat.sealing import seal_secret, seal_token
from pista.ids import TenantId, uuid7
from pista.store.postgres import Tx
from pista.store.secrets import Sealer


class Found(NamedTuple):
    """A number or bot, as the platform itself names it."""

    platform: Platform
    external_id: str
    name: str
    display: str


class Given(NamedTuple):
    """What a new channel is given; in the clear, and only on its way to be sealed."""

    name: str | None
    account_id: str | None
    token: str | None
    secrets: list[str]
    verify_token: str | None

    def __repr__(self) -> str:
        return f"Given(name={self.name!r}, …)"


async def add(
    tx: Tx,
    sealer: Sealer,
    tenant: TenantId,
    by: Actor,
    found: Found,
    given: Given,
    *,
    now: datetime,
    environment: bytes | None = None,
) -> ChannelRow:
    """A new channel; one that was deleted here comes back with its conversations."""
    await queries.lock(tx, tenant)
    before = await queries.channel_of(tx, tenant, found.platform, found.external_id)
    if before is not None and before.deleted_at is None:
        raise BadChannel("It is set up here already: change it there.")
    if await queries.count(tx, tenant) >= MOST_CHANNELS:
        raise TooManyChannels
    channel = ChannelId(uuid7()) if before is None else before.id
    row = ChannelRow(
        tenant_id=tenant,
        id=channel,
        platform=found.platform,
        external_id=found.external_id,
        account_id=given.account_id,
        name=_name(given.name or found.name),
        display=found.display,
        token=seal_token(sealer, channel, given.token),
        secrets=[seal_secret(sealer, channel, one) for one in given.secrets],
        verify_hash=None if given.verify_token is None else hashed(given.verify_token),
        enabled=True,
        held_until=None,
        held_reason=None,
        created_at=now if before is None else before.created_at,
        last_received_at=None if before is None else before.last_received_at,
        deleted_at=None,
        environment=environment,
    )
    await put(tx, row)
    await _told(tx, by, Action.CHANNEL_ADDED, row, now)
    return row


async def change(
    tx: Tx,
    sealer: Sealer,
    tenant: TenantId,
    by: Actor,
    channel: ChannelId,
    request: ChangeChannel,
    *,
    now: datetime,
) -> ChannelRow:
    await queries.lock(tx, tenant)
    row = await known(tx, tenant, channel)
    changed = row
    if request.name is not UNSET:
        changed = structs.replace(changed, name=_name(request.name))
    if request.account_id is not UNSET:
        changed = structs.replace(changed, account_id=request.account_id)
    if request.enabled is not UNSET:
        changed = structs.replace(changed, enabled=request.enabled)
    if request.token is not UNSET:
        sealed = seal_token(sealer, row.id, request.token)
        # Whatever held it up may have been the token; the next refusal holds it again.
        changed = structs.replace(changed, token=sealed, held_until=None, held_reason=None)
    await put(tx, structs.replace(changed, environment=None))
    told = {
        name: "changed" if name == "token" else str(value)
        for name, value in structs.asdict(request).items()
        if value is not UNSET
    }
    await _told(tx, by, Action.CHANNEL_CHANGED, changed, now, told)
    return changed


async def add_secret(
    tx: Tx,
    sealer: Sealer,
    tenant: TenantId,
    by: Actor,
    channel: ChannelId,
    secret: str,
    *,
    now: datetime,
) -> ChannelRow:
    """Both are valid from the commit on, until the older one is removed."""
    await queries.lock(tx, tenant)
    row = await known(tx, tenant, channel)
    if len(row.secrets) >= MOST_SECRETS:
        raise TooManySecrets
    sealed = seal_secret(sealer, row.id, secret)
    changed = structs.replace(row, secrets=[*row.secrets, sealed], environment=None)
    await put(tx, changed)
    await _told(tx, by, Action.CHANNEL_CHANGED, row, now, {"secret": "added"})
    return changed


async def remove_secret(
    tx: Tx, tenant: TenantId, by: Actor, channel: ChannelId, *, now: datetime
) -> ChannelRow:
    """The older one opens nothing any more."""
    await queries.lock(tx, tenant)
    row = await known(tx, tenant, channel)
    if len(row.secrets) < MOST_SECRETS:
        raise LastSecret
    changed = structs.replace(row, secrets=row.secrets[-1:], environment=None)
    await put(tx, changed)
    await _told(tx, by, Action.CHANNEL_CHANGED, row, now, {"secret": "removed"})
    return changed


async def new_verify_token(
    tx: Tx, tenant: TenantId, by: Actor, channel: ChannelId, *, now: datetime
) -> str:
    """For Meta's form. An older one is not valid any more; Meta asks for it only there."""
    await queries.lock(tx, tenant)
    row, token = await known(tx, tenant, channel), new_secret()
    if row.platform != "whatsapp":
        raise BadChannel("Only WhatsApp asks for a verify token.")
    await put(tx, structs.replace(row, verify_hash=hashed(token), environment=None))
    await _told(tx, by, Action.CHANNEL_CHANGED, row, now, {"verifyToken": "changed"})
    return token


async def delete(
    tx: Tx, tenant: TenantId, by: Actor, channel: ChannelId, *, now: datetime
) -> ChannelRow:
    """Its secrets are gone, and nothing comes or goes; its conversations stay to be read."""
    await queries.lock(tx, tenant)
    row = await known(tx, tenant, channel)
    gone = structs.replace(
        row, enabled=False, token=None, secrets=[], verify_hash=None, deleted_at=now
    )
    await put(tx, gone)
    await _told(tx, by, Action.CHANNEL_DELETED, row, now)
    return row


async def put(tx: Tx, row: ChannelRow) -> None:
    """Write it, and have every process know it."""
    await queries.put(tx, row)
    tx.tell(queue.CONFIG)


async def known(tx: Tx, tenant: TenantId, channel: ChannelId) -> ChannelRow:
    row = await queries.channel(tx, tenant, channel)
    if row is None:
        raise ChannelNotFound
    return row


def shown(row: ChannelRow, public_url: str) -> Channel:
    return Channel(
        id=row.id,
        platform=row.platform,
        external_id=row.external_id,
        account_id=row.account_id,
        name=row.name,
        display=row.display,
        enabled=row.enabled,
        has_token=row.token is not None,
        has_verify_token=row.verify_hash is not None,
        secrets=len(row.secrets),
        held_until=row.held_until,
        held_reason=row.held_reason,
        created_at=row.created_at,
        last_received_at=row.last_received_at,
        webhook_url=webhook_url(row.platform, row.external_id, public_url),
    )


def made(row: ChannelRow, public_url: str, verify_token: str | None) -> MadeChannel:
    return MadeChannel(**structs.asdict(shown(row, public_url)), verify_token=verify_token)


def webhook_url(platform: Platform, external_id: str, public_url: str) -> str:
    path = PATH if platform == "whatsapp" else TELEGRAM_PATH + external_id
    return public_url.rstrip("/") + path


def new_secret() -> str:
    """Of letters that Telegram takes, too."""
    return secrets.token_urlsafe(32)


def hashed(verify_token: str) -> bytes:
    return hashlib.sha256(verify_token.encode()).digest()


def _name(name: str) -> str:
    cleaned = name.replace("\0", "").strip()[:200]
    if not cleaned:
        raise BadChannel("name: give it one that people can read.")
    return cleaned


async def _told(
    tx: Tx,
    by: Actor,
    action: Action,
    row: ChannelRow,
    now: datetime,
    details: dict[str, str] | None = None,
) -> None:
    told = {"platform": row.platform, "externalId": row.external_id, **(details or {})}
    await record(
        tx, row.tenant_id, by, action, subject=row.id, name=row.name, now=now, details=told
    )
