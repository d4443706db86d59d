"""SQL of alert rules as people see and change them."""

from datetime import datetime

import msgspec

from pista.alerts.model import (
    About,
    Condition,
    DeliveryId,
    DeliveryState,
    Ending,
    FiringId,
    Kind,
    Metric,
    RuleId,
    State,
)
from pista.ids import TenantId
from pista.store.postgres import Tx

RULES_LOCK = 7_405_213

RULE = """
select id, tenant_id, name, kind, metric, event_type, site_id, comparison, threshold,
    window_minutes, sensitivity, enabled, webhook_url, webhook_secret, created_at,
    revision, watched_since, state, state_since, evaluated_until, last_value,
    last_expected, clear_since
from alert_rules
"""


class RuleRow(Condition, frozen=True, kw_only=True):
    """A rule as it is stored."""

    id: RuleId
    tenant_id: TenantId
    name: str
    enabled: bool
    webhook_url: str | None
    webhook_secret: bytes | None
    created_at: datetime
    revision: int
    watched_since: datetime
    state: State
    state_since: datetime
    evaluated_until: datetime | None
    last_value: float | None
    last_expected: float | None
    clear_since: datetime | None


class FiringRow(msgspec.Struct, frozen=True, kw_only=True):
    id: FiringId
    rule_id: RuleId
    rule_name: str
    kind: Kind
    metric: Metric
    fired_at: datetime
    recovered_at: datetime | None
    ending: Ending | None
    value: float
    expected: float | None
    threshold: float | None


class DeliveryRow(msgspec.Struct, frozen=True, kw_only=True):
    id: DeliveryId
    firing_id: FiringId
    about: About
    state: DeliveryState
    attempts: int
    next_attempt_at: datetime | None
    delivered_at: datetime | None
    last_status: int | None
    last_error: str | None


async def lock_rules(tx: Tx, tenant: TenantId) -> None:
    """One after the other, so that the limit holds when several are made at once."""
    await tx.execute(
        "select pg_advisory_xact_lock($1, hashtext($2::text))", RULES_LOCK, str(tenant)
    )


async def count_rules(tx: Tx, tenant: TenantId) -> int:
    return await tx.value("select count(*) from alert_rules where tenant_id = $1", tenant)


async def rules(tx: Tx, tenant: TenantId) -> list[RuleRow]:
    return await tx.all(
        RuleRow,
        RULE + "where tenant_id = $1 order by id",
        tenant,
    )


async def rule(tx: Tx, tenant: TenantId, rule_id: RuleId) -> RuleRow | None:
    return await tx.one_or_none(
        RuleRow,
        RULE + "where tenant_id = $1 and id = $2",
        tenant,
        rule_id,
    )


async def rule_for_update(tx: Tx, tenant: TenantId, rule_id: RuleId) -> RuleRow | None:
    return await tx.one_or_none(
        RuleRow,
        RULE + "where tenant_id = $1 and id = $2 for update",
        tenant,
        rule_id,
    )


async def add_rule(tx: Tx, row: RuleRow) -> None:
    await tx.execute(
        """
        insert into alert_rules (
            id, tenant_id, name, kind, metric, event_type, site_id, comparison, threshold,
            window_minutes, sensitivity, enabled, webhook_url, webhook_secret, created_at,
            watched_since, state, state_since
        )
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
        """,
        row.id,
        row.tenant_id,
        row.name,
        row.kind,
        row.metric,
        row.event_type,
        row.site_id,
        row.comparison,
        row.threshold,
        row.window_minutes,
        row.sensitivity,
        row.enabled,
        row.webhook_url,
        row.webhook_secret,
        row.created_at,
        row.watched_since,
        row.state,
        row.state_since,
    )


