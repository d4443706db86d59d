"""Contacts from files, and as files."""

from pista.contacts.imports.jobs import ImportPruner, handlers
from pista.contacts.imports.routes import routes

__all__ = ["ImportPruner", "handlers", "routes"]
