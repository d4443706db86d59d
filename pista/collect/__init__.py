"""The public front door: what browsers send, checked, enriched and written to the journal."""

from pista.collect.agents import agent
from pista.collect.countries import described as describe_database
from pista.collect.describe import describe
from pista.collect.door import PATH, Door
from pista.collect.introductions import (
    described,
    forget_introduction,
    forget_introductions,
    introduce,
    introduction,
)
from pista.collect.model import Introduced, Introduction
from pista.collect.registry import Registry
from pista.collect.routes import routes
from pista.collect.segment import PATHS as SEGMENT_PATHS
from pista.collect.segment import SegmentDoor
from pista.collect.whereabouts import Whereabouts

__all__ = [
    "PATH",
    "SEGMENT_PATHS",
    "Door",
    "Introduced",
    "Introduction",
    "Registry",
    "SegmentDoor",
    "Whereabouts",
    "agent",
    "describe",
    "describe_database",
    "described",
    "forget_introduction",
    "forget_introductions",
    "introduce",
    "introduction",
    "routes",
]
