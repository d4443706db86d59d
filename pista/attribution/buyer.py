"""What is known of a buyer, made right before any platform's rules: no I/O, no clock.

Data of Brazil and Spanish America comes as people write it: `Brasil`, `05/04/1990`, `masculino`,
`01310-100`, a phone without its country. What a form was only got past with is nothing.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import Literal, NamedTuple

import msgspec
import phonenumbers

from pista.attribution import places
from pista.contacts import rules as contacts

OLDEST_YEARS = 110
YOUNGEST_YEARS = 5
MOST_VARIANTS = 4

_MONTHS_FIRST = {"US"}
_ISO = re.compile(r"(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})(?:[T ].*)?")
_PARTS = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})")
_MEN = {"m", "masculino", "masc", "male", "man", "hombre", "homem", "h", "varon", "macho"}
_WOMEN = {
    *("f", "femenino", "femenina", "feminino", "feminina", "fem"),
    *("female", "woman", "mujer", "mulher", "hembra"),
}
_NOBODY = {
    *("cliente", "client", "customer", "consumidor", "consumidorfinal", "comprador", "usuario"),
    *("user", "teste", "test", "prueba", "semnome", "sinnombre", "nome", "nombre", "name"),
    *("anonimo", "anonymous", "desconhecido", "desconocido", "unknown", "null", "none", "na"),
    *("undefined", "nan", "naoinformado", "noinformado", "asdf", "abc", "xxx", "aaa"),
}
_WITH_STATE = re.compile(r"\s*[-/,(]\s*[A-Za-z]{2}\)?\s*$")

Gender = Literal["m", "f"]


class Buyer(msgspec.Struct, frozen=True, kw_only=True):
    """As a shop, a chat or a form told of it; anything may be missing or nonsense."""

    email: str | None = None
    phone: str | None = None
    name: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    city: str | None = None
    state: str | None = None
    zip: str | None = None
    country: str | None = None
    birth: str | None = None
    gender: str | None = None

    def __repr__(self) -> str:
        return "Buyer(…)"


class Known(NamedTuple):
    """The same in one form; what was a placeholder or could not be read is not there."""

    emails: list[str]
    phones: list[str]
    """With `+` and the country's code, the likeliest way to write it first."""
    first_names: list[str]
    last_names: list[str]
    city: str | None
    state: str | None
    zip: str | None
    country: str | None
    birth: date | None
    gender: Gender | None


def known(buyer: Buyer, home: str | None, today: date) -> Known:
    """`home` is the company's country: that of a buyer who names none and has no phone."""
    named = places.country(buyer.country) if buyer.country else None
    numbers = phones(buyer.phone, named or home)
    country = named or (_country_of(numbers[0]) if numbers else None) or home
    first, last = _names(buyer)
    return Known(
        emails=_emails(buyer.email),
        phones=numbers,
        first_names=first,
        last_names=last,
        city=_city(buyer.city),
        state=_state(buyer.state, country),
        zip=_zip(buyer.zip, country),
        country=country,
        birth=birth(buyer.birth, country, today),
        gender=gender(buyer.gender),
    )


def phones(text: str | None, country: str | None) -> list[str]:
    """The number, and how else the same telephone is known.

    Mobile phones of Argentina and Mexico have a digit more where they are called from abroad, and
    WhatsApp names some of Brazil without the ninth digit that they have had since 2016.
    """
    found = contacts.identified("phone", _today(text or ""), country)
    if isinstance(found, str):
        return []
    number = found.value
    for prefix, length, other in _TWO_WAYS:
        if number.startswith(prefix) and len(number) == length:
            return [number, other + number.removeprefix(prefix)]
    return [number]


def birth(text: str | None, country: str | None, today: date) -> date | None:
    """A day of birth; the day comes first but for the United States. None if it can be none."""
    told = (text or "").strip()
    iso, parts = _ISO.fullmatch(told), _PARTS.fullmatch(told)
    try:
        if iso:
            day = date(int(iso[1]), int(iso[2]), int(iso[3]))
        elif parts:
            day = _day(int(parts[1]), int(parts[2]), parts[3], country, today)
        else:
            return None
    except ValueError:
        return None
    return day if YOUNGEST_YEARS <= today.year - day.year <= OLDEST_YEARS else None


