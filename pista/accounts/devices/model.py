"""A person's own sessions as they are shown."""

from datetime import datetime
from typing import NewType
from uuid import UUID

import msgspec

from pista.accounts.model import Wire
from pista.errors import NotFound

SessionId = NewType("SessionId", UUID)


class OwnSession(Wire, frozen=True, kw_only=True):
    id: SessionId
    current: bool
    """Whether this very request came with it."""
    browser: str
    os: str
    country: str
    """Of the address that signed in, two letters; empty if it is not known."""
    created_at: datetime
    last_seen_at: datetime


class OwnSessions(Wire, frozen=True, kw_only=True):
    items: list[OwnSession]


class Ended(msgspec.Struct, frozen=True):
    """A session that is no more."""

    browser: str
    os: str


class SessionNotFound(NotFound):
    """This session has ended already, or is somebody else's."""

    code = "session_not_found"
