"""From where leads come to the desk by themselves, as a company sets it."""

from datetime import timedelta
from typing import Annotated

import msgspec
from msgspec import Meta

from pista.contacts.leads import LeadSource
from pista.desk.model import ClienteId, Request, Status

Sources = Annotated[list[LeadSource], Meta(max_length=4)]
Days = Annotated[int, Meta(ge=0, le=3650)]


class LeadRules(Request, frozen=True, kw_only=True):
    """By which a cliente is made or reopened without anybody's doing."""

    sources: Sources
    reopen_after_days: Days | None = None
    """A cliente that was done so long ago is reopened; null: none is."""


NONE = LeadRules(sources=[])


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """A person's: the one that is under way, or else the newest."""

    id: ClienteId
    status: Status
    age: timedelta


def reopens(rules: LeadRules, case: Case) -> bool:
    """Whether that of a person who is heard of again begins anew."""
    if case.status == "no_gestionado":
        return True
    days = rules.reopen_after_days
    return case.status == "terminado" and days is not None and case.age >= timedelta(days=days)
