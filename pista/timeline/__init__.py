"""The timeline of a contact: its sessions, what it did in them, and what became of it."""

from pista.timeline.routes import routes
from pista.timeline.service import SOURCES

__all__ = ["SOURCES", "routes"]
