"""A job works for its own tenant: PostgreSQL shows it no other."""

import asyncio
from typing import Any

import msgspec

from pista import accounts, queue
from pista.ids import TenantId
from pista.queue import Job, Runner
from pista.store.postgres import Postgres, Tx
from tests.events.writing import until
from tests.queue.working import now


class Meddle(msgspec.Struct, frozen=True, kw_only=True, tag="test.meddle"):
    """A job whose handler does not keep to its tenant."""

    rename: str
    to: TenantId | None = None


async def meddle(tx: Tx, job: Job, work: Meddle) -> None:
    """Renames every site it can, and then adds one to another tenant."""
    await tx.execute("update sites set name = $1", work.rename)
    if work.to is not None:
        await tx.execute(
            """
            insert into sites (id, tenant_id, name, domains, write_key)
            values (gen_random_uuid(), $1, 'meddled', '{}', 'k')
            """,
            work.to,
        )


async def test_a_job_of_one_tenant_changes_nothing_of_another(postgres: Postgres, database: str):
    """
    What it does without a `where` is done to its own rows; what names another tenant is refused,
    and the job ends as one that failed.
    """
    async with postgres.transaction() as tx:
        ours, theirs = [
            (await accounts.create_tenant(tx, name, now=now())).id for name in ("flores", "rivales")
        ]
        for tenant in (ours, theirs):
            await accounts.create_site(
                tx, tenant, accounts.NewSite(domains=["*"]), public_url="http://p", now=now()
            )
    runner = Runner(database, {Meddle: meddle})
    work = [Meddle(rename="ours"), Meddle(rename="never", to=theirs)]

    async with postgres.transaction() as tx:
        for one in work:
            await queue.enqueue(tx, ours, one, now=now())
    running = asyncio.create_task(runner.run())
    await until(lambda: _is_settled(postgres))
    runner.stop()
    await running

    async with postgres.transaction() as tx:
        sites: Any = await tx.connection.fetch("select tenant_id, name from sites")
        error = await tx.value("select error from jobs")
    names = {row["tenant_id"]: row["name"] for row in sites}
    assert (names[ours], len(sites)) == ("ours", 2)
    assert names[theirs] not in ("ours", "never")
    assert "InsufficientPrivilege" in error or "row-level security" in error


async def _is_settled(postgres: Postgres) -> bool:
    """One job is done, and the other has failed at least once."""
    async with postgres.transaction() as tx:
        return await tx.value("select count(*) = 1 and bool_and(error is not null) from jobs")
