"""The one durable way in: what arrives together is committed together, then answered.

While one commit is under way the next group gathers, so there is no timer and no wait when it
is quiet. A row that was answered is a row that is committed.
"""

import asyncio
from collections import deque
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import msgspec

from pista import logs
from pista.errors import Unavailable
from pista.store import postgres

STREAM_LOCKS = 7_405_212
GROUP_ENTRIES = 400
GROUP_BYTES = 8 * 2**20
WAITING_BYTES = 64 * 2**20
COMMIT_SECONDS = 10

log = logs.get()


class Entry(msgspec.Struct, kw_only=True):
    """One batch on its way into the journal."""

    site_id: UUID
    batch_key: UUID | None
    """What a repeat of this batch carries too; None where the client gave nothing to know it by."""
    fingerprint: bytes
    answer: bytes
    body: bytes
    """The kept events, encoded for ClickHouse; empty where none was kept."""
    received: int
    kept: int
    discarded: int
    rejected: int


class Receipt(msgspec.Struct, frozen=True):
    """What is now committed under the batch's key: this batch's answer, or the first one's."""

    answer: bytes
    repeated: bool
    same_content: bool


class _Waiting(msgspec.Struct, eq=False):
    entry: Entry
    receipt: "asyncio.Future[Receipt]"


class Journal:
    """One process's stream into the journal. Start it once, `write` from any number of tasks."""

    def __init__(self, database_url: str) -> None:
        self._url = database_url
        self._waiting: deque[_Waiting] = deque()
        self._waiting_bytes = 0
        self._wake = asyncio.Event()
        self._stream: _Stream | None = None
        self._task: asyncio.Task[None] | None = None
        self._stopping = False
        self.commits = 0

    def start(self) -> None:
        self._task = asyncio.create_task(self._run(), name="journal")

    async def stop(self) -> None:
        """Commit what is waiting, then close."""
        self._stopping = True
        self._wake.set()
        if self._task is not None:
            await self._task
        await self._disconnect()

    async def write(self, entry: Entry) -> Receipt:
        """Return once `entry` is committed; `Unavailable` if that cannot be said."""
        if self._waiting_bytes > WAITING_BYTES:
            raise Unavailable("The server is catching up; send the same batch again.")
        waiting = _Waiting(entry, asyncio.get_running_loop().create_future())
        self._waiting.append(waiting)
        self._waiting_bytes += len(entry.body)
        self._wake.set()
        return await waiting.receipt

    async def check(self) -> None:
        """Raise `Unavailable` unless a write could be committed now."""
        await self.write(_NOTHING)

    async def _run(self) -> None:
        while not self._stopping:
            await self._wake.wait()
            self._wake.clear()
            while group := self._gather():
                await self._settle(group)

    def _gather(self) -> list[_Waiting]:
        group: list[_Waiting] = []
        size = 0
        while self._waiting and len(group) < GROUP_ENTRIES and size < GROUP_BYTES:
            waiting = self._waiting.popleft()
            size += len(waiting.entry.body)
            group.append(waiting)
        self._waiting_bytes -= size
        return group

    async def _settle(self, group: list[_Waiting]) -> None:
        entries, followers = _apart(group)
        try:
            async with asyncio.timeout(COMMIT_SECONDS):
                receipts = await self._commit([waiting.entry for waiting in entries])
        except Exception as error:
            # Whatever it was, the loop lives on: nothing was promised, and everyone hears it.
            log.warning("journal_commit_failed", entries=len(entries), exc_info=error)
            await self._disconnect()
            _refuse(group, error)
            return
        self.commits += 1
        for waiting, receipt in zip(entries, receipts, strict=True):
            _deliver(waiting, receipt)
        for waiting, first in followers:
            _deliver(waiting, _as_repeat(receipts[first], entries[first].entry, waiting.entry))

    async def _commit(self, entries: list[Entry]) -> list[Receipt]:
        if self._stream is None:
            self._stream = await _open_stream(self._url)
        return await self._stream.commit(entries)

    async def _disconnect(self) -> None:
        stream, self._stream = self._stream, None
        if stream is not None:
            await stream.close()


class _Stream:
    """A connection that holds one stream's number, and the next `seq` in it."""

    def __init__(self, connection: Any, statement: Any, number: int, last_seq: int) -> None:
        self._connection = connection
        self._statement = statement
        self._number = number
        self._seq = last_seq

    async def close(self) -> None:
        # The server may be gone; waiting for a polite goodbye would hold up the next commit.
        self._connection.terminate()

    async def commit(self, entries: list[Entry]) -> list[Receipt]:
        """Commit the group in one statement, which is one transaction and one round trip."""
        self._seq += 1
        fresh: set[int] = set(
            await self._statement.fetchval(
                self._number,
                self._seq,
                datetime.now(UTC),
                [e.site_id for e in entries],
                [e.batch_key for e in entries],
                [e.fingerprint for e in entries],
                [e.answer for e in entries],
                [e.body for e in entries],
                [e.received for e in entries],
                [e.kept for e in entries],
                [e.discarded for e in entries],
                [e.rejected for e in entries],
            )
        )
        repeats = [e for place, e in enumerate(entries, 1) if place not in fresh]
        first_answers = await self._first_answers(repeats) if repeats else {}
        return [
            Receipt(entry.answer, False, True) if place in fresh else _repeat(entry, first_answers)
            for place, entry in enumerate(entries, 1)
        ]

    async def _first_answers(self, repeats: list[Entry]) -> dict[tuple[UUID, UUID], Any]:
        rows = await self._connection.fetch(
            FIRST_ANSWERS, [e.site_id for e in repeats], [e.batch_key for e in repeats]
        )
        return {(row["site_id"], row["batch_key"]): row for row in rows}


