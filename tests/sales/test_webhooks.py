"""Shops tell of sales by webhook, each in its own words: the mapping says what is what."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest

from pista import crm, queue
from pista.crm import reading_sales, told_sales
from pista.crm.model import SaleMapping
from pista.sales import from_webhooks
from pista.store.postgres import Postgres
from tests.sales.conftest import SALE, Shop
from tests.sales.test_payments import idle

MAPPING = {
    "externalId": "order.code",
    "amount": "order.total",
    "status": "order.state",
    "statuses": {"Embalado": "paid"},
    "email": "customer.email",
    "name": "customer.name",
}


def order(state: str, total: Any = "R$ 1.234,56", code: str = "77") -> dict[str, Any]:
    customer = {"email": "ana@mail.example", "name": "Ana"}
    return {"order": {"code": code, "total": total, "state": state}, "customer": customer}


async def test_a_shop_tells_in_its_own_words(
    admin: Shop, outside: Shop, database: str, postgres: Postgres
):
    """
    In any order, again and again, and with what cannot be: one sale, as far as it has come; and
    for each webhook what became of it.
    """
    made = await admin.ok(
        "POST",
        "/api/webhook-sources",
        {"kind": "sale", "name": "Loja", "saleMapping": MAPPING},
    )
    source = f"/api/webhook-sources/{made['id']}"
    tried = await admin.ok(
        "POST", f"{source}/sale-mapping", {"mapping": MAPPING, "payload": order("embalado")}
    )
    assert (tried["amountCents"], tried["status"], tried["externalId"]) == (123456, "paid", "77")
    door = f"{made['path']}/{made['secret']}"
    for body in (
        order("pendente"),
        order("Embalado"),
        order("Embalado"),
        order("pendente"),
        order("pago", total="R$ 1,00"),
        order("pago", total="1.234", code="78"),
        order("quién sabe", code="79"),
        {"nothing": 1},
    ):
        assert (await outside.post(door, json=body)).status_code == 200
    assert (await outside.post(door + "x", json=order("pago"))).status_code == 401
    # They are worked off a day later: the workers were away, or the mapping was not right.
    async with postgres.transaction() as tx:
        await tx.execute("update webhooks set received_at = received_at - interval '1 day'")
        came = await tx.value("select min(received_at) from webhooks")
    told_sales.register(from_webhooks.hear)
    runner = queue.Runner(database, crm.handlers)
    running = asyncio.create_task(runner.run())
    await idle(postgres)
    runner.stop()
    await running
    told_sales.forget(from_webhooks.hear)

    listed = await admin.ok("GET", "/api/sales")
    [sale] = listed["items"]
    assert (sale["status"], sale["amountCents"], sale["externalId"]) == ("paid", 123456, "77")
    assert (sale["source"], sale["sourceId"], sale["contactName"]) == ("webhook", made["id"], "Ana")
    assert datetime.fromisoformat(sale["occurredAt"]) == came
    assert came <= datetime.fromisoformat(sale["paidAt"]) < came + timedelta(hours=12)
    assert await admin.moves(sale["id"]) == ["report", "pay"]
    received = (await admin.ok("GET", f"{source}/webhooks"))["items"][::-1]
    assert [one["state"] for one in received] == ["done"] * 4 + ["ignored"] * 4
    assert "another amount" in received[4]["detail"]


@pytest.mark.parametrize(
    ("value", "whole", "found"),
    [
        (19.99, False, 1999),
        (0.1 + 0.2, False, None),  # a float that somebody added up
        (1999, True, 1999),
        ("1999", True, 1999),
        ("19,99", False, 1999),
        ("R$ 1.234,56", False, 123456),
        ("1,234.56", False, 123456),
        ("1.234.567", False, 123456700),
        ("1.234", False, None),
        ("-5", False, None),
        ("", False, None),
        (True, False, None),
        (None, False, None),
        ("1e5", False, None),
        ("2 x 19,99", False, None),  # which of the two?
        ("19,99 (2)", False, None),
        ("Rs. 19,99", False, 1999),
        ("19,99 €", False, 1999),
        ("1 234,56", False, 123456),
        ("1'234.56", False, 123456),
        ("2 19,99", False, None),
        (".5", False, None),
    ],
)
def test_amounts_are_read_as_people_write_them(value: object, whole: bool, found: int | None):
    """
    And what may be thousands or thousandths is not guessed.
    """
    assert reading_sales.cents(value, whole=whole) == found


@pytest.mark.parametrize(
    ("value", "whole", "currency", "found"),
    [
        ("$ 15.990", False, "CLP", 1599000),  # there are no thousandths of a peso
        (15990, False, "CLP", 1599000),
        (15990, True, "CLP", 1599000),  # its smallest unit is the peso
        ("15.990,00", False, "CLP", 1599000),
        ("15.990,50", False, "CLP", None),
        (15.99, False, "CLP", None),
        ("15.990", False, "COP", None),
        (1230, True, "KWD", 123),
        (1234, True, "KWD", None),
    ],
)
def test_not_every_currency_has_cents(value: object, whole: bool, currency: str, found: int | None):
    """
    Everything is counted in hundredths all the same, and what there cannot be of one is refused.
    """
    assert reading_sales.cents(value, whole=whole, currency=currency) == found


async def test_what_there_cannot_be_of_a_currency_is_refused(admin: Shop, shop: Shop):
    """
    Who counts pesos where hundredths are meant is told so, before it is a hundredth of the price.
    """
    pesos = {**SALE, "amount": 15_990, "currency": "CLP"}
    assert await shop.refused("POST", "/api/sales", pesos) == "invalid"
    sale = {**SALE, "amount": 1_599_000, "currency": "CLP", "status": "paid"}
    assert await shop.refused("POST", "/api/sales", {**sale, "refunded": 5}) == "invalid"
    made = await shop.report(**sale)
    assert made["amountCents"] == 1_599_000
    refund = f"/api/sales/{made['id']}/refund"
    assert await admin.refused("POST", refund, {"amount": 15}) == "invalid"
    assert (await admin.ok("POST", refund, {"amount": 1500}))["refundedCents"] == 1500


SAID: list[tuple[dict[str, Any], SaleMapping, str | None]] = [
    ({"id": "7", "amount": 5, "status": "paid"}, SaleMapping(), None),
    ({"amount": 5, "status": "paid"}, SaleMapping(), reading_sales.NO_NUMBER),
    ({"amount": 5, "status": "paid"}, SaleMapping(external_id=None), reading_sales.NO_NUMBER),
    ({"id": "7", "amount": 5, "status": "?"}, SaleMapping(), reading_sales.NO_STATUS),
    ({"id": "7", "amount": 0, "status": "paid"}, SaleMapping(), reading_sales.NO_AMOUNT),
    (
        {"id": "7", "amount": 5, "status": "paid", "in": "reais"},
        SaleMapping(currency="in"),
        reading_sales.NO_CURRENCY,
    ),
    (
        {"id": "7", "amount": 5000, "status": "refunded", "back": "1.234"},
        SaleMapping(refunded="back"),
        reading_sales.NO_REFUND,
    ),
    (
        {"id": "7", "amount": 5000, "status": "refunded", "back": None},
        SaleMapping(refunded="back"),
        None,
    ),
]


@pytest.mark.parametrize(("payload", "mapping", "why"), SAID)
def test_what_is_not_clear_is_not_guessed(
    payload: dict[str, Any], mapping: SaleMapping, why: str | None
):
    """
    No sale without a number, no other currency than is named, no refund of all for one of a part.
    """
    assert reading_sales.sale(payload, mapping, "UTC").ignored == why


def test_times_are_read_as_programs_count_them():
    """
    In seconds and milliseconds, as a number or a text.
    """
    for written in (1773489600, "1773489600", 1773489600000, "2026-03-14T12:00:00Z"):
        told = {"id": "7", "amount": 5, "status": "paid", "at": written}
        read = reading_sales.sale(told, SaleMapping(occurred_at="at"), "America/Lima")
        assert str(read.occurred_at) == "2026-03-14 12:00:00+00:00", written
        assert read.read_in is None


@pytest.mark.parametrize(
    ("written", "zone", "found", "read_in"),
    [
        ("2026-03-14 12:00", None, "2026-03-14 17:00", "America/Lima"),
        ("2026-03-14T12:00:00", "America/Sao_Paulo", "2026-03-14 15:00", "America/Sao_Paulo"),
        ("2026-03-14T12:00:00-03:00", "Europe/Madrid", "2026-03-14 15:00", None),
        ("2026-03-14", None, "2026-03-14 05:00", "America/Lima"),
        ("2026-07-14 12:00", "Europe/Madrid", "2026-07-14 10:00", "Europe/Madrid"),
        ("0001-01-01 00:00", "Asia/Tokyo", None, None),  # before there are times in UTC
        ("14/03/2026", None, None, None),
    ],
)
def test_times_of_a_shops_own_clock_are_of_its_zone(
    written: str, zone: str | None, found: str | None, read_in: str | None
):
    """
    What names no zone is of the one that the mapping names, else of the company's.
    """
    told = {"id": "7", "amount": 5, "status": "paid", "at": written}

    read = reading_sales.sale(told, SaleMapping(occurred_at="at", time_zone=zone), "America/Lima")

    assert read.occurred_at == (found and datetime.fromisoformat(f"{found}+00:00"))
    assert read.read_in == read_in


def test_words_of_states_are_known():
    """
    In three languages; the shop's own come first, and no state at all is a sale that is paid.
    """
    mapping = SaleMapping(statuses={"pago": "pending"})

    assert reading_sales.status_of("Aprobado", mapping) == "paid"
    assert reading_sales.status_of("PAGO", mapping) == "pending"
    assert reading_sales.status_of("Concluído", mapping) == "paid"
    assert reading_sales.status_of("on-hold", mapping) == "pending"
    assert reading_sales.status_of("PURCHASE_APPROVED", mapping) == "paid"
    assert reading_sales.status_of("order.refunded", mapping) == "refunded"
    assert reading_sales.status_of(True, mapping) is None
    assert reading_sales.status_of(True, SaleMapping(statuses={"True": "paid"})) == "paid"
    assert reading_sales.status_of("whatever", mapping) is None
    assert reading_sales.status_of(None, SaleMapping(status=None)) == "paid"
