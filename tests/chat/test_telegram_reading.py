"""What Telegram's updates say, in every shape that they come in."""

import copy
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pista.chat.heard import Heard, HeardMembership, HeardMessage, HeardStart, HeardUnreadable
from pista.chat.telegram import reading
from pista.chat.telegram.secret import knows_secret
from tests.chat.odd import ANYTHING, places, put, storable

BOT = "7000000001"
NOW = datetime(2026, 3, 14, 12, tzinfo=UTC)
PAYLOADS = {
    path.stem: json.loads(path.read_text())
    for path in sorted((Path(__file__).parent / "payloads/telegram").glob("*.json"))
}


def read(body: object) -> list[Heard]:
    return reading.read(json.dumps(body).encode(), BOT, NOW)


def text(body: str, **fields: Any) -> dict[str, Any]:
    person = {"id": 54, "first_name": "Ana"}
    chat = {"id": 54, "type": "private"}
    return {
        "update_id": 1,
        "message": {
            "message_id": 3,
            "from": person,
            "chat": chat,
            "date": 1773489600,
            "text": body,
            **fields,
        },
    }


def said(found: list[Heard]) -> HeardMessage:
    assert isinstance(found[-1], HeardMessage)
    return found[-1]


@pytest.mark.parametrize("name", PAYLOADS)
def test_every_documented_shape(name: str):
    """
    Each file holds an update and what is heard of it, by the quick way and the careful one.
    """
    raw = json.dumps(PAYLOADS[name]["body"]).encode()
    expected = msgspec.to_builtins(msgspec.convert(PAYLOADS[name]["heard"], list[Heard]))

    assert msgspec.to_builtins(reading.read(raw, BOT, NOW)) == expected
    assert msgspec.to_builtins(reading.read_with_care(raw, BOT, NOW)) == expected


def test_the_usual_is_read_the_quick_way(monkeypatch: pytest.MonkeyPatch):
    """
    Texts, pictures, buttons and comings must not need the careful way.
    """
    monkeypatch.delattr(reading, "read_with_care")

    for name in ("text", "start", "photo", "voice", "callback_query", "blocked", "joined_by_link"):
        assert read(PAYLOADS[name]["body"])


@pytest.mark.parametrize(
    ("written", "payload"),
    [
        ("/start", None),
        ("/start ", None),
        ("/start abc-DEF_1", "abc-DEF_1"),
        ("/start  abc ", "abc"),
        ("/start\nabc", "abc"),
        ("/start@sol_bot abc", "abc"),
        ("/start@sol_bot", None),
        ("/start ' or 1=1 --", "' or 1=1 --"),
        ("/start " + "x" * 4000, "x" * 4000),
    ],
)
def test_the_payload_of_a_start(written: str, payload: str | None):
    """
    What the link carried, or whatever a person typed; the message itself is heard after it.
    """
    start, message = read(text(written))

    assert isinstance(start, HeardStart)
    assert (start.payload, start.bot, start.external_id) == (payload, BOT, "54:3")
    assert isinstance(message, HeardMessage)
    assert message.text == written


@pytest.mark.parametrize("written", ["/started", "start abc", " /start", "/START", "/start@", "a"])
def test_what_only_looks_like_a_start(written: str):
    """
    Is a message like any other.
    """
    assert len(read(text(written))) == 1


@pytest.mark.parametrize(
    "body",
    [
        *(b"", b"{", b"nonsense", b"\xff\xfe", b"[" * 100_000, b"null", b"17", b"[]", b"{}"),
        *(b'{"update_id":7}', b'"text"'),
    ],
)
def test_what_is_no_update_is_kept_as_such(body: bytes):
    """
    It says why, and raises nothing.
    """
    (found,) = reading.read(body, BOT, NOW)

    assert isinstance(found, HeardUnreadable)
    assert found.reason.endswith(".")


