"""What an admin changes, and the audit log tells: every route for admins alone, but for a few."""

import re
from typing import Any

from tests.callers import ADMINS
from tests.companies import DAY
from tests.doors import DOORS
from tests.knocks import Knock

UNTOLD = {
    # They look, or show what would be.
    "POST /api/alerts/rules/{rule_id}/test": "sends a message that says that it is a test",
    "POST /api/chat/channels/{channel_id}/check": "asks the platform",
    "POST /api/destinations/{destination_id}/test": "sends what says that it is a test",
    "POST /api/payments/accounts/{account_id}/check": "asks the gateway",
    "POST /api/link-domains/{domain}/check": "asks whether it leads here",
    "POST /api/webhook-sources/{source_id}/mapping": "shows what would be read",
    "POST /api/webhook-sources/{source_id}/sale-mapping": "the same",
    # What it asks for is on its own list, with who asked.
    "POST /api/alerts/deliveries/{delivery_id}/retry": "sends a message again",
}
"""Routes of which no line tells, and why."""

ELSEWHERE = {
    # These need a platform, or what nobody here has: the tests of their rooms look for the line.
    "POST /api/chat/channels/whatsapp",
    "POST /api/chat/channels/telegram",
    "POST /api/chat/channels/{channel_id}/connect",
    "POST /api/alerts/rules/{rule_id}/secret",
    "POST /api/users/{user_id}/second-factor/off",
    "DELETE /api/partitions/{month}",
}

DESTINATION = {
    **{"kind": "meta", "name": "x"},
    **{"settings": {"pixelId": "2"}, "secrets": {"token": "t"}},
}
PAYMENTS = {
    **{"gateway": "static", "name": "y", "pixKey": "b@b.example"},
    **{"merchantName": "x", "city": "Lima"},
}

WITHOUT_ID = [
    Knock("PATCH /api/tenant", {"name": "x"}),
    Knock("POST /api/sites", {"domains": ["x.example"]}, owner=201),
    Knock("POST /api/keys", {"name": "x", "scopes": ["stats:read"]}, owner=201),
    Knock("POST /api/invites", {"email": "x@x.example", "role": "gtr"}, owner=201),
    Knock("POST /api/webhook-sources", {"kind": "generic", "name": "x"}, owner=201),
    Knock("POST /api/destinations", DESTINATION, owner=201),
    Knock("POST /api/payments/accounts", PAYMENTS, owner=201),
    Knock("POST /api/link-domains", {"domain": "x.example"}, owner=201),
    Knock("DELETE /api/link-domains/x.example", owner=204),
    Knock("POST /api/exports", DAY, owner=202),
    Knock("PUT /api/exports/schedule", {"enabled": False}),
    Knock("PUT /tracking-v2/throttling/CLICK", {"samplingRate": 50}),
    Knock("DELETE /tracking-v2/throttling/CLICK", owner=204),
    Knock("PUT /api/contacts/settings", {"defaultCountry": "PE"}),
    Knock("PUT /api/attribution/settings", {"windowDays": 9}),
    Knock("POST /api/queue-monitor/pause", {}),
    Knock("POST /api/queue-monitor/resume", {}),
    Knock("DELETE /api/queue-monitor/clear", query={"queue": "webhook", "confirm": "webhook"}),
]
"""What takes none of a company's ids, and so is not tried with another's."""


def to_be_told() -> set[str]:
    """Every route that changes something, and that admins alone may use."""
    routes = {re.sub(r":\w+}", "}", route) for route, who in DOORS.items() if who == ADMINS}
    return {route for route in routes if not route.startswith("GET")} - set(UNTOLD)


def named(knock: Knock) -> str:
    """As the list of doors names it."""
    placed: dict[str, Any] = {"x.example": "{domain}", "CLICK": "{event_type}"}
    route = knock.route
    for value, name in placed.items():
        route = route.replace(f"/{value}", f"/{name}")
    return route
