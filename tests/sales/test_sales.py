"""Sales that shops and people tell of: the same told again, at once, in any order, is one sale."""

import asyncio
from itertools import permutations
from typing import Any

import pytest

from pista import sales
from pista.ids import TenantId
from pista.sales import SaleChanged
from pista.store.postgres import Postgres, Tx
from tests.sales.conftest import SALE, Shop


@pytest.fixture
def told() -> Any:
    """What rooms above hear of."""
    heard: list[SaleChanged] = []

    async def hear(_tx: Tx, _tenant: TenantId, change: SaleChanged) -> None:
        heard.append(change)

    sales.register(hear)
    yield heard
    sales.forget(hear)


async def test_a_sale_is_reported_and_found_again(shop: Shop, told: list[SaleChanged]):
    """
    With who bought, who told, and each step; rooms above hear each step once.
    """
    buyer = {"name": "Ana Flores", "email": "ana@mail.example", "phone": "+51 961 508 100"}
    made = await shop.report(
        status="paid", externalId="1001", buyer=buyer, items=[{"name": "Rosas", "priceCents": 1999}]
    )

    assert (made["status"], made["amountCents"], made["refundedCents"]) == ("paid", 1999, 0)
    assert made["contactName"] == "Ana Flores"
    assert [line["move"] for line in made["changes"]] == ["report", "pay"]
    assert {line["actorKind"] for line in made["changes"]} == {"key"}
    assert [(one.from_status, one.to_status) for one in told] == [
        (None, "pending"),
        ("pending", "paid"),
    ]
    listed = await shop.ok("GET", "/api/sales", params={"q": "1001"})
    assert [one["id"] for one in listed["items"]] == [made["id"]]
    [total] = listed["totals"]
    assert (total["paid"], total["paidCents"], total["currency"]) == (1, 1999, "BRL")
    assert await shop.ok("GET", "/api/sales", params={"q": "ana fl"}) == listed
    none = await shop.ok("GET", "/api/sales", params={"status": "refunded"})
    assert none["items"] == none["totals"] == []


async def test_told_by_many_at_once_it_is_one_sale_paid_once(
    shop: Shop, postgres: Postgres, told: list[SaleChanged]
):
    """
    32 requests on connections of their own: one sale, one payment, one line of each in its
    history, and whoever hears of it hears once.
    """
    answers = await asyncio.gather(
        *(
            shop.report(status="paid", externalId="1001", buyer={"email": "a@b.example"})
            for _ in range(32)
        )
    )

    assert len({one["id"] for one in answers}) == 1
    assert await shop.moves(answers[0]["id"]) == ["report", "pay"]
    assert [one.to_status for one in told].count("paid") == 1
    async with postgres.transaction() as tx:
        assert await tx.value("select count(*) from sales") == 1
        assert await tx.value("select count(*) from contacts") == 1


async def test_an_idempotency_key_is_one_sale(shop: Shop):
    """
    Repeated it is the same, also at once; with something else it is refused.
    """

    async def post(**more: Any) -> Any:
        return await shop.post(
            "/api/sales", json={**SALE, **more}, headers={"Idempotency-Key": "order-1001"}
        )

    answers = await asyncio.gather(*(post() for _ in range(8)))
    other = await post(amount=2000)

    assert sorted(one.status_code for one in answers) == [200] * 7 + [201]
    assert len({one.json()["id"] for one in answers}) == 1
    assert (other.status_code, other.json()["code"]) == (409, "idempotency_key_reused")
    assert (await shop.ok("GET", "/api/sales"))["totals"][0]["sales"] == 1


async def test_in_any_order_it_comes_to_the_same(shop: Shop):
    """
    Pending, paid, partly and wholly refunded, as a shop's webhooks overtake each other.
    """
    steps = (
        {"status": "pending"},
        {"status": "paid"},
        {"status": "paid", "refunded": 500},
        {"status": "refunded"},
    )
    for number, order in enumerate(permutations(steps)):
        told = [await shop.report(externalId=f"o{number}", **step) for step in order]
        found = await shop.sale(told[-1]["id"])

        assert (found["status"], found["refundedCents"]) == ("refunded", 1999), order
        assert sum(one["amountCents"] for one in found["refunds"]) == 1999
        assert [line["move"] for line in found["changes"]].count("pay") == 1


async def test_money_that_comes_after_the_end_has_come(shop: Shop):
    """
    Canceled and then paid is paid; paid and then canceled stays paid.
    """
    late = await shop.report(externalId="a", status="canceled")
    late = await shop.report(externalId="a", status="paid")
    early = await shop.report(externalId="b", status="paid")
    early = await shop.report(externalId="b", status="canceled")

    assert (late["status"], early["status"]) == ("paid", "paid")


async def test_what_it_costs_never_changes(shop: Shop):
    """
    The same number with another amount is another shop's mistake, and changes nothing.
    """
    made = await shop.report(externalId="1001")

    assert await shop.refused(
        "POST", "/api/sales", {**SALE, "amount": 1, "externalId": "1001"}
    ) == ("sale_differs")
    assert (await shop.sale(made["id"]))["amountCents"] == 1999


