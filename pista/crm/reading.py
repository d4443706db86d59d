"""What the payloads of other systems say of a person. No I/O, no clock.

A payload comes from outside: any field may be missing, of another type, or hold a template that
nobody filled in.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, tzinfo
from typing import Any, cast

from pista import moments
from pista.crm.model import Mapping, Read

VISITOR_FIELD = "rstk_vid"
# What the snippet makes; a custom field that is named by nothing but an id is known by this.
SNIPPETS_OWN = re.compile(r"v\d{13}_[A-Za-z0-9_-]{6,48}")
VISITOR_ID = re.compile(r"(?=[^0-9]*[0-9])[A-Za-z0-9_-]{8,64}")
ONLY_ZEROS = re.compile(r"[0_-]*")
LONGEST_VALUE = 1000
MOST_TAGS = 50
MOST_ATTRIBUTES = 50
ABOUT_CONTACTS = ("ContactCreate", "ContactUpdate", "ContactTagUpdate")
KNOWN = {
    *("contact_id", "contactId", "id", "email", "phone", "name", "full_name", "fullName"),
    *("first_name", "last_name", "firstName", "lastName", "tags", VISITOR_FIELD),
}

Payload = dict[str, Any]
Attribute = str | float | bool | None


def ghl(payload: Payload) -> Read:
    """A workflow's webhook, or that of a marketplace app."""
    kind = as_text(payload.get("type")) if "locationId" in payload else None
    if kind is not None and kind not in ABOUT_CONTACTS:
        return Read(ignored="It is not about a contact being made or changed.")
    custom = _object(payload.get("customData"))
    # What a person wrote into the workflow says more than what is sent anyway.
    places = (custom, payload, _object(payload.get("contact")))
    read = Read(
        contact_id=_first(places, "contact_id", "contactId") or _first(places[1:], "id"),
        email=_first(places, "email"),
        phone=_first(places, "phone"),
        name=_name(places),
        visitor_id=_visitor(places),
        created_at=_time(_first(places, "date_created", "dateAdded", "dateCreated")),
        updated_at=_time(_first(places, "dateUpdated", "timestamp")),
        attributes=_attributes(custom),
        tags=_tags(payload.get("tags")),
    )
    return checked(read)


def generic(payload: object, mapping: Mapping) -> Read:
    """Any payload, read where the mapping says."""

    def at(path: str | None) -> str | None:
        return None if path is None else as_text(at_path(payload, path))

    attributes = {
        name: _scalar(at_path(payload, path)) for name, path in mapping.attributes.items()
    }
    read = Read(
        contact_id=at(mapping.contact_id),
        email=at(mapping.email),
        phone=at(mapping.phone),
        name=at(mapping.name),
        visitor_id=visitor_id(at(mapping.visitor_id)),
        updated_at=_time(at(mapping.updated_at)),
        attributes={name: value for name, value in attributes.items() if value is not None},
    )
    return checked(read)


def checked(read: Read) -> Read:
    if read.contact_id or read.email or read.phone:
        return read
    return Read(ignored="It names nobody: no contact id, e-mail or phone.")


def entity(payload: object, mapping: Mapping | None) -> str | None:
    """Whom it is about, as its sender knows them: what is told of one is worked off in order."""
    if not isinstance(payload, dict):
        return None
    known = cast("Payload", payload)
    read = ghl(known) if mapping is None else generic(known, mapping)
    return read.contact_id or read.email or read.phone


def visitor_id(text: str | None) -> str | None:
    """A visitor id as it may be; what is no id of anybody (zeros, `null`, a word) is none."""
    if text is None or not VISITOR_ID.fullmatch(text) or ONLY_ZEROS.fullmatch(text):
        return None
    return text


def _visitor(places: tuple[Payload, ...]) -> str | None:
    named = _first(places, VISITOR_FIELD, f"contact.{VISITOR_FIELD}")
    if found := visitor_id(named):
        return found
    fields = [field for place in places for field in _custom_fields(place)]
    for name, value in fields:
        if name in (VISITOR_FIELD, f"contact.{VISITOR_FIELD}") and visitor_id(value):
            return value
    own = (value for _, value in fields if value and SNIPPETS_OWN.fullmatch(value))
    return next(own, None)


def _custom_fields(place: Payload) -> Iterator[tuple[str | None, str | None]]:
    """Name and value of each: a list of objects, or an object."""
    for key in ("customFields", "customField", "custom_fields"):
        given = place.get(key)
        for name, value in _object(given).items():
            yield name, as_text(value)
        for one in map(_object, _list(given)):
            named = _first((one,), "key", "fieldKey", "name", "id")
            yield named, _first((one,), "value", "fieldValue", "field_value")


def _name(places: tuple[Payload, ...]) -> str | None:
    if whole := _first(places, "full_name", "name", "fullName"):
        return whole
    first = _first(places, "first_name", "firstName")
    last = _first(places, "last_name", "lastName")
    return " ".join(part for part in (first, last) if part) or None


def _attributes(custom: Payload) -> dict[str, Attribute]:
    """What a person chose to send along; the rest of a CRM's record stays there."""
    found: dict[str, Attribute] = {}
    for name, value in custom.items():
        if len(found) == MOST_ATTRIBUTES:
            break
        if name not in KNOWN and 0 < len(name) <= 64 and (scalar := _scalar(value)) is not None:
            found[name] = scalar
    return found


def _tags(value: object) -> list[str]:
    given = value.split(",") if isinstance(value, str) else _list(value)
    texts = map(as_text, given[:MOST_TAGS])
    return [text for text in texts if text and len(text) <= 64]


def _first(places: tuple[Payload, ...], *names: str) -> str | None:
    return next((text for place in places for n in names if (text := as_text(place.get(n)))), None)


def at_path(payload: object, path: str) -> object:
    found = payload
    for step in path.split("."):
        match found:
            case dict():
                found = cast("Payload", found).get(step)
            case list() if step.isascii() and step.isdigit() and len(step) < 6:
                listed = cast("list[object]", found)
                found = listed[int(step)] if int(step) < len(listed) else None
            case _:
                return None
    return found


def _object(value: object) -> Payload:
    return cast("Payload", value) if isinstance(value, dict) else {}


def _list(value: object) -> list[object]:
    return cast("list[object]", value) if isinstance(value, list) else []


def as_text(value: object) -> str | None:
    """A text or number as a text; None for what is empty, or a template that nobody filled in."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    text = str(value)[: LONGEST_VALUE + 1].replace("\0", "").strip()
    if not text or len(text) > LONGEST_VALUE or "{{" in text or text.lower() in EMPTY:
        return None
    return text


EMPTY = ("null", "undefined", "none")


def _scalar(value: object) -> Attribute:
    return value if isinstance(value, bool | float) else as_text(value)


def moment(value: object, zone: tzinfo = UTC) -> datetime | None:
    """A time that somebody wrote, as UTC; `zone` is where it is of if it does not say."""
    return _time(as_text(value), zone)


def names_no_zone(text: str | None) -> bool:
    """Of a time: whether it is one of somebody's own clock."""
    try:
        return datetime.fromisoformat(text or "").tzinfo is None
    except ValueError:
        return False


def _time(text: str | None, zone: tzinfo = UTC) -> datetime | None:
    return None if text is None else moments.read(text, zone)
