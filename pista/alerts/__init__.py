"""Alerts: rules that watch a company's events, and who is told when one fires."""

from pista.alerts.routes import routes

__all__ = ["routes"]
