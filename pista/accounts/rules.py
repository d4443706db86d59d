"""Decisions of this room: no I/O, no clock."""

import re
import zoneinfo
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from html import escape
from ipaddress import IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

import idna

from pista.accounts.model import Caller, Role, Scope
from pista.errors import Invalid
from pista.ids import SiteId, TenantId

SESSION_LIFE = timedelta(days=30)
SEEN_EVERY = timedelta(minutes=1)
LOGIN_WINDOW = timedelta(minutes=15)
LOGIN_ATTEMPTS = 10
LOGIN_ATTEMPTS_OF_ADDRESS = 100
"""That did not come to a session; an office of many people may share one address."""
LOGIN_ATTEMPTS_OF_ACCOUNT = 100
"""From all the addresses together from which nobody has signed in to it yet."""
KNOWN_FOR = timedelta(days=90)
PASSWORD_LENGTH = range(8, 1025)

_RANK = {Role.ASESOR: 1, Role.GTR: 2, Role.ADMIN: 3}
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_PORTS = {"http": ":80", "https": ":443"}
# The underscore is not for host names by the book, and is in use all the same.
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_EMAIL = re.compile(r"[^\s@<>\"(),:;\\\x00-\x1f]{1,64}@[^\s@<>\"(),:;\\\x00-\x1f]{1,189}")


def allowed(
    caller: Caller, roles: Sequence[Role], scope: Scope | None, *, people_only: bool = False
) -> bool:
    """Whether a caller may use a route for these roles (and those above) or for this scope."""
    if people_only and caller.user is None:
        return False
    if caller.role is not None:
        return _RANK[caller.role] >= min(_RANK[role] for role in roles)
    return scope is not None and scope in caller.scopes


def same_origin(
    method: str, *, origin: str | None, fetch_site: str | None, hosts: Collection[str]
) -> bool:
    """Whether a request with a cookie comes from a page of ours.

    Every browser sends one of the two headers with an unsafe method and with a WebSocket; a
    request with neither comes from a program, which nobody can trick into sending a cookie.
    """
    if method in _SAFE:
        return True
    if fetch_site in ("same-origin", "none"):
        return True
    if origin is None:
        return fetch_site is None
    scheme, _, host = origin.lower().partition("://")
    return host.removesuffix(_PORTS.get(scheme, "")) in hosts if host else False


def own_hosts(host: str, public_url: str | None) -> set[str]:
    """The hosts (with their ports) under which a browser may know this server."""
    public = urlsplit(public_url).netloc if public_url else ""
    return {
        name.lower().removesuffix(":80").removesuffix(":443") for name in (host, public) if name
    }


def bearer(authorization: str | None) -> str | None:
    scheme, _, key = (authorization or "").partition(" ")
    return key.strip() if scheme.lower() == "bearer" and key.strip() else None


def retry_after(window_started_at: datetime, now: datetime) -> int:
    """Seconds until a source that tried too often may try again; at least one."""
    return max(1, int((window_started_at + LOGIN_WINDOW - now).total_seconds()) + 1)


def client_address(peer: str, forwarded_for: str | None, trusted: Collection[str]) -> str:
    """Where a request comes from: the nearest address that is not one of our own proxies."""
    hops = [hop.strip() for hop in (forwarded_for or "").split(",") if hop.strip()]
    for address in (peer, *reversed(hops)):
        if not _is_trusted(address, trusted):
            return address
    return hops[0] if hops else peer


def neighbourhood(address: str) -> str:
    """What is counted as one source: an IPv4 address, or the network that one line is given of
    IPv6, within which anybody may take another address for each attempt.
    """
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address) and found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(ip_network((found, 64), strict=False)) if found.version == 6 else str(found)


def name(text: str) -> str:
    """A name as it is stored: trimmed, on one line."""
    trimmed = text.strip()
    if not trimmed or not trimmed.isprintable():
        raise Invalid("name: A name has at least one character, and no line breaks.")
    return trimmed


