"""When a failed job is tried again, and what is said of the failure."""

from datetime import timedelta

MOST_ATTEMPTS = 12
MOST_CRASHES = 5
FIRST_WAIT_SECONDS = 1.0
LONGEST_WAIT_SECONDS = 3600.0
JITTER = 0.25
LONGEST_ERROR = 300
CRASHED = f"The worker ended {MOST_CRASHES} times while it was doing this."


def wait_after(attempt: int, chance: float) -> timedelta:
    """How long after a failed attempt the next one comes; `chance` is between 0 and 1.

    1 s, 4 s, 16 s, 64 s, 4 min, 17 min, then every hour; each up to a quarter longer or shorter,
    so that those who failed together do not come back together.
    """
    wait = min(FIRST_WAIT_SECONDS * 4 ** (min(attempt, 10) - 1), LONGEST_WAIT_SECONDS)
    return timedelta(seconds=wait * (1 - JITTER + 2 * JITTER * chance))


def told(error: Exception) -> str:
    """One line of it: what follows may quote a row of somebody's data."""
    first = (str(error).splitlines() or [""])[0].strip()
    return f"{type(error).__name__}: {first}"[:LONGEST_ERROR].removesuffix(": ")
