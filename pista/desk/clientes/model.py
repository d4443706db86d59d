"""What is sent and answered about clientes."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from pista.contacts.model import AContact, Source
from pista.desk.machine import Name, Who
from pista.desk.model import ActorKind, Cliente, DeskPerson, Request, Status, Wire
from pista.ids import ContactId, UserId

ShortText = Annotated[str, Meta(min_length=1, max_length=200)]
Why = Annotated[str, Meta(min_length=1, max_length=1000)]
Version = Annotated[int, Meta(ge=1, lt=2**31)]


class Clientes(msgspec.Struct, frozen=True, kw_only=True):
    items: list[Cliente]
    next: str | None
    """Give it as `before` for those that come after."""


class EnterCliente(Request, frozen=True, kw_only=True):
    nombre: ShortText
    telefono: Annotated[str, Meta(min_length=1, max_length=40)] | None = None
    email: Annotated[str, Meta(min_length=1, max_length=254)] | None = None
    contact_id: AContact | None = None
    """Without one it is found by phone and e-mail, or made."""
    campaign: ShortText | None = None
    source: Source = "manual"
    notas: Annotated[str, Meta(max_length=5000)] | None = None


class SetEstatus(Request, frozen=True, kw_only=True):
    """`derivado` with `asesorId`: give it to them; `nuevo` or `no_gestionado`: take it back."""

    tipo: Literal["gtr"] = "gtr"
    estatus: Literal["derivado", "nuevo", "no_gestionado"]
    asesor_id: UserId | None = None
    version: Version | None = None
    why: Why | None = None
    break_lock: bool = False
    """Also while its asesor has it in hand."""


class Reopen(Request, frozen=True, kw_only=True):
    asesor_id: UserId | None = None
    why: Why | None = None


class GiveBack(Request, frozen=True, kw_only=True):
    why: Why
    asesor_id: UserId | None = None
    lock_token: Annotated[str, Meta(max_length=64)] | None = None


class Transfer(Request, frozen=True, kw_only=True):
    to_asesor_id: UserId
    why: Why
    asesor_id: UserId | None = None
    lock_token: Annotated[str, Meta(max_length=64)] | None = None


class HistoryBy(Wire, frozen=True, kw_only=True):
    """Who did it; of a program with a key, for whom."""

    kind: ActorKind
    person: DeskPerson | None


class HistoryLine(Wire, frozen=True, kw_only=True):
    id: int
    move: Name
    came_from: Status | None = msgspec.field(name="from")
    to: Status
    at: datetime
    seconds: float
    """How long it had been as it was."""
    by: HistoryBy
    asesor_before: DeskPerson | None
    asesor_after: DeskPerson | None
    why: str | None
    due_at: datetime | None
    """Of a time-out: when it was due. It may have been moved later, after an outage."""


class Historial(Wire, frozen=True, kw_only=True):
    items: list[HistoryLine]
    """The newest first."""
    next: str | None


class ShownMove(Wire, frozen=True, kw_only=True):
    move: Name
    origins: list[Status] = msgspec.field(name="from")
    """None: it is made."""
    to: Status
    who: Who


class DeskMoves(Wire, frozen=True, kw_only=True):
    items: list[ShownMove]


class ClienteCounts(msgspec.Struct, frozen=True, kw_only=True):
    """How many are in each status; of an advisor, their own. Counted to 10,000 each."""

    nuevo: int = 0
    derivado: int = 0
    en_gestion: int = 0
    terminado: int = 0
    no_gestionado: int = 0
    escalated: int = 0
    """Of those that are not done: what came back too often."""
    late: int = 0
    """And what missed a goal."""


class HistoryRow(msgspec.Struct, frozen=True, kw_only=True):
    id: int
    move: Name
    from_status: str
    to_status: Status
    at: datetime
    seconds: float
    actor_kind: ActorKind
    actor_id: UserId | None
    asesor_before: UserId | None
    asesor_after: UserId | None
    why: str | None
    due_at: datetime | None


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A cliente as it is stored, with who has it in hand."""

    id: int
    nombre: str
    telefono: str | None
    email: str | None
    contact_id: ContactId | None
    campaign: str | None
    source: str
    seguimiento_status: Status
    asesor_asignado: UserId | None
    created_at: datetime
    derivado_at: datetime | None
    opened_at: datetime | None
    last_activity: datetime | None
    due_at: datetime | None
    fecha_wizard_completado: datetime | None
    wizard_completado: bool
    returns: int
    escalated_at: datetime | None
    assign_by: datetime | None
    touch_by: datetime | None
    late: bool
    version: int
    notas: str | None
    outcome: str | None
    next_action: str | None
    next_action_at: datetime | None
    state_since: datetime
    urgent_at: datetime
    holder: UserId | None
    taken_at: datetime | None
    expires_at: datetime | None
