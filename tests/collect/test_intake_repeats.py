"""What a repeat of a batch is known by, and what is mended on the way."""

from typing import Any

import msgspec
import pytest

from pista.collect import mending
from pista.collect.model import NotJson
from pista.collect.throttling import Throttle
from pista.store.journal import Entry
from tests.collect.conftest import (
    NOW_MS,
    circumstances,
    make_batch,
    make_event,
)
from tests.collect.reading import HOUR, answer, lines, outcomes, prepared


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
