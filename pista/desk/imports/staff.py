"""Whose imported clientes are to be: whom their row names, or else each of some in turn."""

from collections.abc import Sequence

from pista.accounts.people import queries as people
from pista.desk.imports.columns import Read
from pista.ids import TenantId, UserId
from pista.store.postgres import Tx


class Staff:
    """Who works there, and whose turn it is."""

    def __init__(self, by_email: dict[str, UserId], names: dict[UserId, str]) -> None:
        self._by_email = by_email
        self._names = names
        self._rota: Sequence[UserId] = ()
        self._turn = 0

    def take_turns(self, asesores: Sequence[UserId], before: int) -> None:
        """Those of these who are still there, after so many that were given away before."""
        self._rota = [one for one in asesores if one in self._names]
        self._turn = before

    def named(self, read: Read) -> UserId | None:
        return self._by_email.get(read.asesor) if read.asesor else None

    def knows(self, read: Read) -> bool:
        """Whether whom its row names is there; one that names nobody is fine."""
        return read.asesor is None or read.asesor in self._by_email

    def name(self, user: UserId | None) -> str | None:
        return self._names.get(user) if user else None

    def has(self, user: UserId) -> bool:
        return user in self._names

    def whose(self, read: Read) -> UserId | None:
        """Called once for each that is given away."""
        if named := self.named(read):
            return named
        if not self._rota:
            return None
        self._turn += 1
        return self._rota[(self._turn - 1) % len(self._rota)]


async def staff(tx: Tx, tenant: TenantId) -> Staff:
    there = [one for one in await people.people(tx, tenant) if one.deactivated_at is None]
    return Staff({one.email.lower(): one.id for one in there}, {one.id: one.name for one in there})
