"""SQL of what advertisements cost, and of the files that say so."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import LiteralString

from pista.attribution.spend.model import (
    ImportRow,
    Read,
    SpendDay,
    SpendImportNotFound,
    SpendLine,
    State,
)
from pista.ids import TenantId
from pista.sheets import Files, ImportId, Tables
from pista.store.postgres import Tx

LOCKS = 7_405_270
TABLES = Tables("spend_imports", "spend_import_chunks", "spend_import_results")

_COLUMNS: LiteralString = """
    tenant_id, id, file, encoding, separator, header, sample, width, rows, state, lines, refused,
    taken_back, asked_by, created_at, finished_at
"""
FILES = Files(TABLES, _COLUMNS, ImportRow, SpendImportNotFound)
GIVEN: LiteralString = """
    select line.*, spend_key(platform, currency, campaign_id, campaign, adset_id, adset, ad_id, ad)
        as key
    from jsonb_to_recordset($2) as line (
        day date, platform text, currency text, cost_cents bigint, campaign_id text, campaign text,
        adset_id text, adset text, ad_id text, ad text, impressions bigint, clicks bigint
    )
"""


async def lock(tx: Tx, tenant: TenantId) -> None:
    """One says what was spent at a time: what a file took the place of can be put back then."""
    await tx.execute("select pg_advisory_xact_lock($1, hashtext($2))", LOCKS, str(tenant))


async def known(tx: Tx, tenant: TenantId, lines: Sequence[SpendLine]) -> int:
    """Of how many of them something is known."""
    return await tx.value(
        "with given as ("
        + GIVEN
        + """)
        select count(*) from given join spend s on s.tenant_id = $1 and s.day = given.day
            and s.key = given.key
        """,
        tenant,
        rows(lines),
    )


async def overlapping(tx: Tx, tenant: TenantId, lines: Sequence[SpendLine]) -> int:
    """Of how many something is known of the campaign's same day in more or less detail: as a whole,
    by ad set or by advertisement."""
    return await tx.value(
        "with given as ("
        + GIVEN
        + """)
        select count(*) from given g
        where exists (
            select from spend s
            where s.tenant_id = $1 and s.day = g.day and s.platform = g.platform
                and s.currency = g.currency
                and coalesce(nullif(s.campaign, ''), s.campaign_id)
                    = coalesce(nullif(g.campaign, ''), g.campaign_id)
                and (s.adset || s.adset_id = '', s.ad || s.ad_id = '')
                    <> (g.adset || g.adset_id = '', g.ad || g.ad_id = '')
        )
        """,
        tenant,
        rows(lines),
    )


async def remember(
    tx: Tx, tenant: TenantId, import_id: ImportId, lines: Sequence[SpendLine]
) -> None:
    """Note what these take the place of, before they do."""
    await tx.execute(
        "with given as ("
        + GIVEN
        + """)
        insert into spend_import_lines (
            tenant_id, import_id, day, key, cost_cents, impressions, clicks, said_by
        )
        select $1, $3, given.day, given.key, s.cost_cents, s.impressions, s.clicks, s.import_id
        from given
        left join spend s on s.tenant_id = $1 and s.day = given.day and s.key = given.key
        """,
        tenant,
        rows(lines),
        import_id,
    )


async def keep(
    tx: Tx,
    tenant: TenantId,
    lines: Sequence[SpendLine],
    import_id: ImportId | None,
    now: datetime,
) -> None:
    await tx.execute(
        "with given as ("
        + GIVEN
        + """)
        insert into spend as s (
            tenant_id, day, platform, currency, campaign_id, campaign, adset_id, adset, ad_id, ad,
            cost_cents, impressions, clicks, import_id, changed_at
        )
        select $1, day, platform, currency, campaign_id, campaign, adset_id, adset, ad_id, ad,
            cost_cents, impressions, clicks, $3, $4
        from given
        on conflict (tenant_id, day, key) do update set
            campaign = coalesce(nullif(excluded.campaign, ''), s.campaign),
            adset = coalesce(nullif(excluded.adset, ''), s.adset),
            ad = coalesce(nullif(excluded.ad, ''), s.ad),
            cost_cents = excluded.cost_cents, impressions = excluded.impressions,
            clicks = excluded.clicks, import_id = excluded.import_id,
            changed_at = excluded.changed_at
        """,
        tenant,
        rows(lines),
        import_id,
        now,
    )


async def take_back(tx: Tx, tenant: TenantId, import_id: ImportId, now: datetime) -> int:
    """Put back what the import took the place of, where nobody has said something else since."""
    gone = await tx.execute(
        """
        delete from spend s using spend_import_lines l
        where l.tenant_id = $1 and l.import_id = $2 and l.cost_cents is null
            and s.tenant_id = $1 and s.day = l.day and s.key = l.key and s.import_id = $2
        """,
        tenant,
        import_id,
    )
    back = await tx.execute(
        """
        update spend s
        set cost_cents = l.cost_cents, impressions = l.impressions, clicks = l.clicks,
            import_id = l.said_by, changed_at = $3
        from spend_import_lines l
        where l.tenant_id = $1 and l.import_id = $2 and l.cost_cents is not null
            and s.tenant_id = $1 and s.day = l.day and s.key = l.key and s.import_id = $2
        """,
        tenant,
        import_id,
        now,
    )
    return gone + back


async def days(tx: Tx, tenant: TenantId, first: date, last: date) -> list[SpendDay]:
    """Of each day and platform, from the primary key."""
    return await tx.all(
        SpendDay,
        """
        select day, platform, currency, sum(cost_cents)::bigint as "costCents"
        from spend
        where tenant_id = $1 and day between $2 and $3
        group by day, platform, currency
        order by day desc, platform, currency
        """,
        tenant,
        first,
        last,
    )


async def finish(
    tx: Tx,
    tenant: TenantId,
    import_id: ImportId,
    state: State,
    lines: int,
    refused: int,
    now: datetime,
) -> None:
    await tx.execute(
        """
        update spend_imports
        set state = $3, lines = $4, refused = $5, finished_at = $6,
            started_at = coalesce(started_at, $6)
        where tenant_id = $1 and id = $2
        """,
        tenant,
        import_id,
        state,
        lines,
        refused,
        now,
    )


async def note_undone(
    tx: Tx, tenant: TenantId, import_id: ImportId, taken_back: int, now: datetime
) -> None:
    await tx.execute(
        """
        update spend_imports
        set state = 'undone', taken_back = $3, finished_at = $4
        where tenant_id = $1 and id = $2
        """,
        tenant,
        import_id,
        taken_back,
        now,
    )


async def note_troubles(
    tx: Tx, tenant: TenantId, import_id: ImportId, bad: Sequence[tuple[Read, list[str]]]
) -> None:
    await tx.connection.executemany(
        """
        insert into spend_import_results (tenant_id, import_id, row, why, cells)
        values ($1, $2, $3, $4, $5)
        """,
        [(tenant, import_id, read.row, read.trouble, cells) for read, cells in bad],
    )


def rows(lines: Sequence[SpendLine]) -> list[dict[str, object]]:
    """As the statements take them: by the names of the columns."""
    fields = SpendLine.__struct_fields__
    return [
        {
            name: value.isoformat() if isinstance(value := getattr(line, name), date) else value
            for name in fields
        }
        for line in lines
    ]
