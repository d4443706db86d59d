"""Asks a gateway how a charge is: because it told something, or because nobody did for a while."""

from abc import ABC, abstractmethod
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID

from msgspec import structs

from pista.ids import TenantId
from pista.queue import Again, Errand, Patience, Trip
from pista.sales import announcing, machine, moving
from pista.sales.gateways import Account, Failed, Gateways, Seen
from pista.sales.model import ChargeId, ChargeStatus
from pista.sales.moving import Cause
from pista.sales.payments import account_queries, accounts, looking, notice_queries, seeing
from pista.sales.payments import charge_queries as queries
from pista.sales.payments.charge_queries import ChargeRow
from pista.sales.payments.model import NoticeOutcome
from pista.sales.payments.work import LookCharge, ReadNotice
from pista.store.postgres import Tx
from pista.store.secrets import Sealer

PATIENCE = Patience(most=12, first_seconds=1.0, factor=3.0)
MAY_END: tuple[ChargeStatus, ...] = ("creating", "open", "unknown", "failed")
NOT_OURS = "It is of a payment that was not asked for here."


class Plan(NamedTuple):
    account: Account
    gateway_id: str
    charge_id: ChargeId | None
    asked_at: datetime
    notice_id: UUID | None = None


class _Asker(ABC):
    def __init__(self, gateways: Gateways, sealer: Sealer) -> None:
        self._gateways = gateways
        self._sealer = sealer

    def errand(self) -> Errand:
        return Errand(self.set_out, self.do, self.note, PATIENCE)

    @abstractmethod
    async def set_out(self, tx: Tx, trip: Trip, work: Any) -> Plan | None: ...

    async def do(self, _trip: Trip, plan: Plan) -> Seen | Failed:
        return await self._gateways[plan.account.gateway].look(plan.account, plan.gateway_id)

    @abstractmethod
    async def note(self, tx: Tx, trip: Trip, plan: Plan, seen: Seen | Failed) -> Again | None: ...


class Reader(_Asker):
    """Works off what gateways told."""

    async def set_out(self, tx: Tx, trip: Trip, work: ReadNotice) -> Plan | None:
        tenant, now = trip.job.tenant_id, datetime.now(UTC)
        notice = await notice_queries.for_update(tx, tenant, work.notice_id)
        if notice is None or notice.outcome != "waiting":
            return None
        charge = await _meant(tx, tenant, work)
        if work.said.seen is not None:
            outcome = "not_ours"
            if charge is not None:
                seen = structs.replace(
                    work.said.seen, paid_at=work.said.seen.paid_at or notice.received_at
                )
                outcome = await seeing.see(tx, tenant, charge.id, seen, now)
            await _finish(tx, tenant, work.notice_id, outcome, charge and charge.id, now)
            return None
        asked = charge.looked_at if charge is not None else None
        if charge is not None and asked is not None and asked > notice.received_at:
            # Somebody has asked since: what it told of is known.
            await _finish(tx, tenant, work.notice_id, "nothing_new", charge.id, now)
            return None
        row = await account_queries.account(tx, tenant, work.account_id)
        named = work.said.gateway_id
        if row is None or named is None:
            await _finish(tx, tenant, work.notice_id, "not_ours", None, now)
            return None
        account = accounts.as_account(self._sealer, row)
        return Plan(account, named, charge and charge.id, now, work.notice_id)

    async def note(self, tx: Tx, trip: Trip, plan: Plan, seen: Seen | Failed) -> Again | None:
        tenant, now = trip.job.tenant_id, datetime.now(UTC)
        assert plan.notice_id is not None
        if isinstance(seen, Failed):
            if again := await _again(tx, tenant, plan.account, seen, trip, now):
                return again
            await _finish(tx, tenant, plan.notice_id, seen.text, plan.charge_id, now)
            return None
        charge = plan.charge_id or await _referred(tx, tenant, plan.account, seen)
        outcome = "not_ours"
        if charge is not None:
            outcome = await seeing.see(tx, tenant, charge, seen, now, asked_at=plan.asked_at)
            await queries.note_asked(tx, tenant, charge, plan.asked_at)
        await _finish(tx, tenant, plan.notice_id, outcome, charge, now)
        return None


