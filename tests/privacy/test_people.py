"""Erasing and handing over a contact: every room lets go, and nobody else loses anything."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, LiteralString
from uuid import UUID

import httpx
import msgspec
import pytest

from pista import contacts, identity
from pista.accounts.model import Tenant
from pista.app import House
from pista.contacts import FoundContact, Upserted
from pista.ids import ContactId, TenantId, VisitorId
from pista.privacy import Eraser, PeopleEraser, eraser
from pista.privacy.people import service
from pista.privacy.people.rooms import NOBODYS, TABLES
from pista.store import postgres as store
from pista.store.clickhouse import ClickHouse
from pista.store.postgres import Lead, Postgres
from tests.events.writing import drained, until
from tests.privacy.scene import BOB_CAME, CRM_ID, EMAIL, HOUR, NAME, OWN, PHONE, TRACES, Scene
from tests.privacy.scene import people_left as names_of
from tests.privacy.stored import counted, files, places, postgres_files, rewrite
from tests.privacy.test_erasing import quick_cleanup
from tests.privacy.working import worker_process, working

# As she wrote her phone on a page.
SPACED = "991 234 877"
TWIN = TenantId(UUID("0190a000-0000-7000-8000-00000000000f"))


@pytest.fixture
async def scene(
    house: House,
    database: str,
    clickhouse: ClickHouse,
    company: Tenant,
    admin: httpx.AsyncClient,
) -> Scene:
    playing = Scene(house, database, clickhouse, admin)
    await playing.play(company, TWIN)
    return playing


async def traces(postgres: Postgres, clickhouse: ClickHouse, scene: Scene) -> dict[str, set[str]]:
    """Where something of Ana still stands."""
    of_hers = (*TRACES, scene.ana, scene.second)
    found = {text: await places(postgres, clickhouse, text) for text in of_hers}
    return {text: tables for text, tables in found.items() if tables}


async def is_done(postgres: Postgres) -> bool:
    async with postgres.transaction() as tx:
        return not await tx.value(
            """
            select count(*) from (
                select id from contact_erasures where finished_at is null
                union all
                select id from erasures where finished_at is null
            ) unfinished
            """
        )


async def test_nothing_of_the_person_is_left(
    scene: Scene,
    admin: httpx.AsyncClient,
    postgres: Postgres,
    clickhouse: ClickHouse,
    clickhouse_database: str,
    database: str,
    company: Tenant,
):
    """
    Not in what other systems told, nor in what waits, failed or cannot be read, nor in the events
    of others. Bob, who was on her browser after her, keeps what is his; and the statistics are
    those of a company that she never came to.
    """
    assert len(await traces(postgres, clickhouse, scene)) == len(TRACES) + 2
    assert {"chat_notes", "chat_drafts"} < await places(postgres, clickhouse, NAME)

    answer = await admin.post("/api/privacy/contact-erasures", json={"contactId": scene.second})
    again = await admin.post("/api/privacy/contact-erasures", json={"contactId": scene.ana})
    async with working(database, clickhouse_database):
        await until(lambda: is_done(postgres), 30)
        await drained(postgres)

    assert (answer.status_code, answer.json()["contactId"]) == (202, scene.ana)
    assert again.json()["id"] == answer.json()["id"]
    assert await traces(postgres, clickhouse, scene) == {}
    assert await places(postgres, clickhouse, OWN) == set()
    assert await counted(clickhouse, company.id) == await counted(clickhouse, TWIN)
    assert await names_of(postgres, company.id) == {"Bob Luna", "Luz"}
    async with postgres.transaction() as tx:
        at = BOB_CAME + HOUR
        on_it = await identity.contact_of(tx, company.id, VisitorId("vshared"), at)
    assert on_it == scene.bob
    [listed] = (await admin.get("/api/privacy/contact-erasures")).json()["items"]
    assert (listed["state"], listed["contactId"], listed["error"]) == ("done", None, None)
    assert listed["counts"]["contacts"] == 2
    gone = await admin.get(f"/api/contacts/{scene.ana}")
    assert (gone.status_code, gone.json()["code"]) == (404, "contact_not_found")


async def test_what_is_told_of_the_person_later_makes_a_new_contact(
    postgres: Postgres, clickhouse: ClickHouse, database: str, company: Tenant
):
    """
    Known by what is told then, and by nothing of before.
    """
    before = await told(postgres, company, name=NAME, phone=PHONE, email=EMAIL)
    await ask(postgres, company, before.contact_id)
    connection = await store.connect(database)
    while not await is_done(postgres):
        await PeopleEraser(clickhouse)(Lead(connection))
    await connection.close()

    made = await told(postgres, company, email=EMAIL)
    async with postgres.transaction() as tx:
        shown = await contacts.detail(tx, company.id, made.contact_id)

    assert made.created
    assert made.contact_id != before.contact_id
    assert (shown.name, shown.phone) == (None, None)


async def told(postgres: Postgres, company: Tenant, **given: Any) -> Upserted:
    async with postgres.transaction() as tx:
        found = FoundContact(source="ghl", trusted=True, **given)
        return await contacts.upsert(tx, company.id, found, now=datetime.now(UTC))


async def test_nothing_of_the_person_is_left_on_the_disk(
    scene: Scene,
    postgres: Postgres,
    clickhouse: ClickHouse,
    clickhouse_database: str,
    database: str,
    company: Tenant,
    monkeypatch: pytest.MonkeyPatch,
):
    """
    ClickHouse removes its old files; PostgreSQL's hold nothing more once they are written anew.
    """
    monkeypatch.setattr(eraser, "CLEAN_SECONDS", 0.5)
    monkeypatch.setattr(eraser, "FILES_STAY", timedelta(seconds=2))
    await quick_cleanup(clickhouse)
    async with postgres.transaction() as tx:
        # What it has not written to the disk yet would prove nothing.
        await tx.execute("cluster contact_identities using contact_identities_pkey")
    hers = (EMAIL, CRM_ID, PHONE[1:])
    before = [await postgres_files(postgres, text) for text in hers]
    assert all([*before, await files(clickhouse, SPACED)])

    await ask(postgres, company, scene.ana)
    async with working(database, clickhouse_database):
        await until(lambda: is_done(postgres), 30)
        await until(lambda: _files_gone(postgres), 20)
    await rewrite(database)

    for text in (*hers, SPACED, NAME, scene.ana):
        assert await postgres_files(postgres, text) == set(), text
        assert await files(clickhouse, text) == set(), text


async def _files_gone(postgres: Postgres) -> bool:
    async with postgres.transaction() as tx:
        return not await tx.value("select count(*) from erasures where files_gone_at is null")


STEPS: tuple[LiteralString, ...] = (
    "select erased_at is not null from contact_erasures",
    "select count(*) > 0 from erasures where deleted_at is not null",
)


async def test_a_killed_worker_leaves_nothing_half_done(
    scene: Scene,
    postgres: Postgres,
    clickhouse: ClickHouse,
    clickhouse_database: str,
    database: str,
    company: Tenant,
):
    """
    Killed for good in the middle, twice: the next worker goes on, and it is done once.
    """
    await ask(postgres, company, scene.ana)
    for step in STEPS:

        async def reached(step: LiteralString = step) -> bool:
            async with postgres.transaction() as tx:
                return await tx.value(step)

        with worker_process(database, clickhouse_database):
            await until(reached, 30)
    unfinished = not await is_done(postgres)
    with worker_process(database, clickhouse_database):
        await until(lambda: is_done(postgres), 30)
        await drained(postgres)

    assert unfinished
    assert await traces(postgres, clickhouse, scene) == {}
    assert await counted(clickhouse, company.id) == await counted(clickhouse, TWIN)
    assert await names_of(postgres, company.id) == {"Bob Luna", "Luz"}
    async with postgres.transaction() as tx:
        [counts] = [one.counts for one in await service.erasures(tx, company.id)]
    assert (counts["contacts"], counts["messages"]) == (2, 1)


async def test_the_audit_log_tells_that_it_was_asked_for_and_nothing_of_whom(
    admin: httpx.AsyncClient, postgres: Postgres, company: Tenant
):
    """
    A line stays for good: it says who, when and what kind.
    """
    made = await told(postgres, company, name=NAME, email=EMAIL)

    asked = await admin.post("/api/privacy/contact-erasures", json={"contactId": made.contact_id})
    await admin.post("/api/privacy/erasures", json={"visitorId": OWN})

    lines = (await admin.get("/api/audit?action=erasure_asked")).json()["items"]
    assert [one["details"] for one in lines] == [{"erased": "visitor"}, {"erased": "contact"}]
    line = lines[1]
    assert (line["actorKind"], line["actorName"], line["subjectName"]) == ("key", "T", "")
    assert line["subjectId"] == asked.json()["id"]
    assert not [text for text in (*TRACES, OWN, made.contact_id) if text in str(lines)]


class Cut(Exception):
    """The worker ends here."""


class CutOff(Lead):
    """A lead whose holder is killed at its n-th commit: before it, or right after."""

    def __init__(self, connection: Any, left: int, *, before: bool) -> None:
        super().__init__(connection)
        self.left = left
        self.before = before

    @asynccontextmanager
    async def transaction(self) -> AsyncGenerator[store.Tx]:
        self.left -= 1
        async with super().transaction() as tx:
            yield tx
            if self.left == 0 and self.before:
                raise Cut
        if self.left == 0:
            raise Cut


async def test_each_step_may_be_the_last(
    scene: Scene,
    postgres: Postgres,
    clickhouse: ClickHouse,
    clickhouse_database: str,
    database: str,
    company: Tenant,
):
    """
    However far a worker came before it was killed, the next ones go on from there.
    """
    await ask(postgres, company, scene.ana)
    cuts = 0
    for before in (True, False):
        for commits in range(1, 8):
            if await is_done(postgres):
                break
            cuts += 1
            connection = await store.connect(database)
            with pytest.raises(Cut):
                await turns(CutOff(connection, commits, before=before), clickhouse)
            await connection.close()
    await erase_all(database, clickhouse_database, postgres)

    assert cuts == 14
    assert await traces(postgres, clickhouse, scene) == {}
    assert await counted(clickhouse, company.id) == await counted(clickhouse, TWIN)


async def turns(lead: Lead, clickhouse: ClickHouse) -> None:
    """The chores' turns, until the end of the lead."""
    chores = [PeopleEraser(clickhouse), Eraser(clickhouse)]
    for _ in range(50):
        for chore in chores:
            await chore(lead)


