"""What WhatsApp's webhooks say, in every shape that they come in."""

import copy
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pista.chat.heard import Heard, HeardMessage, HeardNews, HeardStatus, HeardUnreadable
from pista.chat.whatsapp import reading
from tests.chat.odd import ANYTHING, places, put, storable

NOW = datetime(2026, 3, 14, 12, tzinfo=UTC)
PAYLOADS = {
    path.stem: json.loads(path.read_text())
    for path in sorted((Path(__file__).parent / "payloads/whatsapp").glob("*.json"))
}


def read(body: object) -> list[Heard]:
    return reading.read(json.dumps(body).encode(), NOW)


def hook(*changes: Any) -> dict[str, Any]:
    return {"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": changes}]}


def texts(*messages: Any) -> dict[str, Any]:
    return hook(
        {"field": "messages", "value": {"metadata": {"phone_number_id": "7"}, "messages": messages}}
    )


def text(body: str, **fields: Any) -> dict[str, Any]:
    return {
        "from": "51991234877",
        "id": f"wamid.{body}",
        "timestamp": "1773489600",
        "type": "text",
        "text": {"body": body},
        **fields,
    }


def only(found: list[Heard]) -> HeardMessage:
    assert len(found) == 1
    assert isinstance(found[0], HeardMessage)
    return found[0]


@pytest.mark.parametrize("name", PAYLOADS)
def test_every_documented_shape(name: str):
    """
    Each file holds a webhook and what is heard of it; one is written as the platform does, with
    everything beyond ASCII escaped, and once as it might.
    """
    body, expected = PAYLOADS[name]["body"], PAYLOADS[name]["heard"]

    assert msgspec.to_builtins(read(body)) == _times(expected)
    raw = json.dumps(body, ensure_ascii=False, indent=1).encode()
    assert msgspec.to_builtins(reading.read(raw, NOW)) == _times(expected)


def _times(expected: list[dict[str, Any]]) -> list[Any]:
    """As they are told in JSON."""
    return msgspec.to_builtins(msgspec.convert(expected, list[Heard]))


@pytest.mark.parametrize("name", PAYLOADS)
def test_both_ways_of_reading_agree(name: str):
    """
    The quick one, and the careful one for what has another shape than it should.
    """
    raw = json.dumps(PAYLOADS[name]["body"]).encode()

    assert reading.read(raw, NOW) == reading.read_with_care(raw, NOW)


def test_the_usual_is_read_the_quick_way(monkeypatch: pytest.MonkeyPatch):
    """
    Texts, pictures, buttons and statuses must not need the careful way.
    """
    monkeypatch.delattr(reading, "read_with_care")

    for name in ("text_from_ad", "image", "voice", "interactive_list", "status_sent", "batch"):
        assert read(PAYLOADS[name]["body"])


@pytest.mark.parametrize(
    "body",
    [
        *(b"", b"{", b"nonsense", b"\xff\xfe", b"[" * 100_000, b"9" * 5000),
        *(b"null", b"17", b'"text"', b"[]", b"{}", b'{"entry":[]}', b'{"entry":{}}'),
        *(b'{"entry":[5]}', b'{"entry":[{"changes":[]}]}', b'{"entry":[{"changes":7}]}'),
    ],
)
def test_what_is_no_webhook_is_kept_as_such(body: bytes):
    """
    It says why, and raises nothing.
    """
    (found,) = reading.read(body, NOW)

    assert isinstance(found, HeardUnreadable)
    assert found.reason.endswith(".")


def test_half_an_emoji_is_replaced():
    """
    A pair that was cut in two; whole ones stay.
    """
    raw = json.dumps(texts(text("1", text={"body": "CUT 😀"}))).encode()
    found = only(reading.read(raw.replace(b"CUT", b"\\ud83d"), NOW))

    assert found.text == "� 😀"


