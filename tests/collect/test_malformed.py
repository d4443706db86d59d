"""Ten thousand malformed bodies: no crash, nothing valid lost beside them, no flush poisoned."""

import asyncio
import gzip
import json
from collections.abc import Callable, Sequence
from typing import Any, NoReturn, cast

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from pista.collect import intake
from pista.collect.model import Answer, NotJson
from pista.errors import PistaError
from pista.events import flush, rows
from pista.store import frames
from pista.store.clickhouse import ClickHouse
from pista.store.journal import Entry
from tests.collect.conftest import Served, circumstances, make_batch, make_event

COLUMNS = rows.STRUCTURE.count(",") + 1
HOW = circumstances(throttles={})

GOOD = [
    make_event(eventId=f"01900000-0000-7000-8000-0000000000{number:02x}", eventType=kind)
    for number, kind in enumerate(("PAGE_VIEW", "CLICK", "FORM_SUBMIT", "PURCHASE"))
]
KNOWN = {event["eventId"]: event for event in GOOD}
FIELDS = list(GOOD[0])

# Values that are JSON, and may stand in the place of any field.
NASTY = [
    *(b"null", b"true", b"0", b"-1", b"-0.0", b"1e999", b"-1e999", b"1e-400", b"1E+2"),
    *(b"18446744073709551616", b"-9223372036854775809", b"9" * 5000, b"0." + b"1" * 5000),
    *(b'""', b'" "', rb'"\u0000"', rb'"\ud800"', rb'"\udc00\ud800x\ud83d\ude00"', rb'"\"\\\/\b\f"'),
    *(b'"\xff"', b'"\xed\xa0\x80"', b'"\xc0\x80"', b'"\xf4\x90\x80\x80"', b'"\xe2\x80\xa8"'),
    *(b'"' + b"a" * 9000 + b'"', '"😀ﷺ\u202e"'.encode(), b'"\x7f"'),
    *(b"[]", b"{}", b"[[],{}]", b"[" * 900 + b"]" * 900, b"[" * 2000 + b"]" * 2000),
    *(b'{"a":' * 900 + b"1" + b"}" * 900, b'[{"a":' * 1000 + b"1" + b"}]" * 1000),
    *(b'{"a":1,"a":{"a":2,"a":3}}', b'{"":""}', b'{"\\u0000":"\\n"}', b'{"\\ud800":1}'),
    *(b'{"url":"http://["}', b'{"url":"https://a.com\\u0000/\\ud83d?utm_source=%ff%00"}'),
    *(b'{"url":7,"referrer":{}}', b'{"url":"\\\\","referrer":"android-app://[::1"}'),
    *(b'{"url":"https://' + b"a." * 3000 + b'com/"}', b'{"a":"}]\\"{["}', b'{"n":[1e308,-1e-308]}'),
    *(b'"2026-02-30T12:00:00Z"', b'"0000-00-00T00:00:00Z"', b'"9999-12-31T23:59:60+23:59"'),
    *(b'"0001-01-01T00:00:00+23:59"', b'"2026-03-14T12:00:00.123456789123Z"', b'"12:00"'),
    *(b'"2026-03-14 12:00:00z"', b'"00000000-0000-0000-0000-000000000000"', b'"PAGE_VIEW\\n"'),
]
# Values that make the whole body no JSON.
BROKEN = [
    *(b"NaN", b"Infinity", b"-Infinity", b"01", b"+1", b".5", b"'a'", b"undefined", b'"\n"', b""),
    *(b'"\\q"', b'"\\u12"', b'"\x00"', b"[1,]", b'{"a":1,}', b"{a:1}", b'"', b"//", b"\xff"),
]

JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
).map(lambda value: json.dumps(value).replace("Infinity", "1e999").encode())

nasty_values = st.sampled_from(NASTY) | JSON_VALUES


@st.composite
def events_with_one_bad_field(draw: st.DrawFn) -> bytes:
    """A good event with a field (or one that nobody knows) replaced, left out or told twice."""
    fields = [(name, msgspec.json.encode(value)) for name, value in make_event().items()]
    name = draw(st.sampled_from([*FIELDS, "colour", "metadata", "metadata"]))
    match draw(st.sampled_from(["replace", "replace", "replace", "drop", "twice"])):
        case "drop":
            fields = [field for field in fields if field[0] != name]
        case "twice":
            fields.append((name, draw(nasty_values)))
        case _:
            fields = [field for field in fields if field[0] != name] + [(name, draw(nasty_values))]
    return b"{" + b",".join(b'"%b":%b' % (name.encode(), value) for name, value in fields) + b"}"