def _repeat(entry: Entry, first_answers: dict[tuple[UUID, UUID], Any]) -> Receipt:
    assert entry.batch_key is not None
    first = first_answers[entry.site_id, entry.batch_key]
    return Receipt(first["answer"], True, first["fingerprint"] == entry.fingerprint)


def _as_repeat(receipt: Receipt, first: Entry, again: Entry) -> Receipt:
    return Receipt(receipt.answer, True, first.fingerprint == again.fingerprint)


def _apart(group: list[_Waiting]) -> tuple[list[_Waiting], list[tuple[_Waiting, int]]]:
    """Part the group into first comers, and repeats with the place of the one they repeat.

    One statement must not see the same key twice: both would find it fresh.
    """
    places: dict[tuple[UUID, UUID], int] = {}
    first: list[_Waiting] = []
    followers: list[tuple[_Waiting, int]] = []
    for waiting in group:
        entry = waiting.entry
        place = len(first)
        if entry.batch_key is not None:
            place = places.setdefault((entry.site_id, entry.batch_key), place)
        if place == len(first):
            first.append(waiting)
        else:
            followers.append((waiting, place))
    return first, followers


def _deliver(waiting: _Waiting, receipt: Receipt) -> None:
    if not waiting.receipt.done():
        waiting.receipt.set_result(receipt)


def _refuse(group: list[_Waiting], error: Exception) -> None:
    for waiting in group:
        if not waiting.receipt.done():
            refusal = Unavailable("The journal cannot be written now; send the same batch again.")
            refusal.__cause__ = error
            waiting.receipt.set_exception(refusal)


async def _open_stream(url: str) -> _Stream:
    connection: Any = await postgres.connect(url)
    try:
        number = await _claim_stream(connection)
        last_seq = await connection.fetchval(
            "select last_seq from journal_streams where stream = $1", number
        )
        return _Stream(connection, await connection.prepare(COMMIT_GROUP), number, last_seq)
    except BaseException:
        connection.terminate()
        raise


async def _claim_stream(connection: Any) -> int:
    """Take the lowest stream that no living process holds."""
    number = 0
    while not await connection.fetchval(
        "select pg_try_advisory_lock($1, $2)", STREAM_LOCKS, number
    ):
        number += 1
    await connection.execute(
        "insert into journal_streams (stream) values ($1) on conflict do nothing", number
    )
    return number


_NOTHING = Entry(
    site_id=UUID(int=0),
    batch_key=None,
    fingerprint=b"",
    answer=b"",
    body=b"",
    received=0,
    kept=0,
    discarded=0,
    rejected=0,
)

# Keys are inserted in one order by every process, so that two groups cannot wait for each other.
COMMIT_GROUP = """
with incoming as materialized (
    select *
    from unnest(
        $4::uuid[], $5::uuid[], $6::bytea[], $7::bytea[], $8::bytea[],
        $9::int[], $10::int[], $11::int[], $12::int[]
    ) with ordinality as t (
        site_id, batch_key, fingerprint, answer, body,
        received, kept, discarded, rejected, place
    )
), fresh as (
    insert into ingest_batches (site_id, batch_key, fingerprint, answer, received_at)
    select site_id, batch_key, fingerprint, answer, $3
    from incoming
    where batch_key is not null
    order by site_id, batch_key
    on conflict do nothing
    returning site_id, batch_key
), taken as materialized (
    select incoming.*
    from incoming
    left join fresh using (site_id, batch_key)
    where incoming.batch_key is null or fresh.batch_key is not null
), written as (
    insert into journal (stream, seq, received_at, events, body)
    select $1, $2, $3, sum(kept), string_agg(body, ''::bytea order by place)
    from taken
    having sum(kept) > 0
), counted as (
    update journal_streams set
        last_seq = $2,
        received = journal_streams.received + (select coalesce(sum(received), 0) from taken),
        kept = journal_streams.kept + (select coalesce(sum(kept), 0) from taken),
        discarded = journal_streams.discarded + (select coalesce(sum(discarded), 0) from taken),
        rejected = journal_streams.rejected + (select coalesce(sum(rejected), 0) from taken)
    where stream = $1
)
select coalesce(array_agg(place), '{}') from taken
"""

FIRST_ANSWERS = """
select site_id, batch_key, fingerprint, answer
from ingest_batches
join unnest($1::uuid[], $2::uuid[]) as t (site_id, batch_key) using (site_id, batch_key)
"""
