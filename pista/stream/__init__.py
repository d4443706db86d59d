"""Events as they come: one tail of the journal in each web process, and those who read it."""

from pista.stream.response import ASKED_HEAD
from pista.stream.routes import may_stay, place_of, routes
from pista.stream.tail import Tail

__all__ = ["ASKED_HEAD", "Tail", "may_stay", "place_of", "routes"]
