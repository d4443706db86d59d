"""SQL of the erasures of contacts."""

from collections.abc import Sequence
from datetime import datetime
from typing import LiteralString
from uuid import UUID

import msgspec

from pista.contacts.rights import Person
from pista.ids import ContactId, TenantId
from pista.privacy.model import State
from pista.privacy.people.model import Asked
from pista.store.postgres import Tx

MOST_LISTED = 200

COLUMNS: LiteralString = """
    id, tenant_id, contact_id, contact_hash, asked_by, asked_by_name, asked_at, streams, seqs,
    state, person, swept_to, swept_at, erased_at, months, visitors, counts, error, finished_at
"""


async def ask(
    tx: Tx,
    erasure: UUID,
    tenant: TenantId,
    contact: ContactId,
    digest: bytes,
    by: UUID | None,
    name: str,
    now: datetime,
) -> Asked:
    """Ask for it; what is under way for the same contact goes on."""
    return await tx.one(
        Asked,
        """
        insert into contact_erasures (
            id, tenant_id, contact_id, contact_hash, asked_by, asked_by_name, asked_at,
            streams, seqs
        )
        select $1, $2, $3, $4, $5, $6, $7,
            coalesce(array_agg(stream order by stream), '{}'),
            coalesce(array_agg(last_seq order by stream), '{}')
        from journal_streams
        on conflict (tenant_id, contact_hash) where finished_at is null do update set
            asked_by = excluded.asked_by, asked_by_name = excluded.asked_by_name
        returning """
        + COLUMNS,
        erasure,
        tenant,
        contact,
        digest,
        by,
        name,
        now,
    )


async def of_tenant(tx: Tx, tenant: TenantId) -> list[Asked]:
    """The latest first."""
    return await tx.all(
        Asked,
        "select "
        + COLUMNS
        + """
        from contact_erasures
        where tenant_id = $1
        order by asked_at desc
        limit $2
        """,
        tenant,
        MOST_LISTED,
    )


async def erasure(tx: Tx, tenant: TenantId, erasure: UUID) -> Asked:
    return await tx.one(
        Asked,
        "select " + COLUMNS + "from contact_erasures where tenant_id = $1 and id = $2",
        tenant,
        erasure,
    )


async def unfinished(tx: Tx) -> list[Asked]:
    """Of every tenant, the oldest first."""
    return await tx.all(
        Asked,
        "select " + COLUMNS + "from contact_erasures where finished_at is null order by asked_at",
    )


async def note_person(tx: Tx, asked: Asked, person: Person, visitors: Sequence[UUID]) -> None:
    """Who it is, and what is done about its visitors; webhooks are looked through anew."""
    await tx.execute(
        """
        update contact_erasures
        set state = 'running', person = $3, visitors = $4, swept_to = null, swept_at = null
        where tenant_id = $1 and id = $2
        """,
        asked.tenant_id,
        asked.id,
        msgspec.to_builtins(person),
        list(visitors),
    )


async def note_swept(
    tx: Tx, asked: Asked, until: UUID | None, counts: dict[str, int], now: datetime
) -> None:
    """Up to this one; None: all."""
    await tx.execute(
        """
        update contact_erasures
        set swept_to = coalesce($3::uuid, swept_to),
            swept_at = case when $3::uuid is null then $5::timestamptz end,
            counts = $4
        where tenant_id = $1 and id = $2
        """,
        asked.tenant_id,
        asked.id,
        until,
        counts,
        now,
    )


async def note_erased(
    tx: Tx, asked: Asked, visitors: Sequence[UUID], counts: dict[str, int], now: datetime
) -> None:
    """The rooms have let go; the events of these visitors are still to be erased."""
    await tx.execute(
        """
        update contact_erasures set erased_at = $5, visitors = $3, counts = $4
        where tenant_id = $1 and id = $2
        """,
        asked.tenant_id,
        asked.id,
        list(visitors),
        counts,
        now,
    )


async def note_months(
    tx: Tx, asked: Asked, months: Sequence[int], visitors: Sequence[UUID], counts: dict[str, int]
) -> None:
    """These are left to be looked through."""
    await tx.execute(
        """
        update contact_erasures set months = $3, visitors = $4, counts = $5
        where tenant_id = $1 and id = $2
        """,
        asked.tenant_id,
        asked.id,
        list(months),
        list(visitors),
        counts,
    )


async def note_error(tx: Tx, asked: Asked, error: str | None) -> None:
    await tx.execute(
        """
        update contact_erasures set state = $3, error = $4
        where tenant_id = $1 and id = $2 and finished_at is null
        """,
        asked.tenant_id,
        asked.id,
        State.RUNNING if error is None else State.FAILED,
        error,
    )


async def finish(tx: Tx, asked: Asked, now: datetime) -> None:
    """Forget who it was."""
    await tx.execute(
        """
        update contact_erasures
        set state = 'done', contact_id = null, person = null, error = null, finished_at = $3
        where tenant_id = $1 and id = $2
        """,
        asked.tenant_id,
        asked.id,
        now,
    )


async def has_unfinished(tx: Tx, tenant: TenantId, visitors: Sequence[UUID]) -> bool:
    """Whether some of these visitors' events are still to be erased."""
    return await tx.value(
        """
        select exists (
            select from erasures
            where tenant_id = $1 and id = any ($2) and finished_at is null
        )
        """,
        tenant,
        visitors,
    )
