"""Events that name a person in what they say, whoever's they are."""

from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from pista.events import visitor_queries as queries
from pista.ids import TenantId
from pista.store.clickhouse import ClickHouse
from pista.store.postgres import Tx


class Mention(msgspec.Struct, frozen=True, kw_only=True):
    visitor_id: str
    occurred_ms: int
    metadata: str
    texts: list[str]

    @property
    def said(self) -> list[Any]:
        return [msgspec.json.decode(self.metadata), *self.texts]


class _Month(msgspec.Struct, frozen=True, kw_only=True):
    month: int


async def months_of(clickhouse: ClickHouse, tenant: TenantId) -> list[int]:
    """The months, YYYYMM of UTC, in which the tenant has events."""
    return [row.month for row in await clickhouse.all(_Month, MONTHS, tenant=tenant)]


async def candidates(
    clickhouse: ClickHouse,
    tenant: TenantId,
    month: int,
    *,
    emails: Sequence[str],
    numbers: Sequence[str],
    ids: Sequence[str],
) -> list[Mention]:
    """Events in which one of these stands somehow; numbers between other characters, too."""
    return await clickhouse.all(
        Mention,
        CANDIDATES,
        tenant=tenant,
        month=month,
        emails=list(emails),
        numbers=list(numbers),
        ids=list(ids),
    )


async def erase_unreadable(tx: Tx, tenant: TenantId, is_named: Callable[[object], bool]) -> int:
    """Take out lines that nobody could read and that name the person; how many they were."""
    erased = 0
    begin = f'["{tenant}"'.encode()
    for row in await queries.quarantined(tx, tenant):
        lines = row.body.splitlines(keepends=True)
        rest = [
            line
            for line in lines
            if not (line.startswith(begin) and is_named(line.decode(errors="replace")))
        ]
        erased += len(lines) - len(rest)
        if rest and len(rest) < len(lines):
            await queries.replace_quarantined(tx, row.id, b"".join(rest))
        elif not rest:
            await queries.drop_quarantined(tx, row.id)
    return erased


MONTHS = """
select distinct toYYYYMM(occurred_at) as month
from events
where tenant_id = {tenant:UUID}
order by month
"""

# What is searched for must stand in no log of the server.
CANDIDATES = """
with concat(
        metadata, ' ', path, ' ', referrer, ' ', utm_source, ' ', utm_medium, ' ', utm_campaign,
        ' ', utm_term, ' ', utm_content
    ) as said,
    lower(decodeURLComponent(said)) as plain,
    replaceRegexpAll(plain, '[^0-9]', '') as digits
select visitor_id, toUnixTimestamp64Milli(occurred_at) as occurred_ms, metadata,
    [path, referrer, utm_source, utm_medium, utm_campaign, utm_term, utm_content] as texts
from events
where tenant_id = {tenant:UUID} and toYYYYMM(occurred_at) = {month:UInt32}
    and (
        arrayExists(email -> position(plain, email) > 0, {emails:Array(String)})
        or arrayExists(id -> position(said, id) > 0, {ids:Array(String)})
        or arrayExists(number -> position(digits, number) > 0, {numbers:Array(String)})
    )
settings log_queries = 0
"""
