"""The timeline of a contact: its sessions, what it did in them, and what became of it."""

from pista.timeline.following import Followers
from pista.timeline.routes import routes as page_routes
from pista.timeline.service import SOURCES
from pista.timeline.stream_routes import routes as stream_routes

routes = [*page_routes, *stream_routes]

__all__ = ["SOURCES", "Followers", "routes"]
