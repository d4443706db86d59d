"""Workers that send, in this process or in one of their own that can be killed."""

import asyncio
import sys
from collections.abc import AsyncGenerator
from contextlib import AbstractContextManager, asynccontextmanager
from pathlib import Path
from typing import Any, NamedTuple

from pista import chat
from pista.chat import sending
from pista.chat.sending import errand
from pista.queue import Runner, shift
from pista.settings import S3Settings, Settings
from pista.store.secrets import Sealer
from tests.killing import killable


class Place(NamedTuple):
    """Where a worker finds all it needs."""

    database: str
    whatsapp: str
    telegram: str
    data_dir: Path


@asynccontextmanager
async def _opened(place: Place, s3: S3Settings | None = None) -> AsyncGenerator[Runner]:
    settings = Settings(
        data_dir=place.data_dir,
        meta_graph_url=place.whatsapp,
        telegram_api_url=place.telegram,
        s3=s3,
    )
    platforms, shelves = chat.Platforms(settings), chat.Shelves(settings)
    errands = sending.errands(platforms, Sealer((), place.data_dir), shelves)
    yield Runner(place.database, {**chat.handlers, **errands})
    await platforms.close()
    await shelves.close()


@asynccontextmanager
async def working(place: Place, s3: S3Settings | None = None) -> AsyncGenerator[None]:
    async with _opened(place, s3) as runner:
        task = asyncio.create_task(runner.run())
        try:
            yield
        finally:
            runner.stop()
            await task


def worker_process(place: Place) -> AbstractContextManager[Any]:
    """It is killed -9 at the latest at the end."""
    return killable("tests.chat.sending.working", *(str(one) for one in place), loud=False)


async def _work(place: Place) -> None:
    async with _opened(place) as runner:
        await runner.run()


if __name__ == "__main__":
    # As in the processes that are never killed: the waits of days are not what is tried here.
    shift.POLL_SECONDS = 0.1
    errand.PATIENCE = errand.PATIENCE._replace(first_seconds=0.2)
    database, whatsapp, telegram, folder = sys.argv[1:]
    asyncio.run(_work(Place(database, whatsapp, telegram, Path(folder))))
