"""Who the shop's visitors turn out to be: no I/O, no clock.

Who pays, and most of those who send a form or write on WhatsApp, become known, the same at every
call, each with what a CRM, a form or a chat would tell of them.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Literal

import msgspec

from pista.contacts import FoundContact
from pista.demo import persons, traffic
from pista.demo.persons import Person
from pista.demo.traffic import Happening, Scale
from pista.ids import VisitorId

PARTNER_SHARE = 0.015
SECOND_NAME_SHARE = 0.1
PHONE_SHARE = 0.6

Method = Literal["webhook", "form", "whatsapp"]
SHARES: dict[Method, float] = {"webhook": 1.0, "form": 0.75, "whatsapp": 0.6}
"""Whoever pays says who that is; not every address is right, and not everybody writes."""


class Acquaintance(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody tells who a visitor is."""

    at: datetime
    visitor_id: VisitorId
    key: str
    method: Method
    found: FoundContact


def among(happenings: Iterable[Happening]) -> list[Acquaintance]:
    """Everybody who becomes known by what happens here, in order."""
    found: list[Acquaintance] = []
    for happening in happenings:
        method = _method(happening)
        if method and _dice(f"{happening.body['visitorId']} known").random() < SHARES[method]:
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
    told = [_one(happening, method, persons.person(visitor), key=event)]
    rng = _dice(f"{event} others")
    if method == "webhook" and rng.random() < PARTNER_SHARE:
        # Two people share a device: the one chooses, the other pays.
        told.append(_one(happening, method, persons.person(f"{visitor} partner"), key=f"{event}-2"))
    if method == "form" and rng.random() < SECOND_NAME_SHARE:
        told.append(_one(happening, method, persons.person(f"{visitor} other"), key=f"{event}-2"))
    return told


def _one(happening: Happening, method: Method, person: Person, *, key: str) -> Acquaintance:
    first = key == happening.body["eventId"]
    at = datetime.fromtimestamp(happening.at_ms / 1000, UTC)
    return Acquaintance(
        at=at if first else at + timedelta(milliseconds=1),
        visitor_id=VisitorId(happening.body["visitorId"]),
        key=key,
        method=method,
        found=_found(method, person),
    )


def _found(method: Method, person: Person) -> FoundContact:
    match method:
        case "webhook":
            says_phone = _dice(f"{person.crm_id} phone").random() < PHONE_SHARE
            return FoundContact(
                source="ghl",
                trusted=True,
                name=person.name,
                email=person.email,
                phone=person.phone if says_phone else None,
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


def _dice(seed: str) -> Random:
    return Random(seed)  # noqa: S311 - a demo, and the same at every call
