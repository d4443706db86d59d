"""The four problems of document 3: each loses the click in its design, and does not here."""

from collections.abc import AsyncGenerator
from typing import Literal

import pytest

from pista.attribution.conversions.client import Client
from pista.attribution.conversions.courier import Courier
from pista.settings import Settings
from tests.attribution.conversions.play import Play
from tests.attribution.conversions.shop import Shop
from tests.fakes.meta import Meta

Problem = Literal["two types", "no token", "truncated", "too early"]
CHAT = "555"
CLICK = "IwAR" + "x" * 400


class Theirs:
    """Keys of a store that several hands write, and a start that is worked off some time later.

    Of the ways back to the token the one is left that the problem is about; its others are mended.
    """

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._store: dict[str, str | dict[str, str]] = {}
        self._waiting: list[str] = []
        self._session: str | None = None
        self._fbclid = ""

    def redirect(self, fbclid: str) -> str:
        self._store["tracking:token"] = {"fbclid": fbclid}
        self._store[f"tracking:fbclid:{fbclid}"] = "token"
        if self._problem == "two types":
            # A second service writes the same key, in a shape of its own.
            self._store[f"tracking:fbclid:{fbclid}"] = {"fbclid": fbclid}
        return "token"

    def start(self, token: str) -> None:
        self._waiting.append(token)

    def work(self) -> None:
        for token in self._waiting:
            payload = self._store[f"tracking:{token}"]
            assert isinstance(payload, dict)
            limit = 255 if self._problem == "truncated" else None
            self._fbclid = str(payload["fbclid"])[:limit]
            # Whoever saves the chat is not told the token.
            told = {"fbclid": self._fbclid}
            self._store[f"tracking:chat:{CHAT}"] = told
            self._session = token

    def pay(self) -> str | None:
        """The click that a Purchase would carry."""
        match self._problem:
            case "too early":
                token = self._session
            case "no token":
                chat = self._store.get(f"tracking:chat:{CHAT}")
                token = chat.get("tracking_token") if isinstance(chat, dict) else None
            case _:
                token = self._store.get(f"tracking:fbclid:{self._fbclid}")
        payload = self._store.get(f"tracking:{token}") if isinstance(token, str) else None
        return str(payload["fbclid"]) if isinstance(payload, dict) else None


@pytest.fixture
async def ours(shop: Shop, meta: Meta) -> AsyncGenerator[Play]:
    client = Client(Settings(data_dir=shop.place.data_dir, meta_graph_url=meta.url))
    await shop.connect(grace_minutes=60)
    yield Play(shop, meta, Courier(client, shop.sealer))
    await client.close()


@pytest.mark.parametrize("problem", ["two types", "no token", "truncated", "too early"])
async def test_the_click_that_is_told(ours: Play, shop: Shop, meta: Meta, problem: Problem):
    """
    Who clicks, starts the bot and pays is told of with the whole id of the click; in document 3's
    design it is lost: to a key of two types, to a chat without its token, to a limit of 255
    characters, or to a payment that is faster than the start.
    """
    theirs = Theirs(problem)
    theirs.start(theirs.redirect(CLICK))
    if problem != "too early":
        theirs.work()
    lost = theirs.pay()

    ours.click = await shop.click(fbclid=CLICK, fbc=f"fb.1.1773489600000.{CLICK}")
    for step in ("paid", "start") if problem == "too early" else ("start", "paid"):
        await ours.do(step)
    await ours.end()

    assert lost != CLICK
    [taken] = meta.taken
    assert taken.event["user_data"]["fbc"] == f"fb.1.1773489600000.{CLICK}"