def gender(text: str | None) -> Gender | None:
    word = places.plain(text or "")
    if word in _MEN:
        return "m"
    return "f" if word in _WOMEN else None


def variants(texts: Iterable[str]) -> list[str]:
    """Each with its accents and without: nobody knows which of both a platform was told."""
    both = (one for text in texts for one in (text, bare(text)))
    return list(dict.fromkeys(one for one in both if one))[:MOST_VARIANTS]


def bare(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text)
    return "".join(char for char in parts if not unicodedata.combining(char))


# Phones with a second way to write them, and how long the first is.
_TWO_WAYS = (("+549", 14, "+54"), ("+52", 13, "+521"))
# Without the ninth digit of Brazil, and with a digit that Mexico gave up in 2019.
_AS_WHATSAPP = (
    (re.compile(r"\+?55(\d\d)([6-9]\d{7})"), r"+55\g<1>9\2"),
    (re.compile(r"\+?521(\d{10})"), r"+52\1"),
)


def _today(text: str) -> str:
    """The number as it is dialled now, where WhatsApp still has the old one."""
    digits = re.sub(r"[^\d+]", "", text)
    for old, new in _AS_WHATSAPP:
        if old.fullmatch(digits):
            return old.sub(new, digits)
    return text


def _country_of(number: str) -> str | None:
    region = phonenumbers.region_code_for_number(phonenumbers.parse(number))
    return region if region and len(region) == 2 else None


def _emails(text: str | None) -> list[str]:
    found = contacts.identified("email", text or "", None)
    return [] if isinstance(found, str) else [found.value]


def _told(text: str) -> bool:
    return bool(places.plain(text)) and not _is_nobody(text)


def _is_nobody(text: str) -> bool:
    return "{{" in text or places.plain(text) in _NOBODY or "@" in text


def _names(buyer: Buyer) -> tuple[list[str], list[str]]:
    """The first name, and the last: its last word, and all of it."""
    whole = " ".join(filter(None, (buyer.first_name, buyer.last_name))) or buyer.name or ""
    if _is_nobody(whole) or _is_nobody(buyer.first_name or ""):
        return [], []
    words = [word for word in map(_letters, whole.split()) if word]
    if buyer.first_name and buyer.last_name:
        first = [_letters(word) for word in buyer.first_name.split()][:1]
        rest = [word for word in map(_letters, buyer.last_name.split()) if word]
    else:
        first, rest = words[:1], words[1:]
    last = [rest[-1], " ".join(rest)] if rest else []
    return list(filter(None, first)), list(dict.fromkeys(last))


def _letters(word: str) -> str:
    """In lower case, and without what is no letter."""
    composed = unicodedata.normalize("NFKC", word).lower()
    return "".join(char for char in composed if char.isalpha())


def _state(text: str | None, country: str | None) -> str | None:
    return (text and _told(text) and places.state(text, country)) or None


def _city(text: str | None) -> str | None:
    if not text or not _told(text):
        return None
    named = _WITH_STATE.sub("", text) or text
    return "".join(map(_letters, named.split())) or None


def _zip(text: str | None, country: str | None) -> str | None:
    code = "".join(char for char in (text or "").lower() if char.isascii() and char.isalnum())
    if not code or not code.strip("0"):
        return None
    length = {"BR": 8, "MX": 5}.get(country or "")
    if length is None:
        return code[:5] if country == "US" else code
    # A spreadsheet takes the zero off that it begins with.
    whole = code.zfill(length) if length - len(code) == 1 else code
    return whole if whole.isdigit() and len(whole) == length else None


def _day(one: int, two: int, year: str, country: str | None, today: date) -> date:
    full = int(year) if len(year) == 4 else today.year // 100 * 100 + int(year)
    full -= 100 if full > today.year else 0
    months_first = country in _MONTHS_FIRST and one <= 12
    day, month = (two, one) if months_first else (one, two)
    return date(full, month, day)
