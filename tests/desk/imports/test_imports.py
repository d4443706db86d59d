"""A file becomes clientes, once; those that are known become what somebody chose; and all of it can
be taken back."""

import asyncio
import csv
import io
from typing import Any, LiteralString

import pytest

from pista.accounts import Role
from pista.contacts import rights as contacts
from pista.desk import rights
from pista.desk.timer import queries as timer
from pista.sheets import staging
from tests.desk.conftest import Agent, Sit
from tests.desk.imports.conftest import HEADER, Office, terms_of
from tests.desk.imports.working import worker_process
from tests.events.writing import until

MANY = 1_500


def many_of(count: int) -> str:
    return HEADER + "".join(f"N{n};+51 961 {n:06};n{n}@mail.pe;;;;;\n" for n in range(count))


def became(made: dict[str, Any]) -> dict[str, int]:
    return {name: count for name, count in made["became"].items() if count}


async def test_a_file_becomes_clientes(office: Office, gtr: Agent, ana: Agent, luz: Agent):
    """
    With all that its rows say, their contacts and their history; whose row names nobody goes to
    each of the chosen ones in turn.
    """
    made = await office.upload(
        HEADER + "Eva Ríos;991 234 877;eva@mail.pe;verano;Quiere fibra;;Llamar;24/12/2026 10:30\n"
        "Sol;+51991234878;;;;ANA@flores.example;;\n"
        "Mar;+51991234879;;;;nadie@flores.example;;mañana\n"
        "Paz;;paz@mail.pe;;;;;\n"
        ";;;;sin teléfono;;;\n"
    )
    both = {"asesorIds": [str(luz.user), str(ana.user)]}

    done = await office.run(made, **both)

    assert (done["state"], done["rowsDone"], done["rows"]) == ("done", 6, 6)
    assert done["found"]["new"] == 4
    assert became(done) == {"created": 4, "refused": 1, "assigned": 4, "problems": 1}
    found = await office.clientes()
    eva = found["Eva Ríos"]
    assert (eva["telefono"], eva["campaign"], eva["notas"], eva["next_action"], eva["source"]) == (
        "+51991234877",
        "verano",
        "Quiere fibra",
        "Llamar",
        "import",
    )
    assert eva["next_action_at"].startswith("2026-12-24T10:30")
    assert {name: one["asesor_nombre"] for name, one in found.items()} == {
        "Eva Ríos": "luz",
        "Sol": "ana",
        "Mar": "ana",
        "Paz": "luz",
    }
    history = await gtr.history(eva["id"])
    assert [(one["move"], one["why"], one["by"]["person"]["name"]) for one in history] == [
        ("create", "feria.csv", "greta"),
        ("derive", "feria.csv", "greta"),
    ]
    shown = await gtr.ok("GET", f"/api/contacts/{eva['contact_id']}")
    assert (shown["name"], shown["phone"]) == ("Eva Ríos", "+51991234877")
    assert list(await office.clientes(q="991234877")) == ["Eva Ríos"]


async def test_problems_are_told_row_by_row(office: Office):
    """
    With the number that a spreadsheet shows; what it would work out is text.
    """
    await office.add(HEADER + "Sol;+51991234878;;;;;;\n")
    done = await office.add(
        HEADER + '"=1+1";+51991234878;;;;;;\nMar;123;mar@mail.pe;;;;;mañana\n;;;;@x;;;\n'
    )

    answer = await office.gtr.get(f"/api/clientes/imports/{done['id']}/problems")

    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    [first] = (await office.clientes(q="sol")).values()
    assert [row[:3] for row in rows[1:]] == [
        ["2", f"cliente {first['id']} is nuevo", "'=1+1"],
        ["3", "phone invalid, next action: no date", "Mar"],
        ["4", "no phone or e-mail", ""],
    ]
    assert rows[3][6] == "'@x"


CHOICES: list[tuple[dict[str, str], dict[str, int], list[str], list[str]]] = [
    ({}, {"skipped": 4}, ["create"], ["create", "derive"]),
    (
        {"open": "update", "repeated": "update", "finished": "update"},
        {"updated": 4},
        ["create"],
        ["create", "derive"],
    ),
    (
        {"finished": "reopen"},
        {"reopened": 1, "skipped": 3},
        ["create"],
        ["create", "derive", "withdraw", "reopen"],
    ),
]


