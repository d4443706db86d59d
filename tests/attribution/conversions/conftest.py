"""A shop, its Meta, and its workers."""

from collections.abc import AsyncGenerator
from datetime import timedelta
from pathlib import Path

import pytest

from pista import sales
from pista.attribution import hear_sale
from pista.attribution.conversions import rules
from pista.queue import shift
from pista.store.postgres import Postgres
from tests.attribution.conversions.shop import Place, Shop, founded
from tests.fakes import meta as fake
from tests.fakes.meta import Meta


@pytest.fixture
async def meta() -> AsyncGenerator[Meta]:
    async with fake.running() as running:
        yield running


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The waits of minutes are not what is tried here."""
    backoff = rules.BACKOFF._replace(first_seconds=0.05, longest_seconds=0.2)
    monkeypatch.setattr(rules, "BACKOFF", backoff)
    monkeypatch.setattr(rules, "IN_FLIGHT", timedelta(seconds=0.5))
    monkeypatch.setattr(rules, "LOOK_AGAIN", timedelta(seconds=0.2))
    monkeypatch.setattr(shift, "POLL_SECONDS", 0.05)


@pytest.fixture
async def shop(
    postgres: Postgres, database: str, meta: Meta, tmp_path: Path, quick: None
) -> AsyncGenerator[Shop]:
    sales.register(hear_sale)
    yield await founded(postgres, Place(database, meta.url, tmp_path))
    sales.forget(hear_sale)
