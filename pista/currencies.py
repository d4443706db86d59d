"""Currencies that do not count in hundredths, as ISO 4217 has them.

Pista counts all money in hundredths: 19.99 is 1999, and 15,990 pesos of Chile are 1599000.
"""

from decimal import Decimal

from pista.errors import Invalid

WITHOUT_CENTS = frozenset(
    {"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI"}
    | {"VND", "VUV", "XAF", "XOF", "XPF"}
)
IN_THOUSANDTHS = frozenset({"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"})


def hundredths_in_smallest(currency: str) -> Decimal:
    """What the smallest unit of it is in hundredths: others count in those."""
    if currency in WITHOUT_CENTS:
        return Decimal(100)
    return Decimal("0.1") if currency in IN_THOUSANDTHS else Decimal(1)


def check(amount: int, currency: str) -> None:
    """Whoever counts in whole ones where hundredths are meant is told so."""
    if not can_be(amount, currency):
        raise Invalid(f"amount: {currency} has no cents; 15,990 of it are 1599000.")


def can_be(amount: int, currency: str) -> bool:
    """Whether there are so many hundredths of it."""
    return currency not in WITHOUT_CENTS or amount % 100 == 0
