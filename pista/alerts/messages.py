"""What a webhook is told, in words of the rule. No I/O."""

from datetime import datetime

import msgspec

from pista.alerts.model import About, FiringId
from pista.alerts.queries import RuleRow
from pista.alerts.webhook import Message, MessageRule
from pista.ids import uuid7

SCREEN = "/alerts"


def message(
    rule: RuleRow,
    firing: FiringId,
    about: About,
    *,
    value: float,
    expected: float | None,
    fired_at: datetime,
    recovered_at: datetime | None,
    url: str,
) -> bytes:
    """As it will be sent, at every attempt."""
    return msgspec.json.encode(
        Message(
            id=f"{firing}:{about}",
            about=about,
            tenant_id=rule.tenant_id,
            rule=_rule(rule),
            value=value,
            expected=expected,
            threshold=rule.threshold,
            window_minutes=rule.window_minutes,
            fired_at=fired_at,
            recovered_at=recovered_at,
            url=f"{url}{SCREEN}/{rule.id}",
        )
    )


def test(rule: RuleRow, url: str, now: datetime) -> Message:
    """What the button sends: nothing has happened."""
    return Message(
        id=f"{uuid7()}:test",
        about="test",
        tenant_id=rule.tenant_id,
        rule=_rule(rule),
        value=rule.last_value,
        expected=rule.last_expected,
        threshold=rule.threshold,
        window_minutes=rule.window_minutes,
        fired_at=now,
        recovered_at=None,
        url=f"{url}{SCREEN}/{rule.id}",
    )


def _rule(rule: RuleRow) -> MessageRule:
    return MessageRule(id=rule.id, name=rule.name, kind=rule.kind, metric=rule.metric)
