"""A buyer by Meta's rules: normalised, then hashed with SHA-256, or left raw where it has to be.

Where Meta's own libraries disagree on accents, both ways to write it are sent, as a list.
"""

import hashlib
from collections.abc import Iterable

from pista.attribution.buyer import Known, variants

Hashes = dict[str, list[str]]


def normalised(known: Known) -> dict[str, list[str]]:
    """What is hashed, by Meta's names; without what is not known."""
    found = {
        "em": known.emails,
        "ph": [phone.removeprefix("+") for phone in known.phones],
        "fn": variants(known.first_names),
        "ln": variants(known.last_names),
        "db": [known.birth.strftime("%Y%m%d")] if known.birth else [],
        "ge": _one(known.gender),
        "ct": variants(_one(known.city)),
        "st": variants(_one(known.state)),
        "zp": _one(known.zip),
        "country": _one(known.country and known.country.lower()),
    }
    return {name: values for name, values in found.items() if values}


def hashed(known: Known, external_ids: Iterable[str]) -> Hashes:
    """The same as it is sent; ids of ours are hashed as they are, as the pixel has them."""
    ids = list(dict.fromkeys(one.strip() for one in external_ids if one.strip()))
    given = normalised(known) | ({"external_id": ids} if ids else {})
    return {name: [digest(value) for value in values] for name, values in given.items()}


def digest(value: str) -> str:
    return hashlib.sha256(value.encode()).hexdigest()


def _one(value: str | None) -> list[str]:
    return [value] if value else []
