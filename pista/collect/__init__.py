"""The public front door: what browsers send, checked, enriched and written to the journal."""

from pista.collect.describe import describe
from pista.collect.door import PATH, Door
from pista.collect.registry import Registry
from pista.collect.routes import routes

__all__ = ["PATH", "Door", "Registry", "describe", "routes"]
