"""When a failed job is tried again, and what is said of the failure."""

from datetime import timedelta
from typing import NamedTuple

MOST_ATTEMPTS = 12
MOST_CRASHES = 5
MOST_OUTAGES = 50
"""PostgreSQL may end so often while a job is done: mostly the job is not why."""
FIRST_WAIT_SECONDS = 1.0
LONGEST_WAIT_SECONDS = 3600.0
FACTOR = 4.0
JITTER = 0.25
LONGEST_ERROR = 300
CRASHED = f"The worker ended {MOST_CRASHES} times while it was doing this."
OUTAGES = f"PostgreSQL ended {MOST_OUTAGES} times while this was done."


class Patience(NamedTuple):
    """How often a kind of job is tried, and how long it waits in between."""

    most: int
    first_seconds: float
    factor: float = 2.0
    longest_seconds: float = 3600.0
    jitter: float = JITTER


def wait_after(attempt: int, chance: float, patience: Patience | None = None) -> timedelta:
    """How long after a failed attempt the next one comes; `chance` is between 0 and 1.

    1 s, 4 s, 16 s, 64 s, 4 min, 17 min, then every hour, unless the kind has a patience of its own;
    each up to a quarter longer or shorter, so that those who failed together do not come back
    together.
    """
    if patience is None:
        first, factor, longest = FIRST_WAIT_SECONDS, FACTOR, LONGEST_WAIT_SECONDS
        jitter, steps = JITTER, min(attempt, 10) - 1
    else:
        first, factor, longest = patience.first_seconds, patience.factor, patience.longest_seconds
        jitter, steps = patience.jitter, min(attempt, 64) - 1
    wait = min(first * factor**steps, longest)
    return timedelta(seconds=wait * (1 - jitter + 2 * jitter * chance))


def told(error: Exception) -> str:
    """One line of it: what follows may quote a row of somebody's data."""
    first = (str(error).splitlines() or [""])[0].strip()
    return f"{type(error).__name__}: {first}"[:LONGEST_ERROR].removesuffix(": ")
