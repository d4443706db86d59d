"""What people do with webhook sources: make, change and delete them, and see what came."""

from datetime import datetime
from typing import Any

import msgspec
from msgspec import UNSET, structs

from pista import accounts, queue
from pista.crm import queries, reading, reading_sales, signature
from pista.crm.model import (
    DEFAULT_MAPPING,
    DEFAULT_SALE_MAPPING,
    MOST_SOURCES,
    BadWebhookSource,
    ChangeWebhookSource,
    LastPayload,
    MadeWebhookSource,
    NewWebhookSource,
    Read,
    ReceivedId,
    ReceivedWebhooks,
    SaleMapping,
    SaleRead,
    SourceId,
    SourceRow,
    TooManyWebhookSources,
    TryMapping,
    TrySaleMapping,
    WebhookNotFailed,
    WebhookSource,
    WebhookSourceNotFound,
)
from pista.crm.receiving import ProcessWebhook
from pista.ids import TenantId, uuid7
from pista.queue import DeadJob
from pista.store.postgres import Tx

MOST_LISTED = 100
DOORS = {"ghl": "ghl", "generic": "contacts", "sale": "sales"}


async def create(
    tx: Tx, tenant: TenantId, request: NewWebhookSource, *, now: datetime
) -> MadeWebhookSource:
    """A new source; its secret is in the answer this once."""
    await queries.lock_sources(tx, tenant)
    if await queries.count_sources(tx, tenant) >= MOST_SOURCES:
        raise TooManyWebhookSources
    secret = signature.new_secret()
    row = SourceRow(
        tenant_id=tenant,
        id=SourceId(uuid7()),
        kind=request.kind,
        name=request.name.strip(),
        secret_hash=signature.hashed(secret),
        enabled=True,
        location_id=request.location_id,
        public_key=request.public_key,
        mapping=_mapping(request),
        sale_mapping=await _sale_mapping(tx, tenant, request),
        created_at=now,
        last_received_at=None,
    )
    _check(row)
    await queries.add_source(tx, row)
    return MadeWebhookSource(**structs.asdict(shown(row)), secret=secret)


async def change(
    tx: Tx, tenant: TenantId, source_id: SourceId, request: ChangeWebhookSource
) -> WebhookSource:
    row = await known(tx, tenant, source_id)
    given = {
        name: value
        for name in request.__struct_fields__
        if (value := getattr(request, name)) is not UNSET
    }
    if "mapping" in given and given["mapping"] is None and row.kind == "generic":
        given["mapping"] = DEFAULT_MAPPING
    if "sale_mapping" in given and row.sale_mapping is not None:
        mapping = given["sale_mapping"] or DEFAULT_SALE_MAPPING
        numbers = mapping.numbers or row.sale_mapping.numbers
        given["sale_mapping"] = structs.replace(mapping, numbers=numbers)
    changed = structs.replace(row, **given)
    _check(changed)
    await queries.change_source(tx, changed)
    return shown(changed)


async def new_secret(tx: Tx, tenant: TenantId, source_id: SourceId) -> str:
    """From the commit on the old one opens nothing."""
    row, secret = await known(tx, tenant, source_id), signature.new_secret()
    await queries.change_source(tx, structs.replace(row, secret_hash=signature.hashed(secret)))
    return secret


async def delete(tx: Tx, tenant: TenantId, source_id: SourceId) -> None:
    if not await queries.delete_source(tx, tenant, source_id):
        raise WebhookSourceNotFound


async def received(tx: Tx, tenant: TenantId, source_id: SourceId) -> ReceivedWebhooks:
    await known(tx, tenant, source_id)
    dead = await failed(tx, tenant)
    items = await queries.received(tx, tenant, source_id, MOST_LISTED)
    return ReceivedWebhooks(
        items=[
            structs.replace(one, state="failed", detail=dead[one.id].error)
            if one.id in dead
            else one
            for one in items
        ]
    )


async def retry(tx: Tx, tenant: TenantId, source_id: SourceId, received_id: ReceivedId) -> None:
    """Have a webhook tried again whose job is a dead letter."""
    await known(tx, tenant, source_id)
    ours = {one.id for one in await queries.received(tx, tenant, source_id, MOST_LISTED)}
    dead = (await failed(tx, tenant)).get(received_id)
    if received_id not in ours or dead is None:
        raise WebhookNotFailed
    await queue.replay_job(tx, tenant, dead.id)


