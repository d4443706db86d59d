"""Alert rules and firings over HTTP."""

from datetime import UTC, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from litestar import delete, get, patch, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from msgspec import UNSET

from pista import accounts, events
from pista.accounts import NOT_JSON, REFUSALS, Caller, Role, Scope, refused
from pista.accounts.audit import Action, Auditor
from pista.alerts import addresses, conditions, service
from pista.alerts.history import history
from pista.alerts.model import (
    AlertFirings,
    AlertHistory,
    AlertRules,
    ChangeAlertRule,
    Condition,
    DeliveryId,
    FiringId,
    MadeAlertRule,
    NewAlertRule,
    NewWebhookSecret,
    PreviewAlertRule,
    RuleId,
    WebhookTested,
)
from pista.alerts.webhook import Sender
from pista.events.routes import From, To
from pista.paging import BeforeId, Limit
from pista.settings import Settings
from pista.store.clickhouse import ClickHouse
from pista.store.postgres import Postgres

TAGS = ["Alerts"]
NO_RULE = {404: refused("`alert_rule_not_found`: no such rule in this company.")}
BAD_TERMS = {422: refused("`bad_alert_rule`, `bad_webhook_url`, or `invalid`.")}
NO_SITE_OR_RULE = {404: refused("`alert_rule_not_found` or `site_not_found` in this company.")}
DRAWN = {
    422: refused("`bad_range`, or `invalid`: the detail names the parameter."),
    503: refused("`unavailable`: the statistics are away; rules are looked at again later."),
}
NO_WEBHOOK = {409: refused("`no_webhook`: the rule has no webhook.")}

OfRule = Annotated[RuleId | None, QueryParameter(name="ruleId")]
InState = Annotated[Literal["firing", "recovered"] | None, QueryParameter(name="state")]


@get(
    "/api/alerts/rules",
    opt=accounts.may(Role.GTR, scope=Scope.STATS_READ),
    tags=TAGS,
    summary="The alert rules",
    responses=REFUSALS,
)
async def list_rules(
    caller: NamedDependency[Caller], postgres: NamedDependency[Postgres]
) -> AlertRules:
    """The oldest first, each with its state."""
    async with postgres.transaction() as tx:
        return AlertRules(items=await service.rules(tx, caller.tenant_id))


@post(
    "/api/alerts/rules",
    opt=accounts.may(Role.ADMIN),
    tags=TAGS,
    summary="Make an alert rule",
    responses={
        **NOT_JSON,
        **REFUSALS,
        404: refused("`site_not_found`: no such site in this company."),
        409: refused("`too_many_alert_rules`: there are 100 already."),
        **BAD_TERMS,
    },
)
async def create_rule(
    data: JSONBody[NewAlertRule],
    state: State,
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    settings: NamedDependency[Settings],
    auditor: NamedDependency[Auditor],
) -> MadeAlertRule:
    """Watched from now on. With a webhook, the answer has its secret, this once."""
    if data.webhook_url:
        await addresses.check(data.webhook_url, private=settings.webhook_private)
    now = datetime.now(UTC)
    async with postgres.transaction() as tx:
        made = await service.create_rule(tx, state.sealer, caller.tenant_id, data, now=now)
        await auditor.note(tx, Action.ALERT_RULE_ADDED, made.name, subject=made.id)
        return made


@patch(
    "/api/alerts/rules/{rule_id:uuid}",
    opt=accounts.may(Role.ADMIN),
    tags=TAGS,
    summary="Change or pause an alert rule",
    responses={**NOT_JSON, **REFUSALS, **NO_SITE_OR_RULE, **BAD_TERMS},
)
async def change_rule(
    rule_id: FromPath[UUID],
    data: JSONBody[ChangeAlertRule],
    state: State,
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    settings: NamedDependency[Settings],
    auditor: NamedDependency[Auditor],
) -> MadeAlertRule:
    """What is left out stays. `enabled: false` pauses, and ends a firing without a message."""
    if data.webhook_url:
        await addresses.check(data.webhook_url, private=settings.webhook_private)
    rule, now = RuleId(rule_id), datetime.now(UTC)
    async with postgres.transaction() as tx:
        made = await service.change_rule(tx, state.sealer, caller.tenant_id, rule, data, now=now)
        told = {} if data.enabled is UNSET else {"enabled": str(data.enabled)}
        await auditor.note(tx, Action.ALERT_RULE_CHANGED, made.name, subject=rule, details=told)
        return made


@delete(
    "/api/alerts/rules/{rule_id:uuid}",
    opt=accounts.may(Role.ADMIN),
    tags=TAGS,
    summary="Delete an alert rule",
    responses={**REFUSALS, **NO_RULE},
)
async def delete_rule(
    rule_id: FromPath[UUID],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    auditor: NamedDependency[Auditor],
) -> None:
    """Its firings can still be read."""
    now = datetime.now(UTC)
    async with postgres.transaction() as tx:
        rule = await service.rule(tx, caller.tenant_id, RuleId(rule_id))
        await service.delete_rule(tx, caller.tenant_id, rule.id, now=now)
        await auditor.note(tx, Action.ALERT_RULE_DELETED, rule.name, subject=rule.id)


