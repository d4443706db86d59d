"""From where leads come to the desk by themselves, as a company sets it."""

from datetime import timedelta
from typing import Annotated

from msgspec import Meta

from pista.contacts.leads import LeadSource
from pista.desk.model import Request, Status

Sources = Annotated[list[LeadSource], Meta(max_length=4)]
Days = Annotated[int, Meta(ge=0, le=3650)]


class LeadRules(Request, frozen=True, kw_only=True):
    """By which a cliente is made or reopened without anybody's doing."""

    sources: Sources
    reopen_after_days: Days | None = None
    """A cliente that was done so long ago is reopened; null: none is."""


NONE = LeadRules(sources=[])


def reopens(rules: LeadRules, status: Status, age: timedelta) -> bool:
    """Whether the newest case of a person who is heard of again begins anew."""
    if status == "no_gestionado":
        return True
    days = rules.reopen_after_days
    return status == "terminado" and days is not None and age >= timedelta(days=days)
