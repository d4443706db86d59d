"""What a worker does for payments."""

from pista.queue import Handlers
from pista.sales.gateways import Gateways
from pista.sales.payments.asking import Looker, Reader
from pista.sales.payments.creating import Creator
from pista.sales.payments.work import CreateCharge, LookCharge, ReadNotice
from pista.store.secrets import Sealer


def errands(gateways: Gateways, sealer: Sealer, base_url: str) -> Handlers:
    """`base_url` is where gateways send their notifications to."""
    return {
        CreateCharge: Creator(gateways, sealer, base_url).errand(),
        LookCharge: Looker(gateways, sealer).errand(),
        ReadNotice: Reader(gateways, sealer).errand(),
    }
