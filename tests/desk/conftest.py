"""A call centre: a supervisor, asesores, and clientes to be called."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import httpx
import pytest

from pista.accounts import Role, service
from pista.app import House
from pista.ids import TenantId, UserId
from pista.settings import Settings
from pista.store.embedded.process import free_port
from pista.store.postgres import Postgres
from pista.store.runtime import Urls

URL = "http://pista.test"
PASSWORD = "correct horse battery"
NOW = datetime.now(UTC)
_phones = count(100)


class Agent(httpx.AsyncClient):
    """Somebody of the company, signed in."""

    user: UserId
    name: str

    async def ok(self, method: str, path: str, **given: Any) -> Any:
        answer = await self.request(method, path, **given)
        assert answer.status_code < 300, answer.text
        return answer.json() if answer.content else None

    async def refused(self, method: str, path: str, **given: Any) -> tuple[int, dict[str, Any]]:
        answer = await self.request(method, path, **given)
        assert answer.status_code >= 400, answer.text
        return answer.status_code, answer.json()

    async def enter(self, **given: Any) -> dict[str, Any]:
        new = {"nombre": "Ana Flores", "telefono": f"+51961508{next(_phones)}", **given}
        return await self.ok("POST", "/api/clientes", json=new)

    async def derive(self, cliente: int, asesor: "Agent", **given: Any) -> dict[str, Any]:
        asked = {"tipo": "gtr", "estatus": "derivado", "asesorId": str(asesor.user), **given}
        return await self.ok("POST", f"/api/clientes/{cliente}/estatus", json=asked)

    async def history(self, cliente: int) -> list[dict[str, Any]]:
        """The oldest first."""
        told = await self.ok("GET", f"/api/clientes/{cliente}/historial")
        return told["items"][::-1]

    async def moves(self, cliente: int) -> list[str]:
        return [line["move"] for line in await self.history(cliente)]

    async def lock(self, cliente: int) -> str:
        taken = await self.ok("POST", f"/api/clientes/{cliente}/lock")
        return taken["lockToken"]

    async def open(self, cliente: int) -> str:
        """The token."""
        token = await self.lock(cliente)
        asked = {"asesorId": str(self.user), "lockToken": token}
        await self.ok("POST", f"/api/clientes/{cliente}/open-wizard", json=asked)
        return token


async def later(postgres: Postgres, seconds: float) -> None:
    """As if so much time had passed: everything that the desk knows happened that much earlier."""
    async with postgres.transaction() as tx:
        past = timedelta(seconds=seconds)
        await tx.execute(
            """
            update clientes
            set derivado_at = derivado_at - $1::interval, opened_at = opened_at - $1::interval,
                last_activity = last_activity - $1::interval, due_at = due_at - $1::interval,
                state_since = state_since - $1::interval, created_at = created_at - $1::interval,
                reopened_at = reopened_at - $1::interval, touched_at = touched_at - $1::interval
            """,
            past,
        )
        await tx.execute(
            """
            update cliente_goals
            set came_at = came_at - $1::interval, told_at = told_at - $1::interval,
                assign_warn_at = assign_warn_at - $1::interval,
                assign_by = assign_by - $1::interval, next_at = next_at - $1::interval,
                touch_warn_at = touch_warn_at - $1::interval, touch_by = touch_by - $1::interval
            """,
            past,
        )
        await tx.execute(
            """
            update cliente_locks
            set taken_at = taken_at - $1::interval, expires_at = expires_at - $1::interval
            """,
            past,
        )


Sit = Callable[..., Awaitable[Agent]]


@pytest.fixture
async def house(database: str) -> AsyncGenerator[House]:
    """A web process; ClickHouse is away."""
    away = f"http://127.0.0.1:{free_port()}"
    running = House(Settings(public_url=URL), Urls(database_url=database, clickhouse_url=away))
    await running.start()
    yield running
    await running.stop()


@pytest.fixture
async def tenant(postgres: Postgres) -> TenantId:
    async with postgres.transaction() as tx:
        return (await service.create_tenant(tx, "flores", now=NOW)).id


@pytest.fixture
async def sit(house: House, tenant: TenantId, postgres: Postgres) -> AsyncGenerator[Sit]:
    """Make somebody of the company, who signs in."""
    opened: list[Agent] = []

    async def made(name: str, role: Role = Role.ASESOR) -> Agent:
        agent = Agent(
            transport=httpx.ASGITransport(house, raise_app_exceptions=False),
            base_url=URL,
            headers={"Origin": URL},
        )
        opened.append(agent)
        email = f"{name}@flores.example"
        async with postgres.transaction() as tx:
            user = await service.create_user(
                tx, tenant, email=email, name=name, role=role, password=PASSWORD, now=NOW
            )
        agent.user, agent.name = user.id, name
        await agent.ok("POST", "/api/login", json={"email": email, "password": PASSWORD})
        return agent

    yield made
    for agent in opened:
        await agent.aclose()


@pytest.fixture
async def gtr(sit: Sit) -> Agent:
    return await sit("greta", Role.GTR)


@pytest.fixture
async def ana(sit: Sit) -> Agent:
    return await sit("ana")


@pytest.fixture
async def luz(sit: Sit) -> Agent:
    return await sit("luz")
