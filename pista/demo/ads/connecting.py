"""The shop's data set at Meta and its Pix, as long as the demo itself stands in for both."""

from datetime import datetime

from pista.accounts.audit import TERMINAL
from pista.attribution.destinations import service as destinations
from pista.attribution.destinations.model import ChangeDestination, NewDestination
from pista.demo.ads import script
from pista.demo.chat.platforms import PIXEL, TOKEN, Platforms
from pista.ids import TenantId
from pista.sales import reporting
from pista.sales.gateways import Account
from pista.sales.moving import Cause
from pista.sales.payments import account_queries, accounts
from pista.sales.payments.model import NewPaymentAccount
from pista.sales.reporting import Teller
from pista.settings import Settings
from pista.store.postgres import Postgres, Tx
from pista.store.secrets import Sealer

HELD_MINUTES = 60
TOLD_DAYS = 7
PIX = NewPaymentAccount(
    gateway="webhook",
    name="Pix da loja",
    pix_key="pix@tiendasol.example",
    merchant_name="Tienda Sol",
    city="Sao Paulo",
)


async def connect(
    postgres: Postgres,
    settings: Settings,
    tenant: TenantId,
    platforms: Platforms | None,
    now: datetime,
) -> Account | None:
    """Where its Pix is paid; None where nobody stands in for the platforms: then none is told."""
    sealer = Sealer(settings.secret_keys, settings.data_dir)
    async with postgres.transaction() as tx:
        await _meta(tx, sealer, tenant, platforms, now)
        if platforms is None:
            return None
        rows = await account_queries.accounts(tx, tenant)
        if not any(row.name == PIX.name for row in rows):
            await accounts.add(tx, tenant, PIX, sealer, TERMINAL, settings.url, now=now)
            rows = await account_queries.accounts(tx, tenant)
    return accounts.as_account(sealer, next(row for row in rows if row.name == PIX.name))


async def _meta(
    tx: Tx, sealer: Sealer, tenant: TenantId, platforms: Platforms | None, now: datetime
) -> None:
    known = [one for one in await destinations.listed(tx, sealer, tenant) if one.kind == "meta"]
    for one in known:
        request = ChangeDestination(enabled=platforms is not None)
        if one.settings["pixelId"] == PIXEL:
            await destinations.change(tx, sealer, tenant, one.id, request, TERMINAL, now=now)
    if known or platforms is None:
        return
    # One of them Meta would not have had.
    platforms.refuses = 1
    asked = NewDestination(
        kind="meta",
        name="Píxel de Tienda Sol",
        settings={"pixelId": PIXEL},
        secrets={"token": TOKEN},
        events=["Purchase", "InitiateCheckout"],
        grace_minutes=HELD_MINUTES,
    )
    made = await destinations.create(tx, sealer, tenant, asked, TERMINAL, now=now)
    await destinations.backfill(tx, tenant, made.id, TOLD_DAYS, TERMINAL, now=now)
    # Of this one no click is known, so it is held for a while.
    told = script.BY_PHONE
    await reporting.report(tx, tenant, Teller("api"), told, Cause("shop", now))