def test_a_nul_in_a_text_is_replaced():
    """
    Also where all else is as it should be; what only looks like one is left alone.
    """
    assert only(read(texts(text("1", text={"body": "a\0b"})))).text == "a�b"
    assert only(read(texts(text("1", text={"body": "a\\u0000b"})))).text == "a\\u0000b"


def test_what_is_nested_too_deeply_is_cut():
    """
    It costs the others nothing.
    """
    deep = "[" * 600 + "]" * 600
    raw = json.dumps(texts(text("good"), text("1", type="hologram", hologram="DEEP"))).encode()

    found = reading.read(raw.replace(b'"DEEP"', deep.encode()), NOW)

    assert [one.text for one in found if isinstance(one, HeardMessage)] == ["good", None]
    storable(found)


def test_a_card_of_somebody_else_is_nobodys_own_number():
    """
    Only what the platform vouches for is the sender's.
    """
    for origin, phone in (("other", None), (None, None), ("contact_request", "51900111222")):
        card = {"origin": origin, "phones": [{"wa_id": "51900111222"}]}
        message = text("1", type="contacts", contacts=[card], from_user_id="PE.1")
        del message["from"]
        assert only(read(texts(message))).person.phone == phone
        # Whoever writes from a number goes on being known by that.
        message["from"] = "51991234877"
        assert only(read(texts(message))).person.phone == "51991234877"


def test_a_nul_is_replaced_wherever_it_stands():
    """
    PostgreSQL cannot store it: in texts, names, what is kept whole, and JSON inside of a text.
    """
    found = read(
        hook(
            {
                "field": "messages",
                "value": {
                    "contacts": [{"profile": {"name": "A\0na"}, "wa_id": "51991234877"}],
                    "messages": [
                        text("1", text={"body": "a\0b"}),
                        text("2", type="holo\0gram", **{"ke\0y": "\0"}),
                        text(
                            "3",
                            type="interactive",
                            interactive={
                                "nfm_reply": {"response_json": json.dumps({"a": "\0"})},
                            },
                        ),
                    ],
                },
            }
        )
    )

    assert "\\u0000" not in msgspec.json.encode(found).decode()
    assert only(found[:1]).text == "a�b"
    assert only(found[:1]).person.name == "A�na"


IMPOSSIBLE: list[Any] = [
    *("-5", -1, 0, 17, "", "soon", None, True, [], {}, 10**30, "9" * 400, 253402300800),
    *("1773576001", 4102444800, 4102444800000),  # more than a day ahead
    *(float("nan"), float("inf"), "1773489000x"),
]


@pytest.mark.parametrize(
    ("stamp", "at"),
    [
        ("1773489000", datetime(2026, 3, 14, 11, 50, tzinfo=UTC)),
        (1773489000, datetime(2026, 3, 14, 11, 50, tzinfo=UTC)),
        (1773489000.9, datetime(2026, 3, 14, 11, 50, tzinfo=UTC)),
        ("1773575999", datetime(2026, 3, 15, 11, 59, 59, tzinfo=UTC)),
        (1773489000123, datetime(2026, 3, 14, 11, 50, tzinfo=UTC)),  # milliseconds
        *((odd, NOW) for odd in IMPOSSIBLE),
    ],
)
def test_times(stamp: Any, at: datetime):
    """
    What can be no time is when it was received.
    """
    assert only(read(texts(text("1", timestamp=stamp)))).at == at


def test_an_id_that_is_a_number_is_taken_as_its_digits():
    """
    A field of another type than documented costs only itself.
    """
    found = only(read(texts(text("1", id=12, **{"from": 51991234877}, context="none"))))

    assert (found.external_id, found.person.phone, found.text) == ("12", "51991234877", "1")


def test_a_number_that_is_a_text_is_taken_as_one():
    """
    The code of an error decides what is done about it.
    """
    status = {"id": "wamid.1", "status": "failed", "errors": [{"code": "131047", "title": 5}]}
    (found,) = read(hook({"field": "messages", "value": {"statuses": [status]}}))

    assert isinstance(found, HeardStatus)
    assert (found.errors[0].code, found.errors[0].title) == (131047, "5")


