"""Charges as the API shows them."""

from pista.sales.model import Charge
from pista.sales.payments.charge_queries import ChargeRow

OF_USE = ("open",)


def shown(row: ChargeRow, base_url: str) -> Charge:
    page = f"{base_url.rstrip('/')}/pay/{row.token}"
    is_open = row.status in OF_USE and row.brcode is not None
    return Charge(
        id=row.id,
        sale_id=row.sale_id,
        account_id=row.account_id,
        gateway=row.gateway,
        status=row.status,
        amount_cents=row.amount_cents,
        br_code=row.brcode if is_open else None,
        txid=row.txid,
        gateway_id=row.gateway_id,
        end_to_end_id=row.e2e,
        status_url=page,
        qr_url=f"{page}/qr.svg" if is_open else None,
        error=row.error,
        created_at=row.created_at,
        expires_at=row.expires_at,
        paid_at=row.paid_at,
        conversation_id=row.conversation_id,
    )