@pytest.mark.parametrize(("choices", "expected", "own", "gone"), CHOICES)
async def test_those_that_are_known_become_what_somebody_chose(
    office: Office,
    gtr: Agent,
    ana: Agent,
    choices: dict[str, str],
    expected: dict[str, int],
    own: list[str],
    gone: list[str],
):
    """
    However their phone was typed, and by whichever contact it is; the numbers are told before.
    """
    typed = await gtr.enter(nombre="Ana", telefono="991 234 877")
    second = await gtr.enter(nombre="Luz", telefono=None, email="luz@mail.pe")
    contact = {"phone": "+51991234878"}
    await gtr.ok("PATCH", f"/api/contacts/{second['contact_id']}", json=contact)
    back = await gtr.enter(nombre="Paz", telefono="+51991234879")
    await gtr.derive(back["id"], ana)
    undone = {"tipo": "gtr", "estatus": "no_gestionado"}
    await gtr.ok("POST", f"/api/clientes/{back['id']}/estatus", json=undone)
    made = await office.upload(
        HEADER + "Ana F;+51991234877;;otoño;;;;\n"
        "Luz V;991234878;;otoño;;;;\n"
        "Paz R;0051991234879;;otoño;;;;\n"
        "Ana F;+51 991-234-877;;invierno;;;;\n"
    )

    checked = await office.check(made)
    before = await office.counts()
    done = await office.run(made, **choices)

    found = {name: count for name, count in checked["found"].items() if count}
    assert found == {"open": 2, "finished": 1, "repeated": 1}
    assert became(done) == expected
    after = await office.counts()
    assert after["clientes"] == before["clientes"] == 3
    assert await gtr.moves(typed["id"]) == own
    moves = await gtr.moves(back["id"])
    assert moves == gone if "reopen" in gone else moves == ["create", "derive", "withdraw"]
    one = await gtr.ok("GET", f"/api/clientes/{typed['id']}")
    changed = choices.get("open") == "update"
    assert (one["nombre"], one["campaign"]) == (("Ana F", "invierno") if changed else ("Ana", None))


async def test_it_holds_nothing_while_it_waits_for_somebody(office: Office, gtr: Agent, ana: Agent):
    """
    Clientes are held in the order of their numbers, whatever becomes of them: two who want the same
    ones never wait for each other.
    """
    back = (await gtr.enter(telefono="+51991234870"))["id"]
    known = (await gtr.enter(telefono="+51991234871"))["id"]
    await gtr.derive(back, ana)
    undone = {"tipo": "gtr", "estatus": "no_gestionado"}
    await gtr.ok("POST", f"/api/clientes/{back}/estatus", json=undone)
    made = await office.upload(HEADER + "A;+51991234871;;;;;;\nB;+51991234870;;;;;;\n")
    await office.check(made)
    await office.post(made, "start", {"open": "update", "finished": "reopen"})
    hold: LiteralString = "select id from clientes where id = $1 for no key update nowait"

    async def waits() -> bool:
        async with office.postgres.transaction() as tx:
            return await tx.value("select exists (select from pg_locks where not granted)")

    async with office.postgres.transaction() as tx:
        await tx.execute(hold, back)
        working = asyncio.create_task(office.worked_off())
        await until(waits, 60)
        free = await tx.execute(hold, known)
    await working

    assert free == 1
    assert became(await office.get(made)) == {"updated": 1, "reopened": 1}


async def test_two_files_at_once_make_nobody_twice(office: Office):
    """
    The same people in two files that two workers do at once.
    """
    files = [await office.upload(many_of(600)) for _ in range(2)]
    for made in files:
        await office.check(made)
    for made in files:
        await office.post(made, "start", {})

    await asyncio.gather(office.worked_off(), office.worked_off())

    counts = await office.counts()
    done = [became(await office.get(made)) for made in files]
    assert counts["clientes"] == counts["contacts"] == 600
    assert sum(one.get("created", 0) for one in done) == 600
    assert sum(one.get("skipped", 0) for one in done) == 600


