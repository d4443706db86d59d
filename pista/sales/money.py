"""Amounts of others, which write them with a point, as whole cents. Never through a float."""

from decimal import Decimal, InvalidOperation

from msgspec import Raw

from pista.sales.model import MOST_CENTS


def cents(amount: Decimal | str | None) -> int | None:
    """19.99 is 1999; None for what is no amount of whole cents."""
    if amount is None:
        return None
    try:
        scaled = Decimal(amount) * 100
    except InvalidOperation:
        return None
    if not scaled.is_finite() or not 0 <= scaled <= MOST_CENTS or scaled != scaled.to_integral():
        return None
    return int(scaled)


def text(amount: int) -> str:
    """1999 is 19.99."""
    return f"{amount // 100}.{amount % 100:02d}"


def number(amount: int) -> Raw:
    """The same as a number of JSON, digit by digit."""
    return Raw(text(amount).encode())
