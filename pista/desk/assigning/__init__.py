"""Many clientes given to somebody at once, and taken back."""

from pista.desk.assigning.routes import routes

__all__ = ["routes"]
