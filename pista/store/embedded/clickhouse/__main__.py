"""`python -m pista.store.embedded.clickhouse --path DIR --port PORT`"""

import argparse
import asyncio
import fcntl
import ipaddress
import logging
import os
import shutil
import signal
import socket
import sys
from pathlib import Path
from typing import IO

from granian.constants import HTTPModes, Interfaces
from granian.server.embed import Server

from pista.store.embedded.clickhouse import logs
from pista.store.embedded.clickhouse.app import App
from pista.store.embedded.clickhouse.auth import Passwords
from pista.store.embedded.clickhouse.engine import Engine

DRAIN = 4.0  # seconds that running statements get at SIGTERM
log = logging.getLogger("pista.clickhouse")


class _CannotStart(Exception):
    """One sentence for the person who started it."""


def main() -> None:
    logs.configure()
    try:
        arguments = _arguments()
        passwords = _passwords()
        _check_address(arguments.host, arguments.port)
        lock = _enter(Path(arguments.path))
    except _CannotStart as error:
        sys.exit(str(error))
    with lock:
        asyncio.run(_serve(passwords, arguments.host, arguments.port))
    logging.shutdown()
    # The engine's threads do not all survive the end of the interpreter; all is on disk by now.
    os._exit(0)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="pista.store.embedded.clickhouse")
    parser.add_argument("--path", required=True)
    parser.add_argument("--port", required=True, type=int)
    parser.add_argument("--host", default="127.0.0.1")
    return parser.parse_args()


def _passwords() -> Passwords:
    names = ("PISTA_CLICKHOUSE_PASSWORD", "PISTA_CLICKHOUSE_READONLY_PASSWORD")
    full, readonly = (os.environ.pop(name, "") for name in names)
    if not full or not readonly:
        raise _CannotStart(f"{names[0]} and {names[1]} must both be set.")
    if full == readonly:
        raise _CannotStart(f"{names[0]} and {names[1]} must differ.")
    return Passwords(full=full, readonly=readonly)


def _check_address(host: str, port: int) -> None:
    try:
        address = ipaddress.ip_address(host)
    except ValueError as error:
        raise _CannotStart(f"{host} is not an IP address.") from error
    if not address.is_loopback:
        raise _CannotStart(f"{host} is not a loopback address: this engine serves one machine.")
    if not 0 < port < 65536:
        raise _CannotStart(f"{port} is not a port.")
    family = socket.AF_INET6 if address.version == 6 else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise _CannotStart(
                f"Port {port} on {host} cannot be used: {error.strerror}."
            ) from error


def _enter(folder: Path) -> IO[bytes]:
    """Make the folder the current one and hold its lock for as long as this process lives."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        os.chdir(folder)
        lock = open("lock", "wb")  # noqa: SIM115 - held open until the process ends
        shutil.rmtree("tmp", ignore_errors=True)
        Path("tmp").mkdir(exist_ok=True)
    except OSError as error:
        raise _CannotStart(f"{folder} cannot be used: {error.strerror}.") from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise _CannotStart(f"{folder} is in use by another process.") from error
    return lock


async def _serve(passwords: Passwords, host: str, port: int) -> None:
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    engine = Engine()
    app = App(engine, passwords)
    server = Server(
        app,
        address=host,
        port=port,
        interface=Interfaces.ASGINL,
        http=HTTPModes.http1,
        websockets=False,
        log_enabled=False,
    )
    serving = asyncio.ensure_future(server.serve())
    log.info("started", extra={"version": engine.version, "port": port})
    await asyncio.wait({serving, asyncio.ensure_future(stop.wait())}, return_when="FIRST_COMPLETED")
    log.info("stopping")
    if not await app.drain(DRAIN):
        # It cannot be closed under a statement; what is committed is safe all the same.
        log.warning("a statement would not stop")
        return
    server.stop()
    await serving
    engine.close()
    log.info("stopped")


if __name__ == "__main__":
    main()
