"""The inbox over HTTP, as the shop's admin uses it."""

import asyncio
import time
from typing import Any

import httpx

from pista.demo import shop
from pista.errors import StartError

PATIENCE_SECONDS = 60.0
LOOK_SECONDS = 0.1
CONVERSATIONS = "/api/chat/conversations"
WAITING = ("queued", "unknown")


class Desk:
    def __init__(self, client: httpx.AsyncClient, password: str) -> None:
        self._client = client
        self._password = password

    async def sign_in(self) -> None:
        login = {"email": shop.EMAIL, "password": self._password}
        await self.ask("POST", "/api/login", login)

    async def sign_out(self) -> None:
        await self.ask("POST", "/api/logout")

    async def ask(self, method: str, path: str, body: object = None, *also: int) -> Any:
        """The answer; None for those that are `also` fine."""
        for _ in range(20):
            try:
                answer = await self._client.request(method, path, json=body)
            except httpx.TransportError:
                await asyncio.sleep(0.5)
                continue
            if answer.is_success:
                return answer.json() if answer.content else None
            if answer.status_code in also:
                return None
            if answer.status_code < 500:
                raise StartError(f"Pista refused the demo's {path}: {answer.text[:300]}")
            await asyncio.sleep(0.5)
        raise StartError("Pista does not answer the demo's inbox any more: its log says why.")

    async def colleagues(self) -> dict[str, str]:
        """Their ids by their names."""
        found = await self.ask("GET", "/api/chat/colleagues")
        return {one["name"]: one["id"] for one in found["items"]}

    async def conversation(self, platform: str, name: str) -> str:
        """With that customer, as soon as it is there."""
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            for one in (await self.ask("GET", f"{CONVERSATIONS}?limit=100"))["items"]:
                person = one["person"]
                if person and person["name"] == name and one["channel"]["platform"] == platform:
                    return one["id"]
            await asyncio.sleep(LOOK_SECONDS)
        raise StartError("Pista did not take the demo's conversations: its log says why.")

    async def messages(self, conversation: str) -> list[Any]:
        found = await self.ask("GET", f"{CONVERSATIONS}/{conversation}/messages?limit=200")
        return found["items"]

    async def settled(self, conversation: str, name: str, value: str) -> Any:
        """The message with that `id` or `externalId`, when it is stored, or sent or refused."""
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            for one in await self.messages(conversation):
                if one[name] == value and one["status"] not in WAITING:
                    return one
            await asyncio.sleep(LOOK_SECONDS)
        raise StartError("A message of the demo was not worked off: Pista's log says why.")
