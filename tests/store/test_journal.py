"""The journal against a real PostgreSQL: what was answered is there once, whatever dies."""

import asyncio
import random
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any
from uuid import UUID, uuid4

import pytest
from structlog.testing import capture_logs

from pista.errors import Unavailable
from pista.store import frames, journal
from pista.store import postgres as store
from pista.store.embedded.process import free_port
from pista.store.journal import Entry, Journal, Receipt
from pista.store.postgres import Postgres
from tests.fakes.relay import forwarding

SITE = UUID("0190a000-0000-7000-8000-0000000000a1")

Open = Callable[[], AbstractAsyncContextManager[Journal]]


def make_entry(key: UUID | None = None, **fields: Any) -> Entry:
    """A batch of one kept event, whose line is its key."""
    batch_key = key or uuid4()
    usual: dict[str, Any] = {
        "body": b"%s\n" % str(batch_key).encode(),
        "site_id": SITE,
        "batch_key": batch_key,
        "fingerprint": b"same",
        "answer": b"{}",
        "received": 1,
        "kept": 1,
        "discarded": 0,
        "rejected": 0,
    }
    return Entry(**usual | fields)


@asynccontextmanager
async def opened(url: str) -> AsyncGenerator[Journal]:
    one = Journal(url)
    one.start()
    yield one
    await one.stop()


@pytest.fixture
def open_journal(database: str) -> Open:
    return lambda: opened(database)


class Row:
    def __init__(self, stream: int, seq: int, events: int, lines: list[str]) -> None:
        self.stream, self.seq, self.events, self.lines = stream, seq, events, lines


async def committed(postgres: Postgres) -> list[Row]:
    async with postgres.transaction() as tx:
        rows = await tx.connection.fetch(
            "select stream, seq, events, body from journal order by stream, seq"
        )
    return [
        Row(r["stream"], r["seq"], r["events"], frames.unpack(r["body"]).decode().splitlines())
        for r in rows
    ]


async def kept(postgres: Postgres) -> int:
    async with postgres.transaction() as tx:
        return await tx.value("select sum(kept)::bigint from journal_streams")


def lines_of(rows: list[Row]) -> list[str]:
    return sorted(line for row in rows for line in row.lines)


async def backends(postgres: Postgres) -> list[int]:
    """The server's processes that hold a stream."""
    async with postgres.transaction() as tx:
        rows = await tx.connection.fetch(
            "select pid from pg_locks where locktype = 'advisory' and classid = $1",
            journal.STREAM_LOCKS,
        )
    return [row["pid"] for row in rows]


async def kill_backends(postgres: Postgres) -> None:
    pids = await backends(postgres)
    async with postgres.transaction() as tx:
        await tx.execute("select pg_terminate_backend(p) from unnest($1::int[]) p", pids)


async def insist(one: Journal, entry: Entry) -> Receipt:
    """What a client does: the same batch again, until it is answered."""
    while True:
        try:
            return await one.write(entry)
        except Unavailable:
            await asyncio.sleep(0.02)


async def test_many_writers_share_commits(open_journal: Open, postgres: Postgres):
    """
    500 batches at once take a few commits, and each of them is there when it is answered.
    """
    entries = [make_entry() for _ in range(500)]

    async with open_journal() as one:
        receipts = await asyncio.gather(*(one.write(entry) for entry in entries))
        commits = one.commits

    assert commits <= 5
    assert not any(receipt.repeated for receipt in receipts)
    assert lines_of(await committed(postgres)) == sorted(str(e.batch_key) for e in entries)
    assert await kept(postgres) == 500


async def test_two_processes_given_the_same_batches_keep_each_once(
    open_journal: Open, postgres: Postgres
):
    """
    Both are answered with the first answer, whoever was first.
    """
    keys = [uuid4() for _ in range(300)]

    async with open_journal() as one, open_journal() as other:

        async def both(key: UUID) -> tuple[Receipt, Receipt]:
            writes = (
                one.write(make_entry(key, answer=b"one")),
                other.write(make_entry(key, answer=b"other")),
            )
            return await asyncio.gather(*writes)

        receipts = await asyncio.gather(*map(both, random.Random(1).sample(keys, len(keys))))

    assert lines_of(await committed(postgres)) == sorted(map(str, keys))
    assert await kept(postgres) == 300
    for a, b in receipts:
        assert a.answer == b.answer
        assert [a.repeated, b.repeated].count(True) == 1


