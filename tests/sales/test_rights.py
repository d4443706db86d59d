"""What is known of a buyer is found again when they are to be forgotten."""

from pista.contacts import rights
from pista.ids import ContactId, TenantId
from pista.sales.rights import RIGHTS
from pista.store.postgres import Postgres
from tests.sales.conftest import Shop


async def test_a_buyer_is_found_however_the_shop_writes_them(
    shop: Shop, tenant: TenantId, postgres: Postgres
):
    """
    Trials make no contact, so what was said of the buyer is all that tells whose they are.
    """
    made = await shop.report(buyer={"email": "ana@mail.example", "phone": "+51 961 508 100"})
    theirs = [
        await shop.report(test=True, buyer=buyer)
        for buyer in (
            {"phone": "+51 961-508-100"},
            {"phone": "961 508 100"},
            {"email": " Ana@mail.example"},
        )
    ]
    other = await shop.report(test=True, buyer={"phone": "+51 961 508 101", "name": "Luz"})

    async with postgres.transaction() as tx:
        person = await rights.person(tx, tenant, ContactId(made["contactId"]))
        assert person is not None
        assert (await RIGHTS.erase(tx, person))["sales"] == 4

    for sale in theirs:
        assert (await shop.sale(sale["id"]))["buyer"] == {}
    assert (await shop.sale(other["id"]))["buyer"]["name"] == "Luz"
