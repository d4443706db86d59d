"""Clicks: the links of advertisements, every hit on them, and who arrived by which."""

from pista.clicks.arrivals import arrive, of_people, same_person
from pista.clicks.door import PATH, Door
from pista.clicks.finding import click, click_of_token
from pista.clicks.model import Arrival, Arrived, Candidate, Click, ClickId, LinkId
from pista.clicks.registry import Registry
from pista.clicks.writing import Till

__all__ = [
    "PATH",
    "Arrival",
    "Arrived",
    "Candidate",
    "Click",
    "ClickId",
    "Door",
    "LinkId",
    "Registry",
    "Till",
    "arrive",
    "click",
    "click_of_token",
    "of_people",
    "same_person",
]