async def last_payload(tx: Tx, tenant: TenantId, source_id: SourceId) -> LastPayload:
    await known(tx, tenant, source_id)
    last = await queries.last_body(tx, tenant, source_id)
    if last is None:
        return LastPayload(received_at=None, payload=None)
    return LastPayload(received_at=last.received_at, payload=shown_body(last.body))


async def try_mapping(tx: Tx, tenant: TenantId, source_id: SourceId, request: TryMapping) -> Read:
    """What a payload would say of a person, if this were the source's mapping."""
    payload = await _tried(tx, tenant, source_id, request.payload)
    return reading.generic(payload, request.mapping)


async def try_sale_mapping(
    tx: Tx, tenant: TenantId, source_id: SourceId, request: TrySaleMapping
) -> SaleRead:
    """The same of a sale."""
    _check_zone(request.mapping)
    payload = await _tried(tx, tenant, source_id, request.payload)
    zone = (await accounts.tenant(tx, tenant)).time_zone
    return reading_sales.sale(payload, request.mapping, zone)


async def _tried(tx: Tx, tenant: TenantId, source_id: SourceId, payload: Any) -> Any:
    """What is given to try, or else the last that came."""
    if payload is None:
        return (await last_payload(tx, tenant, source_id)).payload
    await known(tx, tenant, source_id)
    return payload


def shown(row: SourceRow) -> WebhookSource:
    return WebhookSource(
        id=row.id,
        kind=row.kind,
        name=row.name,
        path=f"/webhooks/{DOORS[row.kind]}/{row.id}",
        enabled=row.enabled,
        location_id=row.location_id,
        public_key=row.public_key,
        mapping=row.mapping,
        sale_mapping=row.sale_mapping,
        created_at=row.created_at,
        last_received_at=row.last_received_at,
    )


async def _sale_mapping(tx: Tx, tenant: TenantId, request: NewWebhookSource) -> SaleMapping | None:
    """The first shop's numbers are the company's; those of a second are likely to be others."""
    if request.kind != "sale":
        return request.sale_mapping
    mapping = request.sale_mapping or DEFAULT_SALE_MAPPING
    if mapping.numbers is not None:
        return mapping
    others = [one.sale_mapping for one in await queries.sources(tx, tenant)]
    taken = any(one is not None and one.numbers == "shared" for one in others)
    return structs.replace(mapping, numbers="own" if taken else "shared")


def _check_zone(mapping: SaleMapping | None) -> None:
    if mapping is not None and mapping.time_zone is not None:
        accounts.time_zone(mapping.time_zone)


def _mapping(request: NewWebhookSource) -> Any:
    if request.kind == "generic":
        return request.mapping or DEFAULT_MAPPING
    return request.mapping


def _check(row: SourceRow) -> None:
    if not row.name.strip() or "\0" in row.name:
        raise BadWebhookSource("name: give it one that people can read.")
    if row.kind != "generic" and row.mapping is not None:
        raise BadWebhookSource("mapping: of a generic source only; leave it out.")
    if row.kind != "sale" and row.sale_mapping is not None:
        raise BadWebhookSource("saleMapping: of a source of sales only; leave it out.")
    _check_zone(row.sale_mapping)
    if row.kind != "ghl" and (row.public_key or row.location_id):
        raise BadWebhookSource("publicKey and locationId: of GoHighLevel only.")
    if row.public_key and not row.location_id:
        # All of GoHighLevel's customers share the key: without this, each could sign.
        raise BadWebhookSource("locationId: name the location that the signature may speak for.")
    if row.public_key:
        signature.read_key(row.public_key)


async def failed(tx: Tx, tenant: TenantId) -> dict[ReceivedId, DeadJob]:
    """Webhooks whose jobs were given up."""
    kind = ProcessWebhook.__struct_config__.tag
    return {
        ReceivedId(received): dead
        for dead in await queue.dead_jobs(tx, tenant)
        if dead.kind == kind and (received := queue.about(dead, "received_id"))
    }


def shown_body(body: bytes) -> object:
    try:
        return msgspec.json.decode(body)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return body.decode("utf-8", "replace")


async def known(tx: Tx, tenant: TenantId, source_id: SourceId) -> SourceRow:
    row = await queries.source(tx, tenant, source_id)
    if row is None:
        raise WebhookSourceNotFound
    return row
