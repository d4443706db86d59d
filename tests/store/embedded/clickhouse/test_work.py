"""Several questions at once, and those that nobody waits for."""

import statistics
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from tests.store.embedded.clickhouse.serving import READONLY, Server

SLOW = "select count() from numbers_mt(1000000000000) where sipHash64(number) = 1 format Null"


def running(server: Server) -> int:
    return int(server.ask("select count() from system.processes where query like '%sipHash%'")) - 1


def wait_until(server: Server, slow: int) -> float:
    began = time.monotonic()
    while running(server) != slow:
        assert time.monotonic() < began + 10, "never happened"
        time.sleep(0.05)
    return time.monotonic() - began


def test_a_slow_question_keeps_nobody_waiting(
    server: Server, http: httpx.Client, table: str
) -> None:
    """
    While one SELECT takes all cores, inserts and other SELECTs are answered.
    """
    with ThreadPoolExecutor(1) as threads, server.http(READONLY) as reader:
        slow = threads.submit(reader.post, "/", content=SLOW, params={"max_execution_time": "3"})
        wait_until(server, 1)
        times: list[float] = []
        for n in range(20):
            began = time.monotonic()
            http.post("/", content=f"insert into {table} format CSV\n{n},x\n").raise_for_status()
            http.post("/", content=f"select count() from {table}").raise_for_status()
            times.append(time.monotonic() - began)
        assert not slow.done()
        ended = slow.result()

    assert statistics.median(times) < 0.5
    assert server.ask(f"select count() from {table}") == "20"
    # The slow one ends at its own limit.
    assert ended.headers["X-ClickHouse-Exception-Code"] == "159"
    assert ended.status_code == 408


def test_a_client_that_hangs_up_stops_its_question(server: Server) -> None:
    """
    Nobody waits for the answer, so nobody computes it.
    """
    with server.http(READONLY) as reader, pytest.raises(httpx.ReadTimeout):
        reader.post("/", content=SLOW, timeout=0.5)

    assert wait_until(server, 0) < 3


def test_readers_cannot_take_the_writers_places(
    server: Server, http: httpx.Client, table: str
) -> None:
    """
    With more readers than places, writing goes on, and the surplus readers wait their turn.
    """
    with ThreadPoolExecutor(20) as threads:
        slow = [
            threads.submit(
                httpx.post,
                server.url,
                content=SLOW,
                params={"max_execution_time": "2", "max_threads": "1"},
                auth=READONLY,
                timeout=60,
            )
            for _ in range(12)
        ]
        wait_until(server, 8)
        http.post("/", content=f"insert into {table} format CSV\n1,x\n").raise_for_status()
        assert not any(one.done() for one in slow)

    codes = {one.result().headers["X-ClickHouse-Exception-Code"] for one in slow}
    assert codes == {"159"}
    assert server.ask(f"select count() from {table}") == "1"


def test_a_busy_writer_and_a_dozen_readers(server: Server, table: str) -> None:
    """
    Connections kept alive, some hundred requests from many threads: each gets its own answer.
    """

    def write(part: int) -> None:
        with server.http() as http:
            for n in range(25):
                row = f"insert into {table} format CSV\n{part * 1000 + n},x\n"
                http.post("/", content=row).raise_for_status()

    def read(part: int) -> list[str]:
        with server.http(READONLY) as http:
            return [
                http.post(
                    "/", content="select {n:UInt32}", params={"param_n": str(part * 100 + n)}
                ).text
                for n in range(25)
            ]

    with ThreadPoolExecutor(16) as threads:
        writers = list(threads.map(write, range(4)))
        readers = list(threads.map(read, range(12)))

    assert len(writers) == 4
    assert readers == [[f"{part * 100 + n}\n" for n in range(25)] for part in range(12)]
    assert server.ask(f"select count(), uniq(a) from {table}") == "100\t100"
