"""A supervisor with files of clientes."""

import asyncio
from typing import Any

import pytest

from pista import desk
from pista.queue import Runner
from pista.store.postgres import Postgres
from tests.desk.conftest import Agent
from tests.events.writing import until

HEADER = "Nombre;Teléfono;Correo;Campaña;Notas;Asesor;Próxima acción;Follow up\n"


class Office:
    """Files go in, and are worked off."""

    def __init__(self, gtr: Agent, postgres: Postgres, database: str) -> None:
        self.gtr = gtr
        self.postgres = postgres
        self.database = database

    async def upload(self, text: str | bytes) -> dict[str, Any]:
        content = text.encode() if isinstance(text, str) else text
        path = "/api/clientes/imports?name=feria.csv"
        return await self.gtr.ok("POST", path, content=content)

    async def check(self, made: dict[str, Any], **terms: Any) -> dict[str, Any]:
        """To its end."""
        await self.post(made, "check", terms_of(made, **terms))
        await self.worked_off()
        return await self.get(made)

    async def run(self, made: dict[str, Any], **choices: Any) -> dict[str, Any]:
        """Checked and imported to its end."""
        await self.check(made)
        await self.post(made, "start", choices)
        await self.worked_off()
        return await self.get(made)

    async def add(self, text: str, **choices: Any) -> dict[str, Any]:
        return await self.run(await self.upload(text), **choices)

    async def undo(self, made: dict[str, Any]) -> dict[str, Any]:
        await self.post(made, "undo")
        await self.worked_off()
        return await self.get(made)

    async def post(self, made: dict[str, Any], what: str, body: Any = None) -> dict[str, Any]:
        return await self.gtr.ok("POST", f"/api/clientes/imports/{made['id']}/{what}", json=body)

    async def get(self, made: dict[str, Any], what: str = "") -> dict[str, Any]:
        return await self.gtr.ok("GET", f"/api/clientes/imports/{made['id']}{what}")

    async def worked_off(self) -> None:
        runner = Runner(self.database, desk.handlers)
        task = asyncio.create_task(runner.run())
        await until(self._is_idle, 120)
        runner.stop()
        await task

    async def clientes(self, **asked: str) -> dict[str, dict[str, Any]]:
        found = await self.gtr.ok("GET", "/api/clientes", params={"limit": "200", **asked})
        return {one["nombre"]: one for one in found["items"]}

    async def counts(self) -> dict[str, int]:
        """Of everything that an import writes."""
        async with self.postgres.transaction() as tx:
            row = await tx.connection.fetchrow(
                """
                select
                    (select count(*) from clientes) as clientes,
                    (select count(*) from contacts) as contacts,
                    (select count(*) from contact_identities) as identities,
                    (select count(*) from cliente_words) as words,
                    (select count(*) from desk_history) as history,
                    (select count(*) from cliente_import_chunks) as chunks,
                    (select count(*) from cliente_import_people) as people
                """
            )
        assert row is not None
        return dict(row)

    async def _is_idle(self) -> bool:
        async with self.postgres.transaction() as tx:
            return not await tx.value("select count(*) from jobs")


def terms_of(made: dict[str, Any], **terms: Any) -> dict[str, Any]:
    return {"mapping": made["guessed"], "header": made["header"], "country": "PE", **terms}


@pytest.fixture
def office(gtr: Agent, postgres: Postgres, database: str) -> Office:
    return Office(gtr, postgres, database)
