"""Contacts from files, and as files."""

from pista.contacts.imports.jobs import handlers
from pista.contacts.imports.queries import TABLES
from pista.contacts.imports.routes import routes

__all__ = ["TABLES", "handlers", "routes"]
