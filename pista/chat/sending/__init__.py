"""What goes out: queued with its message, sent once, and never repeated without a person."""

from pista.chat.media import Shelves
from pista.chat.platforms import Platforms
from pista.chat.sending.errand import Sender
from pista.chat.sending.model import Outbound, SendMessage
from pista.chat.sending.pressing import AnswerButton, Answerer
from pista.chat.sending.reacting import Reactor, TellReaction
from pista.chat.sending.routes import routes
from pista.chat.sending.seen import Teller, TellSeen, TellTyping
from pista.chat.sending.service import resume, send
from pista.chat.whatsapp.client import KnownTemplate
from pista.queue import Handlers
from pista.store.secrets import Sealer


def errands(platforms: Platforms, sealer: Sealer, shelves: Shelves) -> Handlers:
    """What a worker does for this room."""
    teller = Teller(platforms, sealer)
    return {
        Outbound: Sender(platforms, sealer, shelves).errand(),
        AnswerButton: Answerer(platforms, sealer).errand(),
        TellReaction: Reactor(platforms, sealer).errand(),
        TellSeen: teller.errand(),
        TellTyping: teller.typing_errand(),
    }


__all__ = ["KnownTemplate", "SendMessage", "errands", "resume", "routes", "send"]
