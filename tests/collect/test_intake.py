from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
import pytest

from pista.collect import agents, intake
from pista.collect.model import BadBatch, NoEvents, NotJson, TooManyEvents
from pista.collect.throttling import Throttle
from pista.errors import PistaError
from tests.collect.conftest import (
    NOW_MS,
    SITE,
    TENANT,
    circumstances,
    make_batch,
    make_event,
)
from tests.collect.reading import COLUMNS, HOUR, answer, lines, outcomes, prepared


def at(ms: int) -> str:
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=ms)).isoformat()


def test_a_kept_event_becomes_a_line():
    """Each column where ClickHouse expects it, and of its type."""
    event = make_event()
    how = circumstances(country="PE", bot="seo")

    (line,) = lines(prepared(make_batch(event), how))

    assert line == {
        "tenant_id": str(TENANT),
        "site_id": str(SITE),
        "received_ms": NOW_MS,
        "browser": "Chrome",
        "os": "Windows",
        "device": "desktop",
        "country": "PE",
        "bot": "seo",
        "host": "shop.example.com",
        "path": "/lilies",
        "referrer": "",
        "channel": "organic_social",
        "utm_source": "ig",
        "utm_medium": "",
        "utm_campaign": "",
        "utm_term": "",
        "utm_content": "",
        "click_id": "",
        "event_id": event["eventId"],
        "visitor_id": event["visitorId"],
        "session_id": event["sessionId"],
        "event_type": "PAGE_VIEW",
        "occurred_ms": NOW_MS - 1750,
        "sampling_rate": 100,
        "corrected": False,
        "metadata": event["metadata"],
    }
    kinds: dict[str, tuple[type, ...]] = {
        "UUID": (str,),
        "String": (str, dict),
        "Int64": (int,),
        "Float32": (float,),
        "Bool": (bool,),
    }
    assert all(isinstance(line[name], kinds[kind]) for name, kind in COLUMNS)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"eventId": "not-a-uuid"}, "event_id_invalid"),
        ({"eventId": 7}, "event_id_invalid"),
        ({"visitorId": ""}, "visitor_id_invalid"),
        ({"visitorId": "a" * 65}, "visitor_id_invalid"),
        ({"visitorId": "José"}, "visitor_id_invalid"),
        ({"visitorId": "a b"}, "visitor_id_invalid"),
        ({"visitorId": "a\n"}, "visitor_id_invalid"),
        ({"visitorId": 12}, "visitor_id_invalid"),
        ({"visitorId": None}, "visitor_id_invalid"),
        ({"sessionId": "7"}, "session_id_invalid"),
        ({"sessionId": None}, "session_id_invalid"),
        ({"eventType": "page_view"}, "event_type_invalid"),
        ({"eventType": "_VIEW"}, "event_type_invalid"),
        ({"eventType": "A" * 65}, "event_type_invalid"),
        ({"eventType": "A\n"}, "event_type_invalid"),
        ({"eventType": ["CLICK"]}, "event_type_invalid"),
        ({"eventType": None}, "event_type_invalid"),
        ({"occurredAt": "yesterday"}, "occurred_at_invalid"),
        ({"occurredAt": NOW_MS}, "occurred_at_invalid"),
        ({"occurredAt": None}, "occurred_at_invalid"),
        ({"occurredAt": "2026-02-30T12:00:00Z"}, "occurred_at_invalid"),
        ({"occurredAt": "2025-02-28T23:59:59Z"}, "occurred_at_too_old"),
        ({"occurredAt": "0001-01-01T00:00:00Z"}, "occurred_at_too_old"),
        ({"metadata": []}, "metadata_invalid"),
        ({"metadata": "{}"}, "metadata_invalid"),
        ({"metadata": {"text": "a" * 9000}}, "metadata_too_large"),
    ],
)
def test_a_bad_event_is_refused_alone(fields: dict[str, Any], code: str):
    """It is told by its place, and its neighbours are kept."""
    before, bad, after = make_event(), make_event(**fields), make_event()

    entry = prepared(make_batch(before, bad, after))

    assert outcomes(entry) == [(1, "rejected", code)]
    assert [line["event_id"] for line in lines(entry)] == [before["eventId"], after["eventId"]]
    assert answer(entry).results[0].detail


@pytest.mark.parametrize("bad", [None, 7, "x", [], [[]], {}, True])
def test_what_is_no_event_is_refused_alone(bad: Any):
    entry = prepared(make_batch(make_event(), bad))

    ((index, outcome, code),) = outcomes(entry)
    assert (index, outcome) == (1, "rejected")
    assert code in ("event_invalid", "visitor_id_invalid")
    assert entry.kept == 1


