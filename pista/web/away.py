"""Says in the log why a store is away: now and then, since every request could say it again."""

import time

from pista import logs

APART_SECONDS = 60.0

log = logs.get()
_told: dict[str, float] = {}


def note(store: str, error: BaseException) -> None:
    """One line a minute for each store, with the cause; addresses, and never a password."""
    now = time.monotonic()
    last = _told.get(store)
    if last is None or now - last >= APART_SECONDS:
        _told[store] = now
        log.warning("store_away", store=store, cause=f"{type(error).__name__}: {error}"[:500])
