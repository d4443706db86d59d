"""Failures in a row as one story in the log: that it began, and that it is over."""

import time

from pista import logs
from pista.store import postgres

log = logs.get()


class Outage:
    """What is tried a thousand times meanwhile would else be told a thousand times."""

    def __init__(self, began: str, over: str) -> None:
        self._began = began
        self._over = over
        self._since = 0.0
        self._failures = 0
        self._entries = 0
        self._told: set[type[Exception] | None] = set()

    def failed(self, error: Exception, *, entries: int) -> None:
        """Tell the first failure; later ones only if they are mistakes of another kind."""
        if self._failures == 0:
            self._since = time.monotonic()
        self._failures += 1
        self._entries += entries
        # A server that is away says so in many ways; anything else has a trace worth reading.
        unexpected = None if isinstance(error, postgres.AWAY) else error
        kind = None if unexpected is None else type(unexpected)
        if kind not in self._told:
            self._told.add(kind)
            log.warning(self._began, entries=entries, error=str(error), exc_info=unexpected)

    def over(self) -> None:
        """It works; tell how much failed before, if anything did."""
        if self._failures == 0:
            return
        seconds = round(time.monotonic() - self._since, 1)
        log.info(self._over, failures=self._failures, entries=self._entries, seconds=seconds)
        self._failures = self._entries = 0
        self._told.clear()
