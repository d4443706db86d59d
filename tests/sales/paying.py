"""A worker of its own, for payments alone: killed while a gateway has made a charge and not yet
said so."""

import asyncio
import sys

from pista import queue, sales
from pista.settings import Settings
from pista.store.secrets import Sealer
from tests.sales.conftest import KEY, URL


async def work(database: str, street: str) -> None:
    settings = Settings(
        public_url=URL,
        secret_keys=(KEY,),
        mercadopago_url=f"{street}/mp",
        asaas_url=f"{street}/asaas",
        pushinpay_url=f"{street}/pushin",
    )
    sealer = Sealer(settings.secret_keys, settings.data_dir)
    errands = sales.errands(sales.Gateways(settings), sealer, settings.url)
    await queue.Runner(database, errands).run()


if __name__ == "__main__":
    asyncio.run(work(*sys.argv[1:]))
