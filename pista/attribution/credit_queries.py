"""The SQL of credits."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec

from pista.attribution.credit import Method
from pista.clicks import ClickId, LinkId
from pista.ids import TenantId
from pista.store.postgres import Tx


class CreditRow(msgspec.Struct, frozen=True, kw_only=True):
    """Which click earned a result, as it is stored."""

    kind: str
    result_id: str
    at: datetime
    click_id: ClickId | None
    method: Method
    why: list[Any]
    click_at: datetime | None
    link_id: LinkId | None
    campaign: str | None
    adset: str | None
    ad: str | None
    touches: list[UUID]
    value_cents: int | None
    currency: str | None
    decided_at: datetime


async def store_many(tx: Tx, tenant: TenantId, rows: Sequence[CreditRow]) -> None:
    """The newest decision about each result is the one that is kept."""
    await tx.execute(
        """
        insert into credits (
            tenant_id, kind, result_id, at, click_id, method, why, click_at, link_id, campaign,
            adset, ad, touches, value_cents, currency, decided_at
        )
        select $1, kind, result_id, at, click_id, method, why, click_at, link_id, campaign, adset,
            ad, touches, value_cents, currency, decided_at
        from jsonb_to_recordset($2) as given (
            kind text, result_id text, at timestamptz, click_id uuid, method text, why jsonb,
            click_at timestamptz, link_id uuid, campaign text, adset text, ad text,
            touches uuid[], value_cents bigint, currency text, decided_at timestamptz
        )
        order by kind, result_id
        on conflict (tenant_id, kind, result_id) do update set
            at = excluded.at, click_id = excluded.click_id, method = excluded.method,
            why = excluded.why, click_at = excluded.click_at, link_id = excluded.link_id,
            campaign = excluded.campaign, adset = excluded.adset, ad = excluded.ad,
            touches = excluded.touches, value_cents = excluded.value_cents,
            currency = excluded.currency, decided_at = excluded.decided_at
        """,
        tenant,
        rows,
    )


async def credit_of(tx: Tx, tenant: TenantId, kind: str, result: str) -> CreditRow | None:
    return await tx.one_or_none(
        CreditRow,
        """
        select kind, result_id, at, click_id, method, why, click_at, link_id, campaign, adset, ad,
            touches, value_cents, currency, decided_at
        from credits
        where tenant_id = $1 and kind = $2 and result_id = $3
        """,
        tenant,
        kind,
        result,
    )


async def window(tx: Tx, tenant: TenantId) -> timedelta | None:
    days = await tx.value(
        "select window_days from attribution_settings where tenant_id = $1", tenant
    )
    return None if days is None else timedelta(days=days)


async def set_window(tx: Tx, tenant: TenantId, days: int) -> None:
    """Where it is another one, everybody is noted to be credited again by it."""
    await tx.execute(
        """
        with changed as (
            insert into attribution_settings as s (tenant_id, window_days) values ($1, $2)
            on conflict (tenant_id) do update set window_days = excluded.window_days
            where s.window_days <> excluded.window_days
            returning s.tenant_id
        ), everybody as (
            select 'contact:' || id from contacts where tenant_id = $1 and merged_into is null
            union all
            select 'person:' || id from chat_people where tenant_id = $1 and contact_id is null
            union all
            select 'lead:' || id from clientes where tenant_id = $1 and contact_id is null
            union all
            select 'sale:' || id from sales
            where tenant_id = $1 and contact_id is null and paid_at is not null
        )
        insert into credit_due (tenant_id, subject)
        select c.tenant_id, e.subject from changed c, everybody e (subject)
        """,
        tenant,
        days,
    )