async def test_a_killed_worker_leaves_no_row_out_and_does_none_twice(office: Office):
    """
    Killed for good in the middle of the check, of the import and of the undo; the next worker goes
    on where it was.
    """
    made = await office.upload(many_of(MANY))

    async def killed_in(what: str, body: Any) -> dict[str, Any]:
        await office.post(made, what, body)

        async def went_on() -> bool:
            return (await office.get(made))["rowsDone"] > 0

        with worker_process(office.database):
            await until(went_on, 60)
        told = await office.get(made)
        await office.worked_off()
        return told

    checking = await killed_in("check", terms_of(made))
    running = await killed_in("start", {})
    done, counts = await office.get(made), await office.counts()
    await killed_in("undo", None)
    undone, left = await office.get(made), await office.counts()

    assert checking["rowsDone"] <= MANY + 1
    assert 0 < running["rowsDone"] <= MANY + 1
    assert done["found"]["new"] == MANY
    assert (done["state"], became(done)) == ("done", {"created": MANY})
    assert counts == {
        "clientes": MANY,
        "contacts": MANY,
        "identities": 2 * MANY,
        "words": MANY,
        "history": MANY,
        "chunks": 0,
        "people": 0,
    }
    assert (undone["state"], undone["takenBack"], undone["kept"]) == ("undone", MANY, 0)
    assert set(left.values()) == {0}


async def test_what_nobody_touched_is_taken_back(office: Office, gtr: Agent, ana: Agent):
    """
    What somebody opened, changed or gave away since stays, and is named; what was there before is
    as it was. A time that was up is nobody's doing.
    """
    known = await gtr.enter(nombre="Ana", telefono="+51991234870", notas="antes")
    rows = "".join(f"N{n};+5199123487{n};;;de la feria;;;\n" for n in range(5))
    twice = "N4 otra vez;+51991234874;;;;;;\nN0 otra vez;+51991234870;;;;;;\n"
    made = await office.upload(HEADER + rows + twice)
    await office.run(made, open="update", repeated="update", asesorIds=[str(ana.user)])
    found = await office.clientes()
    await ana.open(found["N1"]["id"])
    given = {"version": found["N2"]["version"], "notas": "vista"}
    await gtr.ok("PUT", f"/api/clientes/{found['N2']['id']}", json=given)
    token = await ana.lock(found["N3"]["id"])

    done = await office.undo(made)

    kept = (await office.get(made, "/kept"))["items"]
    assert [(one["nombre"], one["why"]) for one in kept] == [
        (name, "touched") for name in ("N1", "N2", "N3")
    ]
    assert (done["state"], done["takenBack"], done["kept"]) == ("undone", 2, 3)
    assert sorted(await office.clientes()) == ["Ana", "N1", "N2", "N3"]
    was = await gtr.ok("GET", f"/api/clientes/{known['id']}")
    assert (was["nombre"], was["notas"]) == ("Ana", "antes")
    people = await gtr.ok("GET", "/api/contacts")
    assert sorted(one["name"] for one in people["items"]) == ["Ana", "N1", "N2", "N3"]
    assert token


async def test_what_was_worked_on_before_is_as_it_was(office: Office, gtr: Agent, ana: Agent):
    """
    A draft from before the import is nobody's doing since; and screens hear that it is back.
    """
    known = (await gtr.enter(nombre="Ana", telefono="+51991234870"))["id"]
    await gtr.derive(known, ana)
    token = await ana.open(known)
    path = f"/api/clientes/{known}"
    draft = {"answers": {"plan": "Fibra"}, "revision": 1, "lockToken": token}
    await ana.ok("PUT", f"{path}/draft", json=draft)
    await ana.ok("POST", f"{path}/unlock", json={"lockToken": token})
    made = await office.add(HEADER + "Otra;+51991234870;;otoño;;;;\n", open="update")

    done = await office.undo(made)

    assert (done["takenBack"], done["kept"]) == (1, 0)
    was = await gtr.ok("GET", path)
    assert (was["nombre"], was["campaign"]) == ("Ana", None)
    async with office.postgres.transaction() as tx:
        told = await tx.connection.fetch(
            "select audience from desk_messages where body ->> 'type' = 'CLIENTES_IMPORTED'"
        )
    assert [row["audience"] for row in told] == [[ana.user]] * 2


