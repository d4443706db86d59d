"""The shop's lead desk: what happened there is what a desk allows, and Pista takes it as it was."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from msgspec import structs

from pista import contacts
from pista.accounts import Role, service
from pista.contacts import FoundContact
from pista.demo.came import Came
from pista.demo.desk import past, script
from pista.demo.desk.past import Staff
from pista.desk import bringing, machine
from pista.ids import ContactId, UserId, uuid7
from pista.store.postgres import Tx

NOW = datetime(2026, 11, 22, 20, tzinfo=UTC)
STAFF = Staff(UserId(uuid7()), [UserId(uuid7()) for _ in range(3)])


def came(number: int, *, bought: bool = False) -> Came:
    return Came(
        contact_id=ContactId(f"c{number}"),
        key=f"{number}",
        at=NOW - timedelta(hours=number),
        source="crm",
        name="Regina Cordero",
        phone="+12105550112",
        bought=bought,
    )


def test_every_case_goes_along_moves_that_there_are():
    """
    In time, and the same at every call; what was sold was sold, and nothing else was.
    """
    outcomes: dict[bool, set[str | None]] = {True: set(), False: set()}
    ends: set[str] = set()
    for number in range(200):
        whom = came(number, bought=number % 2 == 0)
        lately = number < 100
        case = past.case(STAFF, whom, lately=lately)
        assert case == past.case(STAFF, whom, lately=lately)
        assert (case.new.contact_id, case.new.source) == (whom.contact_id, "crm")
        status, at = "nuevo", case.came_at
        assert at > whom.at
        for then in case.moves:
            assert (then.move.name, status, then.move.to) in machine.rows()
            assert then.at >= at
            status, at = then.move.to, then.at
            outcomes[whom.bought] |= {then.outcome} - {None}
        assert case.over_at == at
        assert lately or status == "terminado"
        ends.add(status)
    assert ends == {"terminado", "no_gestionado"}
    assert outcomes == {True: {script.SOLD}, False: set(script.UNSOLD)}


async def test_pista_takes_it_as_it_was(tx: Tx):
    """
    With its times, whose it was, and how long each status lasted.
    """
    tenant = (await service.create_tenant(tx, "x", now=NOW)).id
    people = [
        await service.create_user(
            tx,
            tenant,
            email=f"{n}@x.example",
            name=f"{n}",
            role=Role.ASESOR,
            password="x" * 12,
            now=NOW,
        )
        for n in range(3)
    ]
    staff = Staff(people[0].id, [one.id for one in people[1:]])
    known = await contacts.upsert(
        tx, tenant, FoundContact(source="ghl", trusted=True, phone="+12105550112"), now=NOW
    )
    some = [structs.replace(came(n), contact_id=known.contact_id) for n in range(50)]
    case = max((past.case(staff, one) for one in some), key=lambda one: len(one.moves))

    cliente = await bringing.bring(tx, tenant, case.new, case.came_at, case.moves)

    lines = await tx.connection.fetch(
        "select * from desk_history where tenant_id = $1 and cliente_id = $2 order by id",
        tenant,
        cliente,
    )
    assert [line["at"] for line in lines] == [case.came_at, *(one.at for one in case.moves)]
    assert [line["move"] for line in lines[1:]] == [one.move.name for one in case.moves]
    for before, line in pairwise(lines):
        assert abs(timedelta(seconds=line["seconds"]) - (line["at"] - before["at"])) < timedelta(
            milliseconds=1
        )
        assert line["asesor_before"] == before["asesor_after"]
    assert sum(line["touched"] for line in lines) == 1
    row = await tx.connection.fetchrow("select * from clientes where id = $1", cliente)
    assert row is not None
    assert (row["seguimiento_status"], row["created_at"]) == (case.moves[-1].move.to, case.came_at)
    assert row["version"] == len(lines)
