"""The ClickHouse that Pista brings along: chDB behind ClickHouse's own HTTP interface.

It runs as a process of its own and speaks to nobody but this machine. Whoever holds its URL
cannot tell it from a server, and nothing outside this folder knows that chDB exists.
"""

import sys


def command(path: str, port: int, host: str = "127.0.0.1") -> list[str]:
    """How to start it; its two passwords go in through the environment."""
    module = [sys.executable, "-m", "pista.store.embedded.clickhouse"]
    return [*module, "--path", str(path), "--port", str(port), "--host", host]
