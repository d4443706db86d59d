"""So many requests a second, at the times that are due, whether or not those before are answered.

Each is timed from when it was due, so that what had to wait for a free connection is counted as
waiting. One loop in a process of its own, by `select`, which waits to the microsecond.
"""

import multiprocessing
import select
import time
from collections import deque
from multiprocessing.queues import Queue

from bench import load
from bench.load import Figures, RequestMaker


def run(
    port: int,
    make: RequestMaker,
    a_second: int,
    *,
    seconds: float,
    connections: int = 64,
    good: bytes = b"2",
) -> Figures:
    context = multiprocessing.get_context("fork")
    results: Queue[Figures] = context.Queue()
    count = int(a_second * seconds)
    given = (port, make, a_second, count, connections, good, results)
    process = context.Process(target=_client, args=given)
    process.start()
    found = results.get(timeout=seconds + 120)
    process.join()
    return found


class _Client:
    def __init__(self, port: int, connections: int, make: RequestMaker, good: bytes) -> None:
        opened = [load.connect(port) for _ in range(connections)]
        self._sockets = {one.fileno(): one for one in opened}
        self._free = deque(self._sockets)
        self._make = make
        self._good = good
        self._due: dict[int, float] = {}
        self.latencies: list[float] = []
        self.failed = 0

    def send(self, number: int, due: float) -> bool:
        """False if no connection is free."""
        if not self._free:
            return False
        descriptor = self._free.popleft()
        self._due[descriptor] = due
        self._sockets[descriptor].sendall(self._make(number))
        return True

    def hear(self, seconds: float) -> None:
        for descriptor in select.select(list(self._due), [], [], max(seconds, 0.0))[0]:
            answer = self._sockets[descriptor].recv(65536)
            if not answer:
                raise RuntimeError("the server closed a connection")
            self.latencies.append((time.perf_counter() - self._due.pop(descriptor)) * 1000)
            self.failed += answer[9:10] != self._good
            self._free.append(descriptor)

    @property
    def waits(self) -> bool:
        return bool(self._due)


def _client(
    port: int,
    make: RequestMaker,
    a_second: int,
    count: int,
    connections: int,
    good: bytes,
    results: "Queue[Figures]",
) -> None:
    client = _Client(port, connections, make, good)
    # The first of each connection costs more, and comes only once.
    for number in range(connections):
        client.send(-1 - number, time.perf_counter())
    while client.waits:
        client.hear(5)
    client.latencies.clear()
    began = time.perf_counter()
    sent = 0
    while sent < count or client.waits:
        due = began + sent / a_second
        if sent < count and due <= time.perf_counter() and client.send(sent, due):
            sent += 1
            continue
        client.hear(due - time.perf_counter() if sent < count and due > time.perf_counter() else 1)
    results.put(
        Figures(
            requests=count,
            seconds=time.perf_counter() - began,
            failed=client.failed,
            latencies_ms=client.latencies,
            began=began,
        )
    )
