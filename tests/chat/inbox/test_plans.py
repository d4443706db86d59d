"""However much was said, a page is read from an index: behind row-level security as well."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
import pytest

from pista.chat.inbox import listing, thread_queries
from pista.chat.inbox import listing_queries as lists
from pista.chat.inbox.listing_queries import Place, Wanted
from pista.chat.inbox.thread_queries import Spot
from pista.chat.model import ChannelId, ConversationId
from pista.contacts import rules as words
from pista.ids import TenantId, UserId, uuid7
from pista.store.postgres import Postgres, Tx
from tests.chat.conftest import NOON, new_channel
from tests.contacts.conftest import new_tenant

TALKS = 4_000
MESSAGES_EACH = 12
PAGE = 51
MOST_BLOCKS = 1200
"""Of 8 KiB, for a page with all that belongs to it; the messages alone have several thousand."""

PEOPLE = """
insert into chat_people (tenant_id, id, platform, name, created_at)
select $1::uuid, md5($1::uuid::text || n)::uuid, 'whatsapp', 'Ana Flores ' || n, now()
from generate_series(1, $2::int) n
"""
TALK = """
insert into conversations (
    tenant_id, id, channel_id, person_id, status, assigned_to, unread, created_at, last_message_at,
    last_inbound_at, preview, preview_kind, preview_direction
)
select $1::uuid, md5('c' || $1::uuid::text || n)::uuid, $3, md5($1::uuid::text || n)::uuid,
    case when n % 3 = 0 then 'closed' else 'open' end,
    case when n % 4 = 0 then null else md5('u' || n % 4)::uuid end,
    case when n % 500 = 1 then 2 else 0 end,
    $4::timestamptz - n * interval '1 minute', $4::timestamptz - n * interval '1 minute',
    $4::timestamptz - n * interval '1 minute', 'hola', 'text', 'in'
from generate_series(1, $2::int) n
"""
# The first half of an id of version 7 is its time.
SAID = """
insert into messages (
    tenant_id, id, conversation_id, channel_id, direction, person_id, external_id, kind, text, at,
    received_at, status
)
select $1::uuid,
    (lpad(to_hex((extract(epoch from $5::timestamptz) * 1000)::bigint + m * 1000), 12, '0')
        || '7' || substr(md5(m::text || n::text), 1, 3) || '8'
        || substr(md5(n::text), 1, 15))::uuid,
    md5('c' || $1::uuid::text || n)::uuid, $3,
    case when m % 2 = 0 then 'in' else 'out' end,
    case when m % 2 = 0 then md5($1::uuid::text || n)::uuid end,
    'wamid.' || n || '.' || m, 'text',
    'hola pedido p' || n || 'x' || m || case when (n * m) % 1000 = 0 then ' peonías' else '' end,
    $5::timestamptz - n * interval '1 minute' - m * interval '1 second', $5,
    case when m % 2 = 0 then null else 'read' end
