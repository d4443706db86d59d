"""What a dead letter of the webhooks' queue came from."""

from typing import Any
from uuid import UUID

import msgspec

from pista import queue
from pista.chat import known as chat
from pista.crm import known as crm
from pista.ids import TenantId
from pista.letters.model import FailedWebhook
from pista.queue import DeadJob
from pista.store.postgres import Tx


async def origin(tx: Tx, tenant: TenantId, job: DeadJob) -> FailedWebhook | None:
    """None if it is about no webhook, or about one that is kept no longer."""
    if job.kind == chat.KIND:
        return await _of_chat(tx, tenant, queue.about(job, "webhook_id"))
    if job.kind == crm.KIND:
        return await _of_crm(tx, tenant, queue.about(job, "received_id"))
    return None


async def _of_chat(tx: Tx, tenant: TenantId, webhook: UUID | None) -> FailedWebhook | None:
    found = None if webhook is None else await chat.origin(tx, tenant, webhook)
    if found is None:
        return None
    return FailedWebhook(
        request_id=found.request_id,
        message_ids=found.message_ids,
        received_at=found.received_at,
        payload=_shown(found.body),
    )


async def _of_crm(tx: Tx, tenant: TenantId, received: UUID | None) -> FailedWebhook | None:
    found = None if received is None else await crm.origin(tx, tenant, received)
    if found is None:
        return None
    return FailedWebhook(
        request_id=str(received),
        message_ids=[] if found.webhook_id is None else [found.webhook_id],
        received_at=found.received_at,
        payload=_shown(found.body),
    )


def _shown(body: bytes | None) -> Any:
    if body is None:
        return None
    try:
        return msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return body.decode(errors="replace")
