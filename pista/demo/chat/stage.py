"""Where WhatsApp and Telegram are during a demo: at an address of this machine, both at one.

A Pista that the demo starts is told this address. One that is running already answers people only
where it was told an address like that.
"""

import socket
from urllib.parse import urlsplit

import msgspec

from pista.settings import Settings

HERE = "127.0.0.1"
VERSION = "v26.0"


class Stage(msgspec.Struct, frozen=True):
    """A port that listens; whoever connects waits until somebody serves it."""

    socket: socket.socket

    @property
    def origin(self) -> str:
        return f"http://{HERE}:{self.socket.getsockname()[1]}"

    @property
    def environment(self) -> dict[str, str]:
        return {
            "PISTA_META_GRAPH_URL": f"{self.origin}/{VERSION}",
            "PISTA_TELEGRAM_API_URL": self.origin,
        }


def open_stage(port: int = 0) -> Stage:
    return Stage(socket.create_server((HERE, port)))


def stage_of(settings: Settings) -> Stage | None:
    """The one that these settings name, if it is of this machine and nobody is there yet."""
    whatsapp, telegram = urlsplit(settings.meta_graph_url), urlsplit(settings.telegram_api_url)
    if whatsapp.netloc != telegram.netloc or whatsapp.hostname != HERE or not whatsapp.port:
        return None
    try:
        return open_stage(whatsapp.port)
    except OSError:
        return None
