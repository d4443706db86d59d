"""The house of the front door's tests, and two web processes' tails and journals without HTTP."""

from collections.abc import AsyncGenerator

import pytest

from pista.store.journal import Journal
from pista.stream.tail import Tail
from tests.collect.conftest import served

__all__ = ["served"]


@pytest.fixture
async def two_tails(database: str) -> AsyncGenerator[list[Tail]]:
    """Those of two web processes."""
    opened = [Tail(database), Tail(database)]
    for tail in opened:
        tail.start()
    yield opened
    for tail in opened:
        await tail.stop()


@pytest.fixture
async def two_journals(database: str) -> AsyncGenerator[list[Journal]]:
    opened = [Journal(database), Journal(database)]
    for journal in opened:
        journal.start()
    yield opened
    for journal in opened:
        await journal.stop()
