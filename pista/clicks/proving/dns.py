"""Asks name servers for the texts of a name (TXT records)."""

from collections.abc import Sequence
from typing import Any, NamedTuple

PORT = 53
SECONDS = 6.0
"""For all servers together, in which one that says nothing is waited for a third of it."""


class NoAnswer(Exception):
    """None of the servers could find out."""


class Server(NamedTuple):
    host: str
    port: int = PORT


def servers(named: Sequence[tuple[str, int]]) -> list[Server]:
    """Those that are named; none stands for the machine's own."""
    return [Server(*one) for one in named]


async def texts(name: str, asked: Sequence[Server]) -> list[str]:
    """All that stand there, aliases followed; none if there is no such name.

    Raises `NoAnswer` if nobody can be asked.
    """
    # Here, since it takes a tenth of a start and is hardly ever asked for.
    from dns import asyncresolver, exception, resolver

    try:
        found = await _resolver(asyncresolver, asked).resolve(
            f"{name}.", "TXT", raise_on_no_answer=False, lifetime=SECONDS
        )
    except resolver.NXDOMAIN:
        return []
    except exception.DNSException:
        raise NoAnswer from None
    return [_text(record.strings) for record in found.rrset or ()]


def _resolver(asyncresolver: Any, asked: Sequence[Server]) -> Any:
    """One that asks these, one after the other, or those that the machine names."""
    made = asyncresolver.Resolver(configure=not asked)
    made.timeout = SECONDS / 3
    if asked:
        from dns.nameserver import Do53Nameserver

        made.nameservers = [Do53Nameserver(one.host, one.port) for one in asked]
    return made


def _text(pieces: Sequence[bytes]) -> str:
    """A text comes in pieces of at most 255 bytes."""
    return b"".join(pieces).decode("ascii", "replace")
