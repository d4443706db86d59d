"""Events as they come: one tail of the journal in each web process, and those who read it."""

from pista.stream.routes import PATH, may_stay, place_of, routes
from pista.stream.tail import Tail

__all__ = ["PATH", "Tail", "may_stay", "place_of", "routes"]
