"""The dead letters of a run: all that failed for good is there, and goes through in the end."""

from typing import Any

import httpx
import msgspec

from tests.chaos.chat.expected import Expected
from tests.chaos.machine import Machine

MOST_REPLAYED = 200
ALL = "select id from jobs where state = 'dead' and tenant_id = $1 order by id"


class Letters(msgspec.Struct, kw_only=True):
    died: int = 0
    """Jobs that the log says were given up."""
    listed: int = 0
    poisoned: int = 0
    """Of those, about a message that the database refused."""
    others: list[str] = []
    problems: list[str] = []


async def read(client: httpx.AsyncClient) -> list[Any]:
    """The whole list, page by page, each with the webhook that it is about."""
    found: list[Any] = []
    before: dict[str, Any] = {}
    while True:
        page = (await client.get("/api/dead-letters", params=before)).raise_for_status().json()
        for one in page["items"]:
            answer = await client.get(f"/api/dead-letters/{one['id']}")
            found.append(answer.raise_for_status().json())
        if page["next"] is None:
            return found
        before = {"before": page["next"]}


def judge(found: list[Any], dead: set[int], log: list[Any], expected: Expected) -> Letters:
    """Complete, and each with what a person needs to see what was wrong."""
    problems: list[str] = []
    listed = {one["id"] for one in found}
    died = {line["job"] for line in log if line["event"] == "job_died"}
    if listed != dead:
        problems.append(f"listed {sorted(listed ^ dead)[:10]} and dead differ")
    if missing := dead - died:
        problems.append(f"nothing in the log says that {sorted(missing)[:10]} died")
    named: set[str] = set()
    others: list[str] = []
    for one in found:
        messages: set[str] = set(one["webhook"]["messageIds"]) if one["webhook"] else set()
        named |= messages & expected.poisoned
        if not messages & expected.poisoned:
            others.append(f"{one['kind']} {one['attempts']} attempts: {one['error']}")
        if not one["payload"] or not one["error"]:
            problems.append(f"letter {one['id']} says too little: {one}")
        if one["kind"] == "chat.webhook" and not (one["webhook"] and one["webhook"]["payload"]):
            problems.append(f"letter {one['id']} has no webhook")
    if named != expected.poisoned:
        problems.append(f"no letter is about {sorted(expected.poisoned - named)[:10]}")
    return Letters(
        died=len(died),
        listed=len(found),
        poisoned=len(found) - len(others),
        others=others,
        problems=problems,
    )


async def replay(client: httpx.AsyncClient, found: list[Any]) -> None:
    ids = [one["id"] for one in found]
    for first in range(0, len(ids), MOST_REPLAYED):
        some = {"ids": ids[first : first + MOST_REPLAYED]}
        (await client.post("/api/dead-letters/replay", json=some)).raise_for_status()


def admin(machine: Machine, key: str) -> httpx.AsyncClient:
    headers = {"Authorization": f"Bearer {key}"}
    return httpx.AsyncClient(base_url=machine.url, headers=headers, timeout=60, trust_env=False)