def whole(events: Sequence[bytes], **fields: Any) -> bytes:
    body = msgspec.json.encode(make_batch("EVENTS", **fields))
    return body.replace(b'"EVENTS"', b",".join(events))


@st.composite
def mixed_batches(draw: st.DrawFn) -> bytes:
    """Good events, each once, between others that are bad in every way that JSON allows."""
    bad = draw(st.lists(events_with_one_bad_field() | nasty_values, min_size=1, max_size=3))
    good = [msgspec.json.encode(event) for event in GOOD[: draw(st.integers(1, 4))]]
    return whole(draw(st.permutations([*good, *bad])), batchId=draw(st.none() | st.just("b")))


@st.composite
def broken_batches(draw: st.DrawFn) -> bytes:
    """The same, with a value that is no JSON at all."""
    event = msgspec.json.encode(make_event(metadata={"a": "HERE", "b": draw(st.integers())}))
    value = draw(st.sampled_from(BROKEN))
    bad = draw(st.sampled_from([value, event.replace(b'"HERE"', value)]))
    good = [msgspec.json.encode(event) for event in GOOD]
    return whole(draw(st.permutations([*good, bad])))


@st.composite
def bad_envelopes(draw: st.DrawFn) -> bytes:
    name = draw(st.sampled_from(["tenantId", "siteId", "sentAt", "batchId", "events", "sdk"]))
    body = msgspec.json.encode(make_batch(*GOOD, batchId="b", sdk=1) | {name: "HERE"})
    return body.replace(b'"HERE"', draw(nasty_values))


ORIGINAL = msgspec.json.encode(make_batch(*GOOD, batchId="b1", sentAt="2026-03-14T11:59:59Z"))
BYTES = b'{}[]",:\\0189eE+-.tfnu \n\t\x00\x1f\x7f\x80\xc3\xed\xf0\xff'


@st.composite
def mutations(draw: st.DrawFn) -> bytes:
    """A good body with bytes changed, cut out, doubled, moved or left off at the end."""
    body = bytearray(ORIGINAL)
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, len(body)))
        size = draw(st.sampled_from([1, 1, 1, 2, 7, 40, 400]))
        match draw(st.sampled_from(["flip", "put", "put", "cut", "double", "end"])):
            case "flip" if place < len(body):
                body[place] ^= 1 << draw(st.integers(0, 7))
            case "put":
                body[place : place + 1] = bytes([draw(st.sampled_from(BYTES))])
            case "cut":
                del body[place : place + size]
            case "double":
                body[place:place] = body[place : place + size]
            case _:
                if draw(st.integers(0, 5)) == 0:
                    del body[place:]
    return bytes(body)


Parsed = dict[str, Any]


def oracle(body: bytes) -> Parsed | None:
    """What another reader finds in it: None where that is no JSON, or no object."""
    try:
        parsed = json.loads(
            body.decode(),
            parse_constant=_refuse,
            parse_int=len,
            parse_float=len,
            object_pairs_hook=_object,
        )
    except (ValueError, RecursionError):
        return None
    return cast("Parsed", parsed) if isinstance(parsed, dict) else {}


def _object(pairs: list[tuple[str, Any]]) -> Parsed:
    # Of a name that is told twice nobody can say which one was meant: such an object is not good.
    found = dict(pairs)
    return found if len(found) == len(pairs) else {"twice": pairs}


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


def _is_good_envelope(parsed: Parsed) -> bool:
    return (
        all(isinstance(parsed.get(name), str) for name in ("tenantId", "siteId"))
        and parsed.get("sentAt") in (None, "2026-03-14T11:59:59Z")
        and parsed.get("batchId") in (None, "b", "b1")
        and isinstance(parsed.get("events"), list)
        and 1 <= len(parsed["events"]) <= 500
    )


def _good_ids(parsed: Parsed) -> set[str]:
    """The ids of the events that came through unhurt, and whose id no other event claims."""
    events: list[Any] = parsed.get("events", [])
    claimed = [_id(event) for event in events]
    return {
        identifier
        for event, identifier in zip(events, claimed, strict=True)
        if identifier in KNOWN and event == KNOWN[identifier] and claimed.count(identifier) == 1
    }


