"""Sales and payments: what was sold, to whom, whether it is paid, and what went back."""

from pista.sales.announcing import SaleNews
from pista.sales.facts import facts
from pista.sales.from_webhooks import hear as hear_told
from pista.sales.gateways import Gateways
from pista.sales.hooks import SaleChanged, forget, register, tell
from pista.sales.listing_queries import BuyerRow, buyers, of_number
from pista.sales.model import (
    Buyer,
    Consent,
    SaleFacts,
    SaleId,
    SaleItem,
    SaleNotFound,
    Status,
)
from pista.sales.paid import NamedClick, PaidSale, clicks_named_by, paid_sales_of
from pista.sales.payments.errands import errands
from pista.sales.payments.intake import doors
from pista.sales.payments.page import routes as page_routes
from pista.sales.payments.routes import routes as payment_routes
from pista.sales.payments.waiting import Payers
from pista.sales.payments.watching import PaymentWatcher
from pista.sales.routes import routes as sale_routes
from pista.sales.timeline import facts as timeline_facts

routes = [*sale_routes, *payment_routes, *doors, *page_routes]

__all__ = [
    "Buyer",
    "BuyerRow",
    "Consent",
    "Gateways",
    "NamedClick",
    "PaidSale",
    "Payers",
    "PaymentWatcher",
    "SaleChanged",
    "SaleFacts",
    "SaleId",
    "SaleItem",
    "SaleNews",
    "SaleNotFound",
    "Status",
    "buyers",
    "clicks_named_by",
    "errands",
    "facts",
    "forget",
    "hear_told",
    "of_number",
    "paid_sales_of",
    "register",
    "routes",
    "tell",
    "timeline_facts",
]
