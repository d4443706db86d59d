"""Whether a text or a message of somebody else's names a person: no I/O, no clock."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import cast
from urllib.parse import unquote

import phonenumbers

from pista.contacts.model import Identity

SHORTEST_ID = 8
"""A shorter id may be anything: a price, a day, another system's."""
_DIGITS = re.compile(r"\d[\d\s().+/-]*\d")
# Others may be part of an address too, but stand before one much more often: ?email=ana@…
_LOCAL = r"[a-z0-9._+-]"


class Names:
    """What a person is known by, as others may write it."""

    def __init__(self, identities: Iterable[Identity]) -> None:
        by_kind: dict[str, list[str]] = {}
        for one in identities:
            by_kind.setdefault(one.kind, []).append(one.value)
        self.emails = by_kind.pop("email", [])
        self.numbers = [_national(phone) for phone in by_kind.pop("phone", [])]
        # The ids of a generic source begin with the source's own.
        every = {name for names in by_kind.values() for one in names for name in _bare(one)}
        self.ids = sorted(one for one in every if len(one) >= SHORTEST_ID)
        emails = "|".join(re.escape(one) for one in self.emails)
        self._email = re.compile(f"(?<!{_LOCAL})(?:{emails})(?![a-z0-9-]|\\.[a-z0-9])")

    def __bool__(self) -> bool:
        return bool(self.emails or self.numbers or self.ids)

    def named_in(self, value: object) -> bool:
        """Whether some text or number inside of it names the person."""
        if isinstance(value, str):
            return self.named_in_text(value)
        if isinstance(value, Mapping):
            pairs = cast("Mapping[object, object]", value)
            return any(self.named_in(one) for pair in pairs.items() for one in pair)
        if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
            return any(self.named_in(one) for one in cast("Sequence[object]", value))
        return isinstance(value, int | float) and self.named_in_text(f"{value}")

    def named_in_text(self, text: str) -> bool:
        plain = unquote(text).lower()
        if self.emails and self._email.search(plain):
            return True
        if text in self.ids:
            return True
        return bool(self.numbers) and any(
            number in re.sub(r"\D", "", run)
            for run in _DIGITS.findall(plain)
            for number in self.numbers
        )


def _national(phone: str) -> str:
    """Without the country's code: so it is written in the country itself."""
    try:
        return phonenumbers.national_significant_number(phonenumbers.parse(phone))
    except phonenumbers.NumberParseException:
        return phone.removeprefix("+")


def _bare(value: str) -> set[str]:
    return {value, value.partition(":")[2]}
