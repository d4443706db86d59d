"""Events as they come: one tail of the journal in each web process, and those who read it."""

from pista.stream.routes import PATH, routes
from pista.stream.tail import Tail

__all__ = ["PATH", "Tail", "routes"]
