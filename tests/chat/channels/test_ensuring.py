"""Numbers and bots that a program sets up."""

from datetime import UTC, datetime
from pathlib import Path

from pista.chat import channels
from pista.chat.channels import Found, Given, queries
from pista.chat.sealing import purpose
from pista.store.postgres import Tx
from pista.store.secrets import Sealer
from tests.contacts.conftest import new_tenant

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
NUMBER = Found("whatsapp", "555010199900001", "Tienda Sol", "+52 55 5010 0199")

DELETED = """
update chat_channels set deleted_at = $2, enabled = false, token = null, secrets = '{}'
where id = $1
"""


def given(token: str | None) -> Given:
    return Given(None, None, token, ["its-secret"], None)


async def test_the_same_again_is_the_same_channel(tx: Tx, tmp_path: Path):
    """
    With the token that it has now, and whatever held it up is forgotten.
    """
    sealer, tenant = Sealer((), tmp_path), await new_tenant(tx)
    first = await channels.ensure(tx, sealer, tenant, NUMBER, given(None), now=NOON)
    held = "update chat_channels set held_reason = 'token', enabled = false where id = $1"
    await tx.execute(held, first)

    again = await channels.ensure(tx, sealer, tenant, NUMBER, given("a-token"), now=NOON)

    row = await queries.channel(tx, tenant, first)
    assert again == first
    assert row is not None
    assert row.enabled
    assert row.held_reason is None
    assert row.token is not None
    assert sealer.open(row.token, purpose(first, "token")) == "a-token"


async def test_whether_others_have_any(tx: Tx, tmp_path: Path):
    """
    A company's own number is none of another's, and one that was deleted is none.
    """
    sealer, tenant, other = Sealer((), tmp_path), await new_tenant(tx), await new_tenant(tx, "otra")
    before = await channels.others_have_any(tx, tenant)
    channel = await channels.ensure(tx, sealer, tenant, NUMBER, given(None), now=NOON)

    assert not before
    assert not await channels.others_have_any(tx, tenant)
    assert await channels.others_have_any(tx, other)
    await tx.execute(DELETED, channel, NOON)
    assert not await channels.others_have_any(tx, other)
