"""Where a webhook may go: out into the world, and not into the network that Pista stands in.

Whoever runs Pista may want an internal address, and says so with `PISTA_WEBHOOK_PRIVATE`.
"""

import asyncio
import ipaddress
import socket
from urllib.parse import SplitResult, urlsplit

from pista.alerts.model import BadWebhookUrl

RESOLVE_SECONDS = 5.0
_PORTS = {"http": 80, "https": 443}
# Addresses of IPv4 that translators know by another name of IPv6.
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_COMPATIBLE = ipaddress.ip_network("::/96")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class NotAllowed(Exception):
    """The name leads to an address of an internal network."""


class NotFoundByName(Exception):
    """Nobody knows an address of this name now."""


def parsed(url: str) -> SplitResult:
    """The parts of a URL that can be sent to; `BadWebhookUrl` says what is wrong with another."""
    try:
        parts = urlsplit(url)
        port_is_usable = parts.port is None or parts.port > 0
        name = host(parts)
    except ValueError:
        raise BadWebhookUrl("That is not a URL with a host and a port.") from None
    if any(character <= " " or character == "\x7f" for character in url):
        raise BadWebhookUrl("A URL has no spaces in it.")
    if parts.scheme not in _PORTS or not name or not port_is_usable:
        raise BadWebhookUrl("A webhook's URL begins with https:// or http:// and names a host.")
    if parts.username is not None or parts.password is not None:
        raise BadWebhookUrl("Leave user and password out of the URL: messages are signed instead.")
    if parts.fragment:
        raise BadWebhookUrl("Leave out what follows #: it is never sent.")
    return parts


def port(parts: SplitResult) -> int:
    return parts.port or _PORTS[parts.scheme]


def host(parts: SplitResult) -> str:
    """The name as machines know it: `peña.example` is `xn--pea-7ma.example`."""
    return (parts.hostname or "").encode("idna").decode()


def authority(parts: SplitResult) -> str:
    """What the `Host` header says."""
    name = f"[{host(parts)}]" if ":" in host(parts) else host(parts)
    return name if parts.port in (None, _PORTS[parts.scheme]) else f"{name}:{parts.port}"


async def check(url: str, *, private: bool) -> None:
    """Refuse what cannot be sent to. A name that nobody knows now is looked up again later."""
    parts = parsed(url)
    try:
        await resolve(parts, private=private)
    except NotAllowed:
        raise BadWebhookUrl(
            "This address is inside an internal network; PISTA_WEBHOOK_PRIVATE can allow it."
        ) from None
    except NotFoundByName:
        return


async def resolve(parts: SplitResult, *, private: bool) -> str:
    """The one address to connect to. Whoever connects must use it, and not the name again: the
    name may lead elsewhere a moment later."""
    try:
        async with asyncio.timeout(RESOLVE_SECONDS):
            found = await asyncio.get_running_loop().getaddrinfo(
                host(parts), port(parts), type=socket.SOCK_STREAM
            )
    except (OSError, UnicodeError):
        raise NotFoundByName(host(parts)) from None
    addresses = [str(place[0]) for *_, place in found]
    if not private and not all(is_public(address) for address in addresses):
        raise NotAllowed(host(parts))
    return addresses[0]


def is_public(text: str) -> bool:
    """Whether an address is of the open internet, in whatever notation it comes."""
    address = _plain(ipaddress.ip_address(text.partition("%")[0]))
    return address.is_global and not address.is_multicast


def _plain(address: Address) -> Address:
    """The IPv4 address that hides in an IPv6 address, if one does."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in _NAT64 or address in _COMPATIBLE:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo or (0, address))[1]
