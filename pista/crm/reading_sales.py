"""What the payloads of shops say of a sale. No I/O, no clock.

Shops write amounts as numbers or texts, with a point or a comma, and states in their own words.
"""

import re
import unicodedata
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from msgspec import structs

from pista import currencies
from pista.crm.model import SaleMapping, SaleReached, SaleRead
from pista.crm.reading import as_text, at_path, moment, names_no_zone, visitor_id

MOST_CENTS = 1_000_000_000_000
TOKEN = re.compile(r"[0-9a-f]{32}")
CURRENCY = re.compile(r"[A-Z]{3}")
NO_NUMBER = "It says no number of an order: told again, it would be another sale."
NO_AMOUNT = "It says no amount, or one that nobody can be sure of."
NO_CURRENCY = "It names a currency in other words than its three letters."
NO_REFUND = "What it says of money that went back is no amount that anybody can be sure of."
NO_STATUS = "It says no state that is known: add the shop's word to the mapping."
WORDS: dict[SaleReached, tuple[str, ...]] = {
    "pending": (
        *("pending", "waiting", "waiting_payment", "open", "created", "processing", "in_process"),
        *("pendente", "aguardando", "aguardando_pagamento", "pendiente", "on_hold"),
    ),
    "paid": (
        *("paid", "approved", "completed", "complete", "succeeded", "settled", "confirmed"),
        *("pago", "paga", "aprovado", "aprovada", "concluido", "concluida", "completado"),
        *("pagado", "pagada", "aprobado", "aprobada", "received", "paid_out"),
    ),
    "canceled": (
        *("canceled", "cancelled", "cancelado", "cancelada", "voided", "expired", "expirado"),
        *("abandoned", "anulado", "anulada"),
    ),
    "refused": (
        *("refused", "rejected", "declined", "failed", "recusado", "recusada", "rechazado"),
        "rechazada",
    ),
    "refunded": (
        *("refunded", "refund", "reembolsado", "reembolsada", "devolvido", "estornado"),
        *("devuelto", "devuelta"),
    ),
    "charged_back": ("charged_back", "chargedback", "chargeback", "contracargo", "disputed"),
}
KNOWN: dict[str, SaleReached] = {word: status for status, words in WORDS.items() for word in words}
# What it is of, and then what became of it: `order_paid`, `PURCHASE_APPROVED`.
_OF_WHAT = re.compile(r"(order|purchase|sale|payment|charge|invoice|pedido|venda|venta|pago)_(?=.)")
# One number, with at most a sign of its currency before or behind it.
_WRITTEN = re.compile(r"(?:[^0-9.,+-]|(?<=[A-Za-z])\.)*([0-9][0-9.,'\s]*)[^0-9]*")
_WIDE = re.compile(r"([0-9]{1,3}(?:[\s'][0-9]{3})+)([.,][0-9]*)?")
_EPOCH = re.compile(r"[0-9]{10}|[0-9]{13}")


def number(payload: object, mapping: SaleMapping) -> str | None:
    """The order's."""
    return _short(as_text(_value(payload, mapping.external_id)), 200)


def sale(payload: object, mapping: SaleMapping, companys_zone: str) -> SaleRead:
    """A sale, or why there is nothing to be done about it."""

    def at(path: str | None) -> str | None:
        return as_text(_value(payload, path))

    occurred_at, read_in = _moment(at(mapping.occurred_at), mapping.time_zone or companys_zone)
    currency = (at(mapping.currency) or mapping.default_currency).upper()
    amount = _cents(payload, mapping.amount, mapping, currency)
    back = _cents(payload, mapping.refunded, mapping, currency)
    token = (at(mapping.click_token) or "").lower()
    read = SaleRead(
        external_id=number(payload, mapping),
        amount_cents=amount,
        currency=currency if CURRENCY.fullmatch(currency) else None,
        status=status_of(_value(payload, mapping.status), mapping),
        refunded_cents=back,
        occurred_at=occurred_at,
        read_in=read_in,
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
    )
    unclear = back is None and _value(payload, mapping.refunded) not in (None, "")
    return structs.replace(read, ignored=_ignored(read, unclear))


