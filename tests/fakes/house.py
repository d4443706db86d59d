"""`pista up` with stand-ins for its own programs: `python tests/fakes/house.py up`.

The stand-ins answer and end as the real ones do, and start in a tenth of the time.
"""

import asyncio
import http.server
import os
import signal
import socket
import sys
import threading

from pista import logs, pulse, settings, supervisor
from pista.errors import StartError
from pista.supervisor import vigil

FIRST = b'{"first_email":"admin@example.com","first_password":"once","snippet":"<script></script>"}'


class Ready(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"{}")

    def log_request(self, code: object = "-", size: object = "-") -> None:
        return None


class SharedPort(http.server.HTTPServer):
    def server_bind(self) -> None:
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        super().server_bind()


def up() -> None:
    me = (sys.executable, __file__)
    programs = supervisor.Programs(
        prepare=(*me, "prepare"),
        web=(*me, os.environ.get("WEB", "web")),
        worker=(*me, os.environ.get("WORKER", "worker")),
    )
    config = settings.load()
    logs.configure(config.log_level)
    vigil.LOOK_SECONDS = float(os.environ.get("LOOK_SECONDS", vigil.LOOK_SECONDS))
    try:
        supervisor.up(config, programs)
    except StartError as error:
        sys.exit(str(error))


def prepare() -> None:
    os.write(1, FIRST)


def web() -> None:
    config = settings.load()
    server = SharedPort((config.host, config.port), Ready)

    def end(number: int, frame: object) -> None:
        threading.Thread(target=server.shutdown).start()

    signal.signal(signal.SIGTERM, end)
    server.serve_forever(0.02)


def worker() -> None:
    signal.sigwait([signal.SIGTERM])


def beating() -> None:
    """A worker that shows that it lives."""

    async def beat() -> None:
        pulse.start()
        await asyncio.Event().wait()

    asyncio.run(beat())


def deaf() -> None:
    """Does not end when asked."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    threading.Event().wait()


def broken() -> None:
    sys.exit(3)


if __name__ == "__main__":
    programs = {"up": up, "prepare": prepare, "web": web, "worker": worker}
    (programs | {"deaf": deaf, "broken": broken, "beating": beating})[sys.argv[1]]()