def test_a_message_without_an_id_is_heard_without_one():
    """
    Whoever stores it has to look at what it says.
    """
    found = only(read(texts({"from": "51991234877", "type": "text", "text": {"body": "Hola"}})))

    assert (found.external_id, found.at) == (None, NOW)


def test_nobody_is_given_the_name_of_another():
    """
    A single person beside the message who is somebody else is not who writes.
    """
    other = [{"profile": {"name": "Luz"}, "wa_id": "51900000000", "user_id": "PE.2"}]
    for who in ({"from": "51991234877"}, {"from": "", "from_user_id": "PE.1"}):
        body = texts(text("1", **who))
        body["entry"][0]["changes"][0]["value"]["contacts"] = other
        assert only(read(body)).person.name is None


ITEMS: list[tuple[str, Any]] = [
    (key, item)
    for payload in PAYLOADS.values()
    for entry in payload["body"]["entry"]
    for change in entry["changes"]
    for key in ("messages", "statuses", "message_echoes")
    for item in change["value"].get(key, ())
    if isinstance(item, dict)
]


@settings(max_examples=250)
@given(st.data())
def test_a_bad_item_never_costs_the_others(data: st.DataObject):
    """
    Whatever stands wherever in one: those around it are heard, and something of itself, too.
    """
    key, item = data.draw(st.sampled_from(ITEMS))
    bad = copy.deepcopy(item)
    put(bad, data.draw(st.sampled_from(list(places(bad)))), data.draw(ANYTHING))
    value: dict[str, Any] = {"metadata": {"phone_number_id": "7"}, "messages": [text("good")]}
    value["statuses"] = [{"id": "wamid.fine", "status": "read", "recipient_id": "1"}]
    value[key] = [bad, *value.get(key, ()), bad]

    found = reading.read(json.dumps(hook({"field": "messages", "value": value})).encode(), NOW)

    heard = [one.text for one in found if isinstance(one, HeardMessage)]
    assert heard.count("good") >= 1
    assert sum(isinstance(one, HeardStatus) and one.external_id == "wamid.fine" for one in found)
    assert len(found) >= 4
    storable(found)


@settings(max_examples=250)
@given(st.data())
def test_nothing_raises(data: st.DataObject):
    """
    A webhook with something else anywhere in it, or cut off anywhere.
    """
    body = copy.deepcopy(data.draw(st.sampled_from(list(PAYLOADS.values())))["body"])
    put(body, data.draw(st.sampled_from(list(places(body)))), data.draw(ANYTHING))
    raw = json.dumps(body).encode()

    found = reading.read(raw, NOW)
    cut = reading.read(raw[: data.draw(st.integers(0, len(raw) - 1))], NOW)

    assert found
    assert isinstance(cut[0], HeardUnreadable)
    storable(found)
    storable(cut)


@settings(max_examples=100)
@given(st.binary(max_size=200) | ANYTHING.map(lambda value: json.dumps(value).encode()))
def test_no_bytes_raise(raw: bytes):
    """
    Nor do any other bytes.
    """
    found = reading.read(raw, NOW)

    assert found
    storable(found)


def test_what_is_new_is_kept_whole():
    """
    As it came, number for number.
    """
    raw = PAYLOADS["unknown"]["body"]["entry"][0]["changes"][0]["value"]["messages"][0]
    found = only(read(PAYLOADS["unknown"]["body"]))
    (news,) = read(PAYLOADS["history"]["body"])

    assert (found.kind, found.event, found.raw) == ("unknown", "hologram", raw)
    assert isinstance(news, HeardNews)
    assert news.value == PAYLOADS["history"]["body"]["entry"][0]["changes"][0]["value"]
