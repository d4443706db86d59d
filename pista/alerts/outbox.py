"""SQL of messages to webhooks: which are due, and what became of them."""

from datetime import datetime, timedelta

import msgspec

from pista.alerts.model import About, DeliveryId, FiringId, RuleId, State
from pista.ids import TenantId
from pista.store.postgres import Tx


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """A message that this process has taken on, for one attempt."""

    id: DeliveryId
    tenant_id: TenantId
    firing_id: FiringId
    rule_id: RuleId
    about: About
    body: bytes
    attempts: int
    """This one included."""
    webhook_url: str
    webhook_secret: bytes


async def add(
    tx: Tx,
    message: DeliveryId,
    tenant: TenantId,
    firing: FiringId,
    rule: RuleId,
    about: About,
    body: bytes,
    at: datetime,
) -> None:
    await tx.execute(
        """
        insert into alert_deliveries (
            id, tenant_id, firing_id, rule_id, about, body, state, next_attempt_at
        )
        values ($1, $2, $3, $4, $5, $6, 'waiting', $7)
        """,
        message,
        tenant,
        firing,
        rule,
        about,
        body,
        at,
    )


async def take(
    tx: Tx,
    now: datetime,
    *,
    lease: timedelta,
    far: timedelta,
    busy: list[TenantId],
    of_a_tenant: int,
    most: int,
) -> list[Due]:
    """Take on messages that are due. Until the lease is over nobody else will.

    A recovery waits for its firing. What is due later than anything is ever put off was put off
    by a clock that has been set back since, and is due too. Taken by two at once, the second finds
    it no longer due when the first has committed.
    """
    return await tx.all(
        Due,
        """
        with due as (
            select d.id, d.next_attempt_at,
                row_number() over (
                    partition by d.tenant_id order by d.next_attempt_at, d.id
                ) as place
            from alert_deliveries d
            where d.state = 'waiting'
                and (d.next_attempt_at <= $1 or d.next_attempt_at > $3)
                and d.tenant_id <> all ($4)
                and not exists (
                    select from alert_deliveries f
                    where f.firing_id = d.firing_id and f.about = 'fired'
                        and d.about = 'recovered' and f.state = 'waiting'
                )
        ), first as (
            select id from due where place <= $5 order by next_attempt_at, id limit $6
        )
        update alert_deliveries d
        set attempts = d.attempts + 1, next_attempt_at = $2
        from first, alert_rules r
        where d.id = first.id and r.id = d.rule_id and r.webhook_url is not null
            and d.state = 'waiting' and (d.next_attempt_at <= $1 or d.next_attempt_at > $3)
        returning d.id, d.tenant_id, d.firing_id, d.rule_id, d.about, d.body, d.attempts,
            r.webhook_url, r.webhook_secret
        """,
        now,
        now + lease,
        now + far,
        busy,
        of_a_tenant,
        most,
    )


async def note_delivered(tx: Tx, due: Due, status: int | None, at: datetime) -> State | None:
    """The message has arrived; the rule's state for the news, None if this changes nothing."""
    return await tx.value(
        """
        update alert_deliveries d
        set state = 'delivered', next_attempt_at = null, delivered_at = $4, last_status = $5,
            last_error = null
        from alert_rules r
        where d.tenant_id = $1 and d.id = $2 and d.attempts = $3 and d.state = 'waiting'
            and r.id = d.rule_id
        returning r.state
        """,
        due.tenant_id,
        due.id,
        due.attempts,
        at,
        status,
    )


async def note_failed(
    tx: Tx, due: Due, status: int | None, error: str, again_at: datetime | None
) -> State | None:
    """The attempt failed; without another to come, the message is dead."""
    return await tx.value(
        """
        update alert_deliveries d
        set state = case when $6::timestamptz is null then 'dead' else 'waiting' end,
            next_attempt_at = $6, last_status = $4, last_error = $5
        from alert_rules r
        where d.tenant_id = $1 and d.id = $2 and d.attempts = $3 and d.state = 'waiting'
            and r.id = d.rule_id
        returning r.state
        """,
        due.tenant_id,
        due.id,
        due.attempts,
        status,
        error,
        again_at,
    )
