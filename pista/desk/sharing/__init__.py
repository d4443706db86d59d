"""What waits is given to whoever is there, by the company's rules."""

from pista.desk.sharing.routes import routes
from pista.desk.sharing.sharer import Sharer

__all__ = ["Sharer", "routes"]