from generate_series(1, $2::int) n, generate_series(1, $4::int) m
"""


class Big(NamedTuple):
    """A company with many conversations."""

    tenant: TenantId
    channel: ChannelId
    talk: ConversationId
    agent: UserId


class Reading(Tx):
    """Runs each statement as `explain analyze` too: what it reads, and through which indexes."""

    def __init__(self, connection: Any) -> None:
        super().__init__(connection)
        self.blocks = 0
        self.indexes: set[str] = set()

    async def all(self, kind: Any, sql: Any, *args: object) -> list[Any]:
        await self._explain(sql, args)
        return await super().all(kind, sql, *args)

    async def one_or_none(self, kind: Any, sql: Any, *args: object) -> Any:
        await self._explain(sql, args)
        return await super().one_or_none(kind, sql, *args)

    async def _explain(self, sql: str, args: Any) -> None:
        explain = f"explain (analyze, buffers, format json) {sql}"
        [found] = msgspec.json.decode(await self.connection.fetchval(explain, *args))
        self.blocks += found["Plan"]["Shared Hit Blocks"] + found["Plan"]["Shared Read Blocks"]
        self._note(found["Plan"])

    def _note(self, plan: Any) -> None:
        if "Index Name" in plan and plan["Actual Loops"] > 0:
            self.indexes.add(plan["Index Name"])
        assert plan["Node Type"] != "Seq Scan" or plan["Relation Name"] not in ("messages",)
        for part in plan.get("Plans", ()):
            self._note(part)


async def fill(tx: Tx, talks: int, each: int) -> Big:
    tenant = await new_tenant(tx, f"big {uuid7()}")
    channel = await new_channel(tx, tenant, str(uuid7()))
    await tx.execute(PEOPLE, tenant, talks)
    await tx.execute(TALK, tenant, talks, channel, NOON)
    await tx.execute(SAID, tenant, talks, channel, each, NOON)
    talk: UUID = await tx.value("select md5('c' || $1::uuid::text || 7)::uuid", tenant)
    agent: UUID = await tx.value("select md5('u1')::uuid")
    return Big(tenant, channel, ConversationId(talk), UserId(agent))


async def settle(tx: Tx) -> None:
    """As the vacuum that comes by itself would."""
    for table in ("messages", "conversations", "chat_people"):
        await tx.connection.execute(f"analyze {table}")
    for index in ("messages_search", "chat_people_search"):
        await tx.value("select gin_clean_pending_list($1::text::regclass)", index)


@pytest.fixture
async def big(postgres: Postgres) -> Big:
    """One of two companies."""
    async with postgres.transaction() as tx:
        made = [await fill(tx, TALKS, MESSAGES_EACH) for _ in range(2)]
        await settle(tx)
    return made[0]


LookUp = Callable[[Tx, Big], Awaitable[Any]]
MIDDLE = Place(NOON - timedelta(minutes=2000), UUID(int=0))


def wanted(**given: Any) -> Wanted:
    fields: dict[str, Any] = {"channel": None, "unread": False, "before": None, **given}
    return Wanted(statuses=("open",), **fields)


def listed(**given: Any) -> LookUp:
    return lambda tx, big: lists.anybodys(tx, big.tenant, wanted(**given), PAGE)


def searched(text: str) -> LookUp:
    async def look_up(tx: Tx, big: Big) -> list[Any]:
        query = words.query(text) or ""
        found = await lists.found(tx, big.tenant, query, "", [], listing.MOST_FOUND)
        ids = [one.conversation_id for one in found]
        return await lists.among(tx, big.tenant, ids, wanted(), PAGE, None, True, True)

    return look_up


async def of_channel(tx: Tx, big: Big) -> list[ConversationId]:
    return await lists.anybodys(tx, big.tenant, wanted(channel=big.channel), PAGE)


async def mine(tx: Tx, big: Big) -> list[ConversationId]:
    return await lists.held(tx, big.tenant, wanted(), PAGE, big.agent, nobodys=True)


async def counted(tx: Tx, big: Big) -> Any:
    return await lists.unread(tx, big.tenant, big.agent, True, listing.MOST_COUNTED)


LOOK_UPS: dict[str, tuple[LookUp, set[str]]] = {
    "the newest": (listed(), {"conversations_newest"}),
    "a page in the middle": (listed(before=MIDDLE), {"conversations_newest"}),
    "the unread": (listed(unread=True), {"conversations_unread"}),
    "of a number": (of_channel, {"conversations_newest", "conversations_channel"}),
    "mine and nobody's": (mine, {"conversations_assigned"}),
    "how many are unread": (counted, {"conversations_unread"}),
    "the end of a thread": (
        lambda tx, big: thread_queries.before(tx, big.tenant, big.talk, None, PAGE),
        {"messages_of_conversation"},
    ),
    "the middle of a thread": (
        lambda tx, big: thread_queries.before(
            tx, big.tenant, big.talk, Spot(NOON - timedelta(minutes=7, seconds=4), 0), PAGE
        ),
        {"messages_of_conversation"},
    ),
    "a page as it is shown": (
        lambda tx, big: lists.rows(tx, big.tenant, [big.talk] * PAGE, big.agent),
        {"conversations_pkey"},
    ),
    "a rare word": (searched("p77x3"), set()),
    "two words": (searched("hola peonias"), set()),
    "a name": (searched("Flores 123"), set()),
}
FREQUENT: LookUp = searched("hola")
"""In each message: the newest ones are looked at, and no more."""


async def test_pages_and_searches_are_read_from_indexes(postgres: Postgres, big: Big):
    """
    By the index that is made for them, and far fewer blocks than the tables have.
    """
    read: dict[str, tuple[int, set[str]]] = {}
    async with postgres.of(big.tenant).transaction() as tx:
        await FREQUENT(tx, big)
        for name, (look_up, _) in LOOK_UPS.items():
            reading = Reading(tx.connection)
            assert await look_up(reading, big), name
            read[name] = reading.blocks, reading.indexes
        frequent = Reading(tx.connection)
        assert len(await FREQUENT(frequent, big)) == PAGE

    missed = {
        name: indexes
        for name, (_, indexes) in read.items()
        if not _fits(indexes, LOOK_UPS[name][1])
    }
    assert missed == {}
    assert {name: blocks for name, (blocks, _) in read.items() if blocks > MOST_BLOCKS} == {}
    assert frequent.blocks < 30 * listing.MOST_FOUND


def _fits(used: set[str], named: set[str]) -> bool:
    return not named or bool(used & named)


async def test_the_search_keeps_to_its_tenant(postgres: Postgres, big: Big):
    """
    It runs past the policies, and asks for the tenant itself.
    """
    async with postgres.transaction() as tx:
        other = await tx.value("select id from tenants where id <> $1 limit 1", big.tenant)

    async with postgres.of(big.tenant).transaction() as tx:
        assert await lists.found(tx, big.tenant, "'hola':*", "", [], 5)
        assert await lists.found(tx, other, "'hola':*", "", [], 5) == []
