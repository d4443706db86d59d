"""Has a gateway make a charge, between two transactions: never two, whoever is killed in between.

Where a repeat with the same key is the same charge, it is repeated. Where the gateway can be asked
for what has our reference, it is asked first. Where neither is so, nobody knows: the charge stays
`unknown`, its code was seen by nobody, and a person asks for another.
"""

from datetime import UTC, datetime
from typing import NamedTuple

from pista.ids import TenantId
from pista.queue import Again, Errand, Patience, Trip
from pista.sales import announcing, brcode, machine
from pista.sales.brcode import BadBrCode
from pista.sales.gateways import Account, Failed, Gateways, Made, Order
from pista.sales.payments import account_queries, accounts, chatting, looking, seeing
from pista.sales.payments import charge_queries as queries
from pista.sales.payments.charge_queries import ChargeRow
from pista.sales.payments.work import CreateCharge
from pista.sales.queries import Row
from pista.store.postgres import Tx
from pista.store.secrets import Sealer

PATIENCE = Patience(most=12, first_seconds=0.5)
OFF = "The account is switched off."
PAID = "The sale is paid by now."
OTHER_CODE = "The gateway made a code that is not for this amount, or is none."


class Plan(NamedTuple):
    account: Account
    order: Order
    uncertain: bool
    """An earlier attempt may have made it."""


class Creator:
    def __init__(self, gateways: Gateways, sealer: Sealer, base_url: str) -> None:
        self._gateways = gateways
        self._sealer = sealer
        self._base_url = base_url

    def errand(self) -> Errand:
        return Errand(self.set_out, self.do, self.note, PATIENCE)

    async def set_out(self, tx: Tx, trip: Trip, work: CreateCharge) -> Plan | None:
        tenant = trip.job.tenant_id
        held = await seeing.hold(tx, tenant, work.charge_id)
        if held is None or held[1].status not in ("creating", "unknown"):
            return None
        sale, charge = held
        if sale.status in machine.SETTLED:
            await _fail(tx, tenant, sale, charge, PAID)
            return None
        row = await account_queries.account(tx, tenant, charge.account_id)
        if row is None or not row.enabled:
            await _fail(tx, tenant, sale, charge, OFF)
            return None
        account = accounts.as_account(self._sealer, row)
        order = Order(
            charge_id=charge.id,
            amount_cents=charge.amount_cents,
            description=charge.description or row.settings.merchant_name or row.name,
            payer_name=sale.buyer.name,
            payer_email=sale.buyer.email,
            expires_at=charge.expires_at,
            notice_url=accounts.notice_url(self._base_url, row.gateway, row.id, account.secrets),
        )
        return Plan(account, order, trip.lost or charge.status == "unknown")

    async def do(self, _trip: Trip, plan: Plan) -> Made | Failed:
        gateway = self._gateways[plan.account.gateway]
        if plan.uncertain and not gateway.repeats:
            found = await gateway.find(plan.account, plan.order)
            if found is not None:
                return _fitting(found, plan.order)
        return _fitting(await gateway.create(plan.account, plan.order), plan.order)

    async def note(self, tx: Tx, trip: Trip, plan: Plan, made: Made | Failed) -> Again | None:
        tenant, now = trip.job.tenant_id, datetime.now(UTC)
        held = await seeing.hold(tx, tenant, plan.order.charge_id)
        if held is None:
            return None
        sale, charge = held
        if isinstance(made, Made):
            await _open(tx, tenant, sale, charge, made, self._base_url, now)
            return None
        if made.todo == "denied":
            await account_queries.note_checked(tx, tenant, charge.account_id, made.text, now)
        if made.todo == "unknown" and not self._gateways[plan.account.gateway].repeats:
            return await _unknown(tx, trip, sale, charge, made)
        if made.todo in ("again", "unknown") and not trip.last:
            return Again(made.text)
        await _fail(tx, tenant, sale, charge, made.text)
        return None


def _fitting(made: Made | Failed, order: Order) -> Made | Failed:
    """A code for another amount would take another amount."""
    if isinstance(made, Failed):
        return made
    try:
        code = brcode.decode(made.brcode)
    except BadBrCode:
        return Failed(todo="never", text=OTHER_CODE)
    if code.amount_cents not in (None, order.amount_cents):
        return Failed(todo="never", text=OTHER_CODE)
    return made


async def _open(
    tx: Tx,
    tenant: TenantId,
    sale: Row,
    charge: ChargeRow,
    made: Made,
    base_url: str,
    now: datetime,
) -> None:
    opened = await queries.opened(
        tx,
        tenant,
        charge.id,
        gateway_id=made.gateway_id,
        brcode=made.brcode,
        txid=made.txid,
        expires_at=min(made.expires_at or charge.expires_at, charge.expires_at),
        look_at=looking.first_look(now),
        now=now,
    )
    if not opened:
        # Ended meanwhile, or asked for anew: it is looked at, in case that somebody pays it.
        await queries.settle(
            tx,
            tenant,
            charge.id,
            charge.status,
            gateway_id=made.gateway_id,
            look_at=looking.first_look(now),
        )
        return
    await chatting.send(tx, tenant, charge.id, base_url, now)
    await announcing.announce(tx, tenant, sale.id, sale.status, now)


async def _unknown(
    tx: Tx, trip: Trip, sale: Row, charge: ChargeRow, failed: Failed
) -> Again | None:
    tenant = trip.job.tenant_id
    look_at = charge.expires_at
    await queries.settle(tx, tenant, charge.id, "unknown", error=failed.text, look_at=look_at)
    await announcing.announce(tx, tenant, sale.id, sale.status, datetime.now(UTC))
    findable = charge.gateway == "asaas"
    return Again(failed.text) if findable and not trip.last else None


async def _fail(tx: Tx, tenant: TenantId, sale: Row, charge: ChargeRow, why: str) -> None:
    await queries.settle(tx, tenant, charge.id, "failed", error=why, look_at=charge.expires_at)
    await announcing.announce(tx, tenant, sale.id, sale.status, datetime.now(UTC))
