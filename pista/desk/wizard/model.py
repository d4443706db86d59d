"""What is sent and answered while somebody works on a cliente."""

from datetime import datetime
from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from pista.desk.clientes.model import ShortText, Version
from pista.desk.locks.model import Token
from pista.desk.model import DeskPerson, Request, Wire
from pista.ids import UserId

Answer = Annotated[str, Meta(max_length=5000)] | float | bool | None
Answers = Annotated[
    dict[
        Annotated[str, Meta(min_length=1, max_length=64)],
        Answer | Annotated[list[ShortText], Meta(max_length=50)],
    ],
    Meta(max_length=200),
]
Notas = Annotated[str, Meta(max_length=5000)]
Revision = Annotated[int, Meta(ge=1, lt=2**53)]


class OpenWizard(Request, frozen=True, kw_only=True):
    asesor_id: UserId | None = None
    lock_token: Token | None = None


class CompleteWizard(Request, frozen=True, kw_only=True):
    asesor_id: UserId | None = None
    lock_token: Token | None = None
    outcome: ShortText | UnsetType | None = UNSET
    next_action: ShortText | UnsetType | None = UNSET
    next_action_at: datetime | UnsetType | None = UNSET
    notas: Notas | UnsetType | None = UNSET
    answers: Answers | UnsetType = UNSET
    """In place of what the draft has."""


class ChangeCliente(Request, frozen=True, kw_only=True):
    """What is left out stays."""

    version: Version
    """The one that you saw: what somebody changed since is not written over."""
    lock_token: Token | None = None
    asesor_id: UserId | None = None
    nombre: ShortText | UnsetType = UNSET
    telefono: Annotated[str, Meta(max_length=40)] | UnsetType | None = UNSET
    email: Annotated[str, Meta(max_length=254)] | UnsetType | None = UNSET
    campaign: ShortText | UnsetType | None = UNSET
    notas: Notas | UnsetType | None = UNSET
    outcome: ShortText | UnsetType | None = UNSET
    next_action: ShortText | UnsetType | None = UNSET
    next_action_at: datetime | UnsetType | None = UNSET


class SetClienteDraft(Request, frozen=True, kw_only=True):
    answers: Answers
    revision: Revision
    """Larger for each change: of two that arrive in the wrong order the later one stays."""
    lock_token: Token | None = None
    asesor_id: UserId | None = None


class ClienteDraft(Wire, frozen=True, kw_only=True):
    """What was entered so far, whoever entered it."""

    answers: Answers
    revision: int
    updated_at: datetime | None
    updated_by: DeskPerson | None
