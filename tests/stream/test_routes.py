"""The stream over HTTP: what is told, to whom, and how it ends and goes on."""

import time
from typing import Any

from tests.collect.conftest import Served
from tests.stream.following import Follower


def follower(served: Served, **asked: Any) -> Follower:
    return Follower(served.client, served.admin, tenantId=str(served.tenant.id), **asked)


async def send(served: Served, *events: Any) -> list[str]:
    answer = await served.post(served.batch(*events))
    assert answer.status_code == 202, answer.text
    return [event["eventId"] for event in events]


async def test_an_event_is_told_within_a_second(served: Served):
    """
    With what the snippet sent and what the door made of it, and nothing of who sent it.
    """
    async with follower(served).following() as reader:
        event = served.event(
            metadata={
                "url": "https://flores.example/rosas?utm_source=ig&x=1",
                "title": "Rosas",
                "value": 3,
            }
        )
        began = time.monotonic()
        await send(served, event)
        await reader.until(lambda: reader.events)
        seconds = time.monotonic() - began

    (told,) = reader.events
    assert seconds < 1
    assert told["eventId"] == event["eventId"]
    assert (told["host"], told["path"], told["title"]) == ("flores.example", "/rosas", "Rosas")
    assert (told["siteId"], told["utmSource"]) == (str(served.site.id), "ig")
    assert (told["browser"], told["os"], told["device"]) == ("Chrome", "Windows", "desktop")
    assert told["metadata"] == event["metadata"]
    assert told["count"] == 1
    headers = reader.answered.headers
    assert headers["content-type"] == "text/event-stream; charset=utf-8"
    assert (headers["cache-control"], headers["x-accel-buffering"]) == ("no-cache", "no")
