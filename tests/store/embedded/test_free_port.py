"""Ports for the engines, where many look for one at the same time."""

import socket
import subprocess
import sys

import pytest

from pista.store.embedded import process

OTHER = """
import random
random.sample = lambda wanted, _: {ports}
from pista.store.embedded import process
print(process.free_port())
"""


def asked_elsewhere(*ports: int) -> int:
    """What another process finds that looks at these ports one after the other."""
    command = [sys.executable, "-c", OTHER.format(ports=ports)]
    return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def test_a_port_is_given_once():
    """
    Whoever looks before the server is up is given another one.
    """
    port, other = process.free_port(), process.free_port()

    with socket.socket() as probe, pytest.raises(OSError, match="in use"):
        probe.bind(("127.0.0.1", port))
    with socket.create_server(("127.0.0.1", 0)) as third:
        free = third.getsockname()[1]
    assert asked_elsewhere(port, other, free) == free


@pytest.mark.parametrize("option", ["SO_REUSEADDR", "SO_REUSEPORT"])
def test_its_server_is_let_in(option: str):
    """
    PostgreSQL and ClickHouse listen there with one of the options, web processes with the other.
    """
    port = process.free_port()

    with socket.socket() as server:
        server.setsockopt(socket.SOL_SOCKET, getattr(socket, option), 1)
        server.bind(("127.0.0.1", port))
        server.listen()
        with socket.create_connection(("127.0.0.1", port), 5) as client:
            assert client.getpeername()[1] == port


def test_what_nobody_listens_on_refuses():
    """
    A port that is kept takes no connection.
    """
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", process.free_port()), 5)


def test_only_the_last_ones_are_kept():
    """
    A process that asks for many holds no more than a few dozen.
    """
    first = process.free_port()
    for _ in range(process.KEPT):
        process.free_port()

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", first))
