"""Runners at work: in this process, or in one of its own that can be killed or frozen.

The work of these tests is to write a row: that a job was done, in which order, and by whom.
"""

import asyncio
import os
import sys
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import AbstractContextManager, asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec

from pista.ids import TenantId
from pista.queue import Again, Errand, Handlers, Job, NeverAgain, Patience, Runner, Together, Trip
from pista.queue.desk import LIMITS, Limits
from pista.store.postgres import Tx
from tests.killing import killable

BROKEN = "this one is always broken"


class Note(msgspec.Struct, frozen=True, kw_only=True, tag="test.note"):
    """Write `text` down; `how` may be "fail", "never" or "exit"; `seconds` is how long it takes."""

    text: str
    how: str = "well"
    seconds: float = 0.0


async def begun(tx: Tx, what: str) -> None:
    """Seen at once, unlike what the job itself writes: a sequence is outside transactions."""
    await tx.value("select nextval('test_begun')")
    await tx.execute("select pg_notify('test_begun', $1)", what)


async def note(tx: Tx, _: Job, work: Note) -> None:
    await begun(tx, work.text)
    await tx.execute("insert into test_notes (text, pid) values ($1, $2)", work.text, os.getpid())
    await asyncio.sleep(work.seconds)
    match work.how:
        case "fail":
            raise ValueError(BROKEN)
        case "never":
            raise NeverAgain("The thing is no more.")
        case "later":
            raise Again("It is too early.", at=now() + timedelta(seconds=0.05), counts=False)
        case "exit":
            os._exit(9)
        case _:
            return


class Drop(msgspec.Struct, frozen=True, kw_only=True, tag="test.drop"):
    """A note that comes in floods."""

    text: str
    how: str = "well"


async def pour(tx: Tx, _: TenantId, works: Sequence[Drop]) -> None:
    """All of them in one transaction."""
    for work in works:
        await begun(tx, work.text)
        await tx.execute(
            "insert into test_notes (text, pid) values ($1, $2)", work.text, os.getpid()
        )
        if work.how == "fail":
            raise ValueError(BROKEN)
        if work.how == "exit":
            os._exit(9)


class Slip(msgspec.Struct, frozen=True, kw_only=True, tag="test.slip"):
    """A note that comes in floods, and of which a group leaves some."""

    text: str
    how: str = "well"


async def sift(tx: Tx, tenant: TenantId, works: Sequence[Slip]) -> list[int]:
    left = [place for place, work in enumerate(works) if work.how != "well"]
    await pour(tx, tenant, [Drop(text=work.text) for work in works if work.how == "well"])
    return left


async def write_slip(tx: Tx, job: Job, work: Slip) -> None:
    await note(tx, job, Note(text=f"{work.text} alone", how=work.how))


class Call(msgspec.Struct, frozen=True, kw_only=True, tag="test.call"):
    """Write a line into a file, as another service would; `how` is what it answers."""

    text: str
    file: str
    how: str = "well"
    seconds: float = 0.0


async def prepare(tx: Tx, trip: Trip, work: Call) -> Call | None:
    await begun(tx, work.text)
    if not trip.lost:
        return work
    await _write(tx, f"{work.text}: lost")
    return None


async def call(trip: Trip, work: Call) -> str:
    _leave_line(Path(work.file), f"{work.text} {trip.job.id}")
    await asyncio.sleep(work.seconds)
    if work.how == "never":
        raise NeverAgain("It said no.")
    if work.how == "break":
        raise ValueError(BROKEN)
    return work.how


def _leave_line(path: Path, line: str) -> None:
    with path.open("a") as file:
        print(line, file=file)


async def hear(tx: Tx, trip: Trip, work: Call, answer: str) -> Again | None:
    await _write(tx, f"{work.text}: {'last' if trip.last else answer}")
    match answer:
        case "busy":
            return Again("It is busy.")
        case "closed":
            return Again("It is closed.", at=now() + timedelta(seconds=0.05), counts=False)
        case "wrong":
            raise ValueError(BROKEN)
        case _:
            return None


async def _write(tx: Tx, text: str) -> None:
    await tx.execute("insert into test_notes (text, pid) values ($1, $2)", text, os.getpid())


PATIENCE = Patience(most=3, first_seconds=0.01)
HANDLERS: Handlers = {
    Note: note,
    Drop: Together(pour, most=50),
    Slip: Together(sift, alone=write_slip),
    Call: Errand(prepare, call, hear, PATIENCE),
}


def now() -> datetime:
    return datetime.now(UTC)


@asynccontextmanager
async def working(
    database: str, clock: Callable[[], datetime] = now, limits: Limits = LIMITS
) -> AsyncGenerator[Runner]:
    runner = Runner(database, HANDLERS, clock, limits)
    task = asyncio.create_task(runner.run())
    try:
        yield runner
    finally:
        runner.stop()
        await task


def runner_process(database: str) -> AbstractContextManager[Any]:
    """A runner that may be killed -9; it is, at the latest, at the end."""
    return killable("tests.queue.working", database, loud=False)


if __name__ == "__main__":
    asyncio.run(Runner(sys.argv[1], HANDLERS).run())
