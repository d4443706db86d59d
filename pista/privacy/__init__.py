"""A visitor's rights: all that is stored of one person, handed over or erased."""

from pista.privacy.eraser import Eraser
from pista.privacy.routes import routes

__all__ = ["Eraser", "routes"]
