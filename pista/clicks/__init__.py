"""Clicks: the links of advertisements, every hit on them, and who arrived by which."""

from pista.clicks.arrivals import arrive, of_people, same_person
from pista.clicks.model import Arrival, Arrived, Candidate, Click, ClickId, LinkId

__all__ = [
    "Arrival",
    "Arrived",
    "Candidate",
    "Click",
    "ClickId",
    "LinkId",
    "arrive",
    "of_people",
    "same_person",
]
