"""Who is at work, and how much each has in hand."""

from pista.desk.presence.routes import routes
from pista.desk.presence.service import seen
from pista.desk.presence.windows import note as note_windows

__all__ = ["note_windows", "routes", "seen"]
