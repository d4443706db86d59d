"""Sends a Pix into the conversation that it was asked for in: its picture, and its code to copy."""

from datetime import datetime

from pista.chat.model import ConversationId
from pista.chat.sending import SendMessage, service
from pista.chat.sending.model import SendMedia
from pista.errors import PistaError
from pista.ids import TenantId, UserId
from pista.sales import money
from pista.sales.model import ChargeId
from pista.sales.payments import charge_queries as queries
from pista.sales.payments.charge_queries import ChargeRow
from pista.store.postgres import Tx

SAID = "Pix de R$ {amount}. Código para copiar e colar:"
UNSENT = "The code was made, and could not be sent: {why}"


async def send(tx: Tx, tenant: TenantId, charge_id: ChargeId, base_url: str, now: datetime) -> None:
    """Once; where the platform takes nothing now, the charge says so and is there to be copied."""
    charge = await queries.charge(tx, tenant, charge_id)
    if charge is None or charge.conversation_id is None or charge.brcode is None:
        return
    for number, message in enumerate(_messages(charge, base_url)):
        if why := await _sent(tx, tenant, charge, f"pix:{charge.id}:{number}", message, now):
            await queries.note_look(tx, tenant, charge.id, UNSENT.format(why=why))
            return


def _messages(charge: ChargeRow, base_url: str) -> list[SendMessage]:
    page = f"{base_url.rstrip('/')}/pay/{charge.token}"
    said = charge.description or SAID.format(
        amount=money.text(charge.amount_cents).replace(".", ",")
    )
    picture = SendMessage(type="text", text=f"{said}\n{page}")
    if page.startswith("https://"):
        # The platform fetches it; a server that nobody outside can reach has no picture.
        media = SendMedia(kind="image", url=f"{page}/qr.png", caption=f"{said}\n{page}")
        picture = SendMessage(type="media", media=media)
    return [picture, SendMessage(type="text", text=charge.brcode)]


async def _sent(
    tx: Tx, tenant: TenantId, charge: ChargeRow, key: str, message: SendMessage, now: datetime
) -> str | None:
    """Why not; None if it is on its way."""
    assert charge.conversation_id is not None
    author = UserId(charge.created_by) if charge.created_by else None
    try:
        async with tx.connection.transaction():
            await service.send(
                tx,
                tenant,
                author,
                ConversationId(charge.conversation_id),
                key,
                message,
                None,
                now=now,
            )
    except PistaError as error:
        return error.detail
    return None
