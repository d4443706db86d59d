"""What the rows of an import are worked off with, and what has come of them so far."""

from datetime import datetime

from pista.desk.imports.columns import Read
from pista.desk.imports.many_queries import Moved
from pista.desk.imports.model import ImportChoices, ImportRow, Noted, Outcome
from pista.desk.imports.staff import Staff
from pista.desk.model import Actor, ClienteId
from pista.ids import ContactId, TenantId, UserId
from pista.store.postgres import Tx


class Work:
    """One slice: in one transaction, for whoever started the import."""

    def __init__(self, tx: Tx, row: ImportRow, staff: Staff, now: datetime) -> None:
        assert row.choices is not None
        self.tx = tx
        self.tenant: TenantId = row.tenant_id
        self.choices: ImportChoices = row.choices
        self.actor = Actor(kind=row.actor_kind, id=row.actor_id, supervises=True)
        self.why = row.file
        self.staff = staff
        self.now = now
        self.noted: list[Noted] = []
        self.given = 0
        """Clientes that went to somebody."""
        self.concerned: set[UserId] = set()
        self.due: list[datetime] = []

    def moved(self, moved: list[Moved], asesores: dict[ClienteId, UserId | None]) -> None:
        """Whom it concerns, and when it is due."""
        self.due += [one.due_at for one in moved if one.due_at]
        both = [*asesores.values(), *(one.asesor_before for one in moved)]
        self.concerned |= {one for one in both if one}
        self.given += sum(1 for one in moved if asesores[one.id])

    def note(
        self,
        read: Read,
        outcome: Outcome,
        cliente: ClienteId | None = None,
        *,
        version: int | None = None,
        contact: ContactId | None = None,
        before: dict[str, object] | None = None,
        why: str | None = None,
    ) -> None:
        """What became of a row, and what could not be taken of it."""
        problems = list(read.problems)
        if not self.staff.knows(read) and outcome in ("created", "reopened"):
            problems.append("asesor: nobody here")
        reasons = ", ".join([*([why] if why else []), *problems]) or None
        self.noted.append(
            Noted(
                row=read.row,
                outcome=outcome,
                cliente=cliente,
                version=version,
                contact=contact,
                before=before,
                why=reasons,
                cells=read.cells if reasons else None,
            )
        )
