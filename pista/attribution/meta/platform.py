"""Meta as a destination: one request holds up to a thousand events, or one purchase."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from pista.attribution.meta import answers, payload
from pista.attribution.meta.payload import MetaSettings
from pista.attribution.redacting import redacted
from pista.attribution.told import Answer, Outgoing, Sending, Told, Unfit, Verdict

_RAW = {
    *("client_ip_address", "client_user_agent", "fbc", "fbp", "ctwa_clid"),
    *("event_source_url", "referrer_url"),
}


class MetaPlatform:
    settings_type = MetaSettings
    secret_names = ("token",)
    most_together = 1000
    forgets_after_hours = 48
    oldest_days = 7

    def write(self, told: Told, settings: MetaSettings, now: datetime) -> bytes | Unfit:
        event = payload.write(told, settings, now)
        return event if isinstance(event, Unfit) else msgspec.json.encode(event)

    def request(self, bodies: Sequence[bytes], sending: Sending) -> Outgoing:
        """The events as they were frozen, and the token where no log sees it."""
        code = msgspec.json.encode(sending.test_code)
        test = b',"test_event_code":' + code if sending.test_code else b""
        return Outgoing(
            url=f"{sending.urls['meta']}/{sending.settings.pixel_id}/events",
            body=b'{"data":[' + b",".join(bodies) + b"]" + test + b"}",
            headers={
                "Content-Type": "application/json",
                "Authorization": f"Bearer {sending.secrets['token']}",
            },
        )

    def read(self, answer: Answer, count: int) -> Verdict:
        return answers.read(answer, count)

    def shown(self, body: bytes) -> dict[str, Any]:
        return redacted(msgspec.json.decode(body), _RAW)
