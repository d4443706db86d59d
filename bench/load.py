"""A load on one HTTP server: keep-alive connections, each with one request under way.

The client is a single epoll loop that does nothing but send, receive and count, since it shares
the machine with what it measures.
"""

import multiprocessing
import select
import socket
import time
from collections.abc import Callable
from multiprocessing.queues import Queue

import msgspec

RequestMaker = Callable[[int], bytes]
"""Makes the request with this number; every number gives another batch."""


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    requests: int
    seconds: float
    failed: int
    """Answers with another status than is good."""
    latencies_ms: list[float]
    began: float = 0.0
    """By the clock that every process of a machine shares."""
    cpu_seconds: float = 0.0
    """Of all that was measured, where that was looked at."""

    @property
    def rate(self) -> float:
        return self.requests / self.seconds

    def percentile(self, share: float) -> float:
        ordered = sorted(self.latencies_ms)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0


def run(
    port: int,
    make: RequestMaker,
    *,
    seconds: float,
    connections: int,
    clients: int = 2,
    good: bytes = b"2",
) -> Figures:
    """Load `port` on loopback for `seconds`, from `clients` processes; statuses that begin
    otherwise than with `good` have failed."""
    context = multiprocessing.get_context("fork")
    results: Queue[Figures] = context.Queue()
    share = connections // clients
    processes = [
        context.Process(
            target=_client, args=(port, make, seconds, share, place << 40, good, results)
        )
        for place in range(clients)
    ]
    for process in processes:
        process.start()
    found = [results.get(timeout=seconds + 60) for _ in processes]
    for process in processes:
        process.join()
    return Figures(
        requests=sum(f.requests for f in found),
        seconds=max(f.seconds for f in found),
        failed=sum(f.failed for f in found),
        latencies_ms=[latency for f in found for latency in f.latencies_ms],
    )


def _client(
    port: int,
    make: RequestMaker,
    seconds: float,
    connections: int,
    number: int,
    good: bytes,
    results: "Queue[Figures]",
) -> None:
    sockets = {s.fileno(): s for s in (connect(port) for _ in range(connections))}
    poll = select.epoll()
    sent_at: dict[int, float] = {}
    latencies: list[float] = []
    done = failed = 0
    began = time.perf_counter()
    until = began + seconds
    for descriptor, connection in sockets.items():
        poll.register(descriptor, select.EPOLLIN)
        number += 1
        sent_at[descriptor] = time.perf_counter()
        connection.sendall(make(number))
    while sent_at:
        for descriptor, _ in poll.poll(5):
            connection = sockets[descriptor]
            answer = connection.recv(65536)
            now = time.perf_counter()
            if not answer:
                raise RuntimeError("the server closed a connection")
            latencies.append((now - sent_at[descriptor]) * 1000)
            done += 1
            failed += answer[9:10] != good
            if now >= until:
                del sent_at[descriptor]
                continue
            number += 1
            sent_at[descriptor] = now
            connection.sendall(make(number))
    results.put(
        Figures(
            requests=done,
            seconds=time.perf_counter() - began,
            failed=failed,
            latencies_ms=latencies[:: max(1, len(latencies) // 20_000)],
        )
    )


def connect(port: int) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", port))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection
