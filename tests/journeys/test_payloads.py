"""Every documented webhook comes through the door of a running Pista, signed as its platform does,
into its row and onto the screen; and what is forged, cut, sent again or a stranger's is counted.
"""

import asyncio
import re
from collections import Counter
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from playwright.async_api import Browser, Locator, expect

from tests.fakes import whatsapp as whatsapp_fake
from tests.fakes.moods import answered
from tests.fakes.whatsapp import said, sign
from tests.journeys import payloads
from tests.journeys.house import Company, House
from tests.journeys.office import (
    NUMBER,
    PATIENCE,
    Agent,
    Office,
    Platforms,
    opened,
    sitting,
    until,
)
from tests.journeys.payloads import ANA, Payload, Row

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

BEFORE, LONG_AGO = "Lo de antes", 1773480000
ALL = payloads.documented()
COUNTED = re.compile(r'pista_webhooks_total\{kind="(\w+)",outcome="(\w+)"\} (\S+)')
Json = dict[str, Any]

expect.set_options(timeout=PATIENCE * 1000)


@pytest.fixture(scope="module")
async def office(house: House, platforms: Platforms) -> AsyncGenerator[Office]:
    async with opened(house, platforms, "papeles") as office:
        whatsapp, telegram = payloads.files(ALL)
        platforms.whatsapp.files |= whatsapp
        platforms.telegram.files |= telegram
        yield office


@pytest.fixture
async def agent(browser: Browser, house: House, office: Office) -> AsyncGenerator[Agent]:
    size = {"width": 1440, "height": 1000}
    async with sitting(browser, house, office, "Ana", "admin", house.url, viewport=size) as agent:
        yield agent


async def test_every_documented_webhook_is_its_row_and_its_bubble(
    office: Office, agent: Agent, shots: Path
):
    """
    Each is answered, worked off whole, and stored as what it is; a person sees all that is said in
    them, and of what nobody knows yet that it is not known, and how it came.
    """
    await _what_they_change(office)
    answers = [await office.bring(one.platform, one.raw) for one in ALL]
    statuses = {one.name: answer.status_code for one, answer in zip(ALL, answers, strict=True)}
    assert {name for name, status in statuses.items() if status != 200} == {payloads.NOT_OURS}
    assert statuses[payloads.NOT_OURS] == 404

    await _worked_off(office, answers)
    kept = {one["externalId"]: one for one in await _all(office)}
    assert [wrong for one in ALL for wrong in _wrong(one, kept)] == []
    await _on_the_screen(office, agent, shots)


async def _what_they_change(office: Office) -> None:
    """Ana writes, so that she may be answered; then there is a message for each thing that
    happens to one."""
    await office.hear(messages=[said("Hola", from_user_id=ANA)])
    talk = await office.talk_about("Hola")
    for one in ALL:
        for target in one.changed:
            if one.is_status:
                await _send(office, talk, one.name, target)
            elif one.platform == "whatsapp":
                at = str(LONG_AGO)
                await office.hear(
                    messages=[said(BEFORE, id=target, from_user_id=ANA, timestamp=at)]
                )
            else:
                number = int(target.partition(":")[2])
                there: Json = {"message_id": number, "chat": one.chat, "date": LONG_AGO}
                message = office.telegram.said(BEFORE, **there)
                await office.telegram.deliver(office.api, office.telegram.update(message=message))


async def _send(office: Office, talk: str, text: str, wamid: str) -> None:
    """An answer of ours, under an id that the platform is told to give it."""
    contact = {"input": "51991234877", "wa_id": "51991234877"}
    given = {"messaging_product": "whatsapp", "contacts": [contact], "messages": [{"id": wamid}]}
    office.whatsapp.answers.append(answered(given))
    path, key = f"/api/chat/conversations/{talk}/messages", {"Idempotency-Key": uuid4().hex}
    await office.ok("POST", path, json={"type": "text", "text": text}, headers=key)
    await until(lambda: _is_empty(office))


async def _is_empty(office: Office) -> bool:
    return not office.whatsapp.answers


