"""Fetches what messages name: asked of the platform in no transaction, then noted in one."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from pista import logs, queue
from pista.chat import announcing
from pista.chat.channels import queries as channels
from pista.chat.channels.model import ChannelRow
from pista.chat.media import gone_queries, kinds, queries
from pista.chat.media.model import FetchMedia, MediaRow
from pista.chat.media.shelf import Draft
from pista.chat.media.shelves import Shelves
from pista.chat.model import ChannelId, ConversationId
from pista.chat.outgoing import Fetched, Refused
from pista.chat.platforms import Platforms
from pista.chat.refusals import Refusal
from pista.chat.sealing import token_of
from pista.ids import TenantId
from pista.queue import Again, Errand, Handlers, Patience, Trip
from pista.store.places import PlaceAway, PlaceError
from pista.store.postgres import Tx
from pista.store.secrets import Sealer

NO_CHANNEL = Refused(
    refusal=Refusal(todo="never", advice="check_token", text="The number or bot has no token here.")
)

STORE_PAUSE = timedelta(minutes=5)
"""Until what is here is offered to its place again."""

log = logs.get()


class Plan(NamedTuple):
    """What is to be fetched, and with what."""

    media: MediaRow
    channel: ChannelRow | None
    token: str | None
    bucket: str = ""

    def __repr__(self) -> str:
        return f"Plan(media={self.media.id}, …)"


class Got(NamedTuple):
    """A file on its way onto the shelf."""

    fetched: Fetched
    draft: Path
    mime_type: str


class NotKept(NamedTuple):
    """It was given, but the place where it is to be kept does not take it."""

    why: str


async def expect(
    tx: Tx, tenant: TenantId, messages: Sequence[tuple[ChannelId, str]], *, now: datetime
) -> None:
    """Have the files of these messages fetched, by the platform's ids of them; each once."""
    noted = await queries.expect(tx, tenant, messages, now) if messages else []
    if noted:
        works = [(tenant, FetchMedia(media_id=one)) for one in noted]
        await queue.enqueue_many(tx, works, now=now)


class Fetcher:
    """The errand that a file is until it is here."""

    def __init__(self, platforms: Platforms, sealer: Sealer, shelves: Shelves, limit: int) -> None:
        self._platforms = platforms
        self._sealer = sealer
        self._shelves = shelves
        self._shelf = shelves.folder
        self._limit = limit

    @property
    def handlers(self) -> Handlers:
        return {
            FetchMedia: Errand(
                self._set_out, self._do, self._note, Patience(most=5, first_seconds=2)
            )
        }

    async def _set_out(self, tx: Tx, trip: Trip, work: FetchMedia) -> Plan | None:
        """Nothing to be done where its message is erased, or the file is here."""
        tenant = trip.job.tenant_id
        media = await queries.media(tx, tenant, work.media_id)
        if media is None or media.state == "kept" or media.channel_id is None:
            return None
        channel = await channels.channel(tx, tenant, media.channel_id)
        await queries.set_bucket(tx, tenant, media.id, self._shelves.bucket)
        token = channel and token_of(self._sealer, channel.id, channel.token)
        return Plan(media, channel, token, self._shelves.bucket)

    async def _do(self, trip: Trip, plan: Plan) -> Got | NotKept | Refused:
        """Twice does no harm: what is fetched is the same."""
        if plan.channel is None or plan.token is None:
            return NO_CHANNEL
        with self._shelf.draft() as draft:
            fetched = await self._fetch(plan.channel, plan.token, plan.media, draft)
        if isinstance(fetched, Refused):
            self._shelf.discard(draft.path)
            return fetched
        with draft.path.open("rb") as file:
            head = file.read(kinds.HEAD)
        told = plan.media.mime_type or fetched.mime_type
        got = Got(fetched, draft.path, kinds.kind_of(head, told))
        return await self._put(trip.job.tenant_id, plan, got) if plan.bucket else got

    async def _put(self, tenant: TenantId, plan: Plan, got: Got) -> Got | NotKept:
        try:
            await self._shelves.objects.put(plan.bucket, tenant, plan.media.id, got.draft)
        except (PlaceAway, PlaceError) as error:
            log.warning("media_store_away", bucket=plan.bucket, error=str(error))
            return NotKept(str(error))
        finally:
            self._shelf.discard(got.draft)
        return got

    async def _fetch(
        self, channel: ChannelRow, token: str, media: MediaRow, draft: Draft
    ) -> Fetched | Refused:
        name = media.external_id or ""
        if channel.platform == "whatsapp":
            number = self._platforms.whatsapp(token, channel.external_id)
            return await number.fetch(name, draft.file, limit=self._limit, sha256=media.told_sha256)
        return await self._platforms.telegram(token).fetch(name, draft.file, limit=self._limit)

    async def _note(
        self, tx: Tx, trip: Trip, plan: Plan, result: Got | NotKept | Refused
    ) -> Again | None:
        tenant, media, now = trip.job.tenant_id, plan.media.id, datetime.now(UTC)
        if isinstance(result, NotKept):
            await queries.note_delayed(tx, tenant, media, result.why)
            return Again(result.why, at=now + STORE_PAUSE, counts=False)
        if isinstance(result, Got):
            await self._keep(tx, tenant, plan, result, now)
        else:
            refusal = result.refusal
            if refusal.todo.startswith("again") and not trip.last:
                return Again(refusal.text or "The platform does not answer.")
            state = "too_large" if _is_too_large(refusal) else "failed"
            text, advice = refusal.text, refusal.advice
            await queries.note_failed(tx, tenant, media, state, text, advice, now)
        conversation = await queries.conversation_of(tx, tenant, media)
        if conversation is not None:
            await announcing.announce(tx, tenant, {ConversationId(conversation)}, now)
        return None

    async def _keep(self, tx: Tx, tenant: TenantId, plan: Plan, got: Got, now: datetime) -> None:
        media, bucket = plan.media.id, plan.bucket
        sha256 = bytes.fromhex(got.fetched.sha256)
        await queries.lock_file(tx, tenant, sha256)
        size, kind = got.fetched.bytes, got.mime_type
        if not await queries.note_kept(tx, tenant, media, sha256, size, kind, bucket, now):
            self._shelf.discard(got.draft)
            if bucket:
                await gone_queries.note_object_gone(tx, tenant, bucket, media, now)
            return
        if got.draft.exists():
            # Noted a second time, where the first did not reach the disk, it is there already.
            self._shelf.put(tenant, sha256, got.draft)


def _is_too_large(refusal: Refusal) -> bool:
    return refusal.advice == "check_media" and "more than" in (refusal.text or "")
