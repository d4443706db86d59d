"""What is sent and answered about who has a cliente in hand."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta

from pista.desk.model import DeskPerson, Request, Wire
from pista.ids import UserId

Token = Annotated[str, Meta(min_length=1, max_length=64)]


class TakeLock(Request, frozen=True, kw_only=True):
    lock_token: Token | None = None
    """The one that you have: it goes on. Without it, another window of yours loses it."""
    take_over: bool = True
    """Whether it does: with false, 423 says that another window of yours has it."""
    asesor_id: UserId | None = None


class TakenLock(Wire, frozen=True, kw_only=True):
    lock_token: str
    """Goes along with everything that you do with the cliente."""
    holder: DeskPerson
    expires_at: datetime
    lease_seconds: int


class Beat(Request, frozen=True, kw_only=True):
    lock_token: Token | None = None
    active: bool = True
    """Whether somebody did something, or the window is only open."""
    asesor_id: UserId | None = None


class SayActive(Request, frozen=True, kw_only=True):
    lock_token: Token | None = None
    asesor_id: UserId | None = None


class ReleaseLock(Request, frozen=True, kw_only=True):
    lock_token: Token | None = None
    break_lock: bool = False
    """A supervisor takes it out of somebody's hand."""
    asesor_id: UserId | None = None


class Beaten(Wire, frozen=True, kw_only=True):
    expires_at: datetime | None
    """Until when you have it in hand; null: you have not."""
    last_activity: datetime
    due_at: datetime
