"""Clientes from files, and as files."""

from pista.desk.imports.jobs import handlers
from pista.desk.imports.queries import TABLES
from pista.desk.imports.routes import routes

__all__ = ["TABLES", "handlers", "routes"]
