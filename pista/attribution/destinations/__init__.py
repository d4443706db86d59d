"""Destinations: the ad platforms and systems that a company has told of its conversions."""