class Looker(_Asker):
    """Asks of charges that nobody told about: a notification may be lost."""

    async def set_out(self, tx: Tx, trip: Trip, work: LookCharge) -> Plan | None:
        tenant = trip.job.tenant_id
        charge = await queries.charge(tx, tenant, work.charge_id)
        if charge is None:
            return None
        if charge.gateway_id is None:
            # There is nothing to ask about; but it ends.
            await expire(tx, tenant, charge.id, datetime.now(UTC))
            return None
        row = await account_queries.account(tx, tenant, charge.account_id)
        if row is None:
            return None
        account = accounts.as_account(self._sealer, row)
        return Plan(account, charge.gateway_id, charge.id, datetime.now(UTC))

    async def note(self, tx: Tx, trip: Trip, plan: Plan, seen: Seen | Failed) -> Again | None:
        tenant, now = trip.job.tenant_id, datetime.now(UTC)
        assert plan.charge_id is not None
        if isinstance(seen, Failed):
            # Also of what it cannot say it ends; money that has come by then is seen later.
            await expire(tx, tenant, plan.charge_id, now)
            return await _again(tx, tenant, plan.account, seen, trip, now)
        await seeing.see(tx, tenant, plan.charge_id, seen, now, asked_at=plan.asked_at)
        await queries.note_asked(tx, tenant, plan.charge_id, plan.asked_at)
        if seen.status == "open":
            await expire(tx, tenant, plan.charge_id, now)
        return None


async def expire(tx: Tx, tenant: TenantId, charge_id: ChargeId, now: datetime) -> None:
    """One whose time is over and that nobody has paid."""
    held = await seeing.hold(tx, tenant, charge_id)
    if held is None:
        return
    sale, charge = held
    grace = looking.GRACE if charge.gateway_id else looking.NONE
    if charge.status not in MAY_END or now < charge.expires_at + grace:
        return
    look_at = looking.next_look(charge.looks, charge.expires_at, now) if charge.gateway_id else None
    # Why one could not be made stays to be read.
    ended = "failed" if charge.status == "failed" else "expired"
    await queries.settle(tx, tenant, charge.id, ended, error=charge.error, look_at=look_at)
    cause = Cause("system", now, None, None, {"chargeId": str(charge.id)})
    others = await queries.of_sale(tx, tenant, sale.id)
    if any(one.status in ("creating", "open") for one in others):
        await announcing.announce(tx, tenant, sale.id, sale.status, now)
    elif machine.may(machine.EXPIRE, sale.status):
        await moving.end(tx, tenant, sale, machine.EXPIRE, cause)


async def _meant(tx: Tx, tenant: TenantId, work: ReadNotice) -> ChargeRow | None:
    """The charge that it names: as the gateway does, or as we do where that is not known yet."""
    said = work.said
    found = None
    if said.gateway_id:
        found = await queries.by_gateway_id(tx, tenant, work.account_id, said.gateway_id)
        found = found or await queries.by_txid(tx, tenant, work.account_id, said.gateway_id)
    if found is not None:
        return await queries.charge(tx, tenant, found)
    return await _ours(tx, tenant, work.account_id, said.reference, said.seen is not None)


async def _ours(
    tx: Tx, tenant: TenantId, account: UUID, reference: str | None, by_itself: bool
) -> ChargeRow | None:
    """Only one of which the gateway's name is not known: else it would be another payment."""
    try:
        named = ChargeId(UUID(reference or ""))
    except ValueError:
        return None
    charge = await queries.charge(tx, tenant, named)
    if charge is None or charge.account_id != account:
        return None
    return charge if by_itself or charge.gateway_id is None else None


async def _referred(tx: Tx, tenant: TenantId, account: Account, seen: Seen) -> ChargeId | None:
    found = await _ours(tx, tenant, account.id, seen.reference, False)
    return found and found.id


async def _finish(
    tx: Tx, tenant: TenantId, notice: UUID, said: str, charge: ChargeId | None, now: datetime
) -> None:
    known: dict[str, tuple[NoticeOutcome, str | None]] = {
        "done": ("done", None),
        "nothing_new": ("nothing_new", None),
        "not_ours": ("not_ours", NOT_OURS),
    }
    outcome, detail = known.get(said, ("refused", said))
    await notice_queries.finish(tx, tenant, notice, outcome, detail, charge, now)


async def _again(
    tx: Tx, tenant: TenantId, account: Account, failed: Failed, trip: Trip, now: datetime
) -> Again | None:
    """What only reads is asked again, as long as there is hope."""
    if failed.todo == "denied":
        await account_queries.note_checked(tx, tenant, account.id, failed.text, now)
    if failed.todo == "never" or trip.last:
        return None
    return Again(failed.text)
