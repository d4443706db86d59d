"""Looking at webhooks, and working one off once more."""

from datetime import datetime
from uuid import UUID

import msgspec
from msgspec import structs

from pista import queue
from pista.chat.mailbox import WorkOff
from pista.chat.webhooks import queries
from pista.chat.webhooks.model import (
    ChatWebhook,
    ChatWebhookDetail,
    ChatWebhookNotFound,
    ChatWebhooks,
    NotAgain,
    State,
    WebhookRow,
)
from pista.ids import TenantId
from pista.queue import DeadJob
from pista.store.postgres import Tx

MOST_DEAD = 1_000
ODD = ("ignored", "malformed")


async def listed(
    tx: Tx, tenant: TenantId, state: State | None, before: UUID | None, most: int
) -> ChatWebhooks:
    """One more than asked for is looked for, to tell whether there are more."""
    dead = await _dead(tx, tenant)
    if state == "failed":
        rows = await queries.some(tx, tenant, list(dead), before, most + 1)
    elif state in ODD:
        rows = await queries.odd_page(tx, tenant, state, before, most + 1)
    else:
        rows = await queries.page(tx, tenant, state, before, most + 1)
    shown = [_shown(row, dead) for row in rows[:most]]
    if state == "waiting":
        shown = [one for one in shown if one.state == "waiting"]
    return ChatWebhooks(items=shown, next=rows[most - 1].id if len(rows) > most else None)


async def one(tx: Tx, tenant: TenantId, webhook: UUID) -> ChatWebhookDetail:
    row = await queries.whole(tx, tenant, webhook)
    if row is None:
        raise ChatWebhookNotFound
    shown = _shown(row, await _dead(tx, tenant))
    payload = None if row.body is None else _payload(row.body)
    return ChatWebhookDetail(**structs.asdict(shown), payload=payload)


async def retry(tx: Tx, tenant: TenantId, webhook: UUID, *, now: datetime) -> None:
    """What is known already changes nothing: each message is kept once."""
    if await queries.whole(tx, tenant, webhook) is None:
        raise ChatWebhookNotFound
    dead = (await _dead(tx, tenant)).get(webhook)
    if dead is not None:
        await queue.replay_job(tx, tenant, dead.id)
    elif await queries.reopen(tx, tenant, webhook):
        await queue.enqueue(tx, tenant, WorkOff(webhook_id=webhook), now=now)
    else:
        raise NotAgain


async def _dead(tx: Tx, tenant: TenantId) -> dict[UUID, DeadJob]:
    """Webhooks whose jobs were given up."""
    kind = WorkOff.__struct_config__.tag
    assert isinstance(kind, str)
    found = await queue.dead_letters(tx, tenant, most=MOST_DEAD, kind=kind)
    return {webhook: dead for dead in found if (webhook := queue.about(dead, "webhook_id"))}


def _shown(row: WebhookRow, dead: dict[UUID, DeadJob]) -> ChatWebhook:
    fields = {name: getattr(row, name) for name in ChatWebhook.__struct_fields__}
    if row.state == "waiting" and row.id in dead:
        fields |= {"state": "failed", "detail": dead[row.id].error}
    return ChatWebhook(**fields)


def _payload(body: bytes) -> object:
    try:
        return msgspec.json.decode(body)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return body.decode("utf-8", "replace")
