"""The one durable way in: what arrives together is committed together, then answered.

While one commit is under way the next group gathers, so there is no timer and no wait when it
is quiet. A row that was answered is a row that is committed.
"""

import asyncio
from collections import deque
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import asyncpg
import msgspec

from pista.errors import Unavailable
from pista.store import frames, postgres
from pista.store.outage import Outage

STREAM_LOCKS = 7_405_212
GROUP_ENTRIES = 400
GROUP_BYTES = 8 * 2**20
WAITING_BYTES = 64 * 2**20
COMMIT_SECONDS = 10


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
        self._outage = Outage("journal_commit_failed", "journal_commits_again")
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
        if self._stopping:
            raise Unavailable("The server is stopping; send the same batch again.")
        if self._waiting_bytes > WAITING_BYTES:
            raise Unavailable("The server is catching up; send the same batch again.")
        waiting = _Waiting(entry, asyncio.get_running_loop().create_future())
        self._waiting.append(waiting)
        self._waiting_bytes += _size(entry)
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
            size += _size(waiting.entry)
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
            self._outage.failed(error, entries=len(group))
            await self._disconnect()
            _refuse(group, error)
            return
        self._outage.over()
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
        """Commit the group; each entry's receipt, in their order.

        Repeats are rare, so the group is first written as if it held none: one statement, which
        is one transaction and one round trip, and which does nothing at all if one of the keys is
        known. Only then, or when another process wins the race to a key, are they told apart.
        """
        try:
            known = await self._write(self._statement, entries)
        except asyncpg.UniqueViolationError:
            known = True
        if known:
            return await self._commit_new(entries)
        return [Receipt(entry.answer, False, True) for entry in entries]

    async def _commit_new(self, entries: list[Entry]) -> list[Receipt]:
        """Commit those of the group whose keys are new, and find the others' first answers."""
        async with self._connection.transaction():
            named = [e for e in entries if e.batch_key is not None]
            rows = await self._connection.fetch(
                REMEMBER_NEW, *_remembered(named), datetime.now(UTC)
            )
            new = {(row["site_id"], row["batch_key"]) for row in rows}
            fresh = [e for e in entries if e.batch_key is None or (e.site_id, e.batch_key) in new]
            repeats = [e for e in named if (e.site_id, e.batch_key) not in new]
            if fresh:
                await self._write(await self._connection.prepare(WRITE_GROUP), fresh, noted=True)
            firsts = await self._first_answers(repeats)
        return [
            _repeat(entry, firsts)
            if (entry.site_id, entry.batch_key) in firsts
            else Receipt(entry.answer, False, True)
            for entry in entries
        ]

    async def _write(self, statement: Any, entries: list[Entry], *, noted: bool = False) -> bool:
        """True if nothing was written, because one of the keys is known."""
        self._seq += 1
        lines = b"".join([e.body for e in entries])
        return await statement.fetchval(
            self._number,
            self._seq,
            datetime.now(UTC),
            len(lines),
            frames.pack(lines) if lines else b"",
            sum([e.received for e in entries]),
            sum([e.kept for e in entries]),
            sum([e.discarded for e in entries]),
            sum([e.rejected for e in entries]),
            *(() if noted else _remembered([e for e in entries if e.batch_key is not None])),
        )

    async def _first_answers(self, repeats: list[Entry]) -> dict[tuple[UUID, UUID | None], Any]:
        rows = await self._connection.fetch(
            FIRST_ANSWERS, [e.site_id for e in repeats], [e.batch_key for e in repeats]
        )
        if len(rows) != len(repeats):
            # Forgotten in this very moment: what is not written must not be answered as written.
            raise LookupError("a first answer is gone")
        return {(row["site_id"], row["batch_key"]): row for row in rows}


def _size(entry: Entry) -> int:
    """The answer counts too: that of a batch with nothing but bad events is the greater part."""
    return len(entry.body) + len(entry.answer)


def _remembered(entries: list[Entry]) -> tuple[list[Any], ...]:
    """What is kept of batches with a key, in the one order in which every process inserts them,
    so that two groups cannot wait for each other."""
    ordered = sorted(entries, key=lambda e: (e.site_id, e.batch_key))
    return (
        [e.site_id for e in ordered],
        [e.batch_key for e in ordered],
        [e.fingerprint for e in ordered],
        [e.answer for e in ordered],
    )


def _repeat(entry: Entry, firsts: dict[tuple[UUID, UUID | None], Any]) -> Receipt:
    first = firsts[entry.site_id, entry.batch_key]
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
    await connection.execute(NEW_STREAM, number)
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

# Of a new stream nothing can be gone yet, which whoever follows the journal likes to know.
NEW_STREAM = """
with added as (
    insert into journal_streams (stream) values ($1)
    on conflict do nothing
    returning stream
)
insert into journal_gone (stream, seq)
select stream, 0
from added
on conflict do nothing
"""

WRITE_GROUP = """
with written as (
    insert into journal (stream, seq, received_at, size, body, events)
    select $1, $2, $3, $4, $5, $7
    where $7 > 0
), counted as (
    update journal_streams set
        last_seq = $2,
        received = received + $6,
        kept = kept + $7,
        discarded = discarded + $8,
        rejected = rejected + $9
    where stream = $1
)
select false
"""

# A key that is known is looked for first, since a unique violation is an error in the server's log.
COMMIT_GROUP = """
with given as (
    select site_id, batch_key, fingerprint, answer
    from unnest($10::uuid[], $11::uuid[], $12::bytea[], $13::bytea[])
        as t (site_id, batch_key, fingerprint, answer)
), known as materialized (
    select exists (
        select from given join ingest_batches using (site_id, batch_key)
    ) as repeated
), remembered as (
    insert into ingest_batches (site_id, batch_key, fingerprint, answer, received_at)
    select site_id, batch_key, fingerprint, answer, $3
    from given, known
    where not repeated
), written as (
    insert into journal (stream, seq, received_at, size, body, events)
    select $1, $2, $3, $4, $5, $7
    from known
    where $7 > 0 and not repeated
), counted as (
    update journal_streams set
        last_seq = $2,
        received = received + $6,
        kept = kept + $7,
        discarded = discarded + $8,
        rejected = rejected + $9
    from known
    where stream = $1 and not repeated
)
select repeated from known
"""

REMEMBER_NEW = """
insert into ingest_batches (site_id, batch_key, fingerprint, answer, received_at)
select site_id, batch_key, fingerprint, answer, $5
from unnest($1::uuid[], $2::uuid[], $3::bytea[], $4::bytea[])
    as t (site_id, batch_key, fingerprint, answer)
on conflict do nothing
returning site_id, batch_key
"""

FIRST_ANSWERS = """
select site_id, batch_key, fingerprint, answer
from ingest_batches
join unnest($1::uuid[], $2::uuid[]) as t (site_id, batch_key) using (site_id, batch_key)
"""
