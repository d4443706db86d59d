"""People at the desk who do things at once, each over a connection of its own."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any, LiteralString

import asyncpg
import msgspec

from pista.accounts import Caller, Role, User
from pista.desk.assigning import service as assigning
from pista.desk.assigning.model import AssignClientes, AssignmentId, UndoAssignment
from pista.desk.clientes import service as clientes
from pista.desk.clientes.model import EnterCliente, GiveBack, Reopen, SetEstatus, Transfer
from pista.desk.locks import service as locks
from pista.desk.locks.model import Beat, ReleaseLock, SayActive, TakeLock
from pista.desk.model import ClienteId
from pista.desk.timer import queries as timer
from pista.desk.wizard import service as wizard
from pista.desk.wizard.model import ChangeCliente, CompleteWizard, OpenWizard, SetClienteDraft
from pista.errors import PistaError
from pista.ids import TenantId, UserId, uuid7
from pista.store import postgres as store
from pista.store.postgres import Postgres, Tx
from tests.desk.conftest import NOW

ADD_USER: LiteralString = """
insert into users (id, tenant_id, email, name, role, password_hash)
values ($1, $2, $3, $4, $5, 'x')
"""


@dataclass(frozen=True)
class Deed:
    """What somebody is about to do."""

    what: str
    who: str
    cliente: int = 0
    other: str = "ana"
    token: str = "latest"
    brk: bool = False


@dataclass
class Done:
    """What came of it."""

    deed: Deed
    cliente: ClienteId
    token: str | None = None
    refusal: str | None = None
    moved: list[ClienteId] = field(default_factory=list[ClienteId])
    """By a supervisor, or by a timer."""
    issued: str | None = None


class Desk:
    """A company with two supervisors and two asesores."""

    def __init__(self, url: str, pool: Postgres) -> None:
        self.url = url
        self.house = pool
        self.tenant = TenantId(uuid7())
        self.people = {
            name: Caller(
                tenant_id=self.tenant,
                role=role,
                user=User(id=UserId(uuid7()), email=f"{name}@x", name=name, role=role),
            )
            for name, role in (
                ("greta", Role.GTR),
                ("gino", Role.GTR),
                ("ana", Role.ASESOR),
                ("luz", Role.ASESOR),
            )
        }
        self.clientes: list[ClienteId] = []
        self.issued: dict[tuple[ClienteId, str], list[str]] = {}
        self.undo: list[AssignmentId] = []
        self.edits = 0

    async def furnish(self, many: int) -> None:
        async with self.house.transaction() as tx:
            await tx.execute("insert into tenants (id, name) values ($1, 'x')", self.tenant)
            for name, one in self.people.items():
                email = f"{name}@{self.tenant}.example"
                given = (self.id_of(name), self.tenant, email, name, one.role)
                await tx.execute(ADD_USER, *given)
            for number in range(many):
                new = EnterCliente(nombre=f"C{number}")
                made = await clientes.enter(tx, self.people["greta"], new, now=NOW)
                self.clientes.append(made.id)

    def id_of(self, name: str) -> UserId:
        user = self.people[name].user
        assert user is not None
        return user.id

    async def all_at_once(self, deeds: list[Deed]) -> list[Done]:
        return list(await asyncio.gather(*[self._try(deed) for deed in deeds]))

    async def _try(self, deed: Deed) -> Done:
        cliente = self.clientes[deed.cliente]
        done = Done(deed, cliente, self._token(deed, cliente))
        try:
            if deed.what in ("sweep", "killed sweep"):
                await self._sweep(done)
            else:
                async with self.house.of(self.tenant).transaction() as tx:
                    await self._do(tx, done)
        except PistaError as refusal:
            done.refusal = refusal.code
            done.moved = []
        if done.refusal is None and done.issued:
            self.issued.setdefault((cliente, deed.who), []).append(done.issued)
        return done

    def _token(self, deed: Deed, cliente: ClienteId) -> str | None:
        own = self.issued.get((cliente, deed.who), [])
        match deed.token:
            case "latest" if own:
                return own[-1]
            case "older" if len(own) > 1:
                return own[-2]
            case "none":
                return None
            case _:
                return "made up"

    async def _do(self, tx: Tx, done: Done) -> None:
        caller = self.people[done.deed.who]
        supervisors: dict[str, Callable[..., Coroutine[Any, Any, None]]] = {
            "give": self._give,
            "take": self._take,
            "reopen": self._reopen,
            "assign": self._assign,
            "undo": self._undo,
        }
        act = supervisors.get(done.deed.what, self._work)
        await act(tx, caller, done)

    async def _give(self, tx: Tx, caller: Caller, done: Done) -> None:
        asked = SetEstatus(
            estatus="derivado", asesor_id=self.id_of(done.deed.other), break_lock=done.deed.brk
        )
        await clientes.set_estatus(tx, caller, done.cliente, asked)
        done.moved = [done.cliente]

    async def _take(self, tx: Tx, caller: Caller, done: Done) -> None:
        asked = SetEstatus(estatus="no_gestionado", break_lock=done.deed.brk)
        await clientes.set_estatus(tx, caller, done.cliente, asked)
        done.moved = [done.cliente]

    async def _reopen(self, tx: Tx, caller: Caller, done: Done) -> None:
        asesor = self.id_of(done.deed.other) if done.deed.brk else None
        await clientes.reopen(tx, caller, done.cliente, Reopen(asesor_id=asesor))
        done.moved = [done.cliente]

    async def _assign(self, tx: Tx, caller: Caller, done: Done) -> None:
        asked = AssignClientes(ids=[*self.clientes], asesor_id=self.id_of(done.deed.other))
        answer = await assigning.assign(tx, caller, asked)
        done.moved = [ClienteId(one.id) for one in answer.items if one.ok]
        if answer.undo:
            self.undo.append(answer.undo)

    async def _undo(self, tx: Tx, caller: Caller, done: Done) -> None:
        last = self.undo[-1] if self.undo else AssignmentId(uuid7())
        answer = await assigning.take_back(tx, caller, UndoAssignment(undo=last))
        done.moved = [ClienteId(one.id) for one in answer.items if one.ok]

    async def _work(self, tx: Tx, caller: Caller, done: Done) -> None:
        cliente, token = done.cliente, done.token
        match done.deed.what:
            case "lock":
                taken = await locks.take(tx, caller, cliente, TakeLock(lock_token=token))
                done.issued = taken.lock_token
            case "beat":
                await locks.beat(tx, caller, cliente, Beat(lock_token=token, active=done.deed.brk))
            case "activity":
                await locks.say_active(tx, caller, cliente, SayActive(lock_token=token))
            case "unlock":
                await locks.release(tx, caller, cliente, ReleaseLock(lock_token=token))
            case "open":
                await wizard.open_wizard(tx, caller, cliente, OpenWizard(lock_token=token))
            case "complete":
                asked = CompleteWizard(lock_token=token)
                await wizard.complete_wizard(tx, caller, cliente, asked)
            case "give back":
                back = GiveBack(why="x", lock_token=token)
                await clientes.give_back(tx, caller, cliente, back)
            case "transfer":
                to = self.id_of(done.deed.other)
                over = Transfer(to_asesor_id=to, why="x", lock_token=token)
                await clientes.transfer(tx, caller, cliente, over)
            case "draft":
                draft = SetClienteDraft(answers={"token": token}, revision=1, lock_token=token)
                await wizard.set_draft(tx, caller, cliente, draft)
            case _:
                await self._edit(tx, caller, done)

    async def _edit(self, tx: Tx, caller: Caller, done: Done) -> None:
        self.edits += 1
        version = await tx.value("select version from clientes where id = $1", done.cliente)
        asked = ChangeCliente(version=version, lock_token=done.token, notas=f"{self.edits}")
        await wizard.change(tx, caller, done.cliente, asked)

    async def _sweep(self, done: Done) -> None:
        """A timer's own, over a connection of its own, which may be cut before it commits."""
        connection: Any = await store.connect(self.url)
        try:
            async with connection.transaction():
                told = await timer.time_out(Tx(connection), 100)
                if done.deed.what == "killed sweep":
                    await self._cut(connection)
            found = [one.body for one in told if one.tenant_id == self.tenant]
            done.moved = [_cliente_of(bytes(body)) for body in found]
        except (*store.AWAY, asyncpg.PostgresError):
            if done.deed.what != "killed sweep":
                raise
        finally:
            connection.terminate()

    async def _cut(self, connection: Any) -> None:
        async with self.house.transaction() as tx:
            await tx.value("select pg_terminate_backend($1)", connection.get_server_pid())


def _cliente_of(body: bytes) -> ClienteId:
    return ClienteId(msgspec.json.decode(body)["clienteId"])
