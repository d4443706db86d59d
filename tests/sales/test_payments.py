"""A Pix from being asked for to being paid: by each gateway, which may be slow, away or wrong, and
whatever others send to where it tells of payments."""

import asyncio
import hashlib
import hmac
import time
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import msgspec

from pista.sales import brcode
from pista.sales.payments.watching import watch
from pista.store import postgres as store
from pista.store.postgres import Lead, Postgres
from tests.events.writing import until
from tests.fakes.gateways import Payment, Street
from tests.sales.conftest import Shop, add_account

PIX = {"amount": 1999, "description": "Ramo de rosas"}
PATIENCE = 60


async def ask(shop: Shop, **more: Any) -> dict[str, Any]:
    return await shop.ok("POST", "/api/payments/pix", {**PIX, **more}, params={"wait": "20"})


async def reaches(shop: Shop, sale_id: str, status: str) -> dict[str, Any]:
    async def is_so() -> bool:
        return (await shop.sale(sale_id))["status"] == status

    await until(is_so, PATIENCE)
    return await shop.sale(sale_id)


async def idle(postgres: Postgres) -> None:
    async def nothing_waits() -> bool:
        async with postgres.transaction() as tx:
            return await tx.value("select count(*) = 0 from jobs")

    await until(nothing_waits, PATIENCE)


async def outcomes(admin: Shop, account: dict[str, Any]) -> list[str]:
    """The oldest first."""
    told = await admin.ok("GET", f"/api/payments/accounts/{account['id']}/notices")
    return [one["outcome"] for one in told["items"]][::-1]


async def later(database: str, seconds: float) -> None:
    """The writer's chore, so much later."""
    connection = await store.connect(database)
    await watch(Lead(connection), datetime.now(UTC) + timedelta(seconds=seconds))
    await connection.close()


def path_of(account: dict[str, Any]) -> str:
    return urlsplit(str(account["noticeUrl"])).path


async def test_a_key_of_ones_own(admin: Shop, shop: Shop, database: str):
    """
    The code is made here at once; a person says that it is paid. One that nobody pays ends.
    """
    await add_account(admin, "static")
    key = {"Idempotency-Key": "order-1001"}
    pix = await shop.ok("POST", "/api/payments/pix", {**PIX, "externalId": "1001"}, headers=key)
    code = brcode.decode(pix["brCode"])

    assert (code.amount_cents, code.key, code.name) == (1999, "vendas@loja.example", "Flores")
    assert code.city == "Sao Paulo"
    assert pix["qr"].startswith("data:image/svg+xml")
    assert await shop.refused("POST", "/api/payments/pix", {}) == "bad_pix"
    assert await shop.refused("POST", "/api/payments/pix", {"amount": 10**12}) == "bad_pix"

    paid = await admin.ok("POST", f"/api/sales/{pix['saleId']}/paid", {"why": "Extrato"})
    assert (paid["status"], paid["charges"][0]["status"]) == ("paid", "paid")
    assert (await shop.ok("GET", f"/api/payments/{pix['chargeId']}"))["brCode"] is None
    again = await shop.refused("POST", "/api/payments/pix", {"saleId": pix["saleId"]})
    assert again == "not_payable"
    # Whoever had not heard the first time, and asks again, hears what became of it.
    late = await shop.ok("POST", "/api/payments/pix", {**PIX, "externalId": "1001"}, headers=key)
    assert (late["chargeId"], late["status"]) == (pix["chargeId"], "paid")

    other = await ask(shop, expiresIn=60)
    await later(database, 30)
    assert (await shop.sale(other["saleId"]))["status"] == "pending"
    await later(database, 61)
    ended = await shop.sale(other["saleId"])
    assert (ended["status"], ended["charges"][0]["status"]) == ("expired", "expired")
    assert (ended["changes"][-1]["actorKind"], ended["changes"][-1]["move"]) == ("system", "expire")
    renewed = await ask(shop, amount=None, saleId=other["saleId"], description=None)
    assert renewed["status"] == "open"


