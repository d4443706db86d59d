"""SQL of the watcher: which rules are due, and what becomes of them, each thing once."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from pista.alerts.evaluate import Watch
from pista.alerts.model import FiringId, State
from pista.alerts.queries import RULE, RuleRow
from pista.store.postgres import Tx


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What was seen in a rule's window, and what becomes of the rule."""

    rule: RuleRow
    end: datetime
    value: float
    expected: float | None
    state: State
    clear_since: datetime | None


class Closed(msgspec.Struct, frozen=True, kw_only=True):
    """A firing that is over."""

    id: FiringId
    fired_at: datetime
    told: bool
    """Whether a webhook was told that it began."""


async def watch_for_update(tx: Tx) -> Watch:
    return await tx.one(
        Watch, "select looked_at, steady_since, gap_seconds from alert_watch for update"
    )


async def set_watch(tx: Tx, watch: Watch) -> None:
    await tx.execute(
        "update alert_watch set looked_at = $1, steady_since = $2, gap_seconds = $3",
        watch.looked_at,
        watch.steady_since,
        watch.gap_seconds,
    )


async def due(tx: Tx, until: datetime, now: datetime) -> list[RuleRow]:
    """Rules with a window that ended since the last that was looked at. What was looked at in the
    future was so by a clock that has been set back since."""
    return await tx.all(
        RuleRow,
        RULE
        + """
        where enabled and (
            evaluated_until is null
            or kind <> 'anomaly' and evaluated_until < $1
            or kind = 'anomaly' and evaluated_until <= $2
            or evaluated_until > $3
        )
        order by tenant_id, id
        """,
        until,
        until - timedelta(minutes=60),
        now + timedelta(minutes=1),
    )


async def note(tx: Tx, outcomes: Sequence[Outcome]) -> None:
    """Store what was seen where the state stays what it is."""
    # In one order everywhere, so that two watchers cannot wait for each other's rows.
    ordered = sorted(outcomes, key=lambda outcome: outcome.rule.id)
    await tx.execute(
        """
        update alert_rules r
        set evaluated_until = seen.until, last_value = seen.value, last_expected = seen.expected,
            clear_since = seen.clear_since
        from unnest(
            $1::uuid[], $2::int[], $3::text[], $4::timestamptz[], $5::float8[], $6::float8[],
            $7::timestamptz[]
        ) as seen (id, revision, state, until, value, expected, clear_since)
        where r.id = seen.id and r.revision = seen.revision and r.state = seen.state
        """,
        [outcome.rule.id for outcome in ordered],
        [outcome.rule.revision for outcome in ordered],
        [outcome.rule.state for outcome in ordered],
        [outcome.end for outcome in ordered],
        [outcome.value for outcome in ordered],
        [outcome.expected for outcome in ordered],
        [outcome.clear_since for outcome in ordered],
    )


async def move(tx: Tx, outcome: Outcome, at: datetime) -> bool:
    """Change the rule's state; False if it is not as it was when this was decided."""
    rule = outcome.rule
    return bool(
        await tx.execute(
            """
            update alert_rules
            set state = $5, state_since = $6, evaluated_until = $7, last_value = $8,
                last_expected = $9, clear_since = $10
            where tenant_id = $1 and id = $2 and revision = $3 and state = $4
            """,
            rule.tenant_id,
            rule.id,
            rule.revision,
            rule.state,
            outcome.state,
            at,
            outcome.end,
            outcome.value,
            outcome.expected,
            outcome.clear_since,
        )
    )


async def open_firing(tx: Tx, firing: FiringId, outcome: Outcome, at: datetime) -> None:
    rule = outcome.rule
    await tx.execute(
        """
        insert into alert_firings (
            id, tenant_id, rule_id, rule_name, kind, metric, fired_at, value, expected, threshold
        )
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """,
        firing,
        rule.tenant_id,
        rule.id,
        rule.name,
        rule.kind,
        rule.metric,
        at,
        outcome.value,
        outcome.expected,
        rule.threshold,
    )


async def close_recovered(tx: Tx, rule: RuleRow, at: datetime) -> Closed | None:
    return await tx.one_or_none(
        Closed,
        """
        update alert_firings f
        set recovered_at = greatest($3, fired_at), ending = 'recovered'
        where tenant_id = $1 and rule_id = $2 and recovered_at is null
        returning id, fired_at, exists (
            select from alert_deliveries d where d.firing_id = f.id
        ) as told
        """,
        rule.tenant_id,
        rule.id,
        at,
    )


async def forget_firings(tx: Tx, before: datetime, most: int) -> int:
    """Delete firings that were over before, with their messages."""
    return await tx.execute(
        """
        delete from alert_firings
        where id in (select id from alert_firings where recovered_at < $1 order by id limit $2)
        """,
        before,
        most,
    )
