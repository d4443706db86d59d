"""A Pix that is asked for in a conversation: what is sent, and what is known of it afterwards."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from pista import sales
from pista.chat import keeping
from pista.contacts.facts import Before
from pista.ids import TenantId
from pista.sales.model import SaleId
from pista.store.postgres import Postgres
from tests.chat.conftest import ANA, NUMBER, new_channel, said
from tests.fakes.gateways import Street
from tests.sales.conftest import Shop, add_account
from tests.sales.test_payments import PIX, reaches


@pytest.fixture
async def talk(postgres: Postgres, tenant: TenantId) -> str:
    """Ana has just written to the company's number."""
    now = datetime.now(UTC)
    async with postgres.transaction() as tx:
        channel = await new_channel(tx, tenant)
        await tx.execute("update chat_channels set token = 'x' where id = $1", channel)
        heard = [said(at=now, text="¿Cuánto cuesta?")]
        await keeping.keep(tx, tenant, "whatsapp", {NUMBER: channel}, heard, now=now)
        return str(await tx.value("select id from conversations where tenant_id = $1", tenant))


async def written(postgres: Postgres) -> list[str]:
    async with postgres.transaction() as tx:
        rows = await tx.connection.fetch(
            "select text from messages where direction = 'out' order by seq"
        )
    return [row["text"] for row in rows]


async def test_a_pix_is_sent_into_the_chat(
    admin: Shop, shop: Shop, talk: str, tenant: TenantId, postgres: Postgres
):
    """
    Its page and its code, once; the sale is of whoever writes, and is seen in the conversation.
    """
    await add_account(admin, "static")
    path = f"/api/chat/conversations/{talk}"
    key = {"Idempotency-Key": "pix-of-ana-1"}
    pix = await admin.ok("POST", f"{path}/pix", PIX, headers=key)
    again = await admin.ok("POST", f"{path}/pix", PIX, headers=key)

    assert again["chargeId"] == pix["chargeId"]
    said_, code = await written(postgres)
    assert said_ == f"Ramo de rosas\n{pix['statusUrl']}"
    assert code == pix["brCode"]
    async with postgres.transaction() as tx:
        known = await sales.facts(tx, tenant, SaleId(UUID(pix["saleId"])))
    assert known.persons == [known.person_id]
    assert known.channel_id is not None
    shown = await admin.ok("GET", f"{path}/charges")
    assert [one["status"] for one in shown["items"]] == ["open"]
    await admin.ok("POST", f"/api/sales/{pix['saleId']}/paid", {})
    shown = await admin.ok("GET", f"{path}/charges")
    assert [one["status"] for one in shown["items"]] == ["paid"]
    assert await shop.refused("POST", f"{path}/pix", PIX) == "forbidden"


async def test_an_order_of_the_shops_is_asked_for_in_the_chat(
    admin: Shop, shop: Shop, talk: str, postgres: Postgres
):
    """
    By its number: it is the same sale, and the Pix that the shop's program asked for is sent, once.
    """
    await add_account(admin, "static")
    order = {**PIX, "externalId": "1001"}
    asked = await shop.ok("POST", "/api/payments/pix", order)
    path = f"/api/chat/conversations/{talk}"

    pix = await admin.ok("POST", f"{path}/pix", order)
    again = await admin.ok("POST", f"{path}/pix", order)
    other = await admin.refused("POST", f"{path}/pix", {**order, "amount": 1})

    assert {one["chargeId"] for one in (pix, again)} == {asked["chargeId"]}
    assert (await written(postgres))[1:] == [asked["brCode"]]
    assert (await admin.sale(asked["saleId"]))["personId"] is not None
    assert len((await admin.ok("GET", f"{path}/charges"))["items"]) == 1
    assert other == "sale_differs"


async def test_a_timeline_tells_of_sales(shop: Shop, tenant: TenantId, postgres: Postgres):
    """
    Each step of each, page by page, the latest first; of whoever was merged into the contact too.
    """
    made = await shop.report(buyer={"email": "ana@mail.example"}, externalId="1", status="paid")
    await shop.report(buyer={"email": "ana@mail.example"}, externalId="2", status="refunded")

    seen: list[str] = []
    before = Before(datetime.now(UTC), "~")
    async with postgres.transaction() as tx:
        while page := await sales.timeline_facts(tx, tenant, made["contactId"], before, 2):
            seen += [told.fact.what for told in page]
            before = Before(page[-1].at, page[-1].fact.id)

    assert seen == ["sale_refunded", "sale_paid", "sale_made", "sale_paid", "sale_made"]


async def test_a_gateways_code_is_sent_when_it_is_made(
    admin: Shop, talk: str, street: Street, postgres: Postgres, outside: Shop, worker: None
):
    """
    And where nothing can be sent any more, the code is there to be copied, and says so.
    """
    await add_account(admin, "mercadopago")
    path = f"/api/chat/conversations/{talk}"
    pix: dict[str, Any] = await admin.ok("POST", f"{path}/pix", PIX, params={"wait": "20"})
    [payment] = street.mp.payments.values()
    assert (await written(postgres))[1] == payment.code

    street.mp.paid()
    await street.mp.notify(outside, payment.id)
    await reaches(admin, pix["saleId"], "paid")

    async with postgres.transaction() as tx:
        await tx.execute("update conversations set last_inbound_at = now() - interval '25 hours'")
    late = await admin.ok("POST", f"{path}/pix", PIX, params={"wait": "20"})
    assert (late["status"], len(await written(postgres))) == ("open", 2)
    assert "could not be sent" in late["error"]
    assert ANA.phone is not None
