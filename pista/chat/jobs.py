"""Works webhooks off: what they say is kept, and who is new is introduced."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from pista import queue
from pista.chat import channel_queries, keeping, mailbox_queries
from pista.chat.acquainting import Acquaint, acquaint
from pista.chat.heard import Heard, HeardNews, HeardUnreadable, Platform
from pista.chat.mailbox import WorkOff
from pista.chat.mailbox_queries import StoredWebhook
from pista.chat.model import ChannelId
from pista.chat.telegram import reading as telegram
from pista.chat.whatsapp import reading as whatsapp
from pista.ids import TenantId
from pista.queue import Handlers, Job
from pista.store.postgres import Tx

NO_BODY = "What it said was erased before it was worked off."
UNREADABLE = "Nothing in it could be read. It is kept for a person to see."
NOT_OURS = "None of the numbers in it is set up here."


async def work_off(tx: Tx, job: Job, work: WorkOff) -> None:
    """Keep what a webhook says; a repeat of the job finds it done."""
    now = datetime.now(UTC)
    for webhook in await mailbox_queries.waiting(tx, job.tenant_id, [work.webhook_id]):
        await _work_off(tx, job.tenant_id, webhook, now)


async def _work_off(tx: Tx, tenant: TenantId, webhook: StoredWebhook, now: datetime) -> None:
    if webhook.body is None:
        await mailbox_queries.finish(tx, tenant, webhook.id, "ignored", NO_BODY, 0, 0, now)
        return
    channels = await channel_queries.own(tx, tenant, webhook.channel_ids)
    heard = read(webhook, channels)
    kept = await keeping.keep(tx, tenant, webhook.platform, channels, heard, now=now)
    for person in sorted(kept.strangers):
        await queue.enqueue(tx, tenant, Acquaint(person_id=person), now=now, key=f"chat:{person}")
    state, detail = _outcome(heard, channels)
    await mailbox_queries.finish(tx, tenant, webhook.id, state, detail, len(heard), kept.new, now)


def read(webhook: StoredWebhook, channels: Mapping[str, ChannelId]) -> list[Heard]:
    """All that is in it, whoever sent it."""
    assert webhook.body is not None
    readers: dict[Platform, Callable[[], list[Heard]]] = {
        "whatsapp": lambda: whatsapp.read(webhook.body or b"", webhook.received_at),
        "telegram": lambda: telegram.read(
            webhook.body or b"", next(iter(channels), ""), webhook.received_at
        ),
    }
    return readers[webhook.platform]()


def _outcome(heard: list[Heard], channels: Mapping[str, ChannelId]) -> tuple[str, str | None]:
    if all(isinstance(one, HeardUnreadable) for one in heard):
        return "malformed", UNREADABLE
    if any(isinstance(one, HeardNews) or one.channel in channels for one in heard):
        return "done", None
    return "ignored", NOT_OURS


handlers: Handlers = {WorkOff: work_off, Acquaint: acquaint}
