"""What a contact is known by, and which contact is meant: no I/O, no clock."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

import phonenumbers
from phonenumbers import PhoneNumber

from pista.contacts.model import FoundContact, Identity, Ignored, Kind, Value, Why
from pista.ids import ContactId

PRIORITY: tuple[Kind, ...] = ("crm", "user_id", "whatsapp", "telegram", "email", "phone")
"""Where a message names several contacts, the first of these decides."""
CAPS: dict[Kind, int] = {
    "crm": 1,
    "user_id": 1,
    "whatsapp": 5,
    "telegram": 5,
    "email": 5,
    "phone": 5,
}
"""A contact that is known by more is probably several people: a person looks."""
FIELDS: dict[Kind, str] = {"email": "email", "phone": "phone", "crm": "crm_id"}
"""Which of them a contact shows as its own."""
MOST_CHARACTERS = 254
LEAST_ABROAD = 11
"""So many digits has a number with its country's code; a shorter one is of the company's own."""
LONGEST_WORD = 100

_BLOCKED = re.compile(
    r"[0\s.-]*|-1|\W*|null|none|nil|undefined|nan|n/?a|anonymous|anon|unknown|guest|user|test|"
    r"true|false|\[object object\]|.*\{\{.*\}\}.*",
    re.IGNORECASE | re.DOTALL,
)
# How WhatsApp names somebody to one business, with a number or without: the country and the id.
_BUSINESS_ID = re.compile(r"[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}")
_EMAIL = re.compile(
    r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+"
    r"[a-z][a-z0-9-]{0,61}[a-z0-9]"
)
_NOBODY = re.compile(r"(?:no-?reply|do-?not-?reply|anonymous|null|none|undefined)@.*")
_PLACEHOLDER = re.compile(
    r"(?:test|prueba|teste|email|correo|mail|example|ejemplo|exemplo|user|name|nombre|nome|you|"
    r"tu|seu|admin|asdf|foo|abc|a|x|no|na|cliente|demo)\d*"
    r"@(?:test|example|email|mail|correo|domain|dominio|ejemplo|exemplo|bot|foo|asdf|abc|a|x|no|na)"
    r"\.[a-z.]+"
)
_NEVER_THERE = re.compile(r".*[@.](?:invalid|localhost|test)")
_PHONE = re.compile(r"[\d\s().+/-]{5,30}")
# 11 99999-9999, 555 123456789: typed to get past a form.
_SAME_DIGITS = re.compile(r".*(\d)\1{6,}")
_IN_A_ROW = re.compile(r".*(?:12345678|23456789|98765432)\d?")
# As mobile numbers were once written, and WhatsApp still writes those that it knew then.
_WRITTEN_BEFORE = {
    52: (r"1(\d{10})", r"\1"),
    55: (r"([1-9]\d)([6-9]\d{7})", r"\g<1>9\2"),
}
_WORD = re.compile(r"[^\W_]+")


class Read(NamedTuple):
    """A message about a person, in the one form that is compared."""

    identities: list[Identity]
    ignored: list[Ignored]


class Owner(NamedTuple):
    """Whose an identity is."""

    identity: Identity
    contact: ContactId
    """The contact that is shown for it: what it was merged into, if it was."""
    strong: bool
    very: ContactId
    """Whose it is itself."""


class Refused(NamedTuple):
    identity: Identity
    why: Why
    other: ContactId | None
    """The very contact that has it: parted from what it is shown with, the question goes along."""


class Placed(NamedTuple):
    """Which contact is meant, None for a new one, and what becomes of each identity."""

    contact: ContactId | None
    attach: list[Identity]
    refused: list[Refused]
    moved_from: list[Refused]
    """Those of `attach` that another contact only typed, with that contact."""
    very: ContactId | None
    """Where `contact` has others merged into it: which of them the message is about itself."""
    adopted: bool = False
    """Whether nobody had vouched for `very`: a page named it by its CRM's id, and no more."""
    unproven: ContactId | None = None
    """Whose CRM's id it was on a page's word until now."""
    absorbed: bool = False
    """Whether `unproven` is a part of `contact` from now on, since nothing else is known of it."""


def read(found: FoundContact, country: str | None) -> Read:
    """What the person is known by, and what is no proof of anybody."""
    identities: list[Identity] = []
    ignored: list[Ignored] = []
    given = {"crm": found.crm_id, "user_id": found.user_id, "whatsapp": found.whatsapp}
    given |= {"telegram": found.telegram, "email": found.email, "phone": found.phone}
    for kind in PRIORITY:
        text = given[kind]
        if text is None or not text.strip():
            continue
        identity = identified(kind, text, country)
        if isinstance(identity, Identity):
            identities.append(identity)
        else:
            ignored.append(Ignored(kind=kind, why=identity))
    return Read(identities, ignored)


