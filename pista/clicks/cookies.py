"""Meta's own cookies `_fbp` and `_fbc`: taken over as they are, or made once, at a click.

`fb.{index}.{milliseconds}.{payload}`, and perhaps what the library that wrote it is called. The
index is how many dots the registered domain has, which only the public suffix list tells:
`tienda.com.br` has two, as `tienda.com` has one.
"""

import re
import secrets
from functools import lru_cache

from pista.collect.channels import registrable

_WRITTEN = re.compile(r"fb\.\d{1,2}\.\d{1,19}\.([^.\s;,]+)(\.[A-Za-z0-9_-]{2,16})?")
_SAFE = re.compile(r"[A-Za-z0-9_.~%-]{1,3500}")
_NAMES = re.compile(rb"(?:^|;\s*)(_fbp|_fbc|rstk_vid|rstk_optout)=([^;]*)")
DAYS_90 = 90 * 24 * 3600


def read(header: bytes) -> dict[str, str]:
    """The few that are known, from a header that may hold anything."""
    found: dict[str, str] = {}
    for name, value in _NAMES.findall(header):
        if value.isascii():
            found.setdefault(name.decode(), value.decode().strip().strip('"'))
    return found


def taken(value: str | None) -> str | None:
    """A cookie of Meta's as it stands, if it is one."""
    return value if value and value.isascii() and _WRITTEN.fullmatch(value) else None


def fbc(cookie: str | None, fbclid: str | None, host: str, now_ms: int) -> str | None:
    """What the browser has, unless this click is a newer one: that is written down now, once."""
    own = taken(cookie)
    if fbclid is None:
        return own
    known = own and _WRITTEN.fullmatch(own)
    if known and known[1] == fbclid:
        return own
    return f"fb.{_index(host)}.{now_ms}.{fbclid}"


def new_fbp(host: str, now_ms: int) -> str | None:
    """By which a browser is known that was not known before; None where it could not keep it."""
    index = _index(host)
    return f"fb.{index}.{now_ms}.{secrets.randbelow(10**18)}" if index else None


def to_set(name: str, value: str, host: str, *, secure: bool) -> bytes | None:
    """The header that has the browser keep it for its whole domain; None where it cannot."""
    if not _SAFE.fullmatch(value) or not _index(host):
        return None
    flags = "; Secure" if secure else ""
    keeping = f"Domain={registrable(host)}; Path=/; Max-Age={DAYS_90}; SameSite=Lax{flags}"
    return f"{name}={value}; {keeping}".encode()


@lru_cache(maxsize=4096)
def _index(host: str) -> int:
    return 0 if _is_address(host) else registrable(host).count(".")


def _is_address(host: str) -> bool:
    return ":" in host or re.fullmatch(r"[\d.]+", host) is not None
