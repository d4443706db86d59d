"""What Meta sends: any webhook can be made again from the seed, the client and its number."""

import random
from collections.abc import Iterator
from enum import StrEnum
from typing import Any

import msgspec

from tests.fakes import whatsapp
from tests.fakes.whatsapp import APP_SECRET, NUMBER

OWN, OTHER = 0, 1
"""The company that writes back, and another one with a number and a secret of its own."""
NUMBERS = (NUMBER, "209876543210987")
SECRETS = (APP_SECRET, "0c1d2e3f4a5b6978")
STRANGE_NUMBER = "399999999999999"
PEOPLE = 600
LOWEST = 12_345_678
SHUFFLED = 24
"""So many webhooks at a time come in any order."""
HOUR = 3600
REFUSED = "RECHAZA"
"""Begins the text of a message that the database refuses to take, as long as it does."""


class Sort(StrEnum):
    GOOD = "good"
    POISON = "refused by the database"
    FORGED = "forged"
    UNSIGNED = "without a signature"
    TRUNCATED = "truncated"
    CUT = "cut off on the way"
    STRANGER = "of an unknown number"
    FOREIGN = "of another company's number"


SHARES = {
    Sort.GOOD: 0.9,
    Sort.FORGED: 0.02,
    Sort.UNSIGNED: 0.01,
    Sort.TRUNCATED: 0.02,
    Sort.CUT: 0.015,
    Sort.STRANGER: 0.02,
    Sort.FOREIGN: 0.015,
}
POISON_EVERY = 1_000
ANSWERS = {
    Sort.GOOD: 200,
    Sort.POISON: 200,
    Sort.TRUNCATED: 200,
    Sort.FORGED: 401,
    Sort.UNSIGNED: 401,
    Sort.STRANGER: 404,
    Sort.FOREIGN: 404,
}
"""What a webhook is answered in the end; one that is cut off hears nothing."""
CODES = {401: "webhook_refused", 404: "channel_not_found"}


class Form(StrEnum):
    """What a webhook says of whoever writes."""

    BOTH = "number and id"
    ID = "id"
    PHONE = "number"


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """A message that must be kept, once."""

    id: str
    person: int
    form: Form
    kind: str
    text: str | None


class Webhook(msgspec.Struct, frozen=True, kw_only=True):
    sort: Sort
    company: int
    body: bytes
    signature: str | None
    said: list[Said]
    edited: dict[str, str]
    """The text that a message has in the end, by its id."""
    reactions: int
    met: list[tuple[int, Form]]
    """Everybody whom it names, and how."""
    twice: bool
    """Sent two times at once."""
    again: bool
    """Sent once more after its answer."""


def order(seed: int, client: int, number: int) -> int:
    """Which webhook is sent as the one with that number, from 1 on: they come a little shuffled."""
    block, place = divmod(number - 1, SHUFFLED)
    places = list(range(SHUFFLED))
    random.Random(f"{seed}-{client}-order-{block}").shuffle(places)
    return block * SHUFFLED + places[place] + 1


def webhook(seed: int, client: int, number: int, began: int) -> Webhook:
    dice = _dice(seed, client, number)
    sort, company = _sort(dice, client, number), _company(dice)
    if sort in (Sort.POISON, Sort.FOREIGN):
        company = OWN
    said = list(_said(dice, seed, client, number, sort, company))
    at = began - HOUR + number % HOUR + dice.randint(-30, 30)
    items = [_item(one, at) for one in said]
    near = [_first_of(seed, client, number - back, company) for back in (9, 5)]
    edit = _edit(near[0], seed, client, number, sort, at)
    reaction = _reaction(near[1], seed, client, number, sort, at)
    items += [one for one in (edit and edit[1], reaction) if one]
    body = _body(sort, company, said + [one for one in near if one], items)
    kept = sort in (Sort.GOOD, Sort.POISON)
    return Webhook(
        sort=sort,
        company=company,
        body=body,
        signature=_signature(sort, company, body),
        said=said if kept else [],
        edited=dict([edit[0]]) if edit and kept else {},
        reactions=int(reaction is not None and kept),
        met=[(one.person, one.form) for one in said] + _met(reaction) if kept else [],
        twice=dice.random() < 0.03,
        again=dice.random() < 0.08,
    )


def _dice(seed: int, client: int, number: int) -> random.Random:
    return random.Random(f"{seed}-{client}-{number}")


def _sort(dice: random.Random, client: int, number: int) -> Sort:
    found = dice.choices(list(SHARES), list(SHARES.values()))[0]
    return Sort.POISON if (number + 37 * client) % POISON_EVERY == 100 else found


def _company(dice: random.Random) -> int:
    return OTHER if dice.random() < 0.1 else OWN


