"""What goes out: queued with its message, sent once, and never repeated without a person."""

from pista.chat.media import Shelf
from pista.chat.platforms import Platforms
from pista.chat.sending.errand import Sender
from pista.chat.sending.model import Outbound
from pista.chat.sending.routes import routes
from pista.chat.sending.seen import Teller, TellSeen
from pista.chat.sending.service import resume
from pista.queue import Handlers
from pista.store.secrets import Sealer


def errands(platforms: Platforms, sealer: Sealer, shelf: Shelf) -> Handlers:
    """What a worker does for this room."""
    return {
        Outbound: Sender(platforms, sealer, shelf).errand(),
        TellSeen: Teller(platforms, sealer).errand(),
    }


__all__ = ["errands", "resume", "routes"]
