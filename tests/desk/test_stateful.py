"""Supervisors, asesores and timers at once, in whatever order chance finds.

What happened is worked out a second time here, from the history alone: every move has its line and
its message, none is illegal, nobody works with what is not in their hand, and nothing goes back
before its time is up.
"""

import asyncio
from collections import Counter
from collections.abc import Coroutine
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import Any, ClassVar, LiteralString

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from pista.desk.model import ClienteId
from pista.store import postgres as store
from pista.store.postgres import Postgres
from tests.desk.actors import Deed, Desk, Done

CLIENTES = 3
LIMIT = timedelta(seconds=300)
LEGAL = {
    "create": {("", "nuevo")},
    "derive": {("nuevo", "derivado"), ("no_gestionado", "derivado")},
    "reassign": {("derivado", "derivado"), ("en_gestion", "derivado")},
    "transfer": {("derivado", "derivado"), ("en_gestion", "derivado")},
    "withdraw": {
        (one, to) for one in ("derivado", "en_gestion") for to in ("nuevo", "no_gestionado")
    },
    "open": {("derivado", "en_gestion")},
    "complete": {("en_gestion", "terminado")},
    "give_back": {("derivado", "no_gestionado"), ("en_gestion", "no_gestionado")},
    "time_out": {("derivado", "no_gestionado"), ("en_gestion", "no_gestionado")},
    "reopen": {(one, to) for one in ("no_gestionado", "terminado") for to in ("nuevo", "derivado")},
}
SUPERVISED = {"derive", "reassign", "withdraw", "reopen"}
WORKED = {"open": "open", "complete": "complete", "give_back": "give back", "transfer": "transfer"}
SUPERVISORS = ("give", "take", "reopen", "assign", "undo")
ASESORES = (
    *("lock", "beat", "activity", "unlock", "open", "complete", "give back", "transfer"),
    *("draft", "edit"),
)
TIMERS = ("sweep", "killed sweep")

HISTORY: LiteralString = """
select cliente_id, move, from_status, to_status, at, seconds, actor_id, asesor_before, asesor_after,
    due_at
from desk_history where tenant_id = $1 order by cliente_id, id
"""
CLIENTE: LiteralString = """
select id, seguimiento_status as status, asesor_asignado as asesor, version, last_activity, due_at,
    due_at <= clock_timestamp() as overdue, state_since, returns
from clientes where tenant_id = $1 order by id
"""
LOCKS: LiteralString = """
select cliente_id, holder, token from cliente_locks
where tenant_id = $1 and expires_at > clock_timestamp()
"""
TOLD: LiteralString = """
select (body ->> 'clienteId')::bigint as cliente, body ->> 'seguimiento_status' as status,
    body ->> 'reason' as reason
from desk_messages where tenant_id = $1 order by seq
"""
# Everything that the desk knows happened that much earlier.
EARLIER: tuple[LiteralString, ...] = (
    "alter table desk_history disable trigger user",
    "update desk_history set at = at - $1::interval, due_at = due_at - $1::interval",
    "alter table desk_history enable trigger user",
    """
    update clientes
    set created_at = created_at - $1::interval, derivado_at = derivado_at - $1::interval,
        opened_at = opened_at - $1::interval, last_activity = last_activity - $1::interval,
        due_at = due_at - $1::interval, state_since = state_since - $1::interval,
        fecha_wizard_completado = fecha_wizard_completado - $1::interval
    """,
    """
    update cliente_locks
    set taken_at = taken_at - $1::interval, expires_at = expires_at - $1::interval
    """,
)

places = st.integers(0, CLIENTES - 1)
deeds = st.one_of(
    st.builds(
        Deed,
        what=st.sampled_from(SUPERVISORS),
        who=st.sampled_from(["greta", "gino"]),
        cliente=places,
        other=st.sampled_from(["ana", "luz"]),
        brk=st.booleans(),
    ),
    st.builds(
        Deed,
        what=st.sampled_from(ASESORES),
        who=st.sampled_from(["ana", "luz"]),
        cliente=places,
        other=st.sampled_from(["ana", "luz"]),
        token=st.sampled_from(["latest", "latest", "latest", "none", "older", "made up"]),
        brk=st.booleans(),
    ),
    st.builds(Deed, what=st.sampled_from(TIMERS), who=st.just("timer")),
)


