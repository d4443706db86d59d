"""Attribution: the click that earned a sale, and who is told of it, once."""

from pista.attribution.conversions.client import Client
from pista.attribution.conversions.opening import hear_lead, hear_sale
from pista.attribution.errands import errands

__all__ = ["Client", "errands", "hear_lead", "hear_sale"]
