"""Works webhooks off: what they say is kept, and who is new is introduced."""

import math
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from msgspec import structs

from pista import metrics, queue
from pista.chat import acquainting_queries, channel_queries, keeping, mailbox_queries, media
from pista.chat.acquainting import Acquaint, acquaint
from pista.chat.heard import (
    Heard,
    HeardCallback,
    HeardMessage,
    HeardNews,
    HeardPersonChange,
    HeardUnreadable,
    Platform,
)
from pista.chat.mailbox import WorkOff
from pista.chat.mailbox_queries import Finished, StoredWebhook
from pista.chat.model import ChannelId, PersonId
from pista.chat.sending.pressing import answer_buttons
from pista.chat.telegram import reading as telegram
from pista.chat.whatsapp import reading as whatsapp
from pista.contacts import leads
from pista.ids import TenantId
from pista.queue import Handlers, Patience, Together
from pista.store.postgres import Tx

NO_BODY = "What it said was erased before it was worked off."
UNREADABLE = "Nothing in it could be read. It is kept for a person to see."
NOTED_FOR = timedelta(seconds=10)
# Both platforms give up well before: WhatsApp after 7 days, Telegram after one.
LONGEST_DELAY_SECONDS = 10 * 24 * 3600
NOT_OURS = "None of the numbers in it is set up here."


class Read(NamedTuple):
    """A webhook, and what of it is about a channel that it may speak for."""

    webhook: StoredWebhook
    items: int
    heard: list[Heard]
    detail: str | None
    state: str


async def work_off(tx: Tx, tenant: TenantId, works: Sequence[WorkOff]) -> None:
    """Keep what webhooks say; a repeat of the job finds it done."""
    now = datetime.now(UTC)
    stored = await mailbox_queries.waiting(tx, tenant, [work.webhook_id for work in works])
    asked = sorted({channel for one in stored for channel in one.channel_ids})
    channels = await channel_queries.own(tx, tenant, asked)
    done = [_read(webhook, channels) for webhook in stored]
    strangers = set[PersonId]()
    for platform in _PLATFORMS:
        heard = [item for one in done if one.webhook.platform == platform for item in one.heard]
        if heard:
            kept = await keeping.keep(tx, tenant, platform, channels, heard, now=now)
            metrics.CHAT_REPEATS.inc(max(sum(map(_is_something, heard)) - kept.new, 0))
            strangers |= kept.strangers
            again = await acquainting_queries.contacts_of(tx, tenant, kept.wrote - strangers)
            if again:
                await leads.tell_again(tx, tenant, platform, again)
            await media.expect(tx, tenant, _with_files(heard, channels), now=now)
            await answer_buttons(tx, tenant, _pressed(heard, channels), now=now)
    await mailbox_queries.finish(tx, tenant, [_finished(one) for one in done], now)
    await _note_received(tx, tenant, done, channels, now)
    for person in sorted(strangers):
        work = Acquaint(person_id=person)
        await queue.enqueue(tx, tenant, work, now=now, key=f"chat:{person}")


def _is_something(heard: Heard) -> bool:
    """That there is once; who somebody is now is none."""
    return not isinstance(heard, HeardPersonChange)


def _with_files(
    heard: Sequence[Heard], channels: Mapping[str, ChannelId]
) -> list[tuple[ChannelId, str]]:
    return [
        (channels[one.channel], one.external_id)
        for one in heard
        if isinstance(one, HeardMessage) and one.media and one.external_id
        if one.channel is not None and one.channel in channels
    ]


def _pressed(
    heard: Sequence[Heard], channels: Mapping[str, ChannelId]
) -> list[tuple[ChannelId, str]]:
    return [
        (channels[one.channel], one.id)
        for one in heard
        if isinstance(one, HeardCallback) and one.channel is not None and one.channel in channels
    ]


async def _note_received(
    tx: Tx,
    tenant: TenantId,
    done: Sequence[Read],
    channels: Mapping[str, ChannelId],
    now: datetime,
) -> None:
    """When a channel was heard of last: every few seconds, and not for every webhook."""
    named = {item.channel for one in done for item in one.heard}
    heard = sorted({channel for name, channel in channels.items() if name in named})
    if heard:
        await channel_queries.note_received(tx, tenant, heard, now, now - NOTED_FOR)


def _read(webhook: StoredWebhook, channels: Mapping[str, ChannelId]) -> Read:
    if webhook.body is None:
        return Read(webhook, 0, [], NO_BODY, "ignored")
    own = {name for name, channel in channels.items() if channel in webhook.channel_ids}
    items = _items(webhook, webhook.body, own)
    heard = [one for one in items if one.channel in own or isinstance(one, _OF_NOBODY)]
    if all(isinstance(one, HeardUnreadable) for one in items):
        return Read(webhook, len(items), heard, UNREADABLE, "malformed")
    if not heard:
        return Read(webhook, len(items), heard, NOT_OURS, "ignored")
    return Read(webhook, len(items), heard, None, "done")


_OF_NOBODY = (HeardNews, HeardUnreadable)
_PLATFORMS: tuple[Platform, ...] = ("telegram", "whatsapp")


def _items(webhook: StoredWebhook, body: bytes, own: set[str]) -> list[Heard]:
    came = webhook.received_at
    if webhook.platform == "whatsapp":
        items = whatsapp.read(body, came)
    else:
        items = telegram.read(body, next(iter(own), ""), came)
    return [
        structs.replace(one, at=in_order(one.at, came)) if isinstance(one, HeardMessage) else one
        for one in items
    ]


def in_order(at: datetime, came: datetime) -> datetime:
    """Platforms tell the second of a message. Its fraction says in which order those of one second
    came, whichever is worked off first: to the millisecond if they were under way for seconds, to
    the second if it was a day.
    """
    delay = (came - at).total_seconds()
    if at.microsecond or delay <= 0:
        return at
    fraction = math.log1p(delay) / math.log1p(LONGEST_DELAY_SECONDS)
    return at + timedelta(microseconds=min(int(fraction * 1_000_000), 999_999))


def _finished(one: Read) -> Finished:
    return Finished(
        id=one.webhook.id,
        state=one.state,
        detail=one.detail,
        items=one.items,
        kept=len(one.heard),
    )


# Document 4's: three attempts from two seconds on.
PATIENCE = Patience(most=3, first_seconds=2.0)
handlers: Handlers = {WorkOff: Together(work_off, patience=PATIENCE), Acquaint: acquaint}
