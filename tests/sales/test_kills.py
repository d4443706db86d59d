"""A worker is killed in the worst moment: the gateway has made the charge, and nobody noted it."""

import signal
from typing import Any

from pista.settings import Settings
from pista.store.postgres import Postgres
from tests.events.writing import until
from tests.fakes.gateways import Gateway, Street
from tests.killing import killable
from tests.sales.conftest import Shop, add_account, working
from tests.sales.test_payments import PATIENCE, PIX, reaches


async def test_no_charge_is_made_twice(
    admin: Shop,
    shop: Shop,
    outside: Shop,
    street: Street,
    database: str,
    settings: Settings,
    postgres: Postgres,
):
    """
    kill -9 of the worker between the two: each gateway has one charge afterwards. Where it can be
    found again it is the one that is paid; where it cannot, nobody has seen its code, and its own
    notification brings it back.
    """
    gateways: dict[str, Gateway] = {
        "mercadopago": street.mp,
        "asaas": street.asaas,
        "pushinpay": street.pushin,
    }
    asked: dict[str, Any] = {}
    for name, gateway in gateways.items():
        account = await add_account(admin, name)
        body = {**PIX, "accountId": account["id"]}
        asked[name] = await shop.ok("POST", "/api/payments/pix", body, params={"wait": "0"})
        gateway.lose, gateway.hang_seconds = 1.0, 30.0

    async def all_made() -> bool:
        return all(one.payments for one in gateways.values())

    with killable("tests.sales.paying", database, street.url) as worker:
        await until(all_made, PATIENCE)
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    for gateway in gateways.values():
        gateway.lose = gateway.hang_seconds = 0.0

    async def settled() -> bool:
        found = [await shop.ok("GET", f"/api/payments/{one['chargeId']}") for one in asked.values()]
        return [one["status"] for one in found] == ["open", "open", "unknown"]

    async with working(database, settings):
        await until(settled, PATIENCE)
        assert [len(one.payments) for one in gateways.values()] == [1, 1, 1]
        [lost] = street.pushin.payments
        street.pushin.paid()
        await street.pushin.notify(outside, lost)
        await reaches(shop, asked["pushinpay"]["saleId"], "paid")


async def test_an_answer_that_never_comes_is_no_second_charge(
    admin: Shop, shop: Shop, street: Street, database: str, settings: Settings
):
    """
    The gateway did it and hung up: asked again, it is the same charge.
    """
    await add_account(admin, "asaas")
    street.asaas.lose = 1.0
    async with working(database, settings):
        pix = await shop.ok("POST", "/api/payments/pix", PIX, params={"wait": "0"})

        async def is_made() -> bool:
            return bool(street.asaas.payments)

        async def is_open() -> bool:
            charge = await shop.ok("GET", f"/api/payments/{pix['chargeId']}")
            return charge["status"] == "open"

        await until(is_made, PATIENCE)
        street.asaas.lose = 0.0
        await until(is_open, PATIENCE)

    assert len(street.asaas.payments) == 1
