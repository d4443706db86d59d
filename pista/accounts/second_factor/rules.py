"""RFC 6238 with what every app takes: SHA-1, six digits, thirty seconds."""

import hmac
import secrets
from base64 import b32decode, b32encode
from datetime import datetime
from hashlib import sha1
from urllib.parse import quote, urlencode

import segno

STEP_SECONDS = 30
DRIFT = 1
"""Steps before and after, since clocks differ and people type slowly."""
RECOVERY_CODES = 10
# Without the letters and digits that look alike.
_READABLE = "abcdefghjkmnpqrstuvwxyz23456789"


def new_secret() -> str:
    return b32encode(secrets.token_bytes(20)).decode()


def code_at(secret: str, step: int) -> str:
    """RFC 4226, section 5.3."""
    digest = hmac.digest(b32decode(secret), step.to_bytes(8), sha1)
    start = digest[-1] & 0xF
    number = int.from_bytes(digest[start : start + 4]) & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


def step_of(secret: str, code: str, now: datetime, last_step: int) -> int | None:
    """The step that this code belongs to, if that is about now and after the last one taken."""
    current = int(now.timestamp()) // STEP_SECONDS
    steps = [current + drift for drift in range(-DRIFT, DRIFT + 1)]
    matching = [step for step in steps if hmac.compare_digest(code_at(secret, step), code)]
    return next((step for step in matching if step > last_step), None)


def digits(typed: str) -> str | None:
    """The six digits that somebody typed, with spaces or without; None for anything else."""
    bare = "".join(typed.split())
    return bare if len(bare) == 6 and bare.isascii() and bare.isdigit() else None


def uri(secret: str, *, email: str, company: str) -> str:
    """As apps read it from a picture."""
    issuer = f"Pista {company}".replace(":", " ")[:60]
    label = quote(f"{issuer}:{email}")
    return (
        f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': issuer}, quote_via=quote)}"
    )


def picture(text: str) -> list[str]:
    """A QR code, made here: the secret goes to nobody else's server."""
    matrix = segno.make(text, error="m", micro=False).matrix
    return ["".join("1" if dark else "0" for dark in row) for row in matrix]


def recovery_codes() -> list[str]:
    """Sixteen characters each, about 79 bits: a plain hash of one cannot be guessed."""
    return [_recovery_code() for _ in range(RECOVERY_CODES)]


def bare(recovery_code: str) -> str:
    """As it is hashed, however it was typed."""
    return "".join(letter for letter in recovery_code.lower() if letter.isalnum())


def _recovery_code() -> str:
    letters = [secrets.choice(_READABLE) for _ in range(16)]
    return "-".join("".join(letters[start : start + 4]) for start in range(0, 16, 4))
