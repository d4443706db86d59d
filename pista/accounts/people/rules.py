"""What makes a password too easy, and where links lead: no I/O, no clock."""

import re
from datetime import timedelta

from pista.accounts.people.model import LinkKind, WeakPassword

LIFE = {LinkKind.INVITE: timedelta(days=7), LinkKind.RESET: timedelta(hours=24)}
SHORTEST = 10
LONGEST = 1024
FEWEST_CHARACTERS = 5
"""Different ones."""

# What is tried first, in the languages of the interface; compared without digits and signs around.
_COMMON = frozenset(
    [
        *("password", "passwort", "contrasena", "contraseña", "senha", "clave", "secreto"),
        *("secret", "administrador", "administrator", "administracion", "welcome", "bienvenido"),
        *("bienvenida", "letmein", "iloveyou", "teamo", "tequiero", "qwerty", "qwertyuiop"),
        *("asdfgh", "asdfghjkl", "zxcvbnm", "football", "futbol", "princesa", "princess"),
        *("monkey", "dragon", "changeme", "cambiame", "trustno", "pista"),
    ]
)
_SEQUENCES = ("abcdefghijklmnopqrstuvwxyz", "01234567890123456789", "qwertyuiopasdfghjklzxcvbnm")
_AROUND = re.compile(r"^[\W\d_]+|[\W\d_]+$")


def strong(password: str, *, email: str, name: str) -> str:
    """The password, unless a guesser would soon come to it."""
    if not SHORTEST <= len(password) <= LONGEST or _is_easy(password.lower(), email, name):
        raise WeakPassword
    return password


def link(public_url: str, token: str) -> str:
    """The token stands behind a #, so browsers send it to no server, and no log has it."""
    return f"{public_url.rstrip('/')}/join#{token}"


def _is_easy(password: str, email: str, name: str) -> bool:
    bare = _AROUND.sub("", password)
    own = [part for part in re.split(r"\W+", f"{email} {name}".lower()) if len(part) >= 3]
    left = password
    for part in own:
        left = left.replace(part, "")
    return (
        len(set(password)) < FEWEST_CHARACTERS
        or bare in _COMMON
        # Without what anybody knows of this person, and a year, too little is left.
        or (left != password and len(_AROUND.sub("", left)) < SHORTEST // 2)
        or _is_sequence(password)
    )


def _is_sequence(password: str) -> bool:
    return any(
        password in both for line in _SEQUENCES for both in (line + line, (line + line)[::-1])
    )
