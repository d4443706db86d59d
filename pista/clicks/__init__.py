"""Clicks: the links of advertisements, every hit on them, and who arrived by which."""

from pista.clicks.arrivals import (
    arrive,
    arrive_from_ad,
    arrive_many,
    browsers_of,
    of_people,
    same_person,
)
from pista.clicks.codes import TOKEN, found_in
from pista.clicks.door import PATH, Door
from pista.clicks.finding import (
    NamesSaid,
    click,
    click_of_token,
    clicks_of_tokens,
    link_names,
    names_said,
    still_there,
)
from pista.clicks.model import Arrival, Arrived, Candidate, Click, ClickId, FromAd, LinkId
from pista.clicks.proving.work import errands
from pista.clicks.pruning import Pruner
from pista.clicks.registry import Registry
from pista.clicks.timeline import facts as timeline_facts
from pista.clicks.writing import Till

__all__ = [
    "PATH",
    "TOKEN",
    "Arrival",
    "Arrived",
    "Candidate",
    "Click",
    "ClickId",
    "Door",
    "FromAd",
    "LinkId",
    "NamesSaid",
    "Pruner",
    "Registry",
    "Till",
    "arrive",
    "arrive_from_ad",
    "arrive_many",
    "browsers_of",
    "click",
    "click_of_token",
    "clicks_of_tokens",
    "errands",
    "found_in",
    "link_names",
    "names_said",
    "of_people",
    "same_person",
    "still_there",
    "timeline_facts",
]
