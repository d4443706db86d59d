"""What something costs, whatever else the machine does."""

import os
import time
from collections.abc import Callable


def stretched(seconds: float) -> float:
    """As long as that takes where more programs want to run than there are cores."""
    busy = os.getloadavg()[0] / (os.cpu_count() or 1)
    return seconds * max(1.0, busy)


def least_cpu(deed: Callable[[], object], times: int = 5) -> float:
    """CPU seconds of this thread, at its cheapest: Python's search for garbage may fall into one
    time, but not into all.
    """
    took: list[float] = []
    for _ in range(times):
        began = time.thread_time()
        deed()
        took.append(time.thread_time() - began)
    return min(took)
