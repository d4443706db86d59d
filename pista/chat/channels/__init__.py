"""The numbers and bots that people write to, as a company sets them up."""

from pista.chat.channels.ensuring import ensure, others_have_any
from pista.chat.channels.first import first_number
from pista.chat.channels.routes import routes
from pista.chat.channels.service import Found, Given

__all__ = ["Found", "Given", "ensure", "first_number", "others_have_any", "routes"]
