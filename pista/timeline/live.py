"""What a contact does now, as it happens; its links may change meanwhile."""

from datetime import UTC, datetime

import msgspec
from litestar import Request
from litestar.datastructures import State

from pista import contacts, stream
from pista.contacts import ContactNotFound
from pista.errors import Unavailable
from pista.events.sessions import NO_PAGE_MS, Visitors
from pista.ids import ContactId, TenantId
from pista.store import postgres as store
from pista.store.postgres import Postgres
from pista.stream import Tail, frames, resume
from pista.stream.model import Topic
from pista.stream.position import Position
from pista.stream.readers import Reader
from pista.stream.resume import Missed
from pista.timeline import service
from pista.timeline.following import Follower
from pista.timeline.model import Wire

MOST_VISITORS = 100
"""Of a contact with more of them, those linked last are followed."""
MOST_HELD = 200

Seen = tuple[ContactId, Visitors]


class ContactNews(Wire, frozen=True, kw_only=True):
    """The contact or its links have changed: fetch it again."""

    contact_id: ContactId
    """The one that is shown for it now."""
    at: datetime


async def seen(postgres: Postgres, tenant: TenantId, contact: ContactId) -> Seen:
    async with postgres.transaction() as tx:
        root = await contacts.root_of(tx, tenant, contact)
        if root is None:
            raise ContactNotFound
        return root, await service.visitors_of(tx, tenant, root, MOST_VISITORS)


def topic_of(visitors: Visitors) -> Topic:
    """Who is this contact now, and since when."""
    since = dict.fromkeys(visitors.ids, 0)
    since |= {span.visitor_id: NO_PAGE_MS for span in visitors.spans}
    since |= {s.visitor_id: s.since_ms for s in visitors.spans if s.until_ms == NO_PAGE_MS}
    now = frozenset((one, moment) for one, moment in since.items() if moment < NO_PAGE_MS)
    return Topic(visitors.tenant_id, visitors=now)


class Watch:
    """Looks at the contact again when somebody says so, and turns the reader to what it is then."""

    def __init__(
        self,
        request: Request[None, None, State],
        postgres: Postgres,
        house: Postgres,
        reader: Reader,
        follower: Follower,
    ) -> None:
        self._request = request
        self._postgres = postgres
        self._house = house
        self._reader = reader
        self._follower = follower
        self._tail: Tail = request.app.state.stream

    async def missed(self, last_event_id: str | None, begun: Position) -> Missed:
        """What came before the reader was there: since its place, or what is not stored yet."""
        topic = self._reader.topic
        if last_event_id:
            clickhouse = self._request.app.state.clickhouse
            place = stream.place_of(last_event_id)
            return await resume.resume(self._house, clickhouse, topic, place, begun)
        return Missed([], await resume.held(self._house, topic, MOST_HELD, begun))

    async def look_again(self) -> bytes | None:
        """None: whoever reads may not any more, or there is no such contact any more."""
        if not await stream.may_stay(self._request):
            return None
        tenant = self._reader.topic.tenant
        named, self._follower.named = self._follower.named, False
        try:
            shown, visitors = await seen(self._postgres, tenant, self._follower.contact)
            return await self._turned(shown, topic_of(visitors), named)
        except ContactNotFound:
            return None
        except (*store.AWAY, Unavailable):
            # The next look comes to it.
            self._follower.named |= named
            return b""

    async def _turned(self, shown: ContactId, topic: Topic, named: bool) -> bytes:
        same = topic == self._reader.topic and shown == self._follower.shown
        if same and not named:
            return b""
        told = b"" if topic == self._reader.topic else await self._turn(topic)
        self._follower.shown = shown
        news = ContactNews(contact_id=shown, at=datetime.now(UTC))
        return told + frames.note(b"changed", news)

    async def _turn(self, topic: Topic) -> bytes:
        """What those who are new have done in the past seconds: it may not be stored yet."""
        old = self._reader.topic.visitors or frozenset()
        added = msgspec.structs.replace(topic, visitors=(topic.visitors or frozenset()) - old)
        place = await self._tail.turn(self._reader, topic)
        if not added.visitors:
            return b""
        held = await resume.held(self._house, added, MOST_HELD, place)
        return b"".join(frames.without_place(told) for told in held)
