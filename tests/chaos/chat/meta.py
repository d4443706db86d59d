"""Meta, as a process: `python -m tests.chaos.chat.meta CONFIG NUMBER`.

It sends each webhook until it is answered 200, a little out of order, and some of them several
times. What must be refused it sends until that is what it hears.
"""

import asyncio
import sys
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from tests.chaos.chat import config, traffic
from tests.chaos.chat.config import Config
from tests.chaos.chat.going import Going
from tests.chaos.chat.traffic import ANSWERS, Sort, Webhook

PATH = "/api/chat/webhook"
BLOCK = 300
# What a server says that is not there, or not yet: no verdict on the webhook.
LATER = (429, 500, 502, 503, 504)


class Meta(Going):
    def __init__(self, terms: Config, number: int) -> None:
        path = terms.metas_ledger(number)
        super().__init__(terms.url, path, terms.tasks, terms.webhooks_a_second, BLOCK)
        self._terms = terms
        self._number = number

    async def do(self, number: int) -> None:
        which = traffic.order(self._terms.seed, self._number, number)
        webhook = traffic.webhook(self._terms.seed, self._number, which, self._terms.began)
        if webhook.sort is Sort.CUT:
            await self._cut(webhook)
            return
        sends = [self._send(webhook) for _ in range(1 + webhook.twice)]
        await asyncio.gather(*sends)
        if webhook.again:
            await self._send(webhook)

    async def _send(self, webhook: Webhook) -> None:
        headers = {"Content-Type": "application/json"}
        if webhook.signature is not None:
            headers["X-Hub-Signature-256"] = webhook.signature
        for tried in count():
            try:
                answer = await self.client.post(PATH, content=webhook.body, headers=headers)
            except httpx.TransportError:
                await self.again(tried)
                continue
            if answer.status_code == ANSWERS[webhook.sort]:
                return
            if answer.status_code not in LATER:
                said = f"{answer.status_code} {answer.text[:300]}"
                self.ledger.complain(f"{webhook.sort} {webhook.said[:1]} {said}")
                raise SystemExit(1)
            await self.again(tried)

    async def _cut(self, webhook: Webhook) -> None:
        """The connection ends in the middle of the body; once is enough."""
        address = urlsplit(self._terms.url)
        try:
            _, writer = await asyncio.open_connection(address.hostname, address.port)
            head = (
                f"POST {PATH} HTTP/1.1\r\nHost: {address.netloc}\r\n"
                f"Content-Type: application/json\r\nX-Hub-Signature-256: {webhook.signature}\r\n"
                f"Content-Length: {len(webhook.body)}\r\n\r\n"
            )
            writer.write(head.encode() + webhook.body[: len(webhook.body) // 2])
            await writer.drain()
            writer.close()
        except OSError:
            return  # nobody is there to be told half of it


if __name__ == "__main__":
    terms = config.read(Path(sys.argv[1]))
    asyncio.run(Meta(terms, int(sys.argv[2])).run())
