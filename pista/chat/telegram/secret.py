"""Whether an update comes from Telegram: it knows what was told when the webhook was set."""

import hmac
from collections.abc import Iterable


def knows_secret(header: str | None, secrets: Iterable[str]) -> bool:
    """Whether `X-Telegram-Bot-Api-Secret-Token` is any of them."""
    if not header:
        return False
    # As bytes: comparing texts raises where one of them is not ASCII.
    given = header.encode(errors="replace")
    known = False
    for secret in secrets:
        known |= hmac.compare_digest(given, secret.encode())
    return known
