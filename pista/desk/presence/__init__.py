"""Who is at work, and how much each has in hand."""

from pista.desk.presence.routes import routes
from pista.desk.presence.service import seen

__all__ = ["routes", "seen"]