@pytest.mark.parametrize(
    ("fields", "kept"),
    [
        ({"eventId": "01900000000070008000000000000001"}, {}),
        ({"eventId": "01900000-0000-7000-8000-00000000ABCD"}, {}),
        ({"visitorId": "a" * 64}, {}),
        ({"visitorId": "-_-"}, {}),
        ({"eventType": "A"}, {"event_type": "A"}),
        ({"eventType": "A" + "0_Z" * 21}, {"event_type": "A" + "0_Z" * 21}),
        # The first moment of the oldest month that is kept.
        ({"occurredAt": "2025-03-01T00:00:00Z"}, {"occurred_ms": 1_740_787_200_000}),
        # One moment in three zones, the second one in a country's lost hour.
        ({"occurredAt": "2026-03-14T06:30:00-05:00"}, {"occurred_ms": NOW_MS - HOUR // 2}),
        (
            {"occurredAt": "2026-03-08T02:30:00-06:00"},
            {"occurred_ms": NOW_MS - 147.5 * HOUR},
        ),
        ({"occurredAt": "2026-03-14T17:00:00+05:30"}, {"occurred_ms": NOW_MS - HOUR // 2}),
        ({"metadata": None}, {"metadata": {}, "host": "", "channel": ""}),
        ({"metadata": {}}, {"metadata": {}, "host": "", "channel": ""}),
        ({"metadata": {"url": ""}}, {"host": "", "channel": ""}),
        ({"metadata": {"url": 7, "referrer": []}}, {"host": "", "channel": ""}),
        ({"metadata": {"url": "/a", "referrer": None}}, {"host": "", "path": "/a"}),
        ({"metadata": {"url": "http://["}}, {"host": "", "path": "", "channel": "direct"}),
        ({"metadata": {"n": 2**70, "f": -1e-300}}, {}),
    ],
)
def test_good_events(fields: dict[str, Any], kept: dict[str, Any]):
    entry = prepared(make_batch(make_event(**fields)))

    assert outcomes(entry) == []
    assert lines(entry)[0].items() >= kept.items()


TOKEN = "0123456789abcdef" * 2


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (f"https://shop.pe/?pista={TOKEN}", "https://shop.pe/"),
        (f"https://shop.pe/?pista={TOKEN}&a=1#b", "https://shop.pe/?a=1#b"),
        (f"https://shop.pe/?a=1&pista={TOKEN}&b=2", "https://shop.pe/?a=1&b=2"),
        (f"https://shop.pe/?a=1&pista={TOKEN}#b", "https://shop.pe/?a=1#b"),
        (f"See https://shop.pe/?a=1&pista={TOKEN}.", "See https://shop.pe/?a=1."),
        # None of ours.
        (f"https://shop.pe/?pista={TOKEN}0", f"https://shop.pe/?pista={TOKEN}0"),
        (f"https://shop.pe/?la_pista={TOKEN}", f"https://shop.pe/?la_pista={TOKEN}"),
        ("https://shop.pe/?pista=de+baile", "https://shop.pe/?pista=de+baile"),
    ],
    ids=range(8),
)
def test_a_clicks_token_is_kept_with_no_event(said: str, kept: str):
    """
    Neither in the page's address, nor as where the next page came from, nor in a link's; and all
    else of the address is as it was, so that no address of an ad is another.
    """
    event = make_event(metadata={"url": said, "from": said, "more": [{"href": said}]})

    (line,) = lines(prepared(make_batch(event)))

    assert line["metadata"] == {"url": kept, "from": kept, "more": [{"href": kept}]}


def test_an_event_without_an_id_is_given_one():
    first, second = (lines(prepared(make_batch(make_event(eventId=None))))[0] for _ in range(2))

    assert first["event_id"] != second["event_id"]
    assert UUID(first["event_id"]).version == 7


@pytest.mark.parametrize(
    ("sent_at", "occurred_at", "stored", "code"),
    [
        (None, NOW_MS - 5000, NOW_MS - 5000, ""),
        (NOW_MS - 10_000, NOW_MS - 15_000, NOW_MS - 15_000, ""),
        # An hour slow, an hour fast.
        (NOW_MS - HOUR, NOW_MS - HOUR - 5000, NOW_MS - 5000, "clock_skew"),
        (NOW_MS + HOUR, NOW_MS + HOUR - 5000, NOW_MS - 5000, "clock_skew"),
        # What happened as it was sent, told by a clock that is read twice.
        (NOW_MS + HOUR, NOW_MS + HOUR + 20, NOW_MS, "clock_skew"),
        # A right clock runs a little ahead of ours.
        (None, NOW_MS + 1000, NOW_MS, ""),
        (None, NOW_MS + 1001, NOW_MS, "clock_future"),
        (NOW_MS, NOW_MS + 5 * HOUR, NOW_MS, "clock_future"),
        (NOW_MS - HOUR, NOW_MS + HOUR, NOW_MS, "clock_future"),
        (None, 253_402_300_799_000, NOW_MS, "clock_future"),
        # A phone that begins at 1970 after its battery was dead.
        (60_000, 0, NOW_MS - 60_000, "clock_skew"),
        # Kept in a queue for two days: old, and by a right clock.
        (NOW_MS, NOW_MS - 48 * HOUR, NOW_MS - 48 * HOUR, ""),
    ],
)
def test_clocks(sent_at: int | None, occurred_at: int, stored: int, code: str):
    sent = None if sent_at is None else at(sent_at)

    entry = prepared(make_batch(make_event(occurredAt=at(occurred_at)), sentAt=sent))

    (line,) = lines(entry)
    assert line["occurred_ms"] == stored
    assert outcomes(entry) == ([(0, "corrected", code)] if code else [])
    assert line["corrected"] is bool(code)


def test_a_time_without_a_zone_is_taken_for_utc_and_said_to_be():
    """Whose noon? Nobody can say; but an event is worth more than its hour."""
    entry = prepared(make_batch(make_event(occurredAt="2026-03-14T11:59:00")))

    assert lines(entry)[0]["occurred_ms"] == NOW_MS - 60_000
    assert outcomes(entry) == [(0, "corrected", "no_time_zone")]


def test_sent_at_without_a_zone_is_utc():
    event = make_event(occurredAt="2026-03-14T10:59:00Z")

    entry = prepared(make_batch(event, sentAt="2026-03-14T11:00:00"))

    assert lines(entry)[0]["occurred_ms"] == NOW_MS - 60_000


def test_a_field_that_we_do_not_know_is_left_out():
    """It may come from a newer client, and its event is good without it."""
    entry = prepared(make_batch(make_event(), make_event(colour="red", size=[1])))

    (result,) = answer(entry).results
    assert (result.index, result.outcome, result.code) == (1, "corrected", "unknown_field")
    assert "`colour`, `size`" in result.detail
    assert entry.kept == 2


def test_an_unknown_field_excuses_nothing():
    entry = prepared(make_batch(make_event(colour="red", visitorId="")))

    assert outcomes(entry) == [(0, "rejected", "visitor_id_invalid")]


def test_unknown_fields_of_the_batch_are_nobodys_business():
    assert outcomes(prepared(make_batch(make_event(), sdk={"name": "x"}))) == []


def test_sampled_out():
    throttles = {
        "SCROLL": Throttle(sampling_rate=0, always_keep=False),
        "CLICK": Throttle(sampling_rate=12.5, always_keep=True),
    }
    events = [make_event(eventType=kind) for kind in ("SCROLL", "CLICK", "OTHER", "SCROLL")]

    entry = prepared(make_batch(*events), circumstances(throttles=throttles))

    assert outcomes(entry) == [(0, "sampled_out", "throttled"), (3, "sampled_out", "throttled")]
    assert (entry.kept, entry.discarded, entry.rejected) == (2, 2, 0)
    assert [line["sampling_rate"] for line in lines(entry)] == [100, 100]


def test_a_kept_event_carries_its_rate():
    throttles = {"SCROLL": Throttle(sampling_rate=50, always_keep=False)}
    events = [make_event(eventType="SCROLL") for _ in range(100)]

    entry = prepared(make_batch(*events), circumstances(throttles=throttles))

    assert {line["sampling_rate"] for line in lines(entry)} == {50}
    assert entry.kept + entry.discarded == 100
    assert 20 < entry.kept < 80


def test_an_id_that_stands_twice_in_a_batch_counts_once():
    event = make_event()
    other_time = make_event(eventId=event["eventId"].upper(), occurredAt="2026-02-28T23:00:00Z")

    entry = prepared(make_batch(event, make_event(), other_time))

    assert outcomes(entry) == [(2, "duplicate", "event_id_repeated")]
    assert lines(entry)[0]["occurred_ms"] == NOW_MS - 1750


def test_a_bad_event_takes_nobodys_id():
    event = make_event()

    entry = prepared(make_batch(event | {"metadata": 7}, event))

    assert outcomes(entry) == [(0, "rejected", "metadata_invalid")]
    assert entry.kept == 1


def test_a_bots_events_are_kept_apart():
    """And nothing else is said of them."""
    reason = agents.agent("Twitterbot/1.0").bot
    events = [make_event(), make_event(occurredAt="2027-01-01T00:00:00Z"), make_event(visitorId="")]

    entry = prepared(make_batch(*events), circumstances(bot=reason))

    assert outcomes(entry) == [
        (0, "bot", "bot_user_agent"),
        (1, "bot", "bot_user_agent"),
        (2, "rejected", "visitor_id_invalid"),
    ]
    assert {line["bot"] for line in lines(entry)} == {reason}
    assert (entry.kept, entry.rejected) == (2, 1)


@pytest.mark.parametrize(("size", "code"), [(8191, ""), (8192, ""), (8193, "metadata_too_large")])
@pytest.mark.parametrize("letter", ["a", "ñ", "😀", "\n", "\x01"])
def test_metadata_is_measured_as_compact_json(letter: str, size: int, code: str):
    """In bytes, not in characters, and however it was spaced."""
    piece = len(msgspec.json.encode(letter)) - 2
    count, rest = divmod(size - len('{"t":""}'), piece)
    event = make_event(metadata={"t": letter * count + "a" * rest})
    body = msgspec.json.format(msgspec.json.encode(make_batch(make_event(), event)), indent=4)

    entry = prepared(body)

    assert outcomes(entry) == ([(1, "rejected", code)] if code else [])
    assert entry.kept == 2 - bool(code)


@pytest.mark.parametrize("count", [1, 2, 499, 500])
def test_a_batch_holds_500_events(count: int):
    entry = prepared(make_batch(*[make_event() for _ in range(count)]))

    assert (entry.received, entry.kept, len(lines(entry))) == (count, count, count)


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b"", NotJson),
        (b"not json", NotJson),
        (b'{"tenantId"', NotJson),
        (b"\xff\xfe{}", NotJson),
        (b"\xef\xbb\xbf{}", NotJson),
        (b'{"tenantId": "\xff", "siteId": "", "events": [1]}', NotJson),
        (b'{"events": [NaN]}', NotJson),
        # An array is no batch, whatever is in it.
        (b"[" * 100_000, BadBatch),
        (b'{"a":' * 100_000, NotJson),
        (b"null", BadBatch),
        (b"[]", BadBatch),
        (b'"text"', BadBatch),
        (b"{}", BadBatch),
        (make_batch(make_event()) | {"tenantId": 7}, BadBatch),
        (make_batch(make_event()) | {"siteId": None}, BadBatch),
        (make_batch(make_event(), batchId=""), BadBatch),
        (make_batch(make_event(), batchId="x" * 129), BadBatch),
        (make_batch(make_event(), batchId=7), BadBatch),
        (make_batch(make_event(), sentAt="soon"), BadBatch),
        (make_batch(events="none"), BadBatch),
        (make_batch(), NoEvents),
        (make_batch(*range(501)), TooManyEvents),
        (make_batch(*[make_event() for _ in range(501)]), TooManyEvents),
    ],
)
def test_a_batch_is_refused_whole(body: Any, error: type[PistaError]):
    with pytest.raises(error):
        prepared(body)


