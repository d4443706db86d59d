"""What payloads say of a person, whatever shape they come in."""

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from pista.crm import reading
from pista.crm.model import DEFAULT_MAPPING, Mapping
from tests.fakes.crm import marketplace, workflow

VISITOR = "v1758565884546_x7Gk2Qp"
DOCUMENTED = {
    "contact_id": "abc123",
    "email": "usuario@email.com",
    "phone": "+52555555555",
    "rstk_vid": "v1758565884546_xyz",
}


def test_the_documented_payload():
    """
    Document 0's own example.
    """
    read = reading.ghl(DOCUMENTED)

    assert (read.contact_id, read.email, read.phone) == (
        "abc123",
        "usuario@email.com",
        "+52555555555",
    )
    assert read.visitor_id == "v1758565884546_xyz"


@pytest.mark.parametrize(
    "fields",
    [
        {"rstk_vid": VISITOR},
        {"contact.rstk_vid": VISITOR},
        {"customData": {"rstk_vid": VISITOR}},
        {"rstk_vid": "{{contact.rstk_vid}}", "customData": {"rstk_vid": VISITOR}},
        {"rstk_vid": VISITOR, "customData": {"rstk_vid": "{{contact.rstk_vid}}"}},
        {"customFields": [{"id": "pZk8", "value": VISITOR}]},  # only the form of the id tells
        {"customFields": [{"key": "contact.rstk_vid", "value": "0190a000-0000-7000"}]},
        {"customField": {"rstk_vid": VISITOR}},
        {"contact": {"customFields": [{"id": "pZk8", "fieldValue": VISITOR}]}},
    ],
)
def test_the_visitor_is_found_wherever_it_stands(fields: dict[str, Any]):
    """
    At the top, in what a person wrote into the workflow, or in a custom field.
    """
    assert reading.ghl(workflow(**fields)).visitor_id in (VISITOR, "0190a000-0000-7000")


@pytest.mark.parametrize(
    "value",
    [
        "{{contact.rstk_vid}}",
        "{{ contact.rstk_vid }}",
        "",
        "   ",
        "null",
        "undefined",
        "None",
        "anonymous",
        "00000000-0000-0000",
        "short1",
        "v1758565884546_x'; drop table",
        "x" * 65 + "1",
        17,
        None,
        True,
        {"value": VISITOR},
        [VISITOR],
    ],
)
def test_what_is_no_visitor_links_nobody(value: Any):
    """
    A template that nobody filled in, a placeholder, another type: the contact is told all the same.
    """
    read = reading.ghl(workflow(rstk_vid=value))

    assert (read.visitor_id, read.email) == (None, "ana@example.com")


def test_a_workflow_tells_who_it_is():
    """
    With what a person chose to send along, and nothing else of the CRM's record.
    """
    read = reading.ghl(workflow(customData={"plan": "gold", "empty": "{{contact.x}}", "seats": 3}))

    assert (read.contact_id, read.name) == ("ocQHyuzHvysMo5N5VsXc", "Ana Quispe")
    assert (read.attributes, read.tags) == ({"plan": "gold", "seats": "3"}, ["lead", "web"])


def test_an_app_tells_who_it_is():
    """
    Other names for the same.
    """
    read = reading.ghl(marketplace(timestamp="2026-03-14T12:00:00.000Z"))

    assert (read.contact_id, read.name) == ("ocQHyuzHvysMo5N5VsXc", "Ana Quispe")
    assert read.updated_at == datetime(2026, 3, 14, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "payload",
    [
        marketplace(type="OpportunityCreate"),
        marketplace(type="InboundMessage"),
        {},
        {"contact_id": "{{contact.id}}", "email": "{{contact.email}}"},
        {"contact_id": None, "email": [], "phone": {}},
        {"name": "Somebody"},
    ],
)
def test_what_names_nobody_is_ignored(payload: dict[str, Any]):
    """
    With a sentence that says why.
    """
    assert (reading.ghl(payload).ignored or "").endswith(".")


@pytest.mark.parametrize("odd", [[], {}, 1, 1.5, True, None, "x" * 5000, [[]], [{}], "0\0"])
def test_no_payload_is_too_odd(odd: Any):
    """
    Whatever stands anywhere, reading ends without an error.
    """
    names = [*workflow(), *marketplace(), "rstk_vid", "customField", "custom_fields"]

    for name in names:
        assert reading.ghl(workflow(**{name: odd})) == reading.ghl(workflow(**{name: odd}))
        assert reading.generic({name: odd}, DEFAULT_MAPPING) is not None
    assert reading.generic(odd, DEFAULT_MAPPING).ignored


def test_a_mapping_says_where_things_stand():
    """
    By names and places in lists, however deep.
    """
    mapping = Mapping(
        contact_id="data.id",
        email="data.emails.0.address",
        phone="data.phones.1",
        visitor_id="data.custom.visitor",
        updated_at="at",
        attributes={"plan": "data.plan", "vip": "data.vip", "none": "data.none.at.all"},
    )
    payload = {
        "at": "2026-03-14T07:00:00-05:00",
        "data": {
            "id": 42,
            "emails": [{"address": "ana@example.com"}],
            "phones": ["", "987654321"],
            "custom": {"visitor": VISITOR},
            "plan": "gold",
            "vip": True,
        },
    }

    read = reading.generic(payload, mapping)

    assert (read.contact_id, read.email, read.phone) == ("42", "ana@example.com", "987654321")
    assert (read.visitor_id, read.attributes) == (VISITOR, {"plan": "gold", "vip": True})
    assert read.updated_at == datetime(2026, 3, 14, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "path", ["data.9", "data.emails.99999", "data.emails.-1", "a.b.c.d", "at.0"]
)
def test_a_path_that_leads_nowhere_is_empty(path: str):
    """
    It is not an error of the payload.
    """
    mapping = Mapping(email="email", phone=path)

    assert (
        reading.generic({"email": "a@b.pe", "data": {"emails": []}, "at": 1}, mapping).phone is None
    )


@pytest.mark.parametrize(
    "path", ["", ".", "a..b", ".a", "a.", "a" * 65, "a\0b", "a.b.c.d.e.f.g.h.i"]
)
def test_a_path_is_names_with_dots(path: str):
    """
    Up to eight.
    """
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"email": path}, Mapping)


@pytest.mark.parametrize(
    "text", ["yesterday", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", ""]
)
def test_a_time_that_is_none_is_left_out(text: str):
    """
    Also where the calendar ends.
    """
    assert reading.moment(text) is None
