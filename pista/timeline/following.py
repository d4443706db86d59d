"""Who follows a contact in this process, and hears when to look at it again."""

import asyncio
import time

from pista import queue
from pista.ids import ContactId, TenantId
from pista.stream.readers import Reader

NEWS = ('"type":"visitor_linked"', '"type":"contact_changed"')
BETWEEN_SECONDS = 1.0


class Follower:
    """One open stream of a contact.

    Links and merges of others may concern it, too (who loses a visitor is not named), so it looks
    at each such news of its company: at once, and then once a second at most.
    """

    def __init__(self, contact: ContactId, reader: Reader) -> None:
        self.contact = contact
        """The one that was asked for."""
        self.shown = contact
        self.named = False
        """Whether the news named this very contact."""
        self._reader = reader
        self._next_at = 0.0
        self._waking: asyncio.TimerHandle | None = None

    def hear(self, payload: str) -> None:
        self.named |= any(f'"{one}"' in payload for one in (self.contact, self.shown))
        if self._waking is None:
            delay = max(0.0, self._next_at - time.monotonic())
            self._waking = asyncio.get_running_loop().call_later(delay, self._wake)

    def stop(self) -> None:
        if self._waking is not None:
            self._waking.cancel()

    def _wake(self) -> None:
        self._waking = None
        self._next_at = time.monotonic() + BETWEEN_SECONDS
        self._reader.doubt()


class Followers:
    """All of them, by company."""

    def __init__(self) -> None:
        self._of: dict[TenantId, set[Follower]] = {}

    @property
    def followed(self) -> set[ContactId]:
        return {one.contact for followers in self._of.values() for one in followers}

    def add(self, tenant: TenantId, follower: Follower) -> None:
        self._of.setdefault(tenant, set()).add(follower)

    def remove(self, tenant: TenantId, follower: Follower) -> None:
        follower.stop()
        followers = self._of.get(tenant, set())
        followers.discard(follower)
        if not followers:
            self._of.pop(tenant, None)

    def heard(self, payload: str) -> None:
        """An announcement, of any company."""
        tenant = queue.tenant_of(payload) if self._of else None
        if tenant is None or not any(kind in payload for kind in NEWS):
            return
        for follower in self._of.get(tenant, ()):
            follower.hear(payload)
