"""The first WhatsApp number, from the environment: set up at the start, without a click.

As long as nobody has changed it, what the environment says at a later start is taken over. What a
person did stays, a deletion too.
"""

import hashlib
from datetime import datetime

import msgspec
from msgspec import structs

from pista import logs
from pista.accounts.audit import TERMINAL
from pista.chat.channels import queries, service
from pista.chat.channels.model import ChannelRow
from pista.chat.channels.service import Found, Given
from pista.chat.sealing import seal_secret, seal_token
from pista.ids import TenantId
from pista.settings import FirstNumber, Settings
from pista.store.postgres import Tx
from pista.store.secrets import Sealer

log = logs.get()


async def first_number(tx: Tx, settings: Settings, now: datetime) -> None:
    """The first company's; of several processes that start at once, one makes it."""
    number = settings.first_number
    tenant = await queries.first_tenant(tx)
    if number is None or tenant is None:
        return
    await queries.lock(tx, tenant)
    sealer = Sealer(settings.secret_keys, settings.data_dir)
    row = await queries.channel_of(tx, tenant, "whatsapp", number.phone_number_id)
    if row is not None:
        await _take_over(tx, sealer, row, number)
    elif await queries.is_anothers(tx, tenant, "whatsapp", number.phone_number_id):
        log.warning("first_number_taken", number=number.phone_number_id)
    else:
        await _add(tx, sealer, tenant, number, now)


async def _add(
    tx: Tx, sealer: Sealer, tenant: TenantId, number: FirstNumber, now: datetime
) -> None:
    found = Found("whatsapp", number.phone_number_id, "WhatsApp", number.phone_number_id)
    secrets = [number.app_secret] if number.app_secret else []
    given = Given(None, None, number.token, secrets, number.verify_token)
    row = await service.add(
        tx, sealer, tenant, TERMINAL, found, given, now=now, environment=fingerprint(number)
    )
    log.info("first_number_added", channel=str(row.id))


async def _take_over(tx: Tx, sealer: Sealer, row: ChannelRow, number: FirstNumber) -> None:
    if row.deleted_at is not None or row.environment in (None, fingerprint(number)):
        return
    secrets = [number.app_secret] if number.app_secret else []
    changed = structs.replace(
        row,
        token=seal_token(sealer, row.id, number.token or None),
        secrets=[seal_secret(sealer, row.id, one) for one in secrets],
        verify_hash=None if not number.verify_token else service.hashed(number.verify_token),
        held_until=None,
        held_reason=None,
        environment=fingerprint(number),
    )
    await service.put(tx, changed)
    log.info("first_number_changed", channel=str(row.id))


def fingerprint(number: FirstNumber) -> bytes:
    """By which it is seen that the environment says something else than it did."""
    return hashlib.sha256(b"pista first number\0" + msgspec.json.encode(number)).digest()
