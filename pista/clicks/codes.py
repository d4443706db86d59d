"""Tokens that travel in addresses, and short codes that travel in what a person sends off.

People write before and after a code, make it bold, or have their keyboard change its letters. It
is found by what it is: nine characters that nobody can guess and one that follows from them.
"""

import re
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without the letters that are read as digits or each other: I, L, O and U."""
LENGTH = 10
MOST = 8
"""Of one message; a longer list of what might be codes is nobody's first message."""
TOKEN = re.compile(r"[0-9a-f]{32}")
PLACE = "{code}"

_VALUES = {letter: value for value, letter in enumerate(ALPHABET)}
_READ_AS = str.maketrans("ILO", "110")
_MIGHT_BE = re.compile(r"(?<![A-Za-z0-9])[0-9A-Za-z]{10}(?![A-Za-z0-9])")
_PLACED = re.compile(r"\s*[(\[#]*\{code\}[)\]]*")


def new_token() -> str:
    return secrets.token_hex(16)


def new_code() -> str:
    return code_of(secrets.randbits(45))


def code_of(bits: int) -> str:
    letters = "".join(ALPHABET[bits >> shift & 31] for shift in range(0, 45, 5))
    return letters + _check(letters)


def found_in(text: str | None) -> list[str]:
    """What might be codes in a message, as they are stored; each once."""
    given = (one[0].upper().translate(_READ_AS) for one in _MIGHT_BE.finditer(text or ""))
    return list(dict.fromkeys(one for one in given if is_code(one)))[:MOST]


def is_code(text: str) -> bool:
    if len(text) != LENGTH or any(letter not in _VALUES for letter in text):
        return False
    return text[-1] == _check(text[:-1])


def message(template: str | None, code: str | None) -> str:
    """The first message of somebody who comes by a link; without a code its place goes."""
    template = template if template and PLACE in template else f"{template or ''} {PLACE}".strip()
    return template.replace(PLACE, code) if code else _PLACED.sub("", template).strip()


def _check(letters: str) -> str:
    """A wrong letter, and most that changed places, make it another."""
    total = sum((place + 3) * _VALUES[letter] for place, letter in enumerate(letters))
    return ALPHABET[total % 31]
