"""`pista privacy erase` asks, waits, and says what is so."""

import asyncio
import os
import sys
from datetime import UTC, datetime

from pista import contacts
from pista.accounts.model import Tenant
from pista.contacts import FoundContact
from pista.store.clickhouse import ClickHouse
from pista.store.postgres import Postgres
from tests.events.conftest import flushed, make_line
from tests.privacy.stored import places
from tests.privacy.working import working


async def erase(
    database: str,
    clickhouse: str,
    tenant: str,
    name: str,
    *options: str,
    said: bytes = b"",
    what: str = "visitor",
) -> tuple[int | None, str]:
    """The exit code, and all that was printed."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "pista.cli", "privacy", "erase"),
        *("--tenant", tenant, f"--{what}", name, *options),
        env=os.environ | {"DATABASE_URL": database, "CLICKHOUSE_URL": clickhouse},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    output, _ = await process.communicate(said)
    return process.returncode, output.decode()


async def test_it_erases_what_the_person_agrees_to(
    postgres: Postgres,
    clickhouse: ClickHouse,
    clickhouse_database: str,
    database: str,
    company: Tenant,
):
    """
    A no erases nothing, a yes all; at the end stand the days whose exported files to look at.
    """
    now = datetime.now(UTC)
    await flushed(clickhouse, make_line(now, tenant=company.id, visitor="ana", session=1))
    stores = (database, clickhouse_database, company.name)

    code, said = await erase(*stores, "vana", said=b"n\n")
    assert (code, "events of 1 days of vana" in said) == (1, True), said
    assert await places(postgres, clickhouse, "vana") == {"events", "visitor_weeks", "sessions"}

    async with working(database, clickhouse_database):
        code, said = await erase(*stores, "vana", said=b"y\n")
    assert code == 0, said
    assert "Erased: 1 events, 1 weeks, 0 unreadable lines; 1 hours are counted anew." in said
    assert f"export them again: {now:%Y-%m-%d}." in said
    assert await places(postgres, clickhouse, "vana") == set()


async def test_it_says_that_nobody_does_it(
    clickhouse_database: str, database: str, company: Tenant
):
    """
    Without a worker it stays asked for, and the person is told; so is who misspells an id.
    """
    stores = (database, clickhouse_database, company.name)

    alone, odd = await asyncio.gather(
        erase(*stores, "vana", "--yes"), erase(*stores, "what is this", "--yes")
    )

    assert (alone[0], "No worker is running" in alone[1]) == (1, True), alone[1]
    assert (odd[0], "Visitor ids are 1 to 64" in odd[1]) == (1, True), odd[1]


async def test_a_contact_is_erased_as_a_whole(
    postgres: Postgres, clickhouse_database: str, database: str, company: Tenant
):
    """
    It names whom it asks about, and waits until nothing is left.
    """
    async with postgres.transaction() as tx:
        found = FoundContact(source="api", trusted=True, name="Ana", email="ana@mail.pe")
        made = await contacts.upsert(tx, company.id, found, now=datetime.now(UTC))

    async with working(database, clickhouse_database):
        code, said = await erase(
            *(database, clickhouse_database, company.name, made.contact_id),
            said=b"y\n",
            what="contact",
        )

    assert code == 0, said
    assert f"{company.name}: erase all that is held of Ana" in said
    assert "Erased: 1 contacts, 1 identities" in said
    async with postgres.transaction() as tx:
        assert await tx.value("select count(*) from contacts") == 0
