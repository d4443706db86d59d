"""Lets a webhook in: who sends it is checked on its very bytes, then it is committed with its job.

Nothing is read from a body before its sender is known, and nothing is done about it before it is
committed: what is answered with 200 is worked off, whatever ends in between.
"""

import hashlib
from datetime import datetime, timedelta
from typing import Any, cast

import msgspec

from pista import queue
from pista.crm import queries, reading, reading_sales, signature
from pista.crm.model import (
    BadWebhook,
    ReceivedId,
    SourceId,
    SourceKind,
    SourceRow,
    WebhookOutdated,
    WebhookRefused,
    WebhookSourceNotFound,
    WebhookTaken,
)
from pista.ids import uuid7
from pista.store.postgres import Tx

SKEW = timedelta(minutes=5)
LONGEST_ID = 200
# When a source was heard of is noted every few seconds: its row is not for every webhook to change.
NOTED_FOR = timedelta(seconds=10)
NOT_AN_OBJECT = "The body is not a JSON object."


class ProcessWebhook(msgspec.Struct, frozen=True, kw_only=True, tag="crm.webhook"):
    """The job that a webhook is: what it says is in its row, where it can be erased."""

    received_id: ReceivedId


class Knock(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody at the door."""

    source_id: SourceId
    kind: SourceKind
    secret: str | None
    signature: str | None
    body: bytes

    def __repr__(self) -> str:
        return f"Knock(source_id={self.source_id}, …)"


async def let_in(tx: Tx, knock: Knock, *, now: datetime) -> SourceRow:
    """The source whose secret or signature this is."""
    source = await queries.source_at_the_door(tx, knock.source_id)
    if source is None or source.kind != knock.kind:
        raise WebhookSourceNotFound
    if not source.enabled:
        raise WebhookRefused
    if signature.knows_secret(knock.secret, source.secret_hash):
        return source
    if not signature.is_signed(knock.body, knock.signature, source.public_key):
        raise WebhookRefused
    _check_signed(_object(knock.body), source, now)
    return source


def _check_signed(payload: reading.Payload | None, source: SourceRow, now: datetime) -> None:
    """What GoHighLevel signed is about this very location, and of now."""
    if payload is None or payload.get("locationId") != source.location_id:
        raise WebhookRefused
    at = reading.moment(payload.get("timestamp"))
    if at is None or abs(now - at) > SKEW or not _webhook_id(payload):
        raise WebhookOutdated


async def take(
    tx: Tx, source: SourceRow, body: bytes, *, now: datetime
) -> WebhookTaken | BadWebhook:
    """Commit this with the job to work it off; a body that cannot be read is kept for a person."""
    received = ReceivedId(uuid7())
    payload = _object(body)
    if source.last_received_at is None or now - source.last_received_at > NOTED_FOR:
        await queries.note_received(tx, source, now)
    if payload is None:
        await queries.add(tx, source, received, body, None, "malformed", NOT_AN_OBJECT, now)
        return BadWebhook(NOT_AN_OBJECT)
    webhook_id = _webhook_id(payload) if source.kind == "ghl" else None
    if not await queries.add(tx, source, received, body, webhook_id, "waiting", None, now):
        first = await queries.first(tx, source, cast("str", webhook_id))
        return WebhookTaken(id=first, repeated=True)
    about = about_whom(payload, source) or str(received)
    work, key = ProcessWebhook(received_id=received), order_key(source.id, about)
    await queue.enqueue(tx, source.tenant_id, work, now=now, key=f"crm:{key}")
    return WebhookTaken(id=received, repeated=False)


def about_whom(payload: reading.Payload, source: SourceRow) -> str | None:
    """Whom or which order it is about: what is told of one is worked off in order."""
    if source.sale_mapping is not None:
        return reading_sales.number(payload, source.sale_mapping)
    return reading.entity(payload, source.mapping)


def order_key(source: SourceId, about: str) -> str:
    """Names a contact of a source without telling who it is."""
    return hashlib.sha256(f"{source}:{about}".encode()).hexdigest()[:32]


def _webhook_id(payload: reading.Payload) -> str | None:
    found: Any = payload.get("webhookId")
    if isinstance(found, str) and 0 < len(found) <= LONGEST_ID and "\0" not in found:
        return found
    return None


def _object(body: bytes) -> reading.Payload | None:
    try:
        payload: object = msgspec.json.decode(body)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return None
    return cast("reading.Payload", payload) if isinstance(payload, dict) else None
