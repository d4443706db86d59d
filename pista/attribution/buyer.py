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

from pista.attribution import names, places
from pista.attribution.births import birth
from pista.attribution.phones import country_of, phones
from pista.contacts import rules as contacts

MOST_VARIANTS = 6

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
_WITH_STATE = re.compile(r"\s*[-/,(]\s*[A-Za-z]{2}\)?\s*$|,?\s+[Dd]\.?\s?[CcFf]\.?\s*$")
# Where a form's `M` is a woman, or may be one: hombre, mujer.
_MUJER = {"MX", "ES"}
# How many digits a postal code has; a spreadsheet takes the zero off that one begins with.
_ZIP_DIGITS = {"BR": 8, "MX": 5, "ES": 5, "CO": 6, "EC": 6, "PE": 5}

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
    country = named or (country_of(numbers[0]) if numbers else None) or home
    first, last = _names(buyer, country)
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
        gender=gender(buyer.gender, country),
    )


def gender(text: str | None, country: str | None) -> Gender | None:
    word = places.plain(text or "")
    if word == "m" and country in _MUJER:
        return None
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


def _emails(text: str | None) -> list[str]:
    found = contacts.identified("email", text or "", None)
    return [] if isinstance(found, str) else [found.value]


def _told(text: str) -> bool:
    return bool(places.plain(text)) and not _is_nobody(text)


def _is_nobody(text: str) -> bool:
    return "{{" in text or places.plain(text) in _NOBODY or "@" in text


def _names(buyer: Buyer, country: str | None) -> names.Names:
    whole = " ".join(filter(None, (buyer.first_name, buyer.last_name))) or buyer.name or ""
    if _is_nobody(whole) or _is_nobody(buyer.first_name or ""):
        return names.Names([], [])
    if buyer.first_name and buyer.last_name:
        return names.parts(buyer.first_name, buyer.last_name, country)
    return names.whole(whole, country)


def _state(text: str | None, country: str | None) -> str | None:
    return (text and _told(text) and places.state(text, country)) or None


def _city(text: str | None) -> str | None:
    if not text or not _told(text):
        return None
    named = _WITH_STATE.sub("", text) or text
    return "".join(names.words(named)) or None


def _zip(text: str | None, country: str | None) -> str | None:
    code = "".join(char for char in (text or "").lower() if char.isascii() and char.isalnum())
    if not code or not code.strip("0"):
        return None
    length = _ZIP_DIGITS.get(country or "")
    if length is None:
        return code[:5] if country == "US" else code
    whole = code.zfill(length) if length - len(code) == 1 else code
    return whole if whole.isdigit() and len(whole) == length else None
