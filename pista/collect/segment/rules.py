"""How Segment's words become ours: event types, ids, and what of a person is not stored."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, cast
from urllib.parse import urlencode, urlsplit
from uuid import UUID, uuid5

from pista import moments
from pista.collect.model import MAX_METADATA_BYTES
from pista.events import rows

# What Segment's e-commerce specification, old or new, calls what has a name here already.
KNOWN = {
    "PRODUCT_ADDED": "ADD_TO_CART",
    "ADDED_PRODUCT": "ADD_TO_CART",
    "ORDER_COMPLETED": "PURCHASE",
    "COMPLETED_ORDER": "PURCHASE",
    "FORM_SUBMITTED": "FORM_SUBMIT",
}
NAMELESS = "TRACK"
"""The type of an event whose name has no letter or digit that a type may have."""

_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_VISITOR = re.compile(r"[A-Za-z0-9_-]{1,64}")


def event_type(name: str) -> str:
    """`Order Completed` is a PURCHASE, `Vídeo visto` a VIDEO_VISTO."""
    plain = unicodedata.normalize("NFKD", name[:256]).encode("ascii", "ignore").decode()
    words = re.sub(r"[^A-Z0-9]+", "_", plain.upper()).strip("_")
    if not words:
        return NAMELESS
    if words[0].isdigit():
        words = f"EVENT_{words}"
    return KNOWN.get(words) or words[:64].rstrip("_")


def event_id(site: UUID, given: str) -> UUID:
    """A UUID as it is, and any other id always as the same UUID."""
    return UUID(given) if _UUID.fullmatch(given) else uuid5(site, given)


def visitor_id(tenant: UUID, given: str) -> str:
    """An id that a visitor may have as it is, and any other always as the same one."""
    return given if _VISITOR.fullmatch(given) else f"seg_{uuid5(tenant, given).hex}"


def session_id(tenant: UUID, visitor: str, given: str) -> UUID:
    """The same; some clients number sessions by the second, so two visitors may have one number."""
    return UUID(given) if _UUID.fullmatch(given) else uuid5(tenant, f"session {visitor} {given}")


def session_of_day(tenant: UUID, visitor: str, at: datetime) -> UUID:
    """What stands for a visit where the client names none: this visitor's day, in UTC."""
    return uuid5(tenant, f"day {visitor} {at.astimezone(UTC):%Y-%m-%d}")


def moment(given: Any) -> datetime | None:
    """A time in ISO 8601, in UTC where it has no zone; None if it is none."""
    return moments.read(given.strip()) if isinstance(given, str) else None


def without_nan(body: bytes) -> bytes:
    """Not-a-number becomes null: Python's clients send what JSON has no word for."""
    if b"NaN" not in body and b"Infinity" not in body:
        return body
    return _NAN.sub(lambda found: found["text"] or b"null", body)


_NAN = re.compile(rb'(?P<text>"[^"\\]*(?:\\.[^"\\]*)*")|-?\b(?:NaN|Infinity)\b', re.DOTALL)


def with_campaign(url: str, campaign: Mapping[str, Any]) -> str:
    """The address with the campaign as its UTM parameters, unless it has some."""
    try:
        address = urlsplit(url)
    except ValueError:
        return url
    utm = {UTM[key]: value for key, value in campaign.items() if key in UTM and _is_text(value)}
    if not utm or "utm_" in address.query:
        return url
    query = "&".join(filter(None, (address.query, urlencode(utm))))
    return address._replace(query=query).geturl()


UTM = {
    "source": "utm_source",
    "medium": "utm_medium",
    "name": "utm_campaign",
    "term": "utm_term",
    "content": "utm_content",
}


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value)


def impersonal(traits: Mapping[str, Any]) -> tuple[dict[str, Any], int]:
    """The traits that say nothing of who somebody is, and how many did and were dropped."""
    kept: dict[str, Any] = {}
    dropped = 0
    for key, value in traits.items():
        if _names_someone(key) or looks_personal(value):
            dropped += 1
            continue
        kept[key], inner = _impersonal_part(value)
        dropped += inner
    return kept, dropped


def _impersonal_part(value: Any) -> tuple[Any, int]:
    if isinstance(value, dict):
        return impersonal(cast("dict[str, Any]", value))
    if isinstance(value, list):
        return _impersonal_items(cast("list[Any]", value))
    return value, 0


def _impersonal_items(items: list[Any]) -> tuple[list[Any], int]:
    found = [impersonal({"item": item}) for item in items]
    return [kept["item"] for kept, _ in found if kept], sum(dropped for _, dropped in found)


def looks_personal(value: Any) -> bool:
    """An e-mail address, or a telephone number with its country."""
    return isinstance(value, str) and bool(_ADDRESS.search(value) or _NUMBER.search(value))


_ADDRESS = re.compile(r"\S@\S")
_NUMBER = re.compile(r"\+\d[\d\s().-]{6,}\d")
# As they stand in a key without case, accents and what is between words.
_PERSONAL = re.compile(
    r"mail|correo|phone|telefon|celular|movil|mobile|whatsapp|fax"
    r"|name\Z|nombre|apellid|apodo|nick|alias"
    r"|address|direccion|domicilio|street|calle|postal|zip"
    r"|birth|nacimiento|\Adob\Z|\Aage\Z|edad\Z|gender|genero\Z|sexo\Z"
    r"|avatar|photo|foto|passport|pasaporte|document|license|licencia"
    r"|\A(dni|cpf|rut|rfc|curp|ssn|cedula|ruc|nie|nif)\Z|\Aip\Z|ipaddress|password|clave|token"
)


def _names_someone(key: str) -> bool:
    plain = unicodedata.normalize("NFKD", key[:256]).encode("ascii", "ignore").decode()
    return bool(_PERSONAL.search(re.sub(r"[^a-z0-9]", "", plain.lower())))


def fitted(metadata: dict[str, Any]) -> dict[str, Any]:
    """What fits into an event: the largest entries are left out, rather than the event.

    A purchase with all its products may be larger than an event's metadata, and its sender would
    neither hear of a refusal nor send it otherwise.
    """
    try:
        sizes = {key: len(rows.metadata_bytes({key: value})) for key, value in metadata.items()}
    except (OverflowError, RecursionError, ValueError):
        return metadata
    over = sum(sizes.values()) + 1 - MAX_METADATA_BYTES
    if over <= 0:
        return metadata
    over += ROOM_FOR_NAMES
    left_out: list[str] = []
    for key in sorted(sizes, key=lambda key: -sizes[key]):
        if over <= 0:
            break
        over -= sizes[key]
        left_out.append(key)
    rest = {key: value for key, value in metadata.items() if key not in left_out}
    return {**rest, "leftOut": [key[:40] for key in left_out[:5]]}


# Five names of forty characters, each of which may take six bytes.
ROOM_FOR_NAMES = 5 * 40 * 6 + 40
