"""The numbers and bots that people write to, as a company sets them up."""

from pista.chat.channels.first import first_number
from pista.chat.channels.routes import routes

__all__ = ["first_number", "routes"]
