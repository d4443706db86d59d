"""Meta as a destination: one request holds up to a thousand events, or one purchase."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from pista.attribution.meta import answers, payload, quality
from pista.attribution.meta.payload import MetaSettings
from pista.attribution.redacting import redacted
from pista.attribution.told import (
    Answer,
    Outgoing,
    Plain,
    Quality,
    Sending,
    Tests,
    Told,
    Unfit,
    Verdict,
)

_RAW = {
    *("client_ip_address", "client_user_agent", "fbc", "fbp", "ctwa_clid"),
    *("event_source_url", "referrer_url"),
}


class MetaPlatform(Plain):
    settings_type = MetaSettings
    secret_names = ("token",)
    most_together = 1000
    tests: Tests = "under_code"

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
            headers={"Content-Type": "application/json", **_signed_in(sending)},
        )

    def read(self, answer: Answer, count: int) -> Verdict:
        return answers.read(answer, count)

    def probe(self, told: Told, sending: Sending) -> Outgoing:
        """An event under a test code; without one, a look at the pixel."""
        body = self.write(told, sending.settings, sending.now) if sending.test_code else None
        if isinstance(body, bytes):
            return self.request([body], sending)
        url = f"{sending.urls['meta']}/{sending.settings.pixel_id}?fields=id,name"
        return Outgoing(url=url, body=b"", headers=_signed_in(sending), method="GET")

    def read_probe(self, answer: Answer) -> Verdict:
        if answer.status == 200 and "id" in answer.fields():
            return Verdict(todo="sent", status=200)
        return answers.read(answer, 1)

    def quality(self, body: bytes) -> Quality | None:
        return quality.estimated(body)

    def shown(self, body: bytes) -> dict[str, Any]:
        return redacted(msgspec.json.decode(body), _RAW)


def _signed_in(sending: Sending) -> dict[str, str]:
    return {"Authorization": f"Bearer {sending.secrets['token']}"}