@post(
    "/api/alerts/rules/{rule_id:uuid}/secret",
    status_code=200,
    opt=accounts.may(Role.ADMIN),
    tags=TAGS,
    summary="Make a new secret for a rule's webhook",
    responses={**REFUSALS, **NO_RULE, **NO_WEBHOOK},
)
async def new_secret(
    rule_id: FromPath[UUID],
    state: State,
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    auditor: NamedDependency[Auditor],
) -> NewWebhookSecret:
    """The old one signs nothing any more."""
    async with postgres.transaction() as tx:
        rule = await service.rule(tx, caller.tenant_id, RuleId(rule_id))
        secret = await service.new_secret(tx, state.sealer, caller.tenant_id, rule.id)
        await auditor.note(
            tx, Action.ALERT_RULE_CHANGED, rule.name, subject=rule.id, details={"secret": "changed"}
        )
    return NewWebhookSecret(webhook_secret=secret)


@post(
    "/api/alerts/rules/{rule_id:uuid}/test",
    status_code=200,
    opt=accounts.may(Role.ADMIN),
    tags=TAGS,
    summary="Send a test message to a rule's webhook",
    responses={**REFUSALS, **NO_RULE, **NO_WEBHOOK},
)
async def test_webhook(
    rule_id: FromPath[UUID],
    state: State,
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    settings: NamedDependency[Settings],
) -> WebhookTested:
    """Signed as any other; answered when the webhook has answered, within ten seconds."""
    async with postgres.transaction() as tx:
        rule = await service.rule(tx, caller.tenant_id, RuleId(rule_id))
    sender = Sender(private=settings.webhook_private)
    now = datetime.now(UTC)
    return await service.test_webhook(rule, state.sealer, sender, url=settings.url, now=now)


@get(
    "/api/alerts/rules/{rule_id:uuid}/history",
    opt=accounts.may(Role.GTR, scope=Scope.STATS_READ),
    tags=TAGS,
    summary="A rule's figure, hour by hour",
    responses={**REFUSALS, **NO_RULE, **DRAWN},
)
async def rule_history(
    rule_id: FromPath[UUID],
    state: State,
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    start: From = None,
    end: To = None,
) -> AlertHistory:
    """In the tenant's time zone; the past seven days if nothing else is asked for."""
    async with postgres.transaction() as tx:
        rule = await service.rule(tx, caller.tenant_id, RuleId(rule_id))
    return await _drawn(state.clickhouse, postgres, caller, service.condition_of(rule), start, end)


@post(
    "/api/alerts/preview",
    status_code=200,
    opt=accounts.may(Role.GTR, scope=Scope.STATS_READ),
    tags=TAGS,
    summary="The same, for a rule that is not made yet",
    responses={
        **NOT_JSON,
        **REFUSALS,
        404: refused("`site_not_found`: no such site in this company."),
        **DRAWN,
        422: refused("`bad_alert_rule`, `bad_range`, or `invalid`."),
    },
)
async def preview(
    data: JSONBody[PreviewAlertRule],
    state: State,
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    start: From = None,
    end: To = None,
) -> AlertHistory:
    condition = conditions.new(data.kind, data)
    async with postgres.transaction() as tx:
        await service.check_site(tx, caller.tenant_id, condition)
    return await _drawn(state.clickhouse, postgres, caller, condition, start, end)


@get(
    "/api/alerts/firings",
    opt=accounts.may(Role.GTR, scope=Scope.STATS_READ),
    tags=TAGS,
    summary="When rules fired, and what became of the messages",
    responses={**REFUSALS, 422: refused("`invalid`: the detail names the parameter.")},
)
async def list_firings(
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    rule_id: OfRule = None,
    in_state: InState = None,
    limit: Limit = 50,
    before: BeforeId = None,
) -> AlertFirings:
    """The newest first; those of rules that are no more too."""
    async with postgres.transaction() as tx:
        return await service.firings(
            tx,
            caller.tenant_id,
            rule_id=rule_id,
            state=in_state,
            before=before and FiringId(before),
            limit=limit,
        )


@post(
    "/api/alerts/deliveries/{delivery_id:uuid}/retry",
    status_code=202,
    opt=accounts.may(Role.ADMIN),
    tags=TAGS,
    summary="Send a message to a webhook again",
    responses={
        **REFUSALS,
        404: refused("`alert_delivery_not_found`: no such delivery in this company."),
        409: refused("`already_delivered`, or `no_webhook`: the rule has none any more."),
    },
)
async def retry_delivery(
    delivery_id: FromPath[UUID],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> None:
    """Its attempts begin anew, the first one now."""
    delivery, now = DeliveryId(delivery_id), datetime.now(UTC)
    async with postgres.transaction() as tx:
        await service.retry_delivery(tx, caller.tenant_id, delivery, now=now)


async def _drawn(
    clickhouse: ClickHouse,
    postgres: Postgres,
    caller: Caller,
    condition: Condition,
    start: str | None,
    end: str | None,
) -> AlertHistory:
    """Up to now: the hour under way is not over, and would look like a fall."""
    zone, now = await events.zone_of(postgres, caller.tenant_id), datetime.now(UTC)
    period = events.read_range(start, end, zone, now)
    until = min(period.end.astimezone(UTC), now)
    begin = period.start.astimezone(UTC)
    return await history(clickhouse, caller.tenant_id, condition, zone, begin, until)


routes: list[Any] = [
    list_rules,
    create_rule,
    change_rule,
    delete_rule,
    new_secret,
    test_webhook,
    rule_history,
    preview,
    list_firings,
    retry_delivery,
]