NOBODY = {"channelId": "0190a000-0000-7000-8000-00000000000f", "externalId": "1"}
WRONG: list[tuple[dict[str, Any], str]] = [
    ({"amount": 19.99}, "invalid"),
    ({"amount": "19.99"}, "invalid"),
    ({"amount": 0}, "invalid"),
    ({"amount": 10**13}, "invalid"),
    ({"currency": "real"}, "invalid"),
    ({"clickToken": "short"}, "invalid"),
    ({"buyer": {"document": "52998224725"}}, "invalid"),  # never asked for
    ({"buyer": {"name": "A\0na"}}, "invalid"),
    ({"paidAt": "0001-01-01T00:00:00Z", "status": "paid"}, "invalid"),
    ({"paidAt": "2026-03-14T12:00:00", "status": "paid"}, "invalid"),  # of which zone?
    ({"status": "paid", "refunded": 2000}, "too_much_refunded"),
    ({"contactId": "cntct_nobody"}, "contact_not_found"),
    ({"chat": NOBODY}, "person_not_found"),
]


async def test_what_cannot_be_is_refused(shop: Shop):
    """
    And leaves nothing behind.
    """
    for told, code in WRONG:
        assert await shop.refused("POST", "/api/sales", {**SALE, **told}) == code, told
    assert (await shop.ok("GET", "/api/sales"))["items"] == []


async def test_people_move_sales_and_it_is_written_down(admin: Shop, shop: Shop):
    """
    Paid, refunded in parts, and no further: each with who and why, in its history and in the
    company's log. What says so again changes nothing.
    """
    made = await admin.report(description="Ramo")
    path = f"/api/sales/{made['id']}"
    await admin.ok("POST", f"{path}/paid", {"why": "Extracto del banco"})
    await admin.ok("POST", f"{path}/paid", {})
    await admin.ok("POST", f"{path}/refund", {"amount": 500, "externalId": "r1"})
    await admin.ok("POST", f"{path}/refund", {"amount": 500, "externalId": "r1"})
    too_much = await admin.refused("POST", f"{path}/refund", {"amount": 1500})
    not_now = await admin.refused("POST", f"{path}/cancel", {})
    rest = await admin.ok("POST", f"{path}/refund", {"kind": "chargeback"})
    again = await admin.ok("POST", f"{path}/refund", {})
    first_again = await admin.ok("POST", f"{path}/refund", {"amount": 500, "externalId": "r1"})

    assert (too_much, not_now) == ("too_much_refunded", "sale_move_not_possible")
    assert (rest["status"], rest["source"]) == ("charged_back", "manual")
    assert again["version"] == first_again["version"] == rest["version"]
    lines = [(one["move"], one["amountCents"], one["actorName"]) for one in rest["changes"]]
    assert lines == [
        ("report", 1999, "Ana"),
        ("pay", 1999, "Ana"),
        ("refund_part", 500, "Ana"),
        ("charge_back", 1499, "Ana"),
    ]
    assert rest["changes"][1]["why"] == "Extracto del banco"
    audit = await admin.ok("GET", "/api/audit")
    done = [one["action"] for one in audit["items"] if one["action"].startswith("sale")]
    assert done == ["sale_refunded", "sale_refunded", "sale_paid", "sale_made"]
    # A key that reports sales does not decide by hand.
    assert await shop.refused("POST", f"{path}/paid", {}) == "forbidden"


async def test_a_chargeback_is_won_and_comes_again(admin: Shop, shop: Shop):
    """
    By hand: what it took is there again, and may be taken a second time. A shop that says once more
    that there was one changes nothing.
    """
    told = {"externalId": "1001", "status": "paid"}
    path = f"/api/sales/{(await shop.report(**told))['id']}"

    async def note(kind: str, **more: Any) -> tuple[str, int]:
        sale = await admin.ok("POST", f"{path}/refund", {"kind": kind, **more})
        return sale["status"], sale["refundedCents"]

    won = {"kind": "reversal"}
    none_yet = await admin.refused("POST", f"{path}/refund", won | {"amount": 1})
    assert await note("refund", amount=500) == ("partly_refunded", 500)
    assert await note("chargeback") == ("charged_back", 1999)
    too_much = await admin.refused("POST", f"{path}/refund", won | {"amount": 1500})
    for _ in range(2):
        assert await note("reversal") == ("partly_refunded", 500)
    again = await shop.report(externalId="1001", status="charged_back")
    assert (again["status"], too_much, none_yet) == ("partly_refunded", *["too_much_refunded"] * 2)
    assert await note("chargeback") == ("charged_back", 1999)
    assert await note("reversal") == ("partly_refunded", 500)
    assert await note("refund") == ("refunded", 1999)
    assert await admin.refused("POST", f"{path}/refund", won) == "sale_move_not_possible"
    moves = ["report", "pay", "refund_part", *["charge_back", "reverse"] * 2, "refund"]
    assert await shop.moves(path.rsplit("/", 1)[1]) == moves
    audit = await admin.ok("GET", "/api/audit")
    assert [one["action"] for one in audit["items"]].count("sale_won_back") == 2


async def test_pages_have_every_sale_once(shop: Shop):
    """
    Also sales of one moment.
    """
    at = "2026-03-14T12:00:00Z"
    made = [(await shop.report(occurredAt=at, externalId=str(one)))["id"] for one in range(7)]

    seen: list[str] = []
    page: dict[str, Any] = {"next": None}
    while not seen or page["next"]:
        asked = {"limit": 3, **({"before": page["next"]} if page["next"] else {})}
        page = await shop.ok("GET", "/api/sales", params=asked)
        seen += [one["id"] for one in page["items"]]

    assert seen == made[::-1]
    assert await shop.refused("GET", "/api/sales", params={"before": "nonsense"}) == "invalid"
