"""What people do with alert rules: make, change, pause and delete them; and what they read."""

import secrets
from datetime import datetime
from typing import Any, Literal, TypeVar

import msgspec
from msgspec import UNSET, UnsetType, structs

from pista import accounts, queue
from pista.alerts import conditions, messages, queries
from pista.alerts.model import (
    MOST_RULES,
    AlertChanged,
    AlertDelivery,
    AlertDeliveryNotFound,
    AlertFiring,
    AlertFirings,
    AlertRule,
    AlertRuleNotFound,
    AlreadyDelivered,
    ChangeAlertRule,
    Condition,
    DeliveryId,
    FiringId,
    MadeAlertRule,
    NewAlertRule,
    NoWebhook,
    RuleId,
    State,
    TooManyAlertRules,
    WebhookTested,
)
from pista.alerts.queries import DeliveryRow, FiringRow, RuleRow
from pista.alerts.webhook import Sender
from pista.ids import TenantId, uuid7
from pista.store.postgres import Tx
from pista.store.secrets import Sealer, SecretUnreadable

NO_WEBHOOK_ANY_MORE = "The rule has no webhook any more."
RULE_DELETED = "The rule was deleted."

T = TypeVar("T")


async def rules(tx: Tx, tenant: TenantId) -> list[AlertRule]:
    return [shown(row) for row in await queries.rules(tx, tenant)]


async def rule(tx: Tx, tenant: TenantId, rule_id: RuleId) -> RuleRow:
    return _known(await queries.rule(tx, tenant, rule_id))


async def create_rule(
    tx: Tx, sealer: Sealer, tenant: TenantId, request: NewAlertRule, *, now: datetime
) -> MadeAlertRule:
    """A new rule, watched from now on; with a webhook, its secret is in the answer this once."""
    condition = conditions.new(request.kind, request)
    await check_site(tx, tenant, condition)
    await queries.lock_rules(tx, tenant)
    if await queries.count_rules(tx, tenant) >= MOST_RULES:
        raise TooManyAlertRules
    rule_id, state = RuleId(uuid7()), _beginning(condition, enabled=request.enabled)
    secret = _secret() if request.webhook_url else None
    row = RuleRow(
        **structs.asdict(condition),
        id=rule_id,
        tenant_id=tenant,
        name=conditions.name(request.name),
        enabled=request.enabled,
        webhook_url=request.webhook_url,
        webhook_secret=_sealed(sealer, rule_id, secret),
        created_at=now,
        revision=1,
        watched_since=now,
        state=state,
        state_since=now,
        evaluated_until=None,
        last_value=None,
        last_expected=None,
        clear_since=None,
    )
    await queries.add_rule(tx, row)
    await _announce(tx, row, now)
    return made(row, secret)


async def change_rule(
    tx: Tx,
    sealer: Sealer,
    tenant: TenantId,
    rule_id: RuleId,
    request: ChangeAlertRule,
    *,
    now: datetime,
) -> MadeAlertRule:
    """Change what is given. A rule that fires goes on firing until it is looked at the next time;
    one that is paused ends its firing, without a message."""
    old = _known(await queries.rule_for_update(tx, tenant, rule_id))
    condition = conditions.changed(condition_of(old), _or(request.kind, old.kind), request)
    await check_site(tx, tenant, condition)
    row = structs.replace(
        old,
        **structs.asdict(condition),
        name=conditions.name(_or(request.name, old.name)),
        enabled=_or(request.enabled, old.enabled),
    )
    row, secret = _with_webhook(sealer, row, _or(request.webhook_url, old.webhook_url))
    if condition != condition_of(old) or row.enabled != old.enabled:
        row = _looked_at_anew(row, old, now)
    if old.webhook_url and not row.webhook_url:
        await queries.drop_waiting(tx, tenant, rule_id, NO_WEBHOOK_ANY_MORE)
    if old.state == "firing" and row.state == "paused":
        await queries.close_firing(tx, tenant, rule_id, "paused", now)
    await queries.change_rule(tx, row)
    await _announce(tx, row, now)
    return made(row, secret)


async def delete_rule(tx: Tx, tenant: TenantId, rule_id: RuleId, *, now: datetime) -> None:
    """Its firings stay to be read; what has not been sent yet is not sent."""
    row = _known(await queries.rule_for_update(tx, tenant, rule_id))
    await queries.close_firing(tx, tenant, rule_id, "deleted", now)
    await queries.drop_waiting(tx, tenant, rule_id, RULE_DELETED)
    await queries.delete_rule(tx, tenant, rule_id)
    news = AlertChanged(tenant_id=tenant, rule_id=row.id, state="deleted", at=now)
    await queue.announce(tx, news)


async def new_secret(tx: Tx, sealer: Sealer, tenant: TenantId, rule_id: RuleId) -> str:
    """Replace the secret; from the next message on the new one signs."""
    row = _known(await queries.rule_for_update(tx, tenant, rule_id))
    if row.webhook_url is None:
        raise NoWebhook
    secret = _secret()
    await queries.set_secret(tx, tenant, rule_id, sealer.seal(secret, secret_purpose(rule_id)))
    return secret


