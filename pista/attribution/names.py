"""Given names and surnames, of whatever somebody wrote as a name.

In Brazil the last word counts. In Spanish America two surnames follow, of which the first counts,
and nobody can tell a second given name from a surname: all that it may be is told.
"""

import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

_TITLES = {"sr", "sra", "srta", "dr", "dra", "don", "dona", "doña", "prof", "profa", "lic", "ing"}
_AFTER = {"junior", "júnior", "jr", "filho", "neto", "sobrinho", "ii", "iii"}
_PARTICLES = {"de", "da", "do", "das", "dos", "del", "la", "las", "los", "di", "e", "y", "van"}
_TWO_SURNAMES = {
    *("AR", "BO", "CL", "CO", "CR", "CU", "DO", "EC", "ES", "GT", "HN", "MX", "NI", "PA", "PE"),
    *("PR", "PY", "SV", "UY", "VE"),
}


class Names(NamedTuple):
    first: list[str]
    last: list[str]
    """The likeliest first."""


def whole(text: str, country: str | None) -> Names:
    """Of a name in one piece: `Ana da Silva`, or `Silva, Ana`."""
    before, comma, after = text.partition(",")
    if comma and words(before) and words(after):
        return parts(after, before, country)
    found = words(text)
    while len(found) > 1 and (found[0] in _TITLES or len(found[0]) == 1):
        found = found[1:]
    return Names(found[:1], _last(found[1:], country))


def parts(first: str, last: str, country: str | None) -> Names:
    """Of a form that asks for both."""
    return Names(words(first)[:1], _last(words(last), country))


def words(text: str) -> list[str]:
    return [word for word in map(letters, text.split()) if word]


def letters(word: str) -> str:
    """In lower case, and without what is no letter."""
    composed = unicodedata.normalize("NFKC", word).lower()
    return "".join(char for char in composed if char.isalpha())


def _last(given: Sequence[str], country: str | None) -> list[str]:
    rest = list(given)
    while len(rest) > 1 and rest[-1] in _AFTER:
        rest.pop()
    if not rest:
        return []
    surnames = _surnames(rest)
    if country in _TWO_SURNAMES and len(surnames) > 1:
        found = [" ".join(surnames[-2:]), surnames[-2], surnames[-1]]
    else:
        found = [rest[-1], " ".join(rest), " ".join(given)]
    return list(dict.fromkeys(found))


def _surnames(rest: Sequence[str]) -> list[str]:
    """`de la Cruz` is one."""
    found: list[str] = []
    began = ""
    for word in rest:
        began = f"{began} {word}".strip()
        if word not in _PARTICLES:
            found.append(began)
            began = ""
    return found or [" ".join(rest)]
