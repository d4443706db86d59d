"""Brings the shop's traffic to the public front door, as browsers would."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import httpx
import msgspec

from pista.accounts import Site
from pista.demo.shop import ORIGIN
from pista.demo.traffic import Happening
from pista.errors import StartError

PATH = "/tracking-v2/events"
BATCH_EVENTS = 400
AT_ONCE = 6
TRIES = 20
PATIENCE_SECONDS = 3.0


class Sender:
    """Sends batches of one site. A batch that got no answer is sent again: its ids are known."""

    def __init__(self, client: httpx.AsyncClient, site: Site) -> None:
        self._client = client
        self._site = site
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def send(self, happenings: Iterable[Happening]) -> int:
        """Return when all of it is acknowledged; the answer is how many events it were."""
        by_agent: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
        for happening in happenings:
            by_agent[happening.agent].append(happening.body)
        async with asyncio.TaskGroup() as group:
            for agent, events in by_agent.items():
                for start in range(0, len(events), BATCH_EVENTS):
                    group.create_task(self._post(agent, events[start : start + BATCH_EVENTS]))
        return sum(len(events) for events in by_agent.values())

    async def _post(self, agent: str, events: list[dict[str, Any]]) -> None:
        site = self._site
        batch = {"tenantId": str(site.tenant_id), "siteId": str(site.id), "events": events}
        headers = {
            "Content-Type": "application/json",
            "Origin": ORIGIN,
            "User-Agent": agent,
            "X-Write-Key": site.write_key,
        }
        async with self._turns:
            for tried in range(TRIES):
                answer = await self._try(msgspec.json.encode(batch), headers)
                if answer is not None:
                    return
                await asyncio.sleep(min(PATIENCE_SECONDS, 0.1 * 2**tried))
        raise StartError("Pista does not take the demo's events any more: its log says why.")

    async def _try(self, body: bytes, headers: dict[str, str]) -> bytes | None:
        """The answer, or None if the same batch should be sent again."""
        try:
            answer = await self._client.post(PATH, content=body, headers=headers)
        except httpx.TransportError:
            return None
        if answer.status_code == 202:
            return answer.content
        if answer.status_code < 500 and answer.status_code != 429:
            raise StartError(f"Pista refused the demo's events: {answer.text[:300]}")
        return None