async def test_webhook(
    row: RuleRow, sealer: Sealer, sender: Sender, *, url: str, now: datetime
) -> WebhookTested:
    """Send a message that says so to the rule's webhook, once and now."""
    if row.webhook_url is None or row.webhook_secret is None:
        raise NoWebhook
    message = messages.test(row, url, now)
    try:
        secret = sealer.open(row.webhook_secret, secret_purpose(row.id))
    except SecretUnreadable:
        error = "The key that sealed its secret is not here: make a new secret."
        return WebhookTested(status=None, error=error, milliseconds=0)
    sent = await sender.send(row.webhook_url, secret, message.id, msgspec.json.encode(message))
    return WebhookTested(status=sent.status, error=sent.error, milliseconds=sent.milliseconds)


async def firings(
    tx: Tx,
    tenant: TenantId,
    *,
    rule_id: RuleId | None,
    state: Literal["firing", "recovered"] | None,
    before: FiringId | None,
    limit: int,
) -> AlertFirings:
    """The newest first, each with the messages about it."""
    is_open = None if state is None else state == "firing"
    found = await queries.firings(tx, tenant, rule_id, is_open, before, limit + 1)
    page = found[:limit]
    messages = await queries.deliveries(tx, tenant, [row.id for row in page])
    return AlertFirings(
        items=[_shown_firing(row, messages) for row in page],
        next=str(page[-1].id) if len(found) > limit else None,
    )


async def retry_delivery(
    tx: Tx, tenant: TenantId, delivery_id: DeliveryId, *, now: datetime
) -> None:
    """Send it again, now, and with as many attempts as a new one."""
    found = await queries.delivery(tx, tenant, delivery_id)
    if found is None:
        raise AlertDeliveryNotFound
    rule_id, state = found
    if state == "delivered":
        raise AlreadyDelivered
    row = await queries.rule(tx, tenant, rule_id)
    if row is None or row.webhook_url is None:
        raise NoWebhook
    await queries.retry_delivery(tx, tenant, delivery_id, now)


async def check_site(tx: Tx, tenant: TenantId, condition: Condition) -> None:
    """A rule is about a site of its own tenant."""
    if condition.site_id is not None:
        await accounts.site(tx, tenant, condition.site_id, public_url="")


def secret_purpose(rule_id: RuleId) -> str:
    """Where a webhook's secret belongs: it opens for this rule only."""
    return f"webhook of alert rule {rule_id}"


def condition_of(row: RuleRow) -> Condition:
    return Condition(**{name: getattr(row, name) for name in Condition.__struct_fields__})


def shown(row: RuleRow) -> AlertRule:
    return AlertRule(**_public(row))


def made(row: RuleRow, secret: str | None) -> MadeAlertRule:
    return MadeAlertRule(**_public(row), webhook_secret=secret)


def _public(row: RuleRow) -> dict[str, Any]:
    fields = structs.asdict(row) | {"last_evaluated_at": row.evaluated_until}
    return {name: fields[name] for name in AlertRule.__struct_fields__}


def _with_webhook(sealer: Sealer, row: RuleRow, url: str | None) -> tuple[RuleRow, str | None]:
    """The row with this address, and a secret if it has none yet."""
    if url is None:
        return structs.replace(row, webhook_url=None, webhook_secret=None), None
    secret = _secret() if row.webhook_secret is None else None
    sealed = row.webhook_secret or _sealed(sealer, row.id, secret)
    return structs.replace(row, webhook_url=url, webhook_secret=sealed), secret


def _looked_at_anew(row: RuleRow, old: RuleRow, now: datetime) -> RuleRow:
    """Under other terms, or after a pause, what was seen before says nothing."""
    goes_on = old.state == "firing" and row.enabled
    state = old.state if goes_on else _beginning(row, enabled=row.enabled)
    return structs.replace(
        row,
        state=state,
        state_since=old.state_since if state == old.state else now,
        watched_since=now,
        evaluated_until=None,
        last_value=None,
        last_expected=None,
        clear_since=None,
    )


def _beginning(condition: Condition, *, enabled: bool) -> State:
    if not enabled:
        return "paused"
    return "learning" if condition.kind == "anomaly" else "ok"


def _secret() -> str:
    return f"whsec_{secrets.token_urlsafe(32)}"


def _sealed(sealer: Sealer, rule_id: RuleId, secret: str | None) -> bytes | None:
    return None if secret is None else sealer.seal(secret, secret_purpose(rule_id))


async def _announce(tx: Tx, row: RuleRow, now: datetime) -> None:
    news = AlertChanged(tenant_id=row.tenant_id, rule_id=row.id, state=row.state, at=now)
    await queue.announce(tx, news)


def _shown_firing(row: FiringRow, messages: list[DeliveryRow]) -> AlertFiring:
    own = [_shown_delivery(message) for message in messages if message.firing_id == row.id]
    return AlertFiring(**structs.asdict(row), deliveries=own)


def _shown_delivery(row: DeliveryRow) -> AlertDelivery:
    fields = structs.asdict(row)
    return AlertDelivery(**{name: fields[name] for name in AlertDelivery.__struct_fields__})


def _known(row: RuleRow | None) -> RuleRow:
    if row is None:
        raise AlertRuleNotFound
    return row


def _or(given: T | UnsetType, kept: T) -> T:
    return kept if given is UNSET else given
