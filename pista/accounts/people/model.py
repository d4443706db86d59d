"""People, invitations and links, and what can go wrong with them."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, NewType
from uuid import UUID

import msgspec
from msgspec import UNSET, Meta, UnsetType

from pista.accounts.model import Name, Request, Role, Wire
from pista.errors import NotFound, PistaError
from pista.ids import TenantId, UserId

LinkId = NewType("LinkId", UUID)

Password = Annotated[str, Meta(min_length=1, max_length=1024)]
Token = Annotated[str, Meta(min_length=1, max_length=200)]


class LinkKind(StrEnum):
    INVITE = "invite"
    RESET = "reset"


class Person(Wire, frozen=True, kw_only=True):
    """A user, as an admin sees it."""

    id: UserId
    email: str
    name: str
    role: Role
    created_at: datetime
    last_sign_in_at: datetime | None
    deactivated_at: datetime | None
    second_factor: bool
    """Whether signing in takes a code as well."""


class People(Wire, frozen=True, kw_only=True):
    items: list[Person]


class ChangePerson(Request, frozen=True, kw_only=True):
    name: Name | UnsetType = UNSET
    role: Role | UnsetType = UNSET
    active: bool | UnsetType = UNSET
    """False ends all sessions of this user at once."""


class NewInvite(Request, frozen=True, kw_only=True):
    email: Annotated[str, Meta(min_length=1, max_length=254)]
    role: Role


class Invite(Wire, frozen=True, kw_only=True):
    """An invitation that nobody has taken up yet."""

    id: LinkId
    email: str
    role: Role
    invited_by: str | None
    """Their name; null for an API key."""
    created_at: datetime
    expires_at: datetime


class Invites(Wire, frozen=True, kw_only=True):
    items: list[Invite]


class AccessLink(Wire, frozen=True, kw_only=True):
    """A link to hand over. This is the only time that it can be read."""

    link: str
    expires_at: datetime

    def __repr__(self) -> str:
        return f"AccessLink(expires_at={self.expires_at}, …)"


class LookAtLink(Request, frozen=True, kw_only=True):
    token: Token

    def __repr__(self) -> str:
        return "LookAtLink(…)"


class OpenedLink(Wire, frozen=True, kw_only=True):
    """What a link is for, to whoever holds it."""

    kind: LinkKind
    email: str
    name: str
    """Empty for somebody new."""
    company: str
    expires_at: datetime


class UseLink(Request, frozen=True, kw_only=True):
    token: Token
    password: Password
    name: Name | UnsetType = UNSET
    """For an invitation."""

    def __repr__(self) -> str:
        return "UseLink(…)"


class ChangePassword(Request, frozen=True, kw_only=True):
    current: Password
    password: Password

    def __repr__(self) -> str:
        return "ChangePassword(…)"


class StoredLink(msgspec.Struct, frozen=True, kw_only=True):
    """A link that can still be used; never leaves this room."""

    id: LinkId
    tenant_id: TenantId
    kind: LinkKind
    user_id: UserId | None
    email: str
    name: str
    role: Role
    company: str
    expires_at: datetime


class LinkNotValid(NotFound):
    """This link was used, withdrawn or has expired; ask an admin of your company for a new one."""

    code = "link_not_valid"


class InviteNotFound(NotFound):
    """This invitation does not exist, was taken up, or belongs to another tenant."""

    code = "invite_not_found"


class LastAdmin(PistaError):
    """This is the company's last active admin; make somebody else an admin first."""

    status = 409
    code = "last_admin"


class Deactivated(PistaError):
    """This user is deactivated; reactivate them first."""

    status = 409
    code = "user_deactivated"


class WeakPassword(PistaError):
    """Choose at least 10 characters that are not common, repeated, or your own name or e-mail."""

    status = 422
    code = "weak_password"


class WrongPassword(PistaError):
    """The current password is not right."""

    status = 403
    code = "wrong_password"
