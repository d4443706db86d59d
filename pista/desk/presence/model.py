"""What is sent and answered about who is at work."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta

from pista.accounts import Role
from pista.desk.model import Request, Wire
from pista.ids import UserId

Presence = Literal["available", "paused", "away"]
LIMIT = 5
"""So many clientes is somebody given by themselves, unless the company says otherwise."""


class SetDeskPresence(Request, frozen=True, kw_only=True):
    state: Presence
    reason: Annotated[str, Meta(max_length=200)] | None = None
    """Of a pause."""


class DeskPresence(Wire, frozen=True, kw_only=True):
    state: Presence
    reason: str | None
    since: datetime


class DeskAsesor(Wire, frozen=True, kw_only=True):
    """Somebody who may be given clientes."""

    id: UserId
    name: str
    role: Role
    present: bool
    """Available, and there: with a window open, or heard of within the last minute and a half."""
    state: Presence
    reason: str | None
    since: datetime | None
    derivado: int
    """Theirs and not opened yet; counted to 1,000."""
    en_gestion: int
    limit: int
    """With so many they are given no more by themselves."""
    own_limit: int | None
    """None: it is the company's."""
    skills: list[str]


class DeskAsesores(Wire, frozen=True, kw_only=True):
    items: list[DeskAsesor]