async def test_mercado_pago_tells_and_is_asked(
    admin: Shop, shop: Shop, outside: Shop, street: Street, postgres: Postgres, worker: None
):
    """
    32 notifications at once, some in other letters: one payment. What is forged, or signed with
    another secret, changes nothing; what is signed says which, and the gateway says how it is.
    """
    account = await add_account(admin, "mercadopago")
    pix = await ask(shop)
    [payment] = street.mp.payments.values()
    assert pix["brCode"] == payment.code
    assert payment.cents == 1999

    early = await street.mp.notify(outside, payment.id)
    forged = await street.mp.notify(outside, payment.id, secret="another-secret")
    unsigned = await outside.post(path_of(account).rpartition("/")[0], json={"type": "payment"})
    old = await street.mp.notify(outside, payment.id, ts="1700000000")
    await idle(postgres)
    assert early.status_code == 200
    assert [one.status_code for one in (forged, unsigned, old)] == [401] * 3
    assert (await shop.sale(pix["saleId"]))["status"] == "pending"

    street.mp.paid()
    answers = await asyncio.gather(*(street.mp.notify(outside, payment.id) for _ in range(32)))
    assert {one.status_code for one in answers} == {200}
    paid = await reaches(shop, pix["saleId"], "paid")
    await idle(postgres)
    assert await shop.moves(pix["saleId"]) == ["report", "pay"]
    assert paid["charges"][0]["endToEndId"] == payment.e2e
    assert paid["changes"][-1]["actorKind"] == "gateway"
    # Asked once for what many told of, or nearly so.
    looks = [one for one in street.mp.asked if one == f"GET /v1/payments/{payment.id}"]
    assert len(looks) < 20
    assert (await outcomes(admin, account)).count("done") == 1

    payment.refunded = 500
    await street.mp.notify(outside, payment.id)
    await reaches(shop, pix["saleId"], "partly_refunded")
    payment.status, payment.refunded = "charged_back", 500
    await street.mp.notify(outside, payment.id)
    back = await reaches(shop, pix["saleId"], "charged_back")
    assert [(one["kind"], one["amountCents"]) for one in back["refunds"]] == [
        ("refund", 500),
        ("chargeback", 1499),
    ]
    payment.status = "paid"
    await street.mp.notify(outside, payment.id)
    won = await reaches(shop, pix["saleId"], "partly_refunded")
    assert (won["refundedCents"], won["refunds"][-1]["kind"]) == (500, "reversal")


async def test_a_wrong_amount_changes_nothing(
    admin: Shop, shop: Shop, outside: Shop, street: Street, postgres: Postgres, worker: None
):
    """
    And a payment of somebody else's, of the same account, is not ours.
    """
    account = await add_account(admin, "mercadopago")
    pix = await ask(shop)
    payment = street.mp.paid()
    payment.cents = 1998
    street.mp.payments["77"] = Payment("77", 1999, "another-system", payment.notice_url)
    street.mp.paid("77")

    await street.mp.notify(outside, payment.id)
    await street.mp.notify(outside, "77")
    await idle(postgres)

    sale = await shop.sale(pix["saleId"])
    assert (sale["status"], sale["charges"][0]["status"]) == ("pending", "open")
    assert "another amount" in sale["charges"][0]["error"]
    assert sorted(await outcomes(admin, account)) == ["not_ours", "refused"]


async def test_asaas_and_pushinpay(
    admin: Shop, shop: Shop, outside: Shop, street: Street, postgres: Postgres, worker: None
):
    """
    One proves itself by a token, the other by nothing: it is asked each time, by an id that it
    writes in capitals at one time and small at another.
    """
    asaas = await add_account(admin, "asaas")
    pushin = await add_account(admin, "pushinpay")
    one = await ask(shop, accountId=asaas["id"])
    other = await ask(shop, accountId=pushin["id"])
    [first], [second] = street.asaas.payments.values(), street.pushin.payments.values()
    assert (one["brCode"], other["brCode"]) == (first.code, second.code)
    assert (first.price, second.cents) == (19.99, 1999)

    wrong = await street.asaas.notify(outside, path_of(asaas), first.id, token="wrong-token")
    liar = await street.pushin.notify(outside, second.id)
    guess = await outside.post(path_of(pushin)[:-1] + "x", json={"id": second.id})
    await idle(postgres)
    assert [wrong.status_code, liar.status_code, guess.status_code] == [401, 200, 401]
    for pix in (one, other):
        assert (await shop.sale(pix["saleId"]))["status"] == "pending"

    street.asaas.paid()
    street.pushin.paid()
    # It is away when it tells, and comes back.
    street.pushin.down, street.asaas.throttle = True, 1
    await street.asaas.notify(outside, path_of(asaas).rpartition("/")[0], first.id)
    await street.pushin.notify(outside, second.id)
    await reaches(shop, one["saleId"], "paid")
    street.pushin.down = False
    paid = await reaches(shop, other["saleId"], "paid")
    assert paid["charges"][0]["endToEndId"] == second.e2e

    first.status = "refunded"
    await street.asaas.notify(outside, path_of(asaas), first.id)
    await reaches(shop, one["saleId"], "refunded")


