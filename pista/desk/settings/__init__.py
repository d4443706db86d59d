"""What a company sets of its desk: how long an asesor has, when it is open, what is asked."""

from pista.desk.settings.jobs import handlers
from pista.desk.settings.routes import routes

__all__ = ["handlers", "routes"]