def _id(event: Any) -> str:
    return str(cast("Parsed", event).get("eventId")).lower() if isinstance(event, dict) else ""


def check(body: bytes) -> bytes:
    """Take a body as the door does, and hold what becomes of it to all promises."""
    parsed = oracle(body)
    try:
        entry = intake.prepare(intake.open_batch(body), HOW)
    except NotJson:
        assert parsed is None
        return b""
    except PistaError:
        assert parsed is None or not _is_good_envelope(parsed)
        return b""
    lines = [msgspec.json.decode(line) for line in entry.body.splitlines()]
    _check_numbers(entry, lines)
    if parsed is not None:
        assert _good_ids(parsed) <= {line[18] for line in lines}
    return entry.body


def _check_numbers(entry: Entry, lines: list[Any]) -> None:
    answer = msgspec.json.decode(entry.answer, type=Answer)
    assert answer.received == answer.accepted + answer.discarded + answer.rejected
    assert (entry.received, entry.kept) == (answer.received, answer.accepted)
    assert [len(line) for line in lines] == [COLUMNS] * entry.kept
    told = [result.index for result in answer.results]
    assert told == sorted(set(told))
    assert set(told) <= set(range(answer.received))


def collected(
    strategy: st.SearchStrategy[bytes], count: int, take: Callable[[bytes], bytes]
) -> list[bytes]:
    """What `take` made of so many examples, the same ones at each run."""
    made: list[bytes] = []

    @settings(max_examples=count, deadline=None, derandomize=True, database=None)
    @given(strategy)
    def run(body: bytes) -> None:
        made.append(take(body))

    run()
    assert len(made) >= count
    return made


async def assert_readable(clickhouse: ClickHouse, kept: list[bytes]) -> None:
    """ClickHouse reads every line that was accepted, so none can hold up a flush."""
    body = b"".join(kept)
    staged = await flush.stage(clickhouse, frames.pack(body))
    assert staged.events == body.count(b"\n") > 0


async def test_good_events_are_kept_among_bad_ones(clickhouse: ClickHouse):
    """Whatever stands beside them, as long as it is JSON."""
    kept = collected(mixed_batches(), 4000, check)

    assert all(kept)
    await assert_readable(clickhouse, kept)


async def test_bytes_changed_on_the_way(clickhouse: ClickHouse):
    kept = collected(mutations(), 3500, check)

    await assert_readable(clickhouse, kept)


async def test_bad_envelopes(clickhouse: ClickHouse):
    kept = collected(bad_envelopes(), 1000, check)

    await assert_readable(clickhouse, kept)


def test_what_is_no_json_is_refused_whole():
    assert not any(collected(broken_batches(), 700, check))


def test_rubbish():
    """Not even an attempt at a batch."""
    assert not any(collected(st.binary(max_size=300), 300, check))


async def test_over_http(served: Served):
    """The same bodies, plain and packed, make no 5xx, and the connection goes on."""
    bodies = [
        *collected(mixed_batches(), 150, bytes),
        *collected(mutations(), 200, bytes),
        *collected(bad_envelopes(), 50, bytes),
        *collected(broken_batches(), 50, bytes),
        *collected(st.binary(max_size=300), 50, bytes),
    ]
    ours = make_batch(1)
    own = served.batch(1)
    answers: list[int] = []

    async def send(number: int, body: bytes) -> None:
        for name in ("tenantId", "siteId"):
            body = body.replace(ours[name].encode(), own[name].encode())
        body = body.replace(b'"batchId":"b', b'"batchId":"%d-b' % number)
        packed = {"Content_Encoding": "gzip"} if number % 3 == 0 else {}
        answer = await served.post(gzip.compress(body, 1) if number % 6 == 0 else body, **packed)
        answers.append(answer.status_code)
        assert set(answer.json()) >= ({"results"} if answer.is_success else {"code", "detail"})

    for start in range(0, len(bodies), 8):
        group = enumerate(bodies[start : start + 8], start)
        await asyncio.gather(*(send(number, body) for number, body in group))

    assert set(answers) <= {202, 400, 401, 422}
    assert answers.count(202) > 100
    last = await served.post(served.batch())
    assert last.status_code == 202