async def _log(office: Office) -> dict[str, Json]:
    """The log of webhooks, by the ids of the requests."""
    found, before = dict[str, Json](), dict[str, str]()
    while True:
        page = await office.ok("GET", "/api/chat/webhooks", params={"limit": "100", **before})
        found |= {one["requestId"]: one for one in page["items"]}
        if page["next"] is None:
            return found
        before = {"before": page["next"]}


async def _finished(office: Office) -> dict[str, Json] | None:
    """The log once nothing waits."""
    found = await _log(office)
    return None if any(one["state"] == "waiting" for one in found.values()) else found


async def _worked_off(office: Office, answers: list[httpx.Response]) -> None:
    """The log says of each how much was in it, and that all of that was kept."""
    log = await until(lambda: _finished(office))
    for one, answer in zip(ALL, answers, strict=True):
        logged = log.get(answer.headers["x-request-id"])
        if one.name == payloads.NOT_OURS:
            assert logged is None
            continue
        assert logged is not None
        # Of several numbers, one is ours.
        own = [heard for heard in one.heard if heard.get("channel") != "207"]
        told = (logged["state"], logged["items"], logged["kept"])
        assert (one.name, *told) == (one.name, "done", len(one.heard), len(own))


async def _all(office: Office) -> list[Json]:
    """All messages."""
    talks = [talk["id"] for one in ("whatsapp", "telegram") for talk in await office.talks(one)]
    pages = await asyncio.gather(*(office.messages(talk) for talk in talks))
    return [one for page in pages for one in page]


def _wrong(payload: Payload, kept: dict[str, Json]) -> list[Any]:
    """What is not stored as it was said."""
    found = list[Any]()
    for external_id, row in payloads.rows(payload):
        stored = _stored(kept, external_id)
        told = stored and {name: stored[name] for name in ("kind", "text", "content")}
        if told != {"kind": row.kind, "text": row.text, "content": row.content}:
            found.append((payload.name, row, told))
    # Told of one message, the last counts.
    changed = {one[:2]: one[2] for one in map(_changed, payload.heard) if one is not None}
    for (target, name), value in changed.items():
        is_now = kept[target][name]
        if name == "reactions":
            is_now = [one["emoji"] for one in is_now]
        if is_now != value:
            found.append((payload.name, target, name, is_now))
    return found


def _stored(kept: dict[str, Json], external_id: str) -> Json | None:
    if external_id in kept:
        return kept[external_id]
    # The platform gave it no id.
    return next((one for one in kept.values() if one["text"] == external_id), None)


def _changed(heard: Json) -> tuple[str, str, Any] | None:
    """Which message something happened to, and what is to be seen of it there."""
    match heard["type"]:
        case "HeardStatus":
            return heard["external_id"], "status", heard["status"]
        case "HeardEdit":
            return heard["external_id"], "text", heard.get("text")
        case "HeardDelete":
            return heard["external_id"], "deletedAt", heard["at"]
        case "HeardMessage" if reaction := heard.get("reaction"):
            emoji = reaction.get("emoji")
            return reaction["to"], "reactions", [emoji] if emoji else []
        case _:
            return None


async def _on_the_screen(office: Office, agent: Agent, shots: Path) -> None:
    wanted = {found: row for one in ALL for found, row in payloads.rows(one)}
    seen = Counter[str]()
    for platform in ("whatsapp", "telegram"):
        for talk in await office.talks(platform):
            await agent.open(talk["id"])
            await agent.read_from_the_beginning()
            for message in await office.messages(talk["id"]):
                row = wanted.get(message["externalId"]) or wanted.get(str(message["text"]))
                if row is not None:
                    await _is_seen(agent, message, row)
                    seen[row.kind] += 1
            await agent.page.screenshot(path=shots / f"payloads-{platform}-{talk['id'][:4]}.png")
    assert seen == Counter(row.kind for row in wanted.values())


