"""A CRM that sends as GoHighLevel does: workflow webhooks without a signature, and those of a
marketplace app with one; again when it is not answered, twice, late and in the wrong order.
"""

import base64
import json
import random
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

LOCATION = "ve9EPM428h8vShlRW1KT"
TRIES = 6


def workflow(contact: str = "ocQHyuzHvysMo5N5VsXc", /, **fields: Any) -> dict[str, Any]:
    """What a workflow's action sends, with what a person wrote into it under `customData`."""
    return {
        "contact_id": contact,
        "first_name": "Ana",
        "last_name": "Quispe",
        "full_name": "Ana Quispe",
        "email": "ana@example.com",
        "phone": "+51991234877",
        "tags": "lead,web",
        "country": "PE",
        "date_created": "2026-03-14T12:00:00.000Z",
        "contact_type": "lead",
        "location": {"name": "Flores", "id": LOCATION, "city": "Lima"},
        "workflow": {"id": "8b6c3d0e", "name": "Send to Pista"},
        "contact": {"attributionSource": {"sessionSource": "Direct traffic"}},
        "customData": {},
        **fields,
    }


def marketplace(contact: str = "ocQHyuzHvysMo5N5VsXc", /, **fields: Any) -> dict[str, Any]:
    """What an app is sent when a contact is made or changed."""
    now = datetime.now(UTC).isoformat()
    return {
        "type": "ContactUpdate",
        "locationId": LOCATION,
        "id": contact,
        "email": "ana@example.com",
        "phone": "+51991234877",
        "firstName": "Ana",
        "lastName": "Quispe",
        "tags": ["lead"],
        "customFields": [],
        "dateAdded": "2026-03-14T12:00:00.000Z",
        "timestamp": now,
        "webhookId": str(uuid4()),
        "appId": "665c6bb13d4e5364bdec0e2f",
        **fields,
    }


class Crm:
    """Sends to one source."""

    def __init__(self, client: httpx.AsyncClient, path: str, secret: str) -> None:
        self.client = client
        self.path = path
        self.secret = secret
        self.chance = random.Random(7)
        self._key = Ed25519PrivateKey.generate()

    @property
    def public_key(self) -> str:
        key = self._key.public_key()
        return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()

    def sign(self, body: bytes) -> str:
        return base64.b64encode(self._key.sign(body)).decode()

    async def post(
        self, payload: object, *, headers: dict[str, str] | None = None
    ) -> httpx.Response:
        """Once, with the secret in a header unless other headers are given."""
        body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
        given = {"X-Webhook-Secret": self.secret} if headers is None else headers
        return await self.client.post(
            self.path, content=body, headers={"Content-Type": "application/json", **given}
        )

    async def post_signed(self, payload: dict[str, Any]) -> httpx.Response:
        body = json.dumps(payload).encode()
        return await self.post(body, headers={"x-ghl-signature": self.sign(body)})

    async def deliver(self, payload: object) -> int:
        """Until it is answered with 2xx, as a CRM does; how many tries that took."""
        for attempt in range(1, TRIES + 1):
            try:
                answer = await self.post(payload)
            except httpx.TransportError:
                continue
            if answer.is_success:
                return attempt
        raise AssertionError("it gave up")

    async def deliver_badly(self, payloads: list[dict[str, Any]]) -> None:
        """Each twice, in no order."""
        shuffled = [*payloads, *payloads]
        self.chance.shuffle(shuffled)
        for payload in shuffled:
            await self.deliver(payload)