def _ignored(read: SaleRead, unclear_refund: bool) -> str | None:
    if read.external_id is None:
        return NO_NUMBER
    if read.currency is None:
        return NO_CURRENCY
    if not read.amount_cents:
        return NO_AMOUNT
    if read.status is None:
        return NO_STATUS
    return NO_REFUND if unclear_refund else None


def status_of(value: object, mapping: SaleMapping) -> SaleReached | None:
    """In the shop's own words first. Where it names no state, it tells of sales that are paid."""
    if mapping.status is None:
        return "paid"
    word = _plain(str(value) if isinstance(value, bool) else as_text(value) or "")
    own: dict[str, SaleReached] = {
        _plain(name): status for name, status in mapping.statuses.items()
    }
    return own.get(word) or KNOWN.get(word) or KNOWN.get(_OF_WHAT.sub("", word, count=1))


def _plain(word: str) -> str:
    """However it is written: "Concluído" and "on-hold" are `concluido` and `on_hold`."""
    bare = "".join(
        one for one in unicodedata.normalize("NFKD", word) if not unicodedata.combining(one)
    )
    return re.sub(r"[\s._-]+", "_", bare.strip().lower())


def cents(value: object, *, whole: bool, currency: str = "BRL") -> int | None:
    """19.99, "19,99", "R$ 1.234,56" and "1,234.56"; `whole` where it is in cents already, or in
    whatever is the smallest of its currency.

    A number with three digits behind its only separator may be thousands or thousandths: nobody
    can be sure, so it is none, unless its currency has no cents.
    """
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    # The shortest text of a float is what was written.
    text = repr(value) if isinstance(value, float) else str(value)
    text = _number(text) if isinstance(value, str) else text
    scale = currencies.hundredths_in_smallest(currency) if whole else Decimal(100)
    try:
        amount = Decimal(_pointed(text, currency in currencies.WITHOUT_CENTS)) * scale
    except InvalidOperation:
        return None
    if not amount.is_finite() or amount != amount.to_integral() or not 0 <= amount <= MOST_CENTS:
        return None
    return int(amount) if currencies.can_be(int(amount), currency) else None


def _number(text: str) -> str:
    """The one number in it, without spaces between its thousands; of two, nobody knows which."""
    found = _WRITTEN.fullmatch(text.strip())
    number = found[1].strip() if found else "?"
    if wide := _WIDE.fullmatch(number):
        return re.sub(r"[\s']", "", wide[1]) + (wide[2] or "")
    return number


def _pointed(text: str, without_cents: bool) -> str:
    """With a point, and nothing between thousands; no number where that is unclear."""
    last = max(text.rfind("."), text.rfind(","))
    if last < 0:
        return text
    separators = set(re.findall(r"[.,]", text))
    digits = len(text) - last - 1
    many = text.count(text[last]) > 1
    if len(separators) == 1 and (many or digits == 3):
        # "1.234.567" has thousands; of "1.234" nobody knows.
        return re.sub(r"[.,]", "", text) if digits == 3 and (many or without_cents) else "?"
    return re.sub(r"[.,]", "", text[:last]) + "." + text[last + 1 :]


def _cents(payload: object, path: str | None, mapping: SaleMapping, currency: str) -> int | None:
    return cents(_value(payload, path), whole=mapping.amount_in_cents, currency=currency)


def _moment(text: str | None, zone: str) -> tuple[datetime | None, str | None]:
    """When it was, also where that is counted in seconds or milliseconds; and in which zone it was
    read, if it does not say itself."""
    if text is not None and _EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(text) / (1000 if len(text) == 13 else 1), UTC), None
    at = moment(text, ZoneInfo(zone))
    return at, zone if at is not None and names_no_zone(text) else None


def _value(payload: object, path: str | None) -> object:
    return None if path is None else at_path(payload, path)


def _short(text: str | None, most: int) -> str | None:
    found = re.sub(r"[\x00-\x1f]", " ", text or "").strip()
    return found if found and len(found) <= most else None
