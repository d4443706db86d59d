"""The house of the front door's tests: the stream is read where events are sent."""

from tests.collect.conftest import served

__all__ = ["served"]
