"""Asking for an erasure, and what became of it."""

import re
from datetime import datetime
from uuid import UUID

from pista.collect.model import VISITOR_ID
from pista.events import erasing
from pista.ids import TenantId, uuid7
from pista.privacy import queries
from pista.privacy.model import WHOLE, Asked, Erasure, Part
from pista.store.postgres import Tx


async def ask(
    tx: Tx,
    tenant: TenantId,
    visitor: str,
    *,
    by: UUID | None,
    name: str,
    now: datetime,
    part: Part = WHOLE,
) -> Erasure:
    """Ask for all that is stored of a visitor, or part of it, to be erased; twice is once."""
    digest = erasing.digest(tenant, visitor)
    return _told(await queries.ask(tx, uuid7(), tenant, visitor, digest, by, name, now, part))


async def erasures(tx: Tx, tenant: TenantId) -> list[Erasure]:
    return [_told(one) for one in await queries.of_tenant(tx, tenant)]


async def erasure(tx: Tx, erasure: UUID) -> Erasure:
    return _told(await queries.erasure(tx, erasure))


def is_visitor(text: str) -> bool:
    """Whether it could be a visitor's id."""
    return re.fullmatch(VISITOR_ID, text) is not None


def _told(asked: Asked) -> Erasure:
    return Erasure(
        id=asked.id,
        state=asked.state,
        visitor_id=asked.visitor_id,
        visitor_hash=asked.visitor_hash.hex(),
        asked_by=asked.asked_by_name,
        asked_at=asked.asked_at,
        finished_at=asked.finished_at,
        files_gone_at=asked.files_gone_at,
        counts=asked.counts,
        error=asked.error,
    )
