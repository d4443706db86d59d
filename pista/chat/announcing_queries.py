"""The SQL of what changed when."""

from collections.abc import Sequence
from typing import LiteralString

import msgspec

from pista.chat.model import ConversationId
from pista.ids import TenantId
from pista.store.postgres import Tx


class ChangedRow(msgspec.Struct, frozen=True):
    conversation_id: ConversationId


async def changed_since(tx: Tx, tenant: TenantId, since: int, most: int) -> list[ConversationId]:
    rows = await tx.all(
        ChangedRow,
        """
        select conversation_id
        from chat_changes
        where tenant_id = $1 and changed_in >= $2
        order by changed_in
        limit $3
        """,
        tenant,
        since,
        most,
    )
    return [row.conversation_id for row in rows]


async def settled(tx: Tx) -> int:
    """All transactions below this number have ended."""
    return await tx.value("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint")


_NOTE: LiteralString = """
insert into chat_changes (tenant_id, conversation_id, changed_in)
select $1, id, pg_current_xact_id()::text::bigint
from changed
order by id
on conflict (tenant_id, conversation_id) do update set changed_in = excluded.changed_in
"""


async def note_changed(tx: Tx, tenant: TenantId, conversations: Sequence[ConversationId]) -> None:
    """Those that are there still."""
    changed: LiteralString = """
    with changed as (
        select id from conversations where tenant_id = $1 and id = any($2::uuid[])
    )
    """
    await tx.execute(changed + _NOTE, tenant, conversations)


async def note_held(tx: Tx, tenant: TenantId, conversations: Sequence[ConversationId]) -> None:
    """Without a look at them, which beside an old snapshot goes past all that they were."""
    changed: LiteralString = "with changed as (select unnest($2::uuid[]) as id)"
    await tx.execute(changed + _NOTE, tenant, conversations)
