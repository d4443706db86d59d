"""What something costs, whatever else the machine does."""

import time
from collections.abc import Callable


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