def identified(kind: Kind, text: str, country: str | None) -> Identity | Why:
    """The identity in its one form, or why it is none."""
    # What is copied from a chat has marks around it that nobody sees.
    text = "".join(char for char in text if unicodedata.category(char) != "Cf").strip()
    if _BLOCKED.fullmatch(text):
        return "blocked"
    if not text.isprintable() or len(text) > MOST_CHARACTERS:
        return "invalid"
    match kind:
        case "email":
            return _email(text)
        case "phone":
            return _phone(text, country)
        case "whatsapp" | "telegram":
            return _chat(kind, text)
        case _:
            return Identity(kind, text)


def place(
    identities: Sequence[Identity],
    owners: Sequence[Owner],
    held: dict[ContactId, list[Identity]],
    *,
    trusted: bool,
    bare: ContactId | None = None,
) -> Placed:
    """Decide which contact a message is about.

    What somebody typed finds a contact and adds nothing to it, or else whoever knows an e-mail
    could put a phone beside it. What is trusted takes an identity away from a contact that only
    typed it. Nothing else is ever taken from a contact, and no two are made one. `bare` is known by
    its CRM's id, which a page told of, and by nothing else: it is whomever the CRM says.
    """
    if not trusted:
        chosen = next(iter(_in_order(owners)), None)
        return Placed(chosen, [] if chosen else list(identities), [], [], _very(owners, chosen))
    proven = [owner for owner in owners if owner.strong]
    fitting = (one for one in _in_order(proven) if not _disagree(identities, held.get(one, [])))
    chosen = next(fitting, None)
    if chosen is None and len(proven) == len(identities):
        # All of it is somebody's already: a contact of its own would be known by nothing.
        chosen = _in_order(proven)[0]
    named = next((one for one in owners if one.very == bare), None)
    adopted = chosen is None and named is not None
    if named and adopted:
        chosen = named.contact
    absorbs = named if named and named.contact != chosen and _is_alone(named, held) else None
    placed = _sorted_out(identities, owners, chosen, held.get(chosen, []) if chosen else [])
    if absorbs:
        moved = [one for one in placed.moved_from if one.other != absorbs.very]
        return placed._replace(moved_from=moved, unproven=absorbs.very, absorbed=True)
    return placed._replace(adopted=adopted, unproven=_unproven(owners, placed.attach, chosen, bare))


def merged_attributes(
    old: dict[str, Value], new: dict[str, Value], *, most: int
) -> dict[str, Value]:
    """With the new over the old; a null takes away; no more than fit."""
    both = {**old, **new}
    kept = {key: value for key, value in both.items() if value is not None}
    return dict(list(kept.items())[:most])


def clean(text: str | None, most: int = MOST_CHARACTERS) -> str | None:
    """A text of somebody else's as it can be stored: on one line, and not endless."""
    if text is None:
        return None
    plain = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(plain.split())[:most].strip() or None


def clean_attributes(attributes: dict[str, Value]) -> dict[str, Value]:
    return {
        key: clean(value, 1000) if isinstance(value, str) else value
        for raw, value in attributes.items()
        if (key := clean(raw, 64))
    }


def needs_country(phone: str | None) -> bool:
    """Whether a number without its country's code may be among it."""
    return phone is not None and not phone.strip().startswith("+")


def lexemes(
    name: str | None, tags: Sequence[str], source: str, known: Sequence[Identity]
) -> list[str]:
    """All that a contact is found by."""
    found = {*words(name, *(one.value for one in known)), f"source={source}"}
    found |= {f"tag={tag}" for tag in tags} | {f"has={one.kind}" for one in known}
    phones = (one.value for one in known if one.kind == "phone")
    return sorted(found | {word for phone in phones for word in phone_words(phone)})


def words(*texts: str | None) -> list[str]:
    """What people search by: in lower case, without accents, each word once."""
    found: dict[str, None] = {}
    for text in texts:
        plain = unicodedata.normalize("NFKD", text or "").casefold()
        bare = "".join(char for char in plain if not unicodedata.combining(char))
        found |= dict.fromkeys(word[:LONGEST_WORD] for word in _WORD.findall(bare))
    return list(found)


def phone_words(phone: str | None) -> list[str]:
    """A phone is searched with and without the country's code."""
    if phone is None:
        return []
    try:
        number = phonenumbers.parse(phone)
    except phonenumbers.NumberParseException:
        return words(phone)
    return [phone.removeprefix("+"), phonenumbers.national_significant_number(number)]


def query(search: str, *exact: str) -> str | None:
    """A tsquery: words of which each begins one of the contact's, and lexemes as they are."""
    parts = [f"{_quoted(word)}:*" for word in _searched(search)]
    parts += [_quoted(one) for one in exact]
    return " & ".join(parts) or None


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    table = (resources.files("tzdata") / "zoneinfo" / "zone.tab").read_text()
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return {row[2]: row[0] for row in rows}


def country_of(time_zone: str) -> str | None:
    """The country in whose time a company lives."""
    return _countries().get(time_zone)


