"""What the attempts of an attacker have in common: a victim, and what became of links."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from pista.identity import review_queries
from pista.ids import ContactId
from tests.crm.conftest import (
    Company,
    company,
    house,
    make_company,
    outside,
    sender,
    work_off,
)
from tests.crm.test_linking import (
    VISITOR,
    claim,
    fresh_limit,
    key,
)
from tests.fakes.crm import Crm, workflow

__all__ = [
    "claim",
    "company",
    "fresh_limit",
    "house",
    "key",
    "make_company",
    "outside",
    "sender",
    "work_off",
]

Send = Callable[..., Awaitable[httpx.Response]]
WorkOff = Callable[[], Awaitable[None]]


def made_now(**fields: Any) -> dict[str, Any]:
    """The CRM has just made the victim's contact, and its form has no field for the visitor."""
    return workflow(date_created=datetime.now(UTC).isoformat(), **fields)


async def links(company: Company) -> dict[str, str]:
    """Every visitor that is somebody's, with the CRM id of whose."""
    async with company.postgres.transaction() as tx:
        rows: Any = await tx.connection.fetch(
            """
            select v.visitor_id, c.crm_id
            from visitor_contact v
            join contacts c on c.tenant_id = v.tenant_id and c.id = v.contact_id
            """
        )
    return {row[0]: row[1] for row in rows}


async def waiting(company: Company) -> int:
    async with company.postgres.transaction() as tx:
        return await review_queries.count_open(tx, company.tenant)


@pytest.fixture
async def victim(company: Company, sender: Crm, work_off: WorkOff) -> ContactId:
    """A contact whose CRM named the visitor: certain."""
    await sender.post(made_now(rstk_vid=VISITOR))
    await work_off()
    [found] = await company.people()
    return found.id
