"""Pista follows one person from the ad click to the sale, also when the sale happens in a chat."""

__version__ = "0.1.0"
