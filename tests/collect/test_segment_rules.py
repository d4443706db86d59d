"""Segment's words in ours, as tables."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pista.collect.model import EVENT_TYPE, MAX_METADATA_BYTES, VISITOR_ID, Event, NotJson
from pista.collect.segment import door, rules
from pista.collect.segment.model import Message
from pista.events import rows
from tests.collect.conftest import NOW, SITE, TENANT, circumstances

OTHER = UUID(int=7)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Order Completed", "PURCHASE"),
        ("order_completed", "PURCHASE"),
        ("Completed Order", "PURCHASE"),  # the specification's first version
        ("Product Added", "ADD_TO_CART"),
        ("Form Submitted", "FORM_SUBMIT"),
        ("Signed Up", "SIGNED_UP"),
        ("  checkout -- started!  ", "CHECKOUT_STARTED"),
        ("Cotización enviada", "COTIZACION_ENVIADA"),
        ("signedUp", "SIGNEDUP"),
        ("3D Viewed", "EVENT_3D_VIEWED"),
        ("Ⅻ", "XII"),
        ("заказ", "TRACK"),
        ("😀", "TRACK"),
        ("x" * 300, "X" * 64),
        ("a" * 63 + " b", "A" * 63),  # no underscore is left at the end
    ],
)
def test_event_types(name: str, expected: str):
    found = rules.event_type(name)

    assert found == expected
    assert msgspec.convert({**GOOD, "eventType": found}, Event).event_type == found


GOOD = {
    "visitorId": "v",
    "sessionId": str(OTHER),
    "eventType": "CLICK",
    "occurredAt": "2026-03-14T12:00:00Z",
}


def test_event_ids():
    """
    A UUID stays; anything else always gives the same one, and another for another site.
    """
    given = "01a20000-0000-7000-8000-000000001001"
    derived = rules.event_id(SITE, "node-next-1773489600000-0d7d")

    assert rules.event_id(SITE, given) == rules.event_id(OTHER, given.upper()) == UUID(given)
    assert rules.event_id(SITE, given.replace("-", "")) != UUID(given)
    assert derived == rules.event_id(SITE, "node-next-1773489600000-0d7d")
    assert derived != rules.event_id(OTHER, "node-next-1773489600000-0d7d")
    assert derived.version == 5


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("019mr8mf4r", True),
        ("42", True),
        ("b7d1f7a0-3b44-4f3c-9b8f-0d2f6b1a2c3d", True),
        ("maria@example.com", False),
        ("x" * 65, False),
        ("con espacio", False),
        ("line\n", False),
    ],
)
def test_visitors(given: str, kept: bool):
    """
    A derived id is always the same within a company, and another in each other one.
    """
    found = rules.visitor_id(TENANT, given)

    assert (found == given) is kept
    assert found == rules.visitor_id(TENANT, given)
    assert (found == rules.visitor_id(OTHER, given)) is kept
    assert msgspec.convert({**GOOD, "visitorId": found}, Event).visitor_id == found


def test_a_session_is_the_visitors_day():
    late = datetime(2026, 3, 14, 23, 59, tzinfo=UTC)
    day = rules.session_of_day(TENANT, "v", late)

    assert rules.session_of_day(TENANT, "v", NOW) == day
    assert rules.session_of_day(TENANT, "v", late + timedelta(minutes=1)) != day
    assert rules.session_of_day(TENANT, "w", late) != day
    assert rules.session_id(TENANT, "v", str(OTHER)) == OTHER
    assert rules.session_id(TENANT, "v", "17") != rules.session_id(TENANT, "w", "17")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("2026-03-14T12:00:00Z", NOW),
        ("2026-03-14T07:00:00.000-05:00", NOW),
        ("2026-03-14T12:00:00+0000", NOW),
        (" 2026-03-14 12:00:00 ", NOW),  # without a zone it is UTC
        ("2026-03-14T12:00:00.123456789Z", NOW.replace(microsecond=123456)),
        ("0001-01-01T00:00:00+14:00", None),
        ("yesterday", None),
        ("", None),
        (1773489600, None),
        (None, None),
        ({}, None),
    ],
)
def test_moments(given: Any, expected: datetime | None):
    assert rules.moment(given) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (rb'{"a":NaN,"b":[-Infinity,Infinity]}', rb'{"a":null,"b":[null,null]}'),
        (rb'{"a":"NaN \" NaN","b":NaN}', rb'{"a":"NaN \" NaN","b":null}'),
        (rb'{"NaN":1}', rb'{"NaN":1}'),
        (rb'{"a":"NaN', rb'{"a":"null'),  # no JSON before, and none after
    ],
)
def test_numbers_that_are_none(body: bytes, expected: bytes):
    assert rules.without_nan(body) == expected


CAMPAIGN = {"source": "ig", "medium": "paid social", "name": "Día", "id": "x", "term": 7}


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.pe/x", "https://a.pe/x?" + "UTM"),
        ("https://a.pe/x?a=1#top", "https://a.pe/x?a=1&UTM#top"),
        ("https://a.pe/?utm_source=google", "https://a.pe/?utm_source=google"),
        ("", "?UTM"),  # a server knows the campaign and no page
        ("http://[", "http://["),
    ],
)
def test_campaigns(url: str, expected: str):
    """
    The address's own parameters go before what the client says of the campaign.
    """
    utm = "utm_source=ig&utm_medium=paid+social&utm_campaign=D%C3%ADa"

    assert rules.with_campaign(url, CAMPAIGN) == expected.replace("UTM", utm)
    assert rules.with_campaign(url, {}) == url


@pytest.mark.parametrize(
    ("traits", "kept", "dropped"),
    [
        (
            {"plan": "pro", "logins": 7, "active": True},
            {"plan": "pro", "logins": 7, "active": True},
            0,
        ),
        ({"email": "m@example.com", "Phone": "1", "first_name": "M", "lastName": "Q"}, {}, 4),
        ({"Teléfono móvil": "1", "apellidos": "Q", "correo": "x", "DNI": "1"}, {}, 4),
        ({"birthday": "2000-01-01", "address": {"city": "Lima"}, "age": 7}, {}, 3),
        ({"contact": "write to m@example.com"}, {}, 1),  # by what it holds
        ({"contact": "+51 999 888 777"}, {}, 1),
        ({"createdAt": "2026-03-14T12:00:00Z"}, {"createdAt": "2026-03-14T12:00:00Z"}, 0),
        ({"company": {"name": "X", "plan": "pro"}}, {"company": {"plan": "pro"}}, 1),
        ({"tags": ["vip", "m@x.pe", {"email": "x", "n": 1}]}, {"tags": ["vip", {"n": 1}]}, 2),
        ({"language": "es", "stage": "lead"}, {"language": "es", "stage": "lead"}, 0),
    ],
)
def test_traits(traits: dict[str, Any], kept: dict[str, Any], dropped: int):
    """
    What says who somebody is does not become part of an event.
    """
    assert rules.impersonal(traits) == (kept, dropped)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=12,
)
FIELDS = [*Message.__struct_encode_fields__, "integrations"]
CALLS = ["track", "page", "identify"]


class TestAnything:
    @given(message=st.dictionaries(st.sampled_from(FIELDS), JSON), call=st.sampled_from(CALLS))
    @example(message={"userId": "1", "timestamp": "9999-12-31T23:59:59-14:00"}, call="page")
    @example(message={"userId": 10**4000}, call="page")
    @example(message={"userId": "1", "traits": {"a": 10**400}}, call="page")
    @example(message={"userId": "1", "event": "\x00", "context": {"userAgent": ""}}, call="track")
    def test_is_an_event_or_rejected(self, message: dict[str, Any], call: str):
        """Whatever a message holds, it does not cost its neighbours anything."""
        heard(json.dumps({"userId": "1", "event": "x", **message, "type": call}).encode())

    @pytest.mark.parametrize("field", ["userId", "messageId", "properties", "timestamp"])
    def test_many_digits(self, field: str):
        heard(b'{"type":"page","userId":"1","%b":%b}' % (field.encode(), b"7" * 6000))

    @pytest.mark.parametrize("depth", [100, 300, 400, 500, 900, 5000])
    @pytest.mark.parametrize("field", ["traits", "properties", "context", "event"])
    def test_nested_deep(self, field: str, depth: int):
        deep = '{"a":[' * depth + "1" + "]}" * depth
        heard(f'{{"type":"identify","userId":"1","{field}":{deep}}}'.encode())


def heard(message: bytes) -> None:
    """Let a message through the door between two good ones, which must be kept."""
    good = b'{"type":"page","userId":"1"}'
    try:
        opened = door.opened(b'{"batch":[%b,%b,%b]}' % (good, rules.without_nan(message), good))
    except NotJson:
        # Nested so deep that nobody can say where it ends.
        assert len(message) > 900
        return
    entry, _ = door.prepared(opened, 0, circumstances(), None, "")
    assert entry.received == 3
    assert entry.kept in (2, 3)
    assert entry.kept + entry.rejected == 3


class TestFitting:
    def test_the_largest_goes(self):
        """The purchase stays, its list of products goes."""
        small = {"orderId": "A-17", "revenue": 89.9}
        products = [{"sku": "x" * 40, "price": 1}] * 500

        found = rules.fitted({**small, "products": products})

        assert found == {**small, "leftOut": ["products"]}
        assert rules.fitted(small) == small

    @pytest.mark.parametrize("size", range(MAX_METADATA_BYTES - 60, MAX_METADATA_BYTES + 20, 7))
    def test_to_the_byte(self, size: int):
        """What fits is left as it is, and what is left always fits."""
        metadata = {"a": "x" * 4000, "b": ""}
        metadata["b"] = "y" * (size - len(rows.metadata_bytes(metadata)))

        found = rules.fitted(metadata)

        assert len(rows.metadata_bytes(found)) <= MAX_METADATA_BYTES
        assert (found == metadata) is (size <= MAX_METADATA_BYTES)

    def test_many_long_names(self):
        """The names of what was left out take no room either."""
        metadata = {f"\x01{n}" * 40: "\x01" * 10 for n in range(2000)}

        assert len(rows.metadata_bytes(rules.fitted(metadata))) <= MAX_METADATA_BYTES


def test_the_patterns_are_those_of_events():
    assert EVENT_TYPE == r"^[A-Z][A-Z0-9_]{0,63}\Z"
    assert VISITOR_ID == r"^[A-Za-z0-9_-]{1,64}\Z"
