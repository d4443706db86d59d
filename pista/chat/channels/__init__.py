"""The numbers and bots that people write to, as a company sets them up."""

from pista.chat.channels.routes import routes

__all__ = ["routes"]