def known_country(country: str) -> bool:
    return country in phonenumbers.SUPPORTED_REGIONS


def _email(text: str) -> Identity | Why:
    address = text.lower()
    if not _EMAIL.fullmatch(address):
        return "invalid"
    placeholder = (
        _NOBODY.fullmatch(address)
        or _PLACEHOLDER.fullmatch(address)
        or _NEVER_THERE.fullmatch(address)
    )
    return "blocked" if placeholder else Identity("email", address)


def _phone(text: str, country: str | None) -> Identity | Why:
    if not _PHONE.fullmatch(text):
        return "invalid"
    readings = [number for number in _numbers(text, country) if number is not None]
    if not readings:
        return "invalid"
    number = next(filter(phonenumbers.is_valid_number, readings), readings[0])
    national = phonenumbers.national_significant_number(number)
    if _SAME_DIGITS.fullmatch(national) or _IN_A_ROW.fullmatch(national):
        return "blocked"
    if not phonenumbers.is_valid_number(number):
        return "invalid"
    return Identity(
        "phone", phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    )


def _numbers(text: str, country: str | None) -> Iterator[PhoneNumber | None]:
    """As it may be meant: many systems leave the plus out before another country's code."""
    yield _parsed(text, country)
    if sum(char.isdigit() for char in text) >= LEAST_ABROAD and not text.startswith(("+", "0")):
        yield _parsed(f"+{text}", None)


def _parsed(text: str, country: str | None) -> PhoneNumber | None:
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return None
    old, new = _WRITTEN_BEFORE.get(number.country_code or 0, ("", ""))
    national = phonenumbers.national_significant_number(number)
    if old and re.fullmatch(old, national):
        number.national_number = int(re.sub(old, new, national))
    return number


def _chat(kind: Kind, text: str) -> Identity | Why:
    if kind == "whatsapp" and _BUSINESS_ID.fullmatch(text):
        return Identity(kind, text)
    digits = text.removeprefix("+")
    valid = digits.isascii() and digits.isdigit() and len(digits) <= 20
    return Identity(kind, digits) if valid else "invalid"


def _is_alone(owner: Owner, held: dict[ContactId, list[Identity]]) -> bool:
    """Whether it is part of no other contact, and no other is part of it."""
    return owner.very == owner.contact and held.get(owner.contact, []) == [owner.identity]


def _unproven(
    owners: Iterable[Owner],
    attach: Sequence[Identity],
    chosen: ContactId | None,
    bare: ContactId | None,
) -> ContactId | None:
    """Whose the CRM's id was on a page's word, if it is theirs for certain now, or another's."""
    named = (one for one in owners if one.identity.kind == "crm" and not one.strong)
    moved = (one for one in named if one.contact == chosen or one.very == bare)
    return next((one.very for one in moved if one.identity in attach), None)


def _in_order(owners: Iterable[Owner]) -> list[ContactId]:
    ranked = sorted(owners, key=lambda owner: PRIORITY.index(owner.identity.kind))
    return list(dict.fromkeys(owner.contact for owner in ranked))


def _very(owners: Iterable[Owner], chosen: ContactId | None) -> ContactId | None:
    ranked = sorted(owners, key=lambda owner: PRIORITY.index(owner.identity.kind))
    return next((one.very for one in ranked if one.contact == chosen), None)


def _disagree(identities: Iterable[Identity], held: Iterable[Identity]) -> bool:
    """Whether both have an id of which a person has one only, and not the same."""
    own = {one.kind: one.value for one in held if CAPS[one.kind] == 1}
    return any(one.kind in own and own[one.kind] != one.value for one in identities)


def _sorted_out(
    identities: Iterable[Identity],
    owners: Iterable[Owner],
    chosen: ContactId | None,
    held: Iterable[Identity],
) -> Placed:
    by_identity = {owner.identity: owner for owner in owners}
    counts = Counter(one.kind for one in held)
    attach: list[Identity] = []
    refused: list[Refused] = []
    moved: list[Refused] = []
    for identity in identities:
        owner = by_identity.get(identity)
        if owner and owner.contact == chosen:
            if not owner.strong:
                attach.append(identity)
        elif owner and owner.strong:
            refused.append(Refused(identity, "taken", owner.very))
        elif counts[identity.kind] >= CAPS[identity.kind]:
            refused.append(Refused(identity, "too_many", None))
        else:
            counts[identity.kind] += 1
            attach.append(identity)
            moved += [Refused(identity, "taken", owner.very)] if owner else []
    return Placed(chosen, attach, refused, moved, _very(by_identity.values(), chosen))


def _searched(search: str) -> list[str]:
    # A phone as people write it is one number.
    digits = "".join(char for char in search if char.isdigit())
    return [digits] if digits and _PHONE.fullmatch(search.strip()) else words(search)


def _quoted(lexeme: str) -> str:
    escaped = lexeme.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"
