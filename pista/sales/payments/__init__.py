"""Payments: accounts at gateways, the Pix that sales are paid with, and what gateways tell."""
