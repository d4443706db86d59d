"""The address that Pista listens on: free, and kept for the web processes."""

import errno
import socket
import time

from pista.errors import StartError
from pista.settings import Settings

PATIENCE_SECONDS = 1.0


def reserve(settings: Settings) -> socket.socket:
    """Check that the port is free and keep it; close the socket to let it go.

    The socket is bound and never listens, so it takes no connection; but while it is there
    nobody who does not share the port on purpose can take it, a second Pista included.
    """
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            _bound(settings, share=False).close()
            return _bound(settings, share=True)
        except OSError as error:
            # The web processes of a Pista that was killed are gone in a moment.
            if error.errno != errno.EADDRINUSE or time.monotonic() > until:
                raise StartError(_sentence(settings, error)) from error
        time.sleep(0.05)


def _bound(settings: Settings, *, share: bool) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    try:
        # With SO_REUSEADDR the kept socket would let a second Pista in: it does not listen.
        option = socket.SO_REUSEPORT if share else socket.SO_REUSEADDR
        bound.setsockopt(socket.SOL_SOCKET, option, 1)
        bound.bind((settings.host, settings.port))
    except BaseException:
        bound.close()
        raise
    return bound


def _sentence(settings: Settings, error: OSError) -> str:
    match error.errno:
        case errno.EADDRINUSE:
            return f"Port {settings.port} is taken: stop what uses it, or set PISTA_PORT."
        case errno.EACCES:
            return f"Port {settings.port} is for the system only: set PISTA_PORT above 1023."
        case _:
            return f"PISTA_HOST {settings.host!r} is not an address of this machine."