async def change_rule(tx: Tx, row: RuleRow) -> None:
    """Store what people change. What was being decided of the row before no longer counts."""
    await tx.execute(
        """
        update alert_rules set
            name = $3, kind = $4, metric = $5, event_type = $6, site_id = $7, comparison = $8,
            threshold = $9, window_minutes = $10, sensitivity = $11, enabled = $12,
            webhook_url = $13, webhook_secret = $14, watched_since = $15, state = $16,
            state_since = $17, evaluated_until = $18, last_value = $19, last_expected = $20,
            clear_since = $21, revision = revision + 1
        where tenant_id = $1 and id = $2
        """,
        row.tenant_id,
        row.id,
        row.name,
        row.kind,
        row.metric,
        row.event_type,
        row.site_id,
        row.comparison,
        row.threshold,
        row.window_minutes,
        row.sensitivity,
        row.enabled,
        row.webhook_url,
        row.webhook_secret,
        row.watched_since,
        row.state,
        row.state_since,
        row.evaluated_until,
        row.last_value,
        row.last_expected,
        row.clear_since,
    )


async def set_secret(tx: Tx, tenant: TenantId, rule_id: RuleId, sealed: bytes) -> None:
    await tx.execute(
        "update alert_rules set webhook_secret = $3 where tenant_id = $1 and id = $2",
        tenant,
        rule_id,
        sealed,
    )


async def delete_rule(tx: Tx, tenant: TenantId, rule_id: RuleId) -> bool:
    return bool(
        await tx.execute(
            "delete from alert_rules where tenant_id = $1 and id = $2", tenant, rule_id
        )
    )


async def close_firing(
    tx: Tx, tenant: TenantId, rule_id: RuleId, ending: Ending, at: datetime
) -> FiringId | None:
    """End the rule's open firing, if there is one."""
    return await tx.value(
        """
        update alert_firings set recovered_at = greatest($4, fired_at), ending = $3
        where tenant_id = $1 and rule_id = $2 and recovered_at is null
        returning id
        """,
        tenant,
        rule_id,
        ending,
        at,
    )


async def firings(
    tx: Tx,
    tenant: TenantId,
    rule_id: RuleId | None,
    is_open: bool | None,
    before: FiringId | None,
    most: int,
) -> list[FiringRow]:
    return await tx.all(
        FiringRow,
        """
        select id, rule_id, rule_name, kind, metric, fired_at, recovered_at, ending, value,
            expected, threshold
        from alert_firings
        where tenant_id = $1
            and ($2::uuid is null or rule_id = $2)
            and ($3::boolean is null or (recovered_at is null) = $3)
            and ($4::uuid is null or id < $4)
        order by id desc
        limit $5
        """,
        tenant,
        rule_id,
        is_open,
        before,
        most,
    )


async def deliveries(tx: Tx, tenant: TenantId, firings: list[FiringId]) -> list[DeliveryRow]:
    return await tx.all(
        DeliveryRow,
        """
        select id, firing_id, about, state, attempts, next_attempt_at, delivered_at, last_status,
            last_error
        from alert_deliveries
        where tenant_id = $1 and firing_id = any ($2)
        order by id
        """,
        tenant,
        firings,
    )


async def drop_waiting(tx: Tx, tenant: TenantId, rule_id: RuleId, why: str) -> None:
    """Messages of a rule that has no webhook any more are not sent."""
    await tx.execute(
        """
        update alert_deliveries set state = 'dead', next_attempt_at = null, last_error = $3
        where tenant_id = $1 and rule_id = $2 and state = 'waiting'
        """,
        tenant,
        rule_id,
        why,
    )


async def delivery(tx: Tx, tenant: TenantId, delivery_id: DeliveryId) -> tuple[RuleId, str] | None:
    """The rule of a delivery, and the delivery's state."""
    found = await tx.one_or_none(
        _Delivery,
        """
        select rule_id, state from alert_deliveries where tenant_id = $1 and id = $2 for update
        """,
        tenant,
        delivery_id,
    )
    return None if found is None else (found.rule_id, found.state)


async def retry_delivery(tx: Tx, tenant: TenantId, delivery_id: DeliveryId, at: datetime) -> None:
    """Begin its attempts anew."""
    await tx.execute(
        """
        update alert_deliveries set state = 'waiting', attempts = 0, next_attempt_at = $3
        where tenant_id = $1 and id = $2
        """,
        tenant,
        delivery_id,
        at,
    )


class _Delivery(msgspec.Struct, frozen=True, kw_only=True):
    rule_id: RuleId
    state: str
