"""What this room has workers do."""

from pista.attribution.conversions.client import Client
from pista.attribution.conversions.courier import Courier
from pista.attribution.conversions.model import Deliver
from pista.queue import Handlers
from pista.store.secrets import Sealer


def errands(client: Client, sealer: Sealer) -> Handlers:
    return {Deliver: Courier(client, sealer).errand()}
