"""Attribution: the click that earned a sale, and who is told of it, once."""

from pista.attribution.conversions.client import Client
from pista.attribution.conversions.model import DestinationChanged
from pista.attribution.conversions.opening import hear_lead, hear_sale
from pista.attribution.conversions.pruning import Pruner
from pista.attribution.conversions.routes import routes as conversion_routes
from pista.attribution.destinations.routes import routes as destination_routes
from pista.attribution.errands import errands

routes = [*conversion_routes, *destination_routes]

__all__ = ["Client", "DestinationChanged", "Pruner", "errands", "hear_lead", "hear_sale", "routes"]
