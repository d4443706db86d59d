"""What is sent and answered about many clientes at once."""

from datetime import datetime
from typing import Annotated, Literal, NewType
from uuid import UUID

import msgspec
from msgspec import Meta

from pista.desk.clientes.model import Why
from pista.desk.model import ClienteId, DeskPerson, Request, Status, Wire
from pista.errors import NotFound, PistaError
from pista.ids import UserId

AssignmentId = NewType("AssignmentId", UUID)

MOST = 500
Code = Literal["cliente_not_found", "move_not_possible", "version_conflict", "cliente_locked"]


class AssignClientes(Request, frozen=True, kw_only=True):
    ids: Annotated[list[Annotated[int, Meta(ge=0, lt=2**53)]], Meta(min_length=1, max_length=MOST)]
    asesor_id: UserId
    why: Why | None = None
    break_locks: bool = False
    """Also those that somebody has in hand."""


class UndoAssignment(Request, frozen=True, kw_only=True):
    undo: AssignmentId
    """What the assignment was answered with."""


class AssignedCliente(Wire, frozen=True, kw_only=True):
    """What became of one of them."""

    id: int
    ok: bool
    code: Code | None = None
    holder: DeskPerson | None = None
    """Of one that is locked: who has it in hand."""


class Assignment(Wire, frozen=True, kw_only=True):
    undo: AssignmentId | None
    """With it those that went can be taken back within a day; none went: null."""
    items: list[AssignedCliente]


class Before(msgspec.Struct, frozen=True, kw_only=True):
    """As one of them was, and which version it had afterwards."""

    id: ClienteId
    status: Status
    asesor: UserId | None
    kept_back: bool = False
    version: int


class StoredAssignment(msgspec.Struct, frozen=True, kw_only=True):
    before: list[Before]
    undone_at: datetime | None


class AssignmentNotFound(NotFound):
    """There is no such assignment in this company, or it is older than a day."""

    code = "assignment_not_found"


class AlreadyUndone(PistaError):
    """This assignment has been taken back already."""

    status = 409
    code = "already_undone"
