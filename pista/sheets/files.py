"""The files of a room, and how far each is: found, held and listed."""

from typing import Generic, LiteralString, TypeVar

from pista.errors import NotFound
from pista.ids import TenantId
from pista.sheets.model import ImportId, Sheet
from pista.sheets.staging import Tables
from pista.store.postgres import Tx

MOST_LISTED = 50
RowT = TypeVar("RowT", bound=Sheet)


class Files(Generic[RowT]):
    """Of one room, which keeps more of each than other rooms do."""

    def __init__(
        self, tables: Tables, columns: LiteralString, row: type[RowT], missing: type[NotFound]
    ) -> None:
        every: LiteralString = (
            "select " + columns + " from " + tables.imports + " where tenant_id = $1"
        )
        self._one: LiteralString = every + " and id = $2"
        self._held: LiteralString = self._one + " for update"
        self._newest: LiteralString = every + " order by created_at desc, id desc limit $2"
        self._row = row
        self._missing = missing

    async def known(self, tx: Tx, tenant: TenantId, import_id: ImportId) -> RowT:
        return self._there(await tx.one_or_none(self._row, self._one, tenant, import_id))

    async def locked(self, tx: Tx, tenant: TenantId, import_id: ImportId) -> RowT:
        """Nobody else does anything with it until the transaction ends."""
        return self._there(await self.lock(tx, tenant, import_id))

    async def lock(self, tx: Tx, tenant: TenantId, import_id: ImportId) -> RowT | None:
        """The same; None: it is gone."""
        return await tx.one_or_none(self._row, self._held, tenant, import_id)

    async def listed(self, tx: Tx, tenant: TenantId) -> list[RowT]:
        """The newest first."""
        return await tx.all(self._row, self._newest, tenant, MOST_LISTED)

    def _there(self, row: RowT | None) -> RowT:
        if row is None:
            raise self._missing
        return row
