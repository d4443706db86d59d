"""Whether a webhook comes from Meta: signed over the raw bytes with the app's secret."""

import hmac
from collections.abc import Iterable

PREFIX = b"sha256="


def is_signed(body: bytes, header: str | None, secrets: Iterable[str]) -> bool:
    """Whether `X-Hub-Signature-256` is right for any of them; several are in use while one is
    replaced by the next.
    """
    if not header:
        return False
    # As bytes: comparing texts raises where one of them is not ASCII.
    given = header.encode(errors="replace")
    known = False
    for secret in secrets:
        known |= bool(secret) and hmac.compare_digest(given, signed(body, secret))
    return known


def signed(body: bytes, secret: str) -> bytes:
    """The header's value."""
    return PREFIX + hmac.digest(secret.encode(), body, "sha256").hex().encode()
