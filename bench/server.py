"""The web process as it is, with two more answers to measure it against: an empty POST to a route
of the same app, and one to a bare ASGI handler, which is all that Granian itself takes."""

import sys
from typing import Any

import uvloop
from litestar import post

from pista import accounts, garbage, logs, serve, settings
from pista.app import House
from pista.store.runtime import database_urls


@post("/empty", status_code=202, opt=accounts.public())
async def empty() -> None:
    return None


class Measured(House):
    """The house, and beside it what it is measured against."""

    async def start(self) -> None:
        await super().start()
        self.litestar.register(empty)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope.get("path") == "/bare":
            await receive()
            await send({"type": "http.response.start", "status": 202, "headers": []})
            await send({"type": "http.response.body", "body": b""})
        else:
            await super().__call__(scope, receive, send)


async def _main(port: int) -> None:
    import msgspec

    config = msgspec.structs.replace(settings.load(), port=port)
    logs.configure("error")
    house = Measured(config, database_urls(config))
    await house.start()
    garbage.collect_seldom()
    await serve.server(house, config).serve()


if __name__ == "__main__":
    uvloop.run(_main(int(sys.argv[1])))
