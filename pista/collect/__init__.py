"""The public front door: what browsers send, checked, enriched and written to the journal."""

from pista.collect.describe import describe
from pista.collect.door import PATH, Door
from pista.collect.registry import Registry
from pista.collect.routes import routes
from pista.collect.segment import PATHS as SEGMENT_PATHS
from pista.collect.segment import SegmentDoor

__all__ = ["PATH", "SEGMENT_PATHS", "Door", "Registry", "SegmentDoor", "describe", "routes"]