def test_what_cannot_be_stored_is_replaced():
    """
    Half an emoji, and NUL.
    """
    raw = json.dumps(text("CUT a\0b")).encode().replace(b"CUT", b"\\ude00")

    assert said(reading.read(raw, BOT, NOW)).text == "� a�b"
    assert said(read(text("a\0b"))).text == "a�b"


@pytest.mark.parametrize("stamp", [-1, 0, 10**30, "soon", None, 1e400, 253402300800])
def test_an_impossible_time_is_when_it_was_received(stamp: Any):
    """
    It costs the message nothing else.
    """
    message = said(read(text("Hola", date=stamp)))

    assert (message.at, message.text) == (NOW, "Hola")


def test_only_the_own_number_is_the_persons():
    """
    A card of somebody else does not make its sender that person.
    """
    card = {"phone_number": "51900111222", "first_name": "Ana", "user_id": 55}

    assert said(read(text("", contact=card, text=None))).person.phone is None
    assert said(read(text("", contact=card | {"user_id": 54}, text=None))).person.phone


def test_a_membership_without_a_before_is_news():
    """
    Nobody is taken to have come who may have been there all the time.
    """
    body = copy.deepcopy(PAYLOADS["joined_by_link"]["body"])
    body["chat_member"]["old_chat_member"] = None

    assert not isinstance(read(body)[0], HeardMembership)


@pytest.mark.parametrize(
    ("body", "number"),
    [
        (b'{"update_id":800000001,"message":{}}', 800000001),
        *((b'{"update_id":%b}' % odd, None) for odd in (b'"7"', b"-1", b"1e3", b"9" * 30, b"null")),
        *((odd, None) for odd in (b"", b"[]", b"{}", b"[" * 100_000, b'{"update_id":7')),
    ],
)
def test_the_number_of_an_update(body: bytes, number: int | None):
    """
    By it a repetition is known.
    """
    assert reading.update_id(body) == number


@settings(max_examples=250)
@given(st.data())
def test_nothing_raises(data: st.DataObject):
    """
    An update with something else anywhere in it, or cut off anywhere.
    """
    body = copy.deepcopy(data.draw(st.sampled_from(list(PAYLOADS.values())))["body"])
    put(body, data.draw(st.sampled_from(list(places(body)))), data.draw(ANYTHING))
    raw = json.dumps(body).encode()

    found = reading.read(raw, BOT, NOW)
    cut = reading.read(raw[: data.draw(st.integers(0, len(raw) - 1))], BOT, NOW)

    assert found
    assert isinstance(cut[0], HeardUnreadable)
    storable(found)
    storable(cut)


@settings(max_examples=150)
@given(st.data())
def test_the_text_survives(data: st.DataObject):
    """
    Whatever else of a message is something else, what was written is heard.
    """
    body = text("the text", reply_to_message={"message_id": 2}, forward_origin={"type": "user"})
    ways = [way for way in places(body["message"]) if way != ("text",)]
    put(body["message"], data.draw(st.sampled_from(ways)), data.draw(ANYTHING))

    assert said(read(body)).text == "the text"


@settings(max_examples=100)
@given(st.binary(max_size=200) | ANYTHING.map(lambda value: json.dumps(value).encode()))
def test_no_bytes_raise(raw: bytes):
    """
    Nor do any other bytes.
    """
    found = reading.read(raw, BOT, NOW)

    assert found
    storable(found)


@pytest.mark.parametrize(
    ("header", "secrets", "known"),
    [
        ("s3cret", ["s3cret"], True),
        ("s3cret", ["next", "s3cret"], True),
        ("s3cret ", ["s3cret"], False),
        ("S3CRET", ["s3cret"], False),
        ("s3cre", ["s3cret"], False),
        ("ñ", ["s3cret"], False),
        ("\udcff", ["s3cret"], False),
        ("", [""], False),
        (None, ["s3cret"], False),
        ("s3cret", [], False),
    ],
)
def test_who_knows_the_secret(header: str | None, secrets: list[str], known: bool):
    """
    Any of those in use, and no other.
    """
    assert knows_secret(header, secrets) is known