async def erase_all(database: str, clickhouse: str, postgres: Postgres) -> None:
    async with working(database, clickhouse):
        await until(lambda: is_done(postgres), 30)


async def ask(postgres: Postgres, company: Tenant, contact: ContactId) -> None:
    async with postgres.transaction() as tx:
        now = datetime.now(UTC)
        await service.ask(tx, company.id, contact, by=None, name="T", now=now)


async def test_all_of_it_is_handed_over(scene: Scene, admin: httpx.AsyncClient):
    """
    One JSON with everything that is erased, and of the shared browser her time alone.
    """
    answer = await admin.get(f"/api/privacy/contacts/{scene.second}")

    told: dict[str, Any] = msgspec.json.decode(answer.content)
    assert answer.status_code == 200, answer.text
    assert {one["name"] for one in told["contacts"]} == {NAME, f"{NAME} (trabajo)"}
    assert {one["value"] for one in told["identities"]} >= {EMAIL, PHONE, CRM_ID}
    assert [one["mergedBy"] for one in told["merges"]] == ["Luz", "Luz"]
    assert {one["visitorId"] for one in told["claims"]} == {"vana", "vshared", "vstranger"}
    assert [one["body"]["email"] for one in told["webhooks"]] == [EMAIL]
    assert len(told["webhooksNaming"]) == 3
    assert {one.get("value") for one in told["reviews"]} == {PHONE, None}
    assert {one.get("visitorId") for one in told["clicks"]} == {"vana", None}
    assert [one["method"] for one in told["clickArrivals"]] == ["code"]
    assert [one["text"] for one in told["messages"]] == [f"Soy {NAME}, {EMAIL}"]
    assert [one["text"] for one in told["chatNotes"]] == [f"Llamar a {NAME}"]
    events = {one["visitorId"]: one["events"] for one in told["visitors"]}
    waiting = {one["visitorId"]: one["waiting"] for one in told["visitors"]}
    assert (len(events["vana"]), len(waiting["vana"])) == (1, 1)
    assert len(events["vshared"]) == 3
    assert "Bob" not in str(told["contacts"]) + str(told["identities"])