class AtTheDesk(RuleBasedStateMachine):
    loop: ClassVar[asyncio.AbstractEventLoop]
    pool: ClassVar[Postgres]
    url: ClassVar[str]

    def __init__(self) -> None:
        super().__init__()
        self.desk = Desk(self.url, self.pool)
        self.do(self.desk.furnish(CLIENTES))
        self.supervised: Counter[ClienteId] = Counter()
        self.worked: Counter[tuple[ClienteId, str, Any]] = Counter()
        self.timed_out: Counter[ClienteId] = Counter()
        self.edited: Counter[ClienteId] = Counter()

    def do(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self.loop.run_until_complete(asyncio.ensure_future(work, loop=self.loop))

    @rule(asesor=st.sampled_from(["ana", "luz"]), cliente=places)
    def somebody_is_at_work(self, asesor: str, cliente: int) -> None:
        """Chance alone would seldom come so far."""
        for what, who in (("give", "greta"), ("lock", asesor), ("open", asesor)):
            self.all_at_once([Deed(what, who, cliente, other=asesor, brk=True)])

    @rule(chosen=st.lists(deeds, min_size=1, max_size=6))
    def happens(self, chosen: list[Deed]) -> None:
        self.all_at_once(chosen)

    @rule(chosen=st.lists(deeds, min_size=2, max_size=6), asesor=st.sampled_from(["ana", "luz"]))
    def happens_to_one(self, chosen: list[Deed], asesor: str) -> None:
        """All of it to what one of them has in hand."""
        self.somebody_is_at_work(asesor, 0)
        workers = {"ana": asesor, "luz": asesor}
        self.all_at_once(
            [replace(one, cliente=0, who=workers.get(one.who, one.who)) for one in chosen]
        )

    def all_at_once(self, chosen: list[Deed]) -> None:
        before, held = self.clientes(), self.live()
        history = self.history()
        done = self.do(self.desk.all_at_once(chosen))
        self.count(done)
        new = self.new_lines(history)
        for one in done:
            if one.refusal is None and one.deed.what in ASESORES:
                self.check_allowed(one, done, before, held, new)

    @rule(seconds=st.sampled_from([1, 60, 119, 121, 250, 301]))
    def time_passes(self, seconds: int) -> None:
        async def pass_by() -> None:
            async with self.pool.transaction() as tx:
                for statement in EARLIER:
                    given = [timedelta(seconds=seconds)] if "$1" in statement else []
                    await tx.execute(statement, *given)

        self.do(pass_by())

    @rule(seconds=st.sampled_from([0, 290, 301]))
    def timers_look(self, seconds: int) -> None:
        """Two at once: all that is due has gone back, as it was due, and nothing else."""
        self.time_passes(seconds)
        before = self.clientes()
        history = self.history()
        self.all_at_once([Deed("sweep", "timer"), Deed("sweep", "timer")])
        due = {one["id"]: one["due_at"] for one in before if one["overdue"]}
        gone = {one["cliente_id"]: one["due_at"] for one in self.new_lines(history)}
        # What came to be due meanwhile may have gone, too.
        assert due.items() <= gone.items()

    def count(self, done: list[Done]) -> None:
        for one in done:
            if one.refusal is not None:
                continue
            if one.deed.what in SUPERVISORS:
                self.supervised.update(one.moved)
            elif one.deed.what == "sweep":
                self.timed_out.update(one.moved)
            elif one.deed.what == "edit":
                self.edited[one.cliente] += 1
            elif one.deed.what in WORKED.values():
                who = self.desk.id_of(one.deed.who)
                self.worked[one.cliente, one.deed.what, who] += 1

    def check_allowed(
        self, one: Done, done: list[Done], before: list[Any], held: list[Any], new: list[Any]
    ) -> None:
        """It was this asesor's at the beginning or came to be so meanwhile, not overdue; and the
        token was the one that was valid at some moment."""
        asesor = self.desk.id_of(one.deed.who)
        [was] = [row for row in before if row["id"] == one.cliente]
        came = [row for row in new if row["cliente_id"] == one.cliente]
        its = was["asesor"] == asesor and not was["overdue"]
        given = any(row["asesor_after"] == asesor for row in came)
        if one.deed.what != "unlock":
            assert its or given, one
        if one.token is not None and one.deed.what not in ("lock", "unlock"):
            valid = {row["token"] for row in held if row["cliente_id"] == one.cliente}
            valid |= {other.issued for other in done if other.cliente == one.cliente}
            assert one.token in valid, one

    @invariant()
    def all_of_it_is_history(self) -> None:
        """What each was told is written down, and nothing else; every line follows the one before
        it."""
        told, history = self.rows(TOLD), self.history()
        for now in self.clientes():
            lines = [one for one in history if one["cliente_id"] == now["id"]]
            assert lines[0]["move"] == "create"
            for line in lines:
                self.check_line(line)
            for earlier, line in pairwise(lines):
                assert line["from_status"] == earlier["to_status"]
                assert line["asesor_before"] == earlier["asesor_after"]
                took = (line["at"] - earlier["at"]).total_seconds()
                assert abs(line["seconds"] - took) < 0.001
                assert took >= 0
            self.check_counts(now, lines)
            assert now["status"] == lines[-1]["to_status"]
            assert now["asesor"] == lines[-1]["asesor_after"]
            assert now["version"] == len(lines) + self.edited[now["id"]]
            own = [one for one in told if one["cliente"] == now["id"]]
            moves = [one["status"] for one in own if one["reason"] != "changed"]
            assert moves == [line["to_status"] for line in lines]

    def check_line(self, line: Any) -> None:
        move = line["move"]
        assert (line["from_status"], line["to_status"]) in LEGAL[move]
        if move in WORKED:
            assert line["actor_id"] == line["asesor_before"] is not None
        elif move == "time_out":
            assert line["actor_id"] is None
            assert line["at"] >= line["due_at"]
        else:
            assert line["actor_id"] in (self.desk.id_of("greta"), self.desk.id_of("gino"))
        active = line["to_status"] in ("derivado", "en_gestion")
        assert (line["asesor_after"] is not None) == active

    def check_counts(self, now: Any, lines: list[Any]) -> None:
        cliente = now["id"]
        assert sum(line["move"] in SUPERVISED for line in lines) == self.supervised[cliente]
        assert sum(line["move"] == "time_out" for line in lines) == self.timed_out[cliente]
        back = ("time_out", "give_back")
        assert sum(line["move"] in back for line in lines) == now["returns"]
        written = Counter(
            (cliente, WORKED[line["move"]], line["actor_id"])
            for line in lines
            if line["move"] in WORKED
        )
        said = Counter({key: n for key, n in self.worked.items() if key[0] == cliente})
        # A second click on what is open is answered as the first.
        opened = {key: n for key, n in said.items() if key[1] == "open"}
        assert {key: n for key, n in written.items() if key[1] != "open"} == {
            key: n for key, n in said.items() if key[1] != "open"
        }
        assert all(n <= opened.get(key, 0) for key, n in written.items() if key[1] == "open")

    @invariant()
    def one_has_it_in_hand(self) -> None:
        """At most, and whose it is; its time is always what its last activity gives it."""
        clientes = {one["id"]: one for one in self.clientes()}
        for lock in self.live():
            name = next(n for n in ("ana", "luz") if self.desk.id_of(n) == lock["holder"])
            assert clientes[lock["cliente_id"]]["asesor"] == lock["holder"]
            assert lock["token"] in self.desk.issued[lock["cliente_id"], name]
        for one in clientes.values():
            if one["due_at"] is not None:
                assert one["due_at"] - one["last_activity"] == LIMIT

    def rows(self, sql: Any) -> list[Any]:
        async def read() -> list[Any]:
            async with self.pool.transaction() as tx:
                return list(await tx.connection.fetch(sql, self.desk.tenant))

        return self.do(read())

    def clientes(self) -> list[Any]:
        return self.rows(CLIENTE)

    def history(self) -> list[Any]:
        return self.rows(HISTORY)

    def live(self) -> list[Any]:
        return self.rows(LOCKS)

    def new_lines(self, before: list[Any]) -> list[Any]:
        old = Counter(one["cliente_id"] for one in before)
        seen: Counter[ClienteId] = Counter()
        new: list[Any] = []
        for one in self.history():
            seen[one["cliente_id"]] += 1
            if seen[one["cliente_id"]] > old[one["cliente_id"]]:
                new.append(one)
        return new


def run(database_url: str, examples: int) -> None:
    """In a thread and an event loop of its own, since the machine is not asynchronous."""
    loop = asyncio.new_event_loop()
    AtTheDesk.loop, AtTheDesk.url = loop, database_url
    AtTheDesk.pool = loop.run_until_complete(store.open_pool(database_url))
    try:
        run_state_machine_as_test(
            AtTheDesk,
            settings=settings(
                max_examples=examples,
                stateful_step_count=20,
                # What happens at once happens otherwise the next time: shown as it was.
                phases=[Phase.generate],
                deadline=None,
                database=None,
                suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
            ),
        )
    finally:
        loop.run_until_complete(AtTheDesk.pool.close())
        loop.close()


async def test_whatever_happens_at_once(database: str):
    """
    No illegal move, no lost history, no two holders, and nothing goes back too early or stays.
    """
    await asyncio.to_thread(run, database, 12)
