"""Dead letters: work that was given up, for a person to read, try again or drop."""

from pista.letters.routes import routes

__all__ = ["routes"]
