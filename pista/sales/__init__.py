"""Sales and payments: what was sold, to whom, whether it is paid, and what went back."""

from pista.sales.facts import facts
from pista.sales.hooks import SaleChanged, forget, register, tell
from pista.sales.model import (
    Buyer,
    Consent,
    SaleFacts,
    SaleId,
    SaleItem,
    SaleNotFound,
    Status,
)

__all__ = [
    "Buyer",
    "Consent",
    "SaleChanged",
    "SaleFacts",
    "SaleId",
    "SaleItem",
    "SaleNotFound",
    "Status",
    "facts",
    "forget",
    "register",
    "tell",
]
