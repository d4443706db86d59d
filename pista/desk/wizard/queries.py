"""The SQL of what is entered about a cliente."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from pista.desk.model import ClienteId
from pista.desk.wizard.model import Answers
from pista.ids import TenantId, UserId
from pista.store.postgres import Tx


class Details(msgspec.Struct, frozen=True, kw_only=True):
    """What may be changed of a cliente besides its status."""

    nombre: str
    telefono: str | None
    email: str | None
    campaign: str | None
    notas: str | None
    outcome: str | None
    next_action: str | None
    next_action_at: datetime | None


class DraftRow(msgspec.Struct, frozen=True, kw_only=True):
    answers: Answers
    revision: int
    updated_at: datetime
    updated_by: UserId | None


async def details(tx: Tx, tenant: TenantId, cliente: ClienteId) -> Details:
    return await tx.one(
        Details,
        """
        select nombre, telefono, email, campaign, notas, outcome, next_action, next_action_at
        from clientes
        where tenant_id = $1 and id = $2
        """,
        tenant,
        cliente,
    )


async def store(
    tx: Tx, tenant: TenantId, cliente: ClienteId, now: Details, words: Sequence[str]
) -> None:
    """The cliente must be held."""
    await tx.execute(
        """
        with worded as (
            update cliente_words
            set words = array_to_tsvector($11::text[])
            where tenant_id = $1 and cliente_id = $2
        )
        update clientes
        set nombre = $3, telefono = $4, email = $5, campaign = $6, notas = $7, outcome = $8,
            next_action = $9, next_action_at = $10, version = version + 1
        where tenant_id = $1 and id = $2
        """,
        tenant,
        cliente,
        now.nombre,
        now.telefono,
        now.email,
        now.campaign,
        now.notas,
        now.outcome,
        now.next_action,
        now.next_action_at,
        words,
    )


async def draft(tx: Tx, tenant: TenantId, cliente: ClienteId) -> DraftRow | None:
    return await tx.one_or_none(
        DraftRow,
        """
        select answers, revision, updated_at, updated_by
        from cliente_drafts
        where tenant_id = $1 and cliente_id = $2
        """,
        tenant,
        cliente,
    )


async def keep_draft(
    tx: Tx,
    tenant: TenantId,
    cliente: ClienteId,
    answers: Answers,
    revision: int | None,
    by: UserId | None,
) -> None:
    """The later one stays, whichever comes first; without a revision it is the last."""
    await tx.execute(
        """
        insert into cliente_drafts
            (tenant_id, cliente_id, answers, revision, updated_by, updated_at)
        values ($1, $2, $3, coalesce($4::bigint, 1), $5, clock_timestamp())
        on conflict (tenant_id, cliente_id) do update
        set answers = excluded.answers, updated_by = excluded.updated_by,
            updated_at = excluded.updated_at,
            revision = coalesce($4::bigint, cliente_drafts.revision + 1)
        where $4::bigint is null or cliente_drafts.revision < $4
        """,
        tenant,
        cliente,
        answers,
        revision,
        by,
    )
