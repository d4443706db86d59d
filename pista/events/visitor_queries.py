"""What PostgreSQL holds of visitors: events on their way, and lines that could not be read."""

import msgspec

from pista.ids import TenantId
from pista.store.postgres import Tx


class Body(msgspec.Struct, frozen=True, kw_only=True):
    stream: int
    seq: int
    body: bytes
    """A zstd frame."""


class Quarantined(msgspec.Struct, frozen=True, kw_only=True):
    id: int
    body: bytes
    error: str


async def journal_after(tx: Tx, stream: int, seq: int, most: int) -> list[Body]:
    """The journal's rows in the order of its key, some at a time."""
    return await tx.all(
        Body,
        """
        select stream, seq, body
        from journal
        where (stream, seq) > ($1, $2)
        order by stream, seq
        limit $3
        """,
        stream,
        seq,
        most,
    )


async def quarantined(tx: Tx, tenant: TenantId) -> list[Quarantined]:
    """The rows with lines of this tenant, of which there should be none."""
    return await tx.all(
        Quarantined,
        """
        select id, body, error
        from journal_quarantine
        where position($1::bytea in body) > 0
        order by id
        """,
        str(tenant).encode(),
    )
