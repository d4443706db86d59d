"""The report from the ad to the sale: what each click is credited with, summed up by the hour."""

from pista.attribution.report.creditor import Creditor
from pista.attribution.report.routes import routes

__all__ = ["Creditor", "routes"]
