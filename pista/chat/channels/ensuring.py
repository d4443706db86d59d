"""Numbers and bots that a program sets up: the same again changes nothing."""

from datetime import datetime

from msgspec import structs

from pista.accounts.audit import TERMINAL
from pista.chat.channels import queries, service
from pista.chat.channels.service import Found, Given
from pista.chat.model import ChannelId
from pista.chat.sealing import seal_secret, seal_token
from pista.ids import TenantId
from pista.store.postgres import Tx
from pista.store.secrets import Sealer


async def ensure(
    tx: Tx, sealer: Sealer, tenant: TenantId, found: Found, given: Given, *, now: datetime
) -> ChannelId:
    """The channel, switched on, with just this token and these secrets."""
    row = await queries.channel_of(tx, tenant, found.platform, found.external_id)
    if row is None or row.deleted_at is not None:
        return (await service.add(tx, sealer, tenant, TERMINAL, found, given, now=now)).id
    token = given.token
    changed = structs.replace(
        row,
        token=seal_token(sealer, row.id, token),
        secrets=[seal_secret(sealer, row.id, one) for one in given.secrets],
        enabled=True,
        held_until=None,
        held_reason=None,
    )
    await service.put(tx, changed)
    return row.id


async def others_have_any(tx: Tx, tenant: TenantId) -> bool:
    """Whether another company has a number or a bot."""
    return await queries.others_have_any(tx, tenant)
