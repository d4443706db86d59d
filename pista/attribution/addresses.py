"""A buyer's internet address, as a shop saw it or its proxies told it."""

import ipaddress

_INNER = [
    ipaddress.ip_network(one)
    for one in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16"),
        *("172.16.0.0/12", "192.168.0.0/16", "224.0.0.0/3"),
        *("::/127", "fc00::/7", "fe80::/10", "ff00::/8"),
    )
]


def address(text: str | None) -> str | None:
    """The first that leads into the world: a platform refuses a whole event for another."""
    for part in (text or "").split(","):
        try:
            found = ipaddress.ip_address(part.strip().strip("[]"))
        except ValueError:
            continue
        if isinstance(found, ipaddress.IPv6Address):
            found = found.ipv4_mapped or found
        if not any(found in inner for inner in _INNER):
            return str(found)
    return None
