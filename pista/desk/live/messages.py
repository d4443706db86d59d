"""The messages of the desk as they are told. PostgreSQL writes them in the move's own statement;
these say what is in them, for the description, and tests hold them to it."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec
from msgspec import field

from pista.desk.model import ClienteId, DeskPerson, Status
from pista.ids import UserId


class _Message(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    pass


class ClientMessage(_Message, frozen=True, kw_only=True):
    """How a cliente is now."""

    seq: int
    """Larger for what was written later; what is committed late comes late. Resume by it."""
    cliente_id: ClienteId = field(name="clienteId")
    asesor_id: UserId | None = field(name="asesorId")
    """Whose it is; of one that is done, who did it."""
    previous_asesor: UserId | None = field(name="previousAsesor")
    reason: str | None
    """Why it came back: `timeout_no_gestionado`, `given_back` or `withdrawn`. Of one that is near a
    goal or has missed it: `assign_warning`, `assign_late`, `touch_warning` or `touch_late`. Of one
    that somebody changed, or took out of its asesor's hand: `changed` or `lock_broken`."""
    timestamp: datetime
    seguimiento_status: Status
    version: int
    """A message with a smaller one than is known tells nothing new."""
    state_since: datetime
    created_at: datetime
    derivado_at: datetime | None
    opened_at: datetime | None
    last_activity: datetime | None
    due_at: datetime | None
    """When it goes back, unless its asesor does something before."""
    returns: int
    escalated: bool
    """It came back too often."""


class ClientCreated(
    ClientMessage, frozen=True, kw_only=True, tag="CLIENT_CREATED", tag_field="type"
):
    """There is a new cliente."""


class ClientUpdated(
    ClientMessage, frozen=True, kw_only=True, tag="CLIENT_UPDATED", tag_field="type"
):
    """Something of it has changed, or it was opened again for whoever is given it."""


class ClientReassigned(
    ClientMessage, frozen=True, kw_only=True, tag="CLIENT_REASSIGNED", tag_field="type"
):
    """It was given to an asesor."""


class ClientInGestion(
    ClientMessage, frozen=True, kw_only=True, tag="CLIENT_IN_GESTION", tag_field="type"
):
    """Its asesor has opened the wizard."""


class ClientCompleted(
    ClientMessage, frozen=True, kw_only=True, tag="CLIENT_COMPLETED", tag_field="type"
):
    """It is done."""


class ClientReturned(
    ClientMessage, frozen=True, kw_only=True, tag="CLIENT_RETURNED_TO_GTR", tag_field="type"
):
    """It is nobody's again."""


class ClientesImported(
    _Message, frozen=True, kw_only=True, tag="CLIENTES_IMPORTED", tag_field="type"
):
    """Many clientes at once were made, changed or taken back by an import: fetch what is shown."""

    seq: int
    import_id: UUID = field(name="importId")
    clientes: int
    timestamp: datetime


class ClientActivity(_Message, frozen=True, kw_only=True, tag="CLIENT_ACTIVITY", tag_field="type"):
    """Its asesor did something: the clocks begin anew. Of the moment; nothing is resumed of it."""

    cliente_id: ClienteId = field(name="clienteId")
    asesor_id: UserId = field(name="asesorId")
    last_activity: datetime
    due_at: datetime


class ClientLock(_Message, frozen=True, kw_only=True, tag="CLIENT_LOCK", tag_field="type"):
    """Somebody took it in hand, or it was let go or taken out of their hand. Of the moment."""

    cliente_id: ClienteId = field(name="clienteId")
    asesor_id: UserId | None = field(name="asesorId")
    holder: DeskPerson | None
    """Who has it now."""
    by: DeskPerson | None
    """Who did that; None: a program."""


class AsesorPresence(_Message, frozen=True, kw_only=True, tag="ASESOR_PRESENCE", tag_field="type"):
    """An asesor is at work, pauses, or is away. Of the moment."""

    asesor_id: UserId = field(name="asesorId")
    state: Literal["available", "paused", "away"]
    reason: str | None
    since: datetime


class DeskSettingsChanged(
    _Message, frozen=True, kw_only=True, tag="DESK_SETTINGS", tag_field="type"
):
    """The company's settings of the desk have changed: fetch them. Of the moment."""


MESSAGES = (
    ClientCreated,
    ClientUpdated,
    ClientReassigned,
    ClientInGestion,
    ClientCompleted,
    ClientReturned,
    ClientesImported,
    ClientActivity,
    ClientLock,
    AsesorPresence,
    DeskSettingsChanged,
)
