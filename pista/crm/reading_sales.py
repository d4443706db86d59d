"""What the payloads of shops say of a sale. No I/O, no clock.

Shops write amounts as numbers or texts, with a point or a comma, and states in their own words.
"""

import re
from decimal import Decimal, InvalidOperation

from pista.crm.model import SaleMapping, SaleReached, SaleRead
from pista.crm.reading import as_text, at_path, moment, visitor_id

MOST_CENTS = 1_000_000_000_000
TOKEN = re.compile(r"[0-9a-f]{32}")
CURRENCY = re.compile(r"[A-Z]{3}")
NO_AMOUNT = "It says no amount, or one that nobody can be sure of."
NO_STATUS = "It says no state that is known: add the shop's word to the mapping."
WORDS: dict[SaleReached, tuple[str, ...]] = {
    "pending": (
        *("pending", "waiting", "waiting_payment", "open", "created", "processing", "in_process"),
        *("pendente", "aguardando", "aguardando_pagamento", "pendiente", "on-hold"),
    ),
    "paid": (
        *("paid", "approved", "completed", "complete", "succeeded", "settled", "confirmed"),
        *("pago", "paga", "aprovado", "aprovada", "concluido", "pagado", "pagada", "aprobado"),
        *("received", "sale_approved", "order_paid", "paid_out"),
    ),
    "canceled": (
        *("canceled", "cancelled", "cancelado", "cancelada", "voided", "expired", "expirado"),
        *("abandoned", "anulado"),
    ),
    "refused": ("refused", "rejected", "declined", "failed", "recusado", "recusada", "rechazado"),
    "refunded": (
        *("refunded", "reembolsado", "reembolsada", "devolvido", "estornado", "devuelto"),
        "refund",
    ),
    "charged_back": ("charged_back", "chargedback", "chargeback", "contracargo", "disputed"),
}
KNOWN: dict[str, SaleReached] = {word: status for status, words in WORDS.items() for word in words}


def sale(payload: object, mapping: SaleMapping) -> SaleRead:
    """A sale, or why there is nothing to be done about it."""

    def at(path: str | None) -> str | None:
        return None if path is None else as_text(at_path(payload, path))

    amount = cents(_value(payload, mapping.amount), whole=mapping.amount_in_cents)
    status = status_of(at(mapping.status), mapping)
    token = (at(mapping.click_token) or "").lower()
    currency = (at(mapping.currency) or mapping.default_currency).upper()
    return SaleRead(
        external_id=_short(at(mapping.external_id), 200),
        amount_cents=amount,
        currency=currency if CURRENCY.fullmatch(currency) else None,
        status=status,
        refunded_cents=cents(_value(payload, mapping.refunded), whole=mapping.amount_in_cents),
        occurred_at=moment(_value(payload, mapping.occurred_at)),
        email=_short(at(mapping.email), 254),
        phone=_short(at(mapping.phone), 60),
        name=_short(at(mapping.name), 300),
        city=_short(at(mapping.city), 300),
        state=_short(at(mapping.state), 300),
        zip=_short(at(mapping.zip), 60),
        country=_short(at(mapping.country), 60),
        visitor_id=visitor_id(at(mapping.visitor_id)),
        click_token=token if TOKEN.fullmatch(token) else None,
        description=_short(at(mapping.description), 300),
        ignored=NO_AMOUNT if not amount else NO_STATUS if status is None else None,
    )


def status_of(word: str | None, mapping: SaleMapping) -> SaleReached | None:
    """In the shop's own words first. Where it names no state, it tells of sales that are paid."""
    if mapping.status is None:
        return "paid"
    if word is None:
        return None
    own: dict[str, SaleReached] = {
        name.lower(): status for name, status in mapping.statuses.items()
    }
    return own.get(word.lower()) or KNOWN.get(re.sub(r"[\s.]+", "_", word.lower()))


def cents(value: object, *, whole: bool) -> int | None:
    """19.99, "19,99", "R$ 1.234,56" and "1,234.56"; `whole` where it is in cents already.

    A number with three digits behind its only separator may be thousands or thousandths: nobody
    can be sure, so it is none.
    """
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    # The shortest text of a float is what was written.
    text = repr(value) if isinstance(value, float) else str(value)
    text = re.sub(r"[^0-9.,-]", "", text) if isinstance(value, str) else text
    try:
        amount = Decimal(_pointed(text)) * (1 if whole else 100)
    except InvalidOperation:
        return None
    if not amount.is_finite() or amount != amount.to_integral() or not 0 <= amount <= MOST_CENTS:
        return None
    return int(amount)


def _pointed(text: str) -> str:
    """With a point, and nothing between thousands; no number where that is unclear."""
    last = max(text.rfind("."), text.rfind(","))
    if last < 0:
        return text
    separators = set(re.findall(r"[.,]", text))
    digits = len(text) - last - 1
    if len(separators) == 1 and (text.count(text[last]) > 1 or digits == 3):
        # "1.234.567" has thousands; of "1.234" nobody knows.
        return re.sub(r"[.,]", "", text) if text.count(text[last]) > 1 and digits == 3 else "?"
    return re.sub(r"[.,]", "", text[:last]) + "." + text[last + 1 :]


def _value(payload: object, path: str | None) -> object:
    return None if path is None else at_path(payload, path)


def _short(text: str | None, most: int) -> str | None:
    found = re.sub(r"[\x00-\x1f]", " ", text or "").strip()
    return found if found and len(found) <= most else None
