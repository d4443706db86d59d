"""Saved views: how somebody looks at the list of clientes, under a name, for them or for all."""

from pista.desk.views.routes import routes

__all__ = ["routes"]
