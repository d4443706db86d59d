"""Reports on the desk: how soon clientes are opened, where they stay, come back and end."""

from pista.desk.reports.routes import routes

__all__ = ["routes"]