def email(text: str) -> str:
    """An e-mail address as it is stored: trimmed and in lower case."""
    address = text.strip().lower()
    if not _EMAIL.fullmatch(address):
        raise Invalid(f"{text!r} is not an e-mail address.")
    return address


def password(text: str) -> str:
    if len(text) not in PASSWORD_LENGTH:
        raise Invalid(f"A password has at least {PASSWORD_LENGTH.start} characters.")
    return text


def time_zone(name: str) -> str:
    if name not in _time_zones():
        raise Invalid(f"timeZone: {name!r} is not an IANA time zone such as America/Lima.")
    return name


def domains(texts: Sequence[str]) -> list[str]:
    """The domains of a site as they are stored: each once, in the order given."""
    return list(dict.fromkeys(domain(text) for text in texts))


def domain(text: str) -> str:
    """The host name that somebody meant who pasted an address, an origin or a name."""
    if text.strip() == "*":
        return "*"
    found = _host(text)
    if found is None:
        raise Invalid(f"domains: {text!r} is not a host name such as example.com, nor `*`.")
    return found


LONGEST_ORIGIN = 300


def origin_allowed(domains: Collection[str], origin: str) -> bool:
    """Whether a page of `origin` may send events to a site with these domains.

    Sub-domains of a listed domain may; the port does not matter. An origin without a host (`null`,
    from files and sandboxed frames) needs a `*`.
    """
    if "*" in domains:
        return True
    # Hosts are remembered, and this may be of any length.
    host = _origin_host(origin) if len(origin) <= LONGEST_ORIGIN else None
    return host is not None and any(
        host == listed or (host.endswith(f".{listed}") and not _is_address(listed))
        for listed in domains
    )


def snippet(
    public_url: str,
    *,
    tenant: TenantId,
    site: SiteId,
    write_key: str,
    form_contacts: bool = False,
) -> str:
    """The line to paste into a page."""
    forms = ' data-forms="contacts"' if form_contacts else ""
    source = escape(f"{public_url.rstrip('/')}/snip.js")
    return (
        f'<script async src="{source}" data-tenant="{tenant}" data-site="{site}"'
        f' data-key="{escape(write_key)}"{forms}></script>'
    )


def _is_trusted(address: str, trusted: Collection[str]) -> bool:
    try:
        found = ip_address(address)
        # A socket for both families tells IPv4 addresses inside IPv6 ones.
        found = getattr(found, "ipv4_mapped", None) or found
        return any(found in ip_network(network, strict=False) for network in trusted)
    except ValueError:
        return False


@lru_cache(maxsize=4096)
def _origin_host(origin: str) -> str | None:
    scheme, separator, _ = origin.partition("://")
    if not separator or scheme.lower() not in ("http", "https"):
        return None
    return _host(origin)


def _host(text: str) -> str | None:
    text = text.strip()
    try:
        # A bare IPv6 address has colons but no port.
        return str(IPv6Address(text))
    except ValueError:
        pass
    try:
        parts = urlsplit(text if "://" in text else f"//{text}")
        host, _ = parts.hostname, parts.port
    except ValueError:
        return None
    if not host or parts.username is not None:
        return None
    return _address(host) if _looks_numeric(host) else _name(host)


def _address(host: str) -> str | None:
    if "%" in host:
        return None  # an interface's name, which means something on one machine only
    try:
        return str(ip_address(host))
    except ValueError:
        return None


def _looks_numeric(host: str) -> bool:
    # A name whose last label is a number is taken for an IPv4 address by every browser.
    return ":" in host or host.rstrip(".").rsplit(".", 1)[-1].isdigit()


def _is_address(host: str) -> bool:
    return _looks_numeric(host)


def _name(host: str) -> str | None:
    host = host.removeprefix("*.").removesuffix(".")
    try:
        ascii_host = host if host.isascii() else idna.encode(host, uts46=True).decode()
    except idna.IDNAError:
        return None
    labels = ascii_host.lower().split(".")
    if len(ascii_host) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        return None
    return ".".join(labels)


@lru_cache(maxsize=1)
def _time_zones() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones() - {"localtime", "Factory"})
