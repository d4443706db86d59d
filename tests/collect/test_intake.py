from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
import pytest

from pista.collect import agents, intake, mending
from pista.collect.intake import Circumstances
from pista.collect.model import Answer, BadBatch, NoEvents, NotJson, TooManyEvents
from pista.collect.throttling import Throttle
from pista.errors import PistaError
from pista.events import rows
from pista.store.journal import Entry
from tests.collect.conftest import (
    NOW_MS,
    SITE,
    TENANT,
    circumstances,
    make_batch,
    make_event,
)

COLUMNS = [tuple(column.split()) for column in rows.STRUCTURE.split(",")]
HOUR = 3_600_000


def prepared(body: Any, how: Circumstances | None = None) -> Entry:
    content = body if isinstance(body, bytes) else msgspec.json.encode(body)
    return intake.prepare(intake.open_batch(content), how or circumstances())


def answer(entry: Entry) -> Answer:
    return msgspec.json.decode(entry.answer, type=Answer)


def outcomes(entry: Entry) -> list[tuple[int, str, str]]:
    return [(result.index, result.outcome, result.code) for result in answer(entry).results]


def lines(entry: Entry) -> list[dict[str, Any]]:
    """The kept events as ClickHouse will name their columns."""
    found = [msgspec.json.decode(line) for line in entry.body.splitlines()]
    return [dict(zip([name for name, _ in COLUMNS], line, strict=True)) for line in found]


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


class TestKey:
    """By what a repeat is known, and what must be alike in it."""

    def test_a_batch_with_an_id(self):
        """The id is its key; when it is sent says nothing, what is in it does."""
        event = make_event()
        first = prepared(make_batch(event, batchId="b1", sentAt="2026-03-14T12:00:00Z"))
        again = prepared(
            make_batch(event, batchId="b1", sentAt="2026-03-14T15:00:00Z"),
            circumstances(now_ms=NOW_MS + 3 * HOUR),
        )
        other = prepared(make_batch(make_event(), batchId="b1"))
        another = prepared(make_batch(event, batchId="b2"))

        assert first.batch_key == again.batch_key == other.batch_key is not None
        assert first.fingerprint == again.fingerprint != other.fingerprint
        assert another.batch_key != first.batch_key

    def test_a_batch_with_an_id_and_bad_events(self):
        body = make_batch(make_event(), 7, make_event(eventId=None), batchId="b1")

        first, again = prepared(body), prepared(body, circumstances(now_ms=NOW_MS + 1))

        assert first.batch_key == again.batch_key is not None
        assert first.fingerprint == again.fingerprint

    def test_a_batch_without_an_id(self):
        """All its events' ids are its key, in whatever order and whatever is told of them."""
        one, two = make_event(), make_event()
        first = prepared(make_batch(one, two))
        moved = prepared(make_batch(two | {"occurredAt": "2026-02-28T12:00:00Z"}, one))
        fewer = prepared(make_batch(one))

        assert first.batch_key == moved.batch_key is not None
        assert first.fingerprint == moved.fingerprint
        assert fewer.batch_key != first.batch_key

    def test_an_id_is_not_mistaken_for_ids(self):
        event = make_event()

        named = prepared(make_batch(event, batchId=event["eventId"]))

        assert named.batch_key != prepared(make_batch(event)).batch_key

    @pytest.mark.parametrize("beside", [make_event(eventId=None), 7])
    def test_nothing_to_know_it_by(self, beside: Any):
        assert prepared(make_batch(make_event(), beside)).batch_key is None

    def test_only_dropped_events_are_known_too(self):
        """They must not count as dropped twice."""
        throttles = {"SCROLL": Throttle(sampling_rate=0, always_keep=False)}

        entry = prepared(
            make_batch(make_event(eventType="SCROLL")), circumstances(throttles=throttles)
        )

        assert entry.batch_key is not None
        assert entry.body == b""