async def test_a_lost_notification_is_made_up_for(
    admin: Shop, shop: Shop, street: Street, database: str, postgres: Postgres, worker: None
):
    """
    The gateway is asked by itself, more and more seldom; one that ends unpaid ends the sale, and
    money that comes after that has come all the same.
    """
    await add_account(admin, "mercadopago")
    told, late = await ask(shop), await ask(shop, expiresIn=600)
    first, second = street.mp.payments.values()
    street.mp.paid(first.id)

    await later(database, 30)
    await idle(postgres)
    assert (await shop.sale(told["saleId"]))["status"] == "pending"
    await later(database, 61)
    await reaches(shop, told["saleId"], "paid")

    second.status = "expired"
    await later(database, 3600)
    await reaches(shop, late["saleId"], "expired")
    street.mp.paid(second.id)
    async with postgres.transaction() as tx:
        assert await tx.value("select count(*) from charges where look_at is not null") >= 1
    await later(database, 2 * 3600)
    await reaches(shop, late["saleId"], "paid")


async def test_a_webhook_of_ones_own(
    admin: Shop, shop: Shop, outside: Shop, postgres: Postgres, worker: None
):
    """
    There is nobody to ask, so it must prove itself: signed, just now, and with the right amount.
    """
    secret = "my-own-signing-secret"
    account = await add_account(admin, "webhook", webhookSecret=secret)
    pix = await ask(shop)
    charge = (await shop.sale(pix["saleId"]))["charges"][0]

    async def tell(at: int, key: str, **more: Any) -> int:
        body = msgspec.json.encode(
            {"txid": charge["txid"], "status": "paid", "amount": "19.99", **more}
        )
        v1 = hmac.new(key.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
        headers = {"Pista-Signature": f"t={at},v1={v1}"}
        answer = await outside.post(path_of(account), content=body, headers=headers)
        return answer.status_code

    now = int(time.time())
    assert await tell(now, "another-secret") == 401
    assert await tell(now - 3600, secret) == 401
    assert await tell(now, secret, amount="19.98") == 200
    assert await tell(now, secret, amount=19.999) == 200
    await idle(postgres)
    assert (await shop.sale(pix["saleId"]))["status"] == "pending"
    assert await tell(now, secret, endToEndId="E1") == 200
    paid = await reaches(shop, pix["saleId"], "paid")
    assert paid["charges"][0]["endToEndId"] == "E1"
    assert await outcomes(admin, account) == ["refused", "unreadable", "done"]


async def test_a_gateway_that_cannot_makes_no_code(
    admin: Shop, shop: Shop, street: Street, worker: None
):
    """
    A wrong token is said at once, in the charge and at the account, whose check says it too; what
    is busy is tried again.
    """
    account = await add_account(admin, "mercadopago")
    check = f"/api/payments/accounts/{account['id']}/check"
    assert (await admin.ok("POST", check))["ok"] is True
    street.mp.token = "another"
    failed = await ask(shop)
    assert (failed["status"], failed["brCode"]) == ("failed", None)
    assert (await admin.ok("POST", check))["ok"] is False
    listed = await admin.ok("GET", "/api/payments/accounts")
    assert "401" in listed["items"][0]["pausedReason"]
    assert "APP_USR" not in str(listed)

    street.mp.token = "APP_USR-of-the-stand-in"
    street.mp.throttle = 1
    assert (await ask(shop))["status"] == "open"


async def test_the_page_changes_by_itself(
    admin: Shop, shop: Shop, outside: Shop, street: Street, worker: None
):
    """
    It waits until there is something new; it names nobody, and has no code once it is paid.
    """
    await add_account(admin, "static")
    pix = await ask(shop, buyer={"name": "Ana Secreta", "email": "ana@mail.example"})
    page = urlsplit(str(pix["statusUrl"])).path
    html = (await outside.get(page, headers={"Accept-Language": "es-PE"})).text
    assert "R$ 19,99" in html
    assert "Pagar con Pix" in html
    assert pix["brCode"] in html
    assert "Ana" not in html
    assert (await outside.get(f"{page}/qr.svg")).text.startswith("<svg")
    assert (await outside.get(f"{page}/qr.png")).content.startswith(b"\x89PNG")

    waiting = asyncio.create_task(outside.get(f"{page}/state?seen=open"))
    await asyncio.sleep(0.2)
    assert not waiting.done()
    await admin.ok("POST", f"/api/sales/{pix['saleId']}/paid", {})
    assert (await waiting).json() == {"state": "paid"}
    assert pix["brCode"] not in (await outside.get(page)).text
    assert (await outside.get(f"{page}/qr.svg")).status_code == 404
    assert (await outside.get("/pay/" + "x" * 32)).json()["code"] == "charge_not_found"


async def test_an_incomplete_account_is_refused(admin: Shop):
    """
    With what is missing; nobody pays to a key that is none.
    """
    for gateway in ("static", "asaas", "mercadopago"):
        terms = {"gateway": gateway, "name": "x", "pixKey": "529.982.247-26", "city": "Lima"}
        assert await admin.refused("POST", "/api/payments/accounts", terms) == (
            "bad_payment_account"
        )
