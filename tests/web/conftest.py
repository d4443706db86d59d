"""The journeys' house and browser, for tests of the screens."""

from tests.journeys.conftest import browser, house, platforms, shots

__all__ = ["browser", "house", "platforms", "shots"]
