"""A telephone as it is called now from abroad, however somebody wrote it."""

import re
from collections.abc import Iterable, Mapping

import phonenumbers

from pista.contacts import rules as contacts

SHORTEST_WITH_COUNTRY = 11

_LINK = re.compile(r"\s*(?:tel:|whatsapp:|(?:https?://)?wa\.me/)", re.IGNORECASE)
_SEVERAL = re.compile(r"[/;,|]|\s(?:e|y|o|ou)\s")
Old = Iterable[tuple[re.Pattern[str], str]]
# Without the ninth digit that mobile phones of Brazil have had since 2016, as WhatsApp still names
# some; with the digit that Mexico gave up in 2019; with the sign of those who call abroad.
_ANYWHERE: Old = (
    (re.compile(r"00([1-9]\d{9,14})"), r"+\1"),
    (re.compile(r"\+?55(\d\d)([6-9]\d{7})"), r"+55\g<1>9\2"),
    (re.compile(r"\+?521(\d{10})"), r"+52\1"),
)
# The same, and what one dialled before a number at home.
_AT_HOME: Mapping[str, Old] = {
    "BR": ((re.compile(r"0?([1-9]\d)([6-9]\d{7})"), r"+55\g<1>9\2"),),
    "MX": ((re.compile(r"(?:01|04[45])(\d{10})"), r"+52\1"),),
}
# Phones with a second way to write them, and how long the first is.
_TWO_WAYS = (("+549", 14, "+54"), ("+52", 13, "+521"))


def phones(text: str | None, country: str | None) -> list[str]:
    """The number, and how else the same telephone is known; of several the first that is one.

    Mobile phones of Argentina and Mexico have a digit more where they are called from abroad.
    """
    told = _LINK.sub("", text or "", count=1)
    numbers = (_number(one, country) for one in (told, *_SEVERAL.split(told)))
    number = next(filter(None, numbers), None)
    if number is None:
        return []
    for prefix, length, other in _TWO_WAYS:
        if number.startswith(prefix) and len(number) == length:
            return [number, other + number.removeprefix(prefix)]
    return [number]


def country_of(number: str) -> str | None:
    region = phonenumbers.region_code_for_number(phonenumbers.parse(number))
    return region if region and len(region) == 2 else None


def _number(text: str, country: str | None) -> str | None:
    digits = re.sub(r"[\s().-]", "", text)
    for old, new in (*_ANYWHERE, *_AT_HOME.get(country or "", ())):
        if old.fullmatch(digits):
            return _identified(old.sub(new, digits), country)
    if found := _identified(text, country):
        return found
    # Chats and shops that sell abroad leave the sign out, and the country in.
    is_whole = digits.isdigit() and len(digits) >= SHORTEST_WITH_COUNTRY
    return _identified(f"+{digits}", None) if is_whole else None


def _identified(text: str, country: str | None) -> str | None:
    found = contacts.identified("phone", text, country)
    return None if isinstance(found, str) else found.value
