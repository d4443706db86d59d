"""CRMs and other systems that tell of contacts: their webhooks, and what these say."""

from pista.crm.jobs import Pruner, handlers
from pista.crm.routes import routes
from pista.crm.service import erase_contact

__all__ = ["Pruner", "erase_contact", "handlers", "routes"]