class TestMending:
    """What JSON's grammar allows costs no neighbour anything."""

    @pytest.mark.parametrize(
        ("written", "kept"),
        [
            # text.slice(0, 100) in the middle of an emoji, then JSON.stringify.
            (rb"Comprar \ud83d", "Comprar \ufffd"),
            (rb"\ude00 Comprar", "\ufffd Comprar"),
            (rb"\uD83D\uD83D\uDE00", "\ufffd\U0001f600"),
            (rb"\ud83dx\ude00", "\ufffdx\ufffd"),
            (rb"\ude00\ud83d", "\ufffd\ufffd"),
            # A backslash and the letters ud83d.
            (rb"\\ud83d", "\\ud83d"),
            (rb"\\\ud83d", "\\\ufffd"),
            (rb"\"\ud83d\"", '"\ufffd"'),
            (rb"\ud83d\n\u0041", "\ufffd\nA"),
            (rb"\ud83d\ude00", "\U0001f600"),
        ],
    )
    def test_half_a_character(self, written: bytes, kept: str):
        body = msgspec.json.encode(make_batch(make_event(), make_event(metadata={"text": "HERE"})))

        entry = prepared(body.replace(b"HERE", written))

        assert outcomes(entry) == []
        assert [line["metadata"].get("text") for line in lines(entry)] == [None, kept]

    def test_half_a_character_in_the_batchs_id(self):
        body = msgspec.json.encode(make_batch(make_event(), batchId="HERE"))

        first, again = (prepared(body.replace(b"HERE", rb"\ud83d")) for _ in range(2))

        assert first.batch_key == again.batch_key is not None

    @pytest.mark.parametrize("depth", [*range(950, 1010), 10_000, 30_000])
    @pytest.mark.parametrize(("opening", "closing"), [(b"[", b"]"), (b'{"a":', b"}")])
    def test_nesting(self, opening: bytes, closing: bytes, depth: int):
        """A deep event is kept or refused, whichever it is, and alone."""
        body = msgspec.json.encode(make_batch(make_event(), "HERE", make_event(), sdk="a[,]{}\\"))
        deep = msgspec.json.encode(make_event(metadata={"deep": "HERE"}))
        nested = opening * depth + b"1" + closing * depth
        whole = body.replace(b'"HERE"', deep.replace(b'"HERE"', nested))

        if len(whole) > mending.MAX_PARTED:
            with pytest.raises(NotJson, match="too deep"):
                prepared(whole)
            return
        entry = prepared(whole)

        refused = [result for result in answer(entry).results if result.outcome == "rejected"]
        assert entry.kept == 3 - len(refused)
        assert [result.index for result in refused] in ([], [1])
        assert bool(refused) or depth < 1000

    def test_nesting_in_a_deep_stack(self):
        """The server's own depth must not decide between an answer and a crash."""

        def at_depth(frames: int, body: bytes) -> Entry:
            return at_depth(frames - 1, body) if frames else prepared(body)

        nested = b"[" * 900 + b"]" * 900
        body = msgspec.json.encode(make_batch(make_event(), make_event(metadata={"deep": "HERE"})))

        for frames in range(0, 100):
            entry = at_depth(frames, body.replace(b'"HERE"', nested))
            assert entry.kept + entry.rejected == 2
            assert entry.kept >= 1

    def test_invalid_utf8_is_the_events_own(self):
        body = msgspec.json.encode(make_batch(make_event(), make_event(metadata={"t": "HERE"})))

        entry = prepared(body.replace(b"HERE", b"\xff\xc3\x28"))

        assert outcomes(entry) == [(1, "rejected", "event_unreadable")]

    @pytest.mark.parametrize("number", [b"1e999", b"-1e999", b"9" * 5000])
    def test_a_number_that_nobody_can_hold_is_the_events_own(self, number: bytes):
        body = msgspec.json.encode(make_batch(make_event(), make_event(metadata={"n": "HERE"})))

        entry = prepared(body.replace(b'"HERE"', number))

        assert outcomes(entry) == [(1, "rejected", "metadata_invalid")]