def _said(
    dice: random.Random, seed: int, client: int, number: int, sort: Sort, company: int
) -> Iterator[Said]:
    for place in range(1 if dice.random() < 0.7 else dice.randint(2, 4)):
        kind = dice.choice(("text", "text", "text", "location", "button", "kind_of_tomorrow"))
        named = f"{client}-{number}-{place}"
        text = f"Hola {named}"
        if place == 0:
            # What is edited or reacted to is known to be of everybody and a text.
            kind = "text"
        if sort is Sort.POISON:
            kind, text = "text", f"{REFUSED} {named}"
        form = dice.choices(list(Form), (7, 2, 1))[0]
        yield Said(
            id=f"wamid.IN{seed}-{named}",
            person=dice.randrange(PEOPLE) + company * PEOPLE,
            form=form,
            kind={"kind_of_tomorrow": "unknown"}.get(kind, kind),
            text=text if kind in ("text", "button") else None,
        )


def _item(said: Said, at: int) -> dict[str, Any]:
    item: dict[str, Any] = _who(said) | {"id": said.id, "timestamp": str(at)}
    match said.kind:
        case "text":
            return item | {"type": "text", "text": {"body": said.text}}
        case "location":
            where = {"latitude": -12.05, "longitude": -77.04}
            return item | {"type": "location", "location": where}
        case "button":
            return item | {"type": "button", "button": {"text": said.text, "payload": said.id}}
        case _:
            return item | {"type": "kind_of_tomorrow", "kind_of_tomorrow": {"a": [1, said.id]}}


def _who(said: Said) -> dict[str, Any]:
    named: dict[str, Any] = {}
    if said.form is not Form.ID:
        named["from"] = phone(said.person)
    if said.form is not Form.PHONE:
        named["from_user_id"] = user_id(said.person)
    return named


def phone(person: int) -> str:
    return f"519{person + LOWEST:08}"


def user_id(person: int) -> str:
    return f"PE.{person + LOWEST:08}"


def _first_of(seed: int, client: int, number: int, company: int) -> Said | None:
    """The first message of another webhook, if that is a good one of this company."""
    if number < 1:
        return None
    dice = _dice(seed, client, number)
    if _sort(dice, client, number) is not Sort.GOOD or _company(dice) != company:
        return None
    return next(_said(dice, seed, client, number, Sort.GOOD, company))


def _edit(
    target: Said | None, seed: int, client: int, number: int, sort: Sort, at: int
) -> tuple[tuple[str, str], dict[str, Any]] | None:
    """Of a message that was sent nearby, perhaps after this."""
    if target is None or number % 10 != 0 or sort is not Sort.GOOD:
        return None
    text = f"Quise decir {client}-{number}"
    new = {"context": {"id": "M0"}, "type": "text", "text": {"body": text}}
    item = _who(target) | {
        "id": f"wamid.EDIT{seed}-{client}-{number}",
        "timestamp": str(at),
        "type": "edit",
        "edit": {"original_message_id": target.id, "message": new},
    }
    return (target.id, text), item


def _reaction(
    target: Said | None, seed: int, client: int, number: int, sort: Sort, at: int
) -> dict[str, Any] | None:
    if target is None or number % 10 != 3 or sort is not Sort.GOOD:
        return None
    both = msgspec.structs.replace(target, form=Form.BOTH)
    return _who(both) | {
        "id": f"wamid.LIKE{seed}-{client}-{number}",
        "timestamp": str(at),
        "type": "reaction",
        "reaction": {"message_id": target.id, "emoji": "👍"},
    }


def _met(reaction: dict[str, Any] | None) -> list[tuple[int, Form]]:
    return [(int(reaction["from_user_id"][3:]) - LOWEST, Form.BOTH)] if reaction else []


def _body(sort: Sort, company: int, said: list[Said], items: list[dict[str, Any]]) -> bytes:
    number = STRANGE_NUMBER if sort is Sort.STRANGER else NUMBERS[company]
    named = {"display_phone_number": "15550783881", "phone_number_id": number}
    contacts = [_contact(one) for one in said]
    body = whatsapp.webhook(metadata=named, contacts=contacts, messages=items)
    if sort is not Sort.TRUNCATED:
        return body
    # Cut in its middle, and signed like that; what is left names whom it was of.
    return body[: body.index(said[0].id.encode()) + len(said[0].id)]


def _contact(said: Said) -> dict[str, Any]:
    contact: dict[str, Any] = {"profile": {"name": f"Cliente {said.person}"}}
    if said.form is not Form.ID:
        contact["wa_id"] = phone(said.person)
    if said.form is not Form.PHONE:
        contact["user_id"] = user_id(said.person)
    return contact


def _signature(sort: Sort, company: int, body: bytes) -> str | None:
    match sort:
        case Sort.UNSIGNED:
            return None
        case Sort.FORGED:
            return whatsapp.sign(body, "of-nobody-here")
        case Sort.FOREIGN:
            return whatsapp.sign(body, SECRETS[OTHER])
        case _:
            return whatsapp.sign(body, SECRETS[company])


def first_of_all(person: int) -> Said:
    """With what somebody begins who is going to be answered."""
    return Said(
        id=f"wamid.FIRST{person}", person=person, form=Form.BOTH, kind="text", text="Buenas"
    )


def introduction(person: int, began: int) -> bytes:
    said = first_of_all(person)
    return _body(Sort.GOOD, OWN, [said], [_item(said, began - 2 * HOUR)])
