"""Clientes over HTTP: entered, listed, given to somebody, and what happened to each."""

from pista.desk.clientes.routes import routes

__all__ = ["routes"]
