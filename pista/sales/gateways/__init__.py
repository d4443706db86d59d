"""Payment gateways behind one interface: a file each, and what they have in common."""

from pista.sales.gateways.all import Gateways
from pista.sales.gateways.model import (
    Account,
    Failed,
    GatewayClient,
    Made,
    Notice,
    Order,
    Said,
    Seen,
)

__all__ = [
    "Account",
    "Failed",
    "GatewayClient",
    "Gateways",
    "Made",
    "Notice",
    "Order",
    "Said",
    "Seen",
]