async def test_whose_it_is_not_is_told_nothing(
    admin: httpx.AsyncClient, postgres: Postgres, company: Tenant
):
    """
    A contact that there is not, or of another company, is neither handed over nor erased.
    """
    nobody = "cntct_" + "x" * 22

    answers = [
        await admin.get(f"/api/privacy/contacts/{nobody}"),
        await admin.post("/api/privacy/contact-erasures", json={"contactId": nobody}),
    ]

    assert [one.json()["code"] for one in answers] == ["contact_not_found"] * 2


async def test_every_table_is_in_a_list(postgres: Postgres, clickhouse: ClickHouse):
    """
    A table that could hold somebody's data is erased by a room, or it is written down why it holds
    none of a contact.
    """
    async with postgres.transaction() as tx:
        rows = await tx.connection.fetch(
            """
            select distinct table_name::text as name
            from information_schema.columns
            where table_schema = current_schema()
                and (data_type in ('text', 'jsonb', 'json', 'bytea', 'tsvector', 'ARRAY')
                    or data_type like 'character%')
            """
        )
    in_clickhouse = await clickhouse.all(
        dict[str, str],
        """
        select distinct table as name
        from system.columns
        where database = currentDatabase() and type like '%String%' and table not like '%_fill'
        """,
    )

    tables = {row["name"] for row in rows} | {row["name"] for row in in_clickhouse}

    assert sorted(tables - TABLES - NOBODYS.keys()) == []
    assert TABLES & NOBODYS.keys() == set()
