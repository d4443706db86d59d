"""What a contact's timeline tells of its conversations."""

from datetime import UTC, datetime, timedelta

from pista import contacts
from pista.chat.inbox import facts
from pista.contacts.facts import Before, Told
from pista.ids import ContactId, TenantId
from pista.store.postgres import Tx
from tests.chat.conftest import ANA, Keep, said
from tests.contacts.conftest import found

DAY = timedelta(days=1)
# In Lima it is 20:00 of the day before.
NIGHT = datetime(2026, 3, 18, 1, tzinfo=UTC)
EVER = Before(datetime(2100, 1, 1, tzinfo=UTC), "")


async def told(tx: Tx, tenant: TenantId, contact: ContactId, before: Before = EVER) -> list[Told]:
    return await facts(tx, tenant, contact, before, 3)


async def test_a_conversation_is_told_once_a_day(tx: Tx, tenant: TenantId, keep: Keep):
    """
    When it began, and how much came and went, by the company's days; page by page the same.
    """
    await tx.execute("update tenants set time_zone = 'America/Lima' where id = $1", tenant)
    made = await contacts.upsert(tx, tenant, found(phone="+51961508274"), now=NIGHT)
    await keep(
        *(said(f"wamid.{number}", at=NIGHT + number * timedelta(hours=3)) for number in range(4)),
        said("wamid.late", at=NIGHT + 3 * DAY),
        said("wamid.ours", at=NIGHT + 3 * DAY + timedelta(minutes=1), echo=True),
    )
    assert await told(tx, tenant, made.contact_id) == []
    await tx.execute("update chat_people set contact_id = $1", made.contact_id)

    first = await told(tx, tenant, made.contact_id)
    last = first[-1]
    rest = await told(tx, tenant, made.contact_id, Before(last.at, last.fact.id))

    seen = [
        (one.at, one.fact.what, one.fact.evidence.get("in"), one.fact.evidence.get("out"))
        for one in (*first, *rest)
    ]
    assert seen == [
        (NIGHT + 3 * DAY, "messages", "1", "1"),
        (NIGHT + timedelta(hours=6), "messages", "2", "0"),
        (NIGHT, "messages", "2", "0"),
        (NIGHT, "begun", None, None),
    ]
    assert {one.fact.room for one in first} == {"chat"}
    assert first[0].fact.evidence["channel"] == "Ventas"
    assert ANA.platform == first[0].fact.method
