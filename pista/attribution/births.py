"""A day of birth, as people write days in Portuguese, Spanish and English: no clock."""

import re
from collections.abc import Iterator
from datetime import date

from pista.attribution import places

OLDEST_YEARS = 110
YOUNGEST_YEARS = 5

_MONTHS_FIRST = {"US"}
_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[T ].*)?")
_ISO_IN_ONE = re.compile(r"(\d{4})()(\d{2})(\d{2})(?:T.*)?")
_PARTS = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})")
_IN_ONE = re.compile(r"(\d{2})(\d{2})(\d{4})")
_IN_WORDS = re.compile(r"(\d{1,2})[ºo°]?\s+(?:de\s+)?([^\W\d_]{3,12})\.?,?\s+(?:del?\s+)?(\d{4})")
_MONTHS = {
    **{"jan": 1, "ene": 1, "feb": 2, "fev": 2, "mar": 3, "abr": 4, "apr": 4, "may": 5, "mai": 5},
    **{"jun": 6, "jul": 7, "ago": 8, "aug": 8, "sep": 9, "set": 9, "oct": 10, "out": 10},
    **{"nov": 11, "dic": 12, "dez": 12, "dec": 12},
}


def birth(text: str | None, country: str | None, today: date) -> date | None:
    """The day comes first but for the United States. None if nobody was born on it."""
    for year, month, day in _readings((text or "").strip(), country, today):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if YOUNGEST_YEARS <= today.year - found.year <= OLDEST_YEARS:
            return found
    return None


def _readings(told: str, country: str | None, today: date) -> Iterator[tuple[int, int, int]]:
    """What it may mean, as year, month and day, the likeliest first."""
    if iso := _ISO.fullmatch(told) or _ISO_IN_ONE.fullmatch(told):
        yield int(iso[1]), int(iso[3]), int(iso[4])
    if parts := _PARTS.fullmatch(told) or _IN_ONE.fullmatch(told):
        one, two = int(parts[1]), int(parts[2])
        day, month = (two, one) if country in _MONTHS_FIRST and one <= 12 else (one, two)
        yield _year(parts[3], today), month, day
    if words := _IN_WORDS.fullmatch(told):
        yield int(words[3]), _MONTHS.get(places.plain(words[2])[:3], 0), int(words[1])


def _year(text: str, today: date) -> int:
    full = int(text) if len(text) == 4 else today.year // 100 * 100 + int(text)
    return full - 100 if full > today.year else full
