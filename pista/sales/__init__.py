"""Sales and payments: what was sold, to whom, whether it is paid, and what went back."""

from pista.sales.announcing import SaleNews
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
from pista.sales.paid import PaidSale, paid_sales_of
from pista.sales.routes import routes as sale_routes

routes = [*sale_routes]

__all__ = [
    "Buyer",
    "Consent",
    "PaidSale",
    "SaleChanged",
    "SaleFacts",
    "SaleId",
    "SaleItem",
    "SaleNews",
    "SaleNotFound",
    "Status",
    "facts",
    "forget",
    "paid_sales_of",
    "register",
    "routes",
    "tell",
]
