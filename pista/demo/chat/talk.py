"""The conversations of the shop: what was said before the demo began, and what is said in it."""

import asyncio
import itertools
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib import resources
from random import Random

import httpx

from pista.chat import PATH as WHATSAPP_PATH
from pista.chat import TELEGRAM_PATH
from pista.demo.chat import script, webhooks
from pista.demo.chat.platforms import BOT, Platforms, Sent
from pista.demo.chat.script import Customer
from pista.demo.chat.webhooks import PHOTO, VOICE, Word
from pista.demo.opening import Talks

FIRST_CALL_SECONDS, CALL_SECONDS = 12.0, (25.0, 50.0)
BETWEEN_SECONDS = (3.0, 6.0)
DELIVERED_SECONDS, READ_SECONDS, REPLY_SECONDS = 1.0, 2.5, (4.0, 9.0)
TRIES, AGAIN_SECONDS = 60, 1.0


class Talk:
    """The customers: they speak to the doors of Pista, and hear what comes to the platforms."""

    def __init__(
        self, client: httpx.AsyncClient, talks: Talks, platforms: Platforms | None
    ) -> None:
        self._client = client
        self._talks = talks
        self._platforms = platforms
        self._dice = Random()  # noqa: S311 - who writes next in a demo
        self._numbers = itertools.count(secrets.randbelow(10**6) * 1000 + 10**6)
        self._replies = {one.key: itertools.cycle(script.REPLIES[one.language]) for one in _ALL}
        self._soon: set[asyncio.Task[None]] = set()
        if platforms is not None:
            platforms.keep(_file("sombrero.jpg"), "image/jpeg", PHOTO)
            platforms.keep(_file("voz.ogg"), "audio/ogg", VOICE)

    @property
    def platforms(self) -> Platforms | None:
        """Those that the demo stands in for."""
        return self._platforms

    async def say(self, word: Word) -> None:
        if word.customer.platform == "telegram":
            update = next(self._numbers)
            headers = {"X-Telegram-Bot-Api-Secret-Token": self._talks.telegram_secret}
            await self._post(f"{TELEGRAM_PATH}{BOT}", webhooks.telegram(word, update), headers)
        else:
            await self._whatsapp(webhooks.whatsapp(word))

    async def tell(self, sent: Sent, states: Mapping[str, datetime]) -> None:
        """What became of a message: Telegram never says."""
        for state, at in states.items() if sent.platform == "whatsapp" else ():
            await self._whatsapp(webhooks.status(sent.id, sent.to, state, sent.ours, at))

    async def _whatsapp(self, body: bytes) -> None:
        signature = webhooks.signed(body, self._talks.whatsapp_secret)
        await self._post(WHATSAPP_PATH, body, {"X-Hub-Signature-256": signature})

    async def _post(self, path: str, body: bytes, headers: dict[str, str]) -> None:
        """As platforms do: until it is taken, or for a minute."""
        for _ in range(TRIES):
            try:
                answer = await self._client.post(
                    path, content=body, headers={"Content-Type": "application/json", **headers}
                )
            except httpx.TransportError:
                answer = None
            if answer is not None and answer.is_success:
                return
            await asyncio.sleep(AGAIN_SECONDS)

    def forget(self) -> None:
        """What was sent until now: its answers are told."""
        while self._platforms is not None and not self._platforms.sent.empty():
            self._platforms.sent.get_nowait()

    async def go_on(self) -> None:
        """For ever: customers write now and then, and answer whoever answers them."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._call())
            if self._platforms is not None:
                group.create_task(self._listen(self._platforms))

    async def _call(self) -> None:
        await asyncio.sleep(FIRST_CALL_SECONDS)
        first = self._dice.randrange(len(script.CALLS))
        for who, texts in itertools.cycle(script.CALLS[first:] + script.CALLS[:first]):
            for text in texts:
                await self._speak(_BY_KEY[who], text)
                await asyncio.sleep(self._dice.uniform(*BETWEEN_SECONDS))
            await asyncio.sleep(self._dice.uniform(*CALL_SECONDS))

    async def _listen(self, platforms: Platforms) -> None:
        while True:
            task = asyncio.create_task(self._hear(await platforms.sent.get()))
            self._soon.add(task)
            task.add_done_callback(self._soon.discard)

    async def _hear(self, sent: Sent) -> None:
        """Two ticks, blue ticks, and then an answer."""
        await asyncio.sleep(DELIVERED_SECONDS)
        await self.tell(sent, {"sent": _now(), "delivered": _now()})
        await asyncio.sleep(READ_SECONDS)
        await self.tell(sent, {"read": _now()})
        customer = _BY_ADDRESS.get(sent.to)
        if customer is not None and customer.answers:
            await asyncio.sleep(self._dice.uniform(*REPLY_SECONDS))
            await self._speak(customer, next(self._replies[customer.key]))

    async def _speak(self, customer: Customer, text: str) -> None:
        number = next(self._numbers)
        await self.say(Word(customer=customer, id=id_of(customer, number), at=_now(), text=text))


def id_of(customer: Customer, number: int) -> str:
    """Of a message that a customer sends."""
    if customer.platform == "telegram":
        return f"{customer.number}:{number}"
    return f"wamid.DEMO.{customer.key}.{number}"


def _file(name: str) -> bytes:
    return resources.files("pista.demo.chat").joinpath("files", name).read_bytes()


def _now() -> datetime:
    return datetime.now(UTC)


_ALL = script.CUSTOMERS
_BY_KEY = {one.key: one for one in _ALL}
_BY_ADDRESS = {one.number: one for one in _ALL} | {
    webhooks.user_id(one.number, one.language): one for one in _ALL
}