def test_the_refusal_of_a_long_batch_names_the_limit():
    with pytest.raises(TooManyEvents, match=r"holds 501 events; at most 500"):
        prepared(make_batch(*range(501)))


def test_the_numbers_always_add_up():
    """Every event is in exactly one of the three."""
    event = make_event()
    throttles = {"SCROLL": Throttle(sampling_rate=0, always_keep=False)}
    events = [event, event, make_event(eventType="SCROLL"), 7, make_event(x=1), make_event()]

    entry = prepared(make_batch(*events), circumstances(throttles=throttles, buffer_size=40))

    told = answer(entry)
    assert (told.received, told.accepted, told.discarded, told.rejected) == (6, 3, 2, 1)
    assert (entry.received, entry.kept, entry.discarded, entry.rejected) == (6, 3, 2, 1)
    assert [result.index for result in told.results] == [1, 2, 3, 4]
    assert told.buffer_size == 43


def test_the_answer_has_the_names_of_the_contract():
    told = msgspec.json.decode(prepared(make_batch(make_event(x=1))).answer)

    assert set(told) == {
        "received",
        "accepted",
        "discarded",
        "rejected",
        "bufferSize",
        "results",
    }
    assert set(told["results"][0]) == {"index", "outcome", "code", "detail"}


def test_ids_are_compared_in_lower_case():
    batch = intake.open_batch(
        msgspec.json.encode(make_batch(make_event(), tenantId=str(TENANT).upper()))
    )

    assert batch.tenant_id == str(TENANT)