async def test_the_same_key_twice_in_one_group_is_one_batch(open_journal: Open, postgres: Postgres):
    """
    Also together with batches that have no key: those are never taken for each other.
    """
    key = uuid4()
    entries = [make_entry(key, answer=b"%d" % n) for n in range(5)]
    unnamed = [make_entry(body=b"unnamed\n") for _ in range(3)]
    for entry in unnamed:
        entry.batch_key = None

    async with open_journal() as one:
        receipts = await asyncio.gather(*(one.write(entry) for entry in [*entries, *unnamed]))

    assert [receipt.answer for receipt in receipts[:5]] == [b"0"] * 5
    assert [receipt.repeated for receipt in receipts] == [False, *[True] * 4, *[False] * 3]
    assert lines_of(await committed(postgres)) == sorted([str(key), *["unnamed"] * 3])


async def test_a_key_used_for_something_else_is_reported(open_journal: Open, postgres: Postgres):
    """
    In the same group or later: the first content stays, and the second is told so.
    """
    key, other = uuid4(), make_entry()
    changed = make_entry(key, fingerprint=b"other", body=b"other\n")
    async with open_journal() as one:
        first, at_once = await asyncio.gather(one.write(make_entry(key)), one.write(changed))
        later, beside = await asyncio.gather(one.write(changed), one.write(other))

    assert [r.same_content for r in (first, at_once, later, beside)] == [True, False, False, True]
    assert lines_of(await committed(postgres)) == sorted([str(key), str(other.batch_key)])


async def test_killed_connections_lose_and_double_nothing(open_journal: Open, postgres: Postgres):
    """
    pg_terminate_backend in the middle of commits, again and again, while clients insist.
    """
    keys = [uuid4() for _ in range(1500)]

    async with open_journal() as one, open_journal() as other:

        async def client(mine: list[UUID]) -> None:
            for n, key in enumerate(mine):
                await insist((one, other)[n % 2], make_entry(key))

        clients = [asyncio.create_task(client(keys[n::50])) for n in range(50)]
        kills = 0
        while not all(task.done() for task in clients):
            await asyncio.sleep(0.015)
            await kill_backends(postgres)
            kills += 1
        await asyncio.gather(*clients)

    assert kills > 3
    assert lines_of(await committed(postgres)) == sorted(map(str, keys))
    assert await kept(postgres) == 1500


async def test_a_stream_is_taken_up_again_where_it_ended(open_journal: Open, postgres: Postgres):
    """
    After a death its number is free for the next, and `seq` goes on; two at once have two.
    """
    async with open_journal() as one:
        await one.write(make_entry())
        await kill_backends(postgres)
        await insist(one, make_entry())
        async with open_journal() as beside:
            await beside.write(make_entry())
    async with open_journal() as successor:
        await successor.write(make_entry())

    rows = await committed(postgres)
    assert {row.stream for row in rows} <= {0, 1, 2}
    async with postgres.transaction() as tx:
        ends = await tx.connection.fetch("select stream, last_seq from journal_streams")
    for end in ends:
        seqs = [row.seq for row in rows if row.stream == end["stream"]]
        assert seqs == sorted(set(seqs))
        assert not seqs or seqs[-1] <= end["last_seq"]
    assert len(rows) == 4


async def test_rows_become_visible_in_the_order_of_their_stream(
    open_journal: Open, postgres: Postgres
):
    """
    A reader's mark never passes a row that is still to come.
    """
    seen: dict[int, set[int]] = {}

    async def read() -> None:
        while True:
            for row in await committed(postgres):
                known = seen.setdefault(row.stream, set())
                assert row.seq in known or row.seq > max(known, default=0)
                known.add(row.seq)
            await asyncio.sleep(0)

    async with open_journal() as one, open_journal() as other:
        reader = asyncio.create_task(read())
        for _ in range(40):
            writes = (j.write(make_entry()) for j in (one, other) for _ in range(5))
            await asyncio.gather(*writes)
        reader.cancel()
        await asyncio.gather(reader, return_exceptions=True)

    assert reader.cancelled()
    assert len(seen) == 2


