"""The shop's number, its bot, and who answers there beside its admin."""

import secrets
import unicodedata
from datetime import datetime

from pista import accounts
from pista.accounts import Role
from pista.chat import channels
from pista.chat.channels import Given
from pista.demo import shop
from pista.demo.chat.platforms import ACCOUNT, BOT_FOUND, BOT_TOKEN, NUMBER_FOUND, TOKEN
from pista.demo.chat.script import COLLEAGUES
from pista.demo.opening import Talks
from pista.ids import TenantId
from pista.settings import Settings
from pista.store.postgres import Postgres, Tx
from pista.store.secrets import Sealer


async def set_up(
    postgres: Postgres,
    settings: Settings,
    tenant: TenantId,
    talks: Talks,
    *,
    sends: bool,
    known: set[str],
    now: datetime,
) -> None:
    """Where nothing can be sent, they have no token. `known` are colleagues by their names."""
    sealer = Sealer(settings.secret_keys, settings.data_dir)
    tokens = (TOKEN, BOT_TOKEN) if sends else (None, None)
    async with postgres.transaction() as tx:
        given = Given(None, ACCOUNT, tokens[0], [talks.whatsapp_secret], None)
        await channels.ensure(tx, sealer, tenant, NUMBER_FOUND, given, now=now)
        given = Given(None, None, tokens[1], [talks.telegram_secret], None)
        await channels.ensure(tx, sealer, tenant, BOT_FOUND, given, now=now)
        for name in set(COLLEAGUES.values()) - known:
            await _colleague(tx, tenant, name, now)


async def _colleague(tx: Tx, tenant: TenantId, name: str, now: datetime) -> None:
    """Nobody signs in as one of them."""
    await accounts.create_user(
        tx,
        tenant,
        email=f"{address_of(name)}@{shop.DOMAIN}",
        name=name,
        role=Role.ASESOR,
        password=secrets.token_urlsafe(24),
        now=now,
    )


def address_of(name: str) -> str:
    """Of somebody's address what is theirs: the first name, without accents."""
    first = name.split(maxsplit=1)[0]
    return unicodedata.normalize("NFKD", first).encode("ascii", "ignore").decode().lower()
