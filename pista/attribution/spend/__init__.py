"""What advertisements cost, as the platforms' own files and programs tell it."""

from pista.attribution.spend.queries import TABLES
from pista.attribution.spend.routes import routes

__all__ = ["TABLES", "routes"]
