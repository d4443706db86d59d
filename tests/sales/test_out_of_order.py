"""What gateways tell comes twice, late and in any order, and people and shops come in between:
money is counted once, and what came besides is said."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from pista.ids import TenantId
from pista.sales.gateways import Seen
from pista.sales.model import ChargeId
from pista.sales.payments import charge_queries, seeing
from pista.settings import Settings
from pista.store.postgres import Postgres
from tests.fakes.gateways import Street
from tests.sales.conftest import NOW, Shop, add_account, working
from tests.sales.test_payments import ask, idle, later, outcomes, path_of, reaches


async def test_paid_in_another_way_it_asks_nobody_any_more(
    admin: Shop, shop: Shop, outside: Shop, database: str, postgres: Postgres, worker: None
):
    """
    Told of by the shop, or by a code that had ended: the code that is still about is of no use, and
    its page says that it is paid.
    """
    account = await add_account(admin, "webhook")
    made = await shop.report(externalId="1001")
    # The company's own number is the same order, in whatever way it is named.
    one = await ask(shop, externalId="1001")
    assert one["saleId"] == made["id"]
    await shop.report(externalId="1001", status="paid")
    late = await ask(shop, expiresIn=60)
    await later(database, 61)
    other = await ask(shop, amount=None, saleId=late["saleId"])
    ended = (await shop.sale(late["saleId"]))["charges"][-1]
    told = {"txid": ended["txid"], "status": "paid", "amount": "19.99"}
    await outside.post(path_of(account), json=told)
    await reaches(shop, late["saleId"], "paid")

    for pix in (one, other):
        page = pix["statusUrl"].removeprefix("http://pista.test")
        assert (await outside.get(f"{page}/state")).json() == {"state": "paid"}
        assert pix["brCode"] not in (await outside.get(page)).text
        assert (await shop.ok("GET", f"/api/payments/{pix['chargeId']}"))["status"] == "canceled"


async def test_what_is_paid_twice_is_said_and_what_of_it_goes_back_is_no_refund(
    admin: Shop, shop: Shop, outside: Shop, database: str, postgres: Postgres, worker: None
):
    """
    One code twice, and two codes of one sale; the sale is refunded when nothing of it is left.
    """
    account = await add_account(admin, "webhook")
    first = await ask(shop, expiresIn=60)
    await later(database, 61)
    second = await ask(shop, amount=None, saleId=first["saleId"])
    charges = {one["id"]: one for one in (await shop.sale(first["saleId"]))["charges"]}

    async def tell(pix: dict[str, Any], status: str, e2e: str) -> dict[str, Any]:
        told = {"txid": charges[pix["chargeId"]]["txid"], "status": status, "amount": "19.99"}
        await outside.post(path_of(account), json={**told, "endToEndId": e2e})
        await idle(postgres)
        found = await shop.sale(first["saleId"])
        charge = next(one for one in found["charges"] if one["id"] == pix["chargeId"])
        return {"sale": found["status"], "back": found["refundedCents"], **charge}

    assert (await tell(first, "paid", "E1"))["sale"] == "paid"
    again = await tell(first, "paid", "E2")
    assert (again["status"], again["endToEndId"]) == ("paid", "E1")
    assert "came besides" in again["error"]
    assert (await tell(first, "refunded", "E2"))["sale"] == "paid"
    besides = await tell(second, "paid", "E3")
    assert (besides["status"], "came besides" in besides["error"]) == ("paid", True)
    assert (await tell(first, "paid", "E1"))["error"] is None
    back = await tell(second, "refunded", "E3")
    assert (back["status"], back["sale"], back["back"]) == ("refunded", "paid", 0)
    assert (await tell(first, "refunded", "E1"))["sale"] == "refunded"
    assert (await outcomes(admin, account)).count("refused") == 2


async def test_what_was_taken_back_is_not_brought_again_by_old_news(
    admin: Shop, shop: Shop, outside: Shop, tenant: TenantId, postgres: Postgres, worker: None
):
    """
    A notification that comes once more, and an answer that was asked for before another: only who
    says so, or is asked after that, brings a chargeback's money again. What a gateway says of the
    time is taken as far as it can be.
    """
    account = await add_account(admin, "webhook")
    pix = await ask(shop)
    [charge] = (await shop.sale(pix["saleId"]))["charges"]
    for status, then in (
        ("paid", "paid"),
        ("charged_back", "charged_back"),
        ("paid", "charged_back"),
        ("won_back", "partly_refunded"),
    ):
        told = {"txid": charge["txid"], "status": status, "amount": "19.99"}
        await outside.post(path_of(account), json=told)
        await idle(postgres)
        assert (await shop.sale(pix["saleId"]))["status"] == then, status
        if status == "paid":
            # By hand: the gateway knows nothing of it, and it does not come again either.
            refund = {"amount": 500, "externalId": "r1"}
            await admin.post(f"/api/sales/{pix['saleId']}/refund", json=refund)
    assert (await shop.sale(pix["saleId"]))["refundedCents"] == 500

    other = await ask(shop)
    named = ChargeId(UUID(other["chargeId"]))

    async def see(status: Any, asked_at: datetime, **more: Any) -> str:
        seen = Seen(gateway_id="7", reference=None, status=status, amount_cents=1999, **more)
        async with postgres.transaction() as tx:
            await seeing.see(tx, tenant, named, seen, datetime.now(UTC), asked_at=asked_at)
            await charge_queries.note_asked(tx, tenant, named, asked_at)
        return (await shop.sale(other["saleId"]))["status"]

    assert await see("paid", NOW, paid_at=datetime(1, 1, 1, tzinfo=UTC)) == "paid"
    paid = await shop.sale(other["saleId"])
    assert paid["paidAt"] == paid["charges"][0]["paidAt"] == paid["charges"][0]["createdAt"]
    assert await see("charged_back", NOW + timedelta(seconds=2)) == "charged_back"
    assert await see("paid", NOW + timedelta(seconds=1)) == "charged_back"
    assert await see("paid", NOW + timedelta(seconds=3)) == "paid"
    assert await see("charged_back", NOW + timedelta(seconds=4)) == "charged_back"
    # Won, as somebody here knows before the gateway says so: the same word takes nothing again.
    await admin.ok("POST", f"/api/sales/{other['saleId']}/refund", {"kind": "reversal"})
    assert await see("charged_back", NOW + timedelta(seconds=5)) == "paid"
    assert await see("paid", NOW + timedelta(seconds=6)) == "paid"
    assert await see("charged_back", NOW + timedelta(seconds=7)) == "charged_back"


async def test_a_payment_that_nobody_can_be_asked_about_ends(
    admin: Shop, shop: Shop, street: Street, database: str, postgres: Postgres, worker: None
):
    """
    One that could not be made, one that nobody makes any more, and one whose gateway does not know
    us any more: each ends with its sale, and keeps why.
    """
    await add_account(admin, "mercadopago")
    known = await ask(shop)
    street.mp.token = "another"
    failed, stuck = await ask(shop), await ask(shop)
    async with postgres.transaction() as tx:
        await tx.execute(
            "update charges set status = 'creating', error = null where id = $1",
            UUID(stuck["chargeId"]),
        )
        await tx.execute(
            "update charges set expires_at = now() - interval '1 hour', look_at = now()"
        )
    await later(database, 1)

    for pix in (known, failed, stuck):
        await reaches(shop, pix["saleId"], "expired")
    charge = await shop.ok("GET", f"/api/payments/{failed['chargeId']}")
    assert (charge["status"], "401" in charge["error"]) == ("failed", True)


async def test_news_of_one_that_was_given_up_does_not_open_it_beside_another(
    admin: Shop, shop: Shop, tenant: TenantId, postgres: Postgres
):
    """
    Nobody knew whether it was made, and another was asked for: of the two, one can be paid. One
    that is being made is opened by whoever makes it.
    """
    await add_account(admin, "mercadopago")
    given_up = await shop.ok("POST", "/api/payments/pix", {"amount": 1999}, params={"wait": "0"})
    async with postgres.transaction() as tx:
        await tx.execute("update charges set status = 'unknown'")
    sale = {"saleId": given_up["saleId"]}
    asked = await shop.ok("POST", "/api/payments/pix", sale, params={"wait": "0"})

    for number, pix in enumerate((given_up, asked)):
        seen = Seen(
            gateway_id=str(number),
            reference=None,
            status="open",
            amount_cents=1999,
            brcode="000201",
        )
        async with postgres.transaction() as tx:
            named = ChargeId(UUID(pix["chargeId"]))
            assert await seeing.see(tx, tenant, named, seen, NOW) == "nothing_new"

    charges = (await shop.sale(sale["saleId"]))["charges"]
    assert [one["status"] for one in charges] == ["creating", "unknown"]


async def test_what_waits_to_be_worked_off_was_paid_when_it_came(
    admin: Shop, shop: Shop, outside: Shop, database: str, settings: Settings, postgres: Postgres
):
    """
    The workers were away for an hour.
    """
    account = await add_account(admin, "webhook")
    pix = await ask(shop)
    [charge] = (await shop.sale(pix["saleId"]))["charges"]
    told = {"txid": charge["txid"], "status": "paid", "amount": "19.99"}
    await outside.post(path_of(account), json=told)
    async with postgres.transaction() as tx:
        await tx.execute("update charges set created_at = created_at - interval '1 day'")
        await tx.execute("update payment_notices set received_at = received_at - interval '1 hour'")
        came = await tx.value("select received_at from payment_notices")

    async with working(database, settings):
        paid = await reaches(shop, pix["saleId"], "paid")

    assert datetime.fromisoformat(paid["paidAt"]) == came