async def test_stop_commits_what_waits_and_takes_nothing_more(
    open_journal: Open, postgres: Postgres
):
    """
    Who was let in is answered; who comes too late hears so at once.
    """
    async with open_journal() as one:
        writes = [asyncio.create_task(one.write(make_entry())) for _ in range(900)]
        await asyncio.sleep(0)
        await one.stop()

        with pytest.raises(Unavailable, match="stopping"):
            await one.write(make_entry())
        await asyncio.gather(*writes)

    assert len(lines_of(await committed(postgres))) == 900


async def test_without_a_server_it_says_so_quickly_and_recovers_by_itself(
    database: str, postgres: Postgres
):
    """
    A 503 takes no ten seconds, and nobody has to restart anything afterwards. The log says once
    that it began and once that it is over, however many were refused.
    """
    place = database.rpartition("@")[2].partition("/")[0]
    port = free_port()
    with capture_logs() as logged:
        await _without_a_server(database, place, port)

    assert await kept(postgres) == 1
    began, over = (line for line in logged if line["event"].startswith("journal_"))
    assert (began["event"], began["log_level"]) == ("journal_commit_failed", "warning")
    assert (over["event"], over["log_level"]) == ("journal_commits_again", "info")
    assert (over["failures"], over["entries"]) == (5, 5)


async def _without_a_server(database: str, place: str, port: int) -> None:
    async with opened(database.replace(place, f"127.0.0.1:{port}")) as one:
        began = time.monotonic()
        for _ in range(4):
            with pytest.raises(Unavailable):
                await one.write(make_entry())
        with pytest.raises(Unavailable):
            await one.check()
        # One alone takes ten seconds where a journal waits for its connection.
        assert time.monotonic() - began < 10

        async with forwarding(port, int(place.partition(":")[2])):
            await one.write(make_entry())
            await one.check()
            await one.stop()


async def test_what_waits_is_bounded(database: str, monkeypatch: pytest.MonkeyPatch):
    """
    Beyond the bound a batch is refused, and room is made again; answers count like bodies.
    """
    monkeypatch.setattr(journal, "WAITING_BYTES", 10_000)
    one = Journal(database)
    large = [
        make_entry(body=b"x" * 6_000),
        make_entry(body=b"", kept=0, answer=b"x" * 6_000),
    ]
    waiting = [asyncio.create_task(one.write(entry)) for entry in large]
    await asyncio.sleep(0)

    with pytest.raises(Unavailable, match="catching up"):
        await one.write(make_entry())
    one.start()
    await asyncio.gather(*waiting)
    await one.write(make_entry())
    await one.stop()


async def test_a_batch_with_nothing_kept_is_answered_and_leaves_no_row(
    open_journal: Open, postgres: Postgres
):
    """
    Its answer is remembered and its events are counted as received.
    """
    key = uuid4()
    nothing = {"body": b"", "received": 3, "kept": 0, "discarded": 2, "rejected": 1}
    async with open_journal() as one:
        await one.write(make_entry(key, answer=b"first", **nothing))
        again = await one.write(make_entry(key, answer=b"second", **nothing))

    assert again.answer == b"first"
    assert await committed(postgres) == []
    async with postgres.transaction() as tx:
        row = await tx.connection.fetchrow(
            "select received, discarded, rejected from journal_streams"
        )
    assert tuple(row or ()) == (3, 2, 1)


async def test_a_first_answer_that_goes_at_this_moment_is_not_taken_for_written(
    database: str, open_journal: Open, monkeypatch: pytest.MonkeyPatch
):
    """
    The batch is a repeat, its first answer is just being forgotten: the client sends it again.
    """
    key = uuid4()
    async with open_journal() as one:
        await one.write(make_entry(key))
        monkeypatch.setattr(journal, "FIRST_ANSWERS", journal.FIRST_ANSWERS + " where false")
        with pytest.raises(Unavailable):
            await one.write(make_entry(key))

        connection = await store.connect(database)
        await connection.execute("delete from ingest_batches")
        await connection.close()
        receipt = await insist(one, make_entry(key))

    assert not receipt.repeated
