"""The gateways of a process, over one pool of connections."""

from collections.abc import Mapping

from pista.sales.gateways import http
from pista.sales.gateways.asaas import Asaas
from pista.sales.gateways.mercadopago import MercadoPago
from pista.sales.gateways.model import GatewayClient
from pista.sales.gateways.pushinpay import PushinPay
from pista.sales.gateways.webhook import OwnWebhook
from pista.sales.model import Gateway
from pista.settings import Settings

ASKED: tuple[Gateway, ...] = ("mercadopago", "asaas", "pushinpay")
"""Those that make charges themselves; of the others the code is ours."""


class Gateways:
    """Close it at the end."""

    def __init__(self, settings: Settings) -> None:
        self._http = http.open_http()
        own = OwnWebhook()
        self._of: Mapping[Gateway, GatewayClient] = {
            "static": own,
            "webhook": own,
            "mercadopago": MercadoPago(self._http, settings.mercadopago_url),
            "asaas": Asaas(self._http, settings.asaas_url),
            "pushinpay": PushinPay(self._http, settings.pushinpay_url),
        }

    def __getitem__(self, gateway: Gateway) -> GatewayClient:
        return self._of[gateway]

    async def close(self) -> None:
        await self._http.aclose()
