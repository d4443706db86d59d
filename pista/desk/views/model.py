"""What is sent and answered about saved views, and what can go wrong with them."""

from datetime import date, datetime
from typing import Annotated, Literal, NewType
from uuid import UUID

import msgspec
from msgspec import UNSET, Meta, UnsetType

from pista.desk.clientes.listing import Mark, Sort
from pista.desk.clientes.model import ShortText
from pista.desk.model import DeskPerson, Request, Status, Wire
from pista.errors import NotFound, PistaError
from pista.ids import UserId

ViewId = NewType("ViewId", UUID)

MOST_VIEWS = 50
"""Of one person."""

Column = Literal[
    "status", "timer", "asesor", "campaign", "source", "returns", "outcome", "nextAction", "created"
]
ViewName = Annotated[str, Meta(min_length=1, max_length=60)]


class ViewFilters(Request, frozen=True, kw_only=True):
    """What a list is narrowed down to; not whom somebody looked for, which is about a person."""

    status: Annotated[list[Status], Meta(max_length=5)] = []  # noqa: RUF012 - a list of its own
    asesor_id: UserId | None = None
    nobodys: bool = False
    campaign: ShortText | None = None
    mark: Mark | None = None
    came_from: date | None = msgspec.field(default=None, name="from")
    came_to: date | None = msgspec.field(default=None, name="to")


class ViewTerms(Request, frozen=True, kw_only=True):
    """How the list is looked at."""

    filters: ViewFilters
    sort: Sort = "urgency"
    layout: Literal["table", "board"] = "table"
    columns: Annotated[list[Column], Meta(max_length=9)] | None = None
    """In this order; null: the usual ones."""


class NewDeskView(Request, frozen=True, kw_only=True):
    name: ViewName
    terms: ViewTerms
    shared: bool = False
    """With all supervisors and admins."""


class ChangeDeskView(Request, frozen=True, kw_only=True):
    """What is left out stays."""

    name: ViewName | UnsetType = UNSET
    shared: bool | UnsetType = UNSET
    terms: ViewTerms | UnsetType = UNSET
    """All of them together."""


class SetDefaultView(Request, frozen=True, kw_only=True):
    view_id: ViewId | None
    """Null: the whole list."""


class DeskView(Wire, frozen=True, kw_only=True):
    id: ViewId
    name: str
    shared: bool
    owner: DeskPerson
    mine: bool
    """Whether the caller may change it: who made it, and an admin what is shared."""
    terms: ViewTerms
    updated_at: datetime


class DeskViews(Wire, frozen=True, kw_only=True):
    items: list[DeskView]
    """One's own and those that are shared, by name."""
    default_id: ViewId | None
    """What the caller begins with."""


class ViewRow(msgspec.Struct, frozen=True, kw_only=True):
    id: ViewId
    owner_id: UserId
    owner_name: str
    name: str
    shared: bool
    terms: ViewTerms
    updated_at: datetime


class ViewNotFound(NotFound):
    """There is no such view, or it is a colleague's own."""

    code = "view_not_found"


class ViewNameTaken(PistaError):
    """You have a view of this name already."""

    status = 409
    code = "view_name_taken"


class TooManyViews(PistaError):
    """Nobody has more than 50 views: delete one that you do not need."""

    status = 409
    code = "too_many_views"
