"""CRMs and other systems that tell of contacts: their webhooks, and what these say."""

from pista.collect import Introduced
from pista.crm import jobs
from pista.crm.introductions import meet
from pista.crm.jobs import Pruner
from pista.crm.routes import routes
from pista.queue import Handlers

handlers: Handlers = {**jobs.handlers, Introduced: meet}

__all__ = ["Pruner", "handlers", "routes"]