async def _is_seen(agent: Agent, message: Json, row: Row) -> None:
    bubble: Locator = agent.page.locator(f"#message-{message['id']}")
    for text in row.texts:
        await expect(bubble).to_contain_text(text)
    if row.mark is not None:
        await expect(bubble.locator(row.mark).first).to_be_attached()


async def test_what_nobody_should_have_sent_is_refused_and_counted(house: House, office: Office):
    """
    A forged webhook, a cut one and a stranger's bring nothing in; one that comes again brings
    nothing twice; what is signed and cannot be read is kept for a person. The metrics and the log
    say how many there were.
    """
    stranger = await _stranger(house, office)
    before, repeats = await _counted(office), await _repeats(office)
    forged, stolen, again = (_webhook(text) for text in ("Falso", "Ajeno", "Otra vez"))
    update = office.telegram.update(message=office.telegram.said("Otra vez al bot"))
    lie = office.telegram.update(message=office.telegram.said("Falso al bot"))
    cases = [
        ("whatsapp", forged, sign(forged, "a-guess"), 401),
        ("whatsapp", forged, "sha256=", 401),
        ("whatsapp", forged[:-9], sign(forged), 401),
        ("whatsapp", stolen, sign(stolen, stranger), 404),
        ("whatsapp", forged[:-9], sign(forged[:-9]), 200),
        *[("whatsapp", again, sign(again), 200)] * 3,
        ("telegram", lie, "a-guess", 401),
        ("telegram", lie[:-9], None, 200),
        *[("telegram", update, None, 200)] * 3,
    ]

    answers = [await office.bring(one, body, given) for one, body, given, _ in cases]

    assert [one.status_code for one in answers] == [status for *_, status in cases]
    log = await until(lambda: _finished(office))
    ids = [one.headers["x-request-id"] for one in answers]
    states = [log[one]["state"] if one in log else None for one in ids]
    refused, unread, done = [None] * 4, ["malformed"], ["done"] * 3
    assert states == [*refused, *unread, *done, None, *unread, *done]
    counted = await _counted(office) - before
    assert counted == Counter(
        {
            ("whatsapp", "webhook_refused"): 3,
            ("whatsapp", "channel_not_found"): 1,
            ("whatsapp", "taken"): 4,
            ("telegram", "webhook_refused"): 1,
            ("telegram", "taken"): 4,
        }
    )
    assert await _repeats(office) - repeats == 4
    texts = Counter(one["text"] for one in await _all(office))
    said_by = {text: texts[text] for text in ("Falso", "Ajeno", "Falso al bot")}
    assert said_by == dict.fromkeys(said_by, 0)
    assert (texts["Otra vez"], texts["Otra vez al bot"]) == (1, 1)


def _webhook(text: str) -> bytes:
    return whatsapp_fake.webhook(messages=[said(text)])


async def _stranger(house: House, office: Office) -> str:
    """Another company with a number of its own; the secret of its app."""
    office.whatsapp.others.add("106540352249999")
    other = await asyncio.to_thread(Company, house, "ajena.example", "eva@ajena.example")
    given = {**NUMBER, "phoneNumberId": "106540352249999", "appSecret": "of-another-app"}
    async with other.client() as client:
        answer = await client.post("/api/chat/channels/whatsapp", json=given)
    assert answer.status_code == 201, answer.text
    secret = given["appSecret"]

    async def is_known() -> bool | None:
        body = _webhook("De nadie")
        return (await office.bring("whatsapp", body, sign(body, secret))).status_code == 404 or None

    await until(is_known)
    return secret


async def _counted(office: Office) -> Counter[tuple[str, str]]:
    """Webhooks at the doors, by platform and what became of them."""
    answer = await office.api.get("/metrics")
    found = COUNTED.findall(answer.text)
    return Counter({(platform, outcome): int(float(n)) for platform, outcome, n in found})


async def _repeats(office: Office) -> int:
    """What came again, as the metrics say it."""
    told = (await office.api.get("/metrics")).text
    found = re.search(r"^pista_chat_repeats_total (\S+)", told, re.MULTILINE)
    return int(float(found[1])) if found else 0
