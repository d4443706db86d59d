"""Clientes as Structs, and what can go wrong with them.

A cliente has the names of its columns on the wire; what is sent and told is in camelCase.
"""

from datetime import datetime
from typing import Literal, NewType, get_args

import msgspec

from pista.errors import NotFound, PistaError, Problem
from pista.ids import ContactId, TenantId, UserId

ClienteId = NewType("ClienteId", int)

MOST_ID = 2**63 - 1

Status = Literal["nuevo", "derivado", "en_gestion", "terminado", "no_gestionado"]
STATUSES: tuple[Status, ...] = get_args(Status)
ActorKind = Literal["user", "key", "system"]


class Wire(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Something the API answers."""


class Request(
    msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True
):
    """Something the API is sent."""


class DeskPerson(Wire, frozen=True, kw_only=True):
    """Somebody of the company."""

    id: UserId
    name: str


class ClienteLock(msgspec.Struct, frozen=True, kw_only=True):
    """Who has a cliente in hand."""

    holder: DeskPerson
    since: datetime
    expires_at: datetime


class Cliente(msgspec.Struct, frozen=True, kw_only=True):
    """A follow-up case, with the names of its columns."""

    id: ClienteId
    nombre: str
    telefono: str | None
    email: str | None
    contact_id: ContactId | None
    """As it is shown: what it was merged into."""
    campaign: str | None
    source: str
    seguimiento_status: Status
    asesor_asignado: UserId | None
    asesor_nombre: str | None
    created_at: datetime
    derivado_at: datetime | None
    opened_at: datetime | None
    last_activity: datetime | None
    due_at: datetime | None
    """When it goes back to the supervisors, unless its asesor does something before."""
    fecha_wizard_completado: datetime | None
    wizard_completado: bool
    returns: int
    """How often it came back without having been done."""
    escalated_at: datetime | None
    """Since when it is a supervisor's to look after, as it came back too often."""
    assign_by: datetime | None
    """By when it is to be somebody's; null: there is no such goal, or it is somebody's."""
    touch_by: datetime | None
    """By when it is to be opened; null: there is no such goal, or it has been."""
    late: bool
    """Whether a goal of this case was missed."""
    version: int
    """Larger for each change but those of its clocks."""
    notas: str | None
    outcome: str | None
    next_action: str | None
    next_action_at: datetime | None
    state_since: datetime
    lock: ClienteLock | None


class Current(msgspec.Struct, frozen=True, kw_only=True):
    """How it is by now, for whoever came too late."""

    seguimiento_status: Status
    asesor_asignado: UserId | None
    asesor_nombre: str | None
    version: int


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """Who does something: one of the company's people, a program with a key, or Pista."""

    kind: ActorKind
    id: UserId | None = None
    supervises: bool = False
    """Whether it is a supervisor's to do."""


SYSTEM = Actor(kind="system", supervises=True)


class CurrentProblem(Problem, frozen=True, kw_only=True, omit_defaults=True):
    current: Current | None = None


class HolderProblem(Problem, frozen=True, kw_only=True, omit_defaults=True):
    holder: DeskPerson | None = None


class ClienteNotFound(NotFound):
    """There is no such cliente, or it is a colleague's."""

    code = "cliente_not_found"


class MoveNotPossible(PistaError):
    """A cliente does not go there from where it is now."""

    status = 409
    code = "move_not_possible"

    def __init__(self, detail: str, current: Current) -> None:
        super().__init__(detail)
        self.current = current

    def problem(self, instance: str | None = None) -> Problem:
        told = msgspec.structs.asdict(super().problem(instance))
        return CurrentProblem(**told, current=self.current)


class VersionConflict(MoveNotPossible):
    """Somebody has changed this cliente since you read it."""

    code = "version_conflict"


class LockLost(MoveNotPossible):
    """You do not have this cliente in hand any more; nobody has."""

    code = "lock_lost"


class ClienteLocked(PistaError):
    """Somebody else has this cliente in hand."""

    status = 423
    code = "cliente_locked"

    def __init__(self, holder: DeskPerson, *, elsewhere: bool = False) -> None:
        yours = "You have it in hand in another window."
        super().__init__(yours if elsewhere else f"{holder.name} has it in hand.")
        self.holder = holder

    def problem(self, instance: str | None = None) -> Problem:
        told = msgspec.structs.asdict(super().problem(instance))
        return HolderProblem(**told, holder=self.holder)


class NoAsesor(PistaError):
    """Say whose it is to be: give `asesorId`."""

    status = 422
    code = "no_asesor"


class Announced(msgspec.Struct, frozen=True, kw_only=True):
    """What was written for open screens, and whom it concerns."""

    tenant_id: TenantId
    seq: int
    audience: list[UserId]
    body: msgspec.Raw
