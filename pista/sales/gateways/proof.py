"""Whether a notification is from whom it says: compared in constant time, on the very bytes."""

import hashlib
import hmac
from datetime import UTC, datetime, timedelta

SKEW = timedelta(minutes=10)


def same(given: str | None, secret: str | None) -> bool:
    """Nobody knows a secret that there is not."""
    if not given or not secret:
        return False
    return hmac.compare_digest(given.encode(), secret.encode())


def is_signed(signed: bytes, signature: str | None, secret: str | None) -> bool:
    """HMAC-SHA256 in hex."""
    if not signature or not secret:
        return False
    right = hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
    return hmac.compare_digest(signature.lower().encode(), right.encode())


def parts(header: str | None) -> dict[str, str]:
    """`ts=1,v1=abc` as a dictionary."""
    pairs = (one.partition("=") for one in (header or "").split(","))
    return {name.strip(): value.strip() for name, sign, value in pairs if sign}


def is_recent(ts: str | None, now: datetime, skew: timedelta = SKEW) -> bool:
    """A moment in seconds or milliseconds, near now: what is older is replayed."""
    if not ts or not ts.isascii() or not ts.isdigit() or len(ts) > 16:
        return False
    number = int(ts)
    seconds = number / 1000 if number > 10**11 else float(number)
    return abs(now - datetime.fromtimestamp(min(seconds, 10**10), UTC)) <= skew