async def test_what_was_reopened_is_done_again(office: Office, gtr: Agent, ana: Agent):
    """
    As it was in everything but its version, whatever Pista did with it meanwhile; its history says
    so, and reports know of no case that did not begin after all.
    """
    done, back, late = [
        (await gtr.enter(nombre=f"N{n}", telefono=f"+5199123487{n}"))["id"] for n in range(3)
    ]
    for one in (done, late):
        await gtr.derive(one, ana)
        token = {"asesorId": str(ana.user), "lockToken": await ana.open(one)}
        await ana.ok("POST", f"/api/clientes/{one}/complete-wizard", json=token)
    await gtr.derive(back, ana)
    await ana.ok("POST", f"/api/clientes/{back}/give-back", json={"why": "No contesta"})

    async def told() -> list[Any]:
        shown = [await gtr.ok("GET", f"/api/clientes/{one}") for one in (done, back, late)]
        report = await gtr.ok("GET", "/api/desk/reports/first-touch")
        return [*({**one, "version": 0} for one in shown), report["came"], report["given"]["cases"]]

    before = await told()
    rows = "".join(f"Otra {n};+5199123487{n};;otoño;;;;\n" for n in range(3))
    made = await office.add(HEADER + rows, finished="reopen", asesorIds=[str(ana.user)])
    async with office.postgres.transaction() as tx:
        await tx.execute("update clientes set due_at = now() where id = $1", late)
        assert len(await timer.time_out(tx, 10)) == 1

    undone = await office.undo(made)

    assert became(made) == {"reopened": 3, "assigned": 3}
    assert (undone["state"], undone["takenBack"], undone["kept"]) == ("undone", 3, 0)
    after = await told()
    # Their time was up: that is so, whatever became of the case.
    assert after.pop() == before.pop() + 1
    assert after == before
    last = [(await gtr.history(one))[-1] for one in (done, back, late)]
    assert [(one["move"], one["from"], one["to"], one["why"]) for one in last] == [
        ("take_back", "derivado", "terminado", "feria.csv"),
        ("take_back", "derivado", "no_gestionado", "feria.csv"),
        ("take_back", "no_gestionado", "terminado", "feria.csv"),
    ]


async def test_an_import_goes_one_way(office: Office, gtr: Agent, ana: Agent):
    """
    It is checked before it is started, started once, and cancelled while it runs; advisors do not
    import.
    """
    made = await office.upload(HEADER + "Sol;+51991234878;;;;;;\n")
    path = f"/api/clientes/imports/{made['id']}"

    early = [await gtr.refused("POST", f"{path}/{what}", json={}) for what in ("start", "undo")]
    unmapped = await gtr.refused(
        "POST", f"{path}/check", json={"mapping": {"name": 0}, "header": True}
    )
    forbidden = await ana.refused("POST", "/api/clientes/imports", content=b"x")
    await office.check(made)
    await office.post(made, "start", {})
    twice = await gtr.refused("POST", f"{path}/start", json={})
    cancelled = await office.post(made, "cancel")
    await office.worked_off()

    assert [told["code"] for _, told in (*early, twice)] == ["import_not_ready"] * 3
    assert (unmapped[1]["code"], forbidden[0]) == ("invalid", 403)
    assert cancelled["state"] == "cancelled"
    assert set((await office.counts()).values()) == {0}


async def test_what_is_no_table_is_refused(office: Office, monkeypatch: pytest.MonkeyPatch):
    """
    Whatever its bytes are; old spreadsheets' and UTF-16 are read all the same.
    """
    row = "Nombre;Teléfono\nPeña;+51991234878\n"
    monkeypatch.setattr("pista.sheets.model.MOST_BYTES", 1000)
    path = "/api/clientes/imports"

    refused = [
        (await office.gtr.refused("POST", path, content=content))[1]["code"]
        for content in (b"\x00\xff" * 600, b"", b",".join([b"x"] * 200))
    ]
    shown = [
        (await office.upload(row.encode(encoding)))["sample"][1][0]
        for encoding in ("cp1252", "utf-16", "utf-8-sig")
    ]
    broken = await office.upload(b"Nombre;Telefono\nPe\xf1a\x00;+51991234878\n\xff\xfe;1\n")

    assert refused == ["file_too_large", "bad_file", "bad_file"]
    assert shown == ["Peña"] * 3
    assert became(await office.run(broken)) == {"created": 1, "refused": 1}


