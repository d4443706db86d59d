"""Who the shop's visitors turn out to be: no I/O, no clock.

Some of those who send a form or write on WhatsApp become known, the same at every call, each with
what a CRM, a form or a chat would tell of them.
"""

import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Literal

import msgspec

from pista.contacts import FoundContact
from pista.demo import traffic
from pista.demo.traffic import Happening, Scale
from pista.ids import VisitorId
from pista.sales.model import Buyer

KNOWN_SHARE = 0.3
PARTNER_SHARE = 0.06
SECOND_NAME_SHARE = 0.25

FIRST = [
    *("Sofía", "Valentina", "Regina", "Ximena", "Camila", "Mariana", "Daniela", "Lucía"),
    *("Santiago", "Mateo", "Diego", "Emiliano", "Rodrigo", "Andrés", "Íñigo", "Javier"),
]
LAST = [
    *("Hernández", "García", "Martínez", "López", "Ramírez", "Núñez", "Castañeda", "Ibarra"),
    *("Villaseñor", "Ochoa", "Quintana", "Salgado", "Treviño", "Cordero", "Lozano", "Peña"),
]
CITIES = ["Mérida", "Puebla", "Querétaro", "Veracruz", "Cancún", "Mazatlán", "Ensenada", "La Paz"]
# Numbers with 555-01 behind them are nobody's, which is why they are not of the shop's country.
AREAS = [210, 213, 305, 408, 480, 512, 619, 702, 713, 915, 956, 972]

Method = Literal["webhook", "form", "whatsapp"]


class Acquaintance(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody tells who a visitor is."""

    at: datetime
    visitor_id: VisitorId
    key: str
    method: Method
    found: FoundContact


class _Person(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    email: str
    phone: str
    crm_id: str
    city: str


def among(happenings: Iterable[Happening]) -> list[Acquaintance]:
    """Everybody who becomes known by what happens here, in order."""
    found: list[Acquaintance] = []
    for happening in happenings:
        method = _method(happening)
        if method and _dice(f"{happening.body['visitorId']} known").random() < KNOWN_SHARE:
            found += _told(happening, method)
    return found


def stranger(scale: Scale, before: datetime) -> VisitorId | None:
    """Somebody who went through the shop and whom nobody knows, rather one who asked something."""
    happenings = traffic.between(scale, before - timedelta(days=2), before - timedelta(hours=4))
    known = {one.visitor_id for one in among(happenings)}
    for event_type in ("OUTBOUND_CLICK", "CLICK"):
        for happening in reversed(happenings):
            visitor = VisitorId(happening.body["visitorId"])
            if happening.body["eventType"] == event_type and visitor not in known:
                return visitor
    return None


def buyer(visitor: str, *, always: bool = False) -> Buyer:
    """What a shop tells of who buys: of a visitor whom nobody knows no more than a name."""
    person = _person(visitor)
    if not always and _dice(f"{visitor} known").random() >= KNOWN_SHARE:
        return Buyer(name=person.name)
    return Buyer(name=person.name, email=person.email, phone=person.phone, city=person.city)


def _method(happening: Happening) -> Method | None:
    metadata = happening.body["metadata"]
    match happening.body["eventType"]:
        case "FORM_SUBMIT":
            return "webhook" if metadata["id"] == "pago" else "form"
        case "OUTBOUND_CLICK":
            return "whatsapp"
        case _:
            return None


def _told(happening: Happening, method: Method) -> list[Acquaintance]:
    visitor, event = happening.body["visitorId"], happening.body["eventId"]
    told = [_one(happening, method, _person(visitor), key=event)]
    rng = _dice(f"{event} others")
    if method == "webhook" and rng.random() < PARTNER_SHARE:
        # Two people share a device: the one chooses, the other pays.
        told.append(_one(happening, method, _person(f"{visitor} partner"), key=f"{event}-2"))
    if method == "form" and rng.random() < SECOND_NAME_SHARE:
        told.append(_one(happening, method, _person(f"{visitor} other"), key=f"{event}-2"))
    return told


def _one(happening: Happening, method: Method, person: _Person, *, key: str) -> Acquaintance:
    first = key == happening.body["eventId"]
    at = datetime.fromtimestamp(happening.at_ms / 1000, UTC)
    return Acquaintance(
        at=at if first else at + timedelta(milliseconds=1),
        visitor_id=VisitorId(happening.body["visitorId"]),
        key=key,
        method=method,
        found=_found(method, person),
    )


def _found(method: Method, person: _Person) -> FoundContact:
    match method:
        case "webhook":
            return FoundContact(
                source="ghl",
                trusted=True,
                name=person.name,
                email=person.email,
                phone=person.phone,
                crm_id=person.crm_id,
                attributes={"ciudad": person.city},
                tags=["cliente"],
            )
        case "whatsapp":
            number = person.phone.removeprefix("+")
            return FoundContact(
                source="whatsapp",
                trusted=True,
                name=person.name,
                whatsapp=number,
                phone=person.phone,
            )
        case "form":
            return FoundContact(
                source="form", trusted=False, email=person.email, tags=["novedades"]
            )


def _person(seed: str) -> _Person:
    rng = _dice(f"{seed} person")
    first, last = rng.choice(FIRST), rng.choice(LAST)
    number = rng.randrange(10, 100)
    return _Person(
        name=f"{first} {last}",
        email=f"{_plain(first)}.{_plain(last)}{number}@correo.example",
        phone=f"+1{rng.choice(AREAS)}55501{rng.randrange(100):02d}",
        crm_id=f"ghl{rng.getrandbits(60):015x}",
        city=rng.choice(CITIES),
    )


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name)
    return "".join(char for char in letters if not unicodedata.combining(char)).lower()


def _dice(seed: str) -> Random:
    return Random(seed)  # noqa: S311 - a demo, and the same at every call
