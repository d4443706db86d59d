"""Where a request comes from: its address and, with a database at hand, its country."""

import asyncio
from collections.abc import Callable, Collection
from contextlib import suppress
from functools import lru_cache, partial
from ipaddress import IPv4Address, IPv6Address, ip_address
from pathlib import Path

import msgspec

from pista import accounts, logs
from pista.collect import countries
from pista.collect.countries import Reader, Unusable

LOOK_SECONDS = 30.0
"""How often the database's file is looked at; a new one is in use after two looks alike."""
REMEMBERED = 16_384
LONGEST_HEADER = 512

Signature = tuple[int, int, int]

log = logs.get()


class Place(msgspec.Struct, frozen=True):
    address: str
    """As the connection or a trusted proxy tells it; empty if neither can be understood."""
    country: str
    """ISO 3166, two letters; empty if it is not known."""


NOWHERE = Place("", "")


class Whereabouts:
    """Answers from memory; the file is read beside the requests, and only when it has changed."""

    def __init__(self, trusted_proxies: Collection[str], database: Path | None) -> None:
        self._trusted = tuple(trusted_proxies)
        self._database = database
        self._seen: Signature | None = None
        self._tried: Signature | None = None
        self._find = self._remembering(None)
        self._task: asyncio.Task[None] | None = None

    def of(self, peer: str, forwarded_for: bytes) -> Place:
        """The place behind a connection from `peer`; the header counts only from our proxies."""
        # Nearest hops stand last, and a header that anybody wrote may be of any length.
        return self._find(peer, forwarded_for[-LONGEST_HEADER:] if self._trusted else b"")

    async def start(self) -> None:
        if self._database is not None:
            await asyncio.to_thread(self.look)
            # At the start nobody waits for a second look.
            await asyncio.to_thread(self.look)
            self._task = asyncio.create_task(self._run(), name="whereabouts")

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    def look(self) -> None:
        """Take up a file that is new, once it lies still; keep the old one if it is unusable."""
        assert self._database is not None
        now = _signature(self._database)
        lies_still, self._seen = now == self._seen, now
        if not lies_still or now == self._tried:
            return
        self._tried = now
        try:
            reader = countries.opened(self._database)
        except Unusable as why:
            log.warning("geoip_not_loaded", path=str(self._database), error=str(why))
            return
        if _signature(self._database) != now:
            # It was written to while it was copied: what was read may be half of each.
            self._tried = None
            return
        self._find = self._remembering(reader)
        log.info("geoip_loaded", path=str(self._database), kind=reader.metadata().database_type)

    def _remembering(self, reader: Reader | None) -> Callable[[str, bytes], Place]:
        return lru_cache(REMEMBERED)(partial(place, reader, self._trusted))

    async def _run(self) -> None:
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            await asyncio.to_thread(self.look)


def place(
    reader: Reader | None, trusted: Collection[str], peer: str, forwarded_for: bytes
) -> Place:
    address = plain(accounts.client_address(peer, forwarded_for.decode("latin-1"), trusted))
    if address is None:
        return NOWHERE
    if reader is None or not address.is_global:
        return Place(str(address), "")
    return Place(str(address), countries.country(reader, str(address)))


def plain(text: str) -> IPv4Address | IPv6Address | None:
    """An address as proxies write it, with or without a port; IPv4 inside IPv6 is IPv4."""
    text = text.strip('" ')
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        found = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


def _signature(path: Path) -> Signature:
    try:
        found = path.stat()
    except OSError:
        return (0, 0, 0)
    return (found.st_mtime_ns, found.st_size, found.st_ino)