async def test_goals_begin_as_by_hand(office: Office, sit: Sit):
    """
    A company's goals hold for whom a file brought, from the moment in which they came.
    """
    admin = await sit("ada", Role.ADMIN)
    settings = await admin.ok("GET", "/api/desk/settings")
    asked = {name: value for name, value in settings.items() if name != "timeZone"}
    goals = {"assignSeconds": 90, "touchSeconds": 300}
    await admin.ok("PUT", "/api/desk/settings", json={**asked, "goals": goals})
    await office.add(many_of(3))
    await office.gtr.enter()

    async with office.postgres.transaction() as tx:
        rows = await tx.connection.fetch(
            """
            select extract(epoch from g.assign_by - c.created_at)::int as seconds
            from clientes c
            join cliente_goals g on g.tenant_id = c.tenant_id and g.cliente_id = c.id
            """
        )
    assert [row["seconds"] for row in rows] == [90] * 4


async def test_many_are_told_of_at_once(office: Office, ana: Agent):
    """
    One message a slice, to whom it concerns; not one for each.
    """
    await office.add(many_of(20), asesorIds=[str(ana.user)])

    async with office.postgres.transaction() as tx:
        rows = await tx.connection.fetch("select audience, body from desk_messages")
        due = await tx.value("select count(*) from clientes where due_at is not null")
    assert [(row["audience"], row["body"]["type"], row["body"]["clientes"]) for row in rows] == [
        ([ana.user], "CLIENTES_IMPORTED", 20)
    ]
    assert due == 20


async def test_the_list_is_exported_as_it_is_filtered(office: Office, gtr: Agent, ana: Agent):
    """
    Safe to open; one's filters hold, and a wrong one is refused before the file begins.
    """
    formula = '=HYPERLINK("http://x")'
    await gtr.enter(nombre=formula, telefono="+51991234877", notas="@suma", campaign="verano")
    await gtr.enter(nombre="Otra", telefono="+51991234878", campaign="otoño")

    everybody = await gtr.get("/api/clientes/export")
    some = await gtr.get("/api/clientes/export?campaign=verano&bom=false")
    marked = await gtr.get("/api/clientes/export?mark=escalated&bom=false")
    wrong = await gtr.refused("GET", "/api/clientes/export?estatus=x")
    forbidden = await ana.refused("GET", "/api/clientes/export")

    assert everybody.content.startswith(b"\xef\xbb\xbf")
    assert (len(everybody.text.splitlines()), len(marked.text.splitlines())) == (3, 1)
    [one] = csv.DictReader(io.StringIO(some.text))
    assert (one["nombre"], one["notas"], one["telefono"]) == (
        f"'{formula}",
        "'@suma",
        "+51991234877",
    )
    assert (wrong[1]["code"], forbidden[0]) == ("invalid", 403)


async def test_a_person_is_erased_from_files_as_well(office: Office, gtr: Agent):
    """
    From one that waits, from what an import changed, and from rows with problems; others stay.
    """
    known = await gtr.enter(nombre="Eva Ríos", telefono="+51991234870")
    row = "Eva Ríos;+51991234870;eva@mail.pe;;Llamar a Eva;;;\n"
    await office.add(HEADER + row + "Sol;+51991234871;;;;;;\n", open="update")
    await office.add(HEADER + row)
    waiting = await office.upload(HEADER + row + "Mar;+51991234872;;;;;;\n")
    await office.check(waiting)

    async with office.postgres.transaction() as tx:
        tenant = await tx.value("select id from tenants")
        eva = await contacts.person(tx, tenant, known["contact_id"])
        assert eva is not None
        await rights.erase(tx, eva)
        kept = [
            str(await tx.connection.fetch(sql))
            for sql in (
                "select * from cliente_import_people",
                "select * from cliente_import_results",
                "select sample from cliente_imports",
                "select * from clientes",
            )
        ]
        bodies = await tx.connection.fetch("select body from cliente_import_chunks")

    left = "".join([*kept, *(str(staging.unpacked(one["body"])) for one in bodies)])
    assert not [said for said in ("Eva", "991234870", "eva@mail.pe") if said in left]
    assert "Mar" in left
    assert "+51991234871" in left
