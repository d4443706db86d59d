"""Alerts: rules that watch a company's events, and who is told when one fires."""

from pista.alerts.routes import routes
from pista.alerts.work import Work

__all__ = ["Work", "routes"]
