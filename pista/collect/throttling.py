"""Which share of a type's events is kept, and which event falls into it."""

from collections.abc import Mapping
from uuid import UUID
from zlib import crc32

import msgspec

EVERYTHING = 100.0
# One in 100,000. Below this a kept event would stand for so many that no total could be believed.
LOWEST = 0.001


class Throttle(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """How one event type is thinned out."""

    sampling_rate: float
    """The share that is kept, in percent."""
    always_keep: bool
    """True for what may never be thinned out, whatever the rate says."""

    @property
    def rate(self) -> float:
        return EVERYTHING if self.always_keep else self.sampling_rate


KEPT = Throttle(sampling_rate=100, always_keep=False)

DEFAULTS: Mapping[str, Throttle] = {
    "PAGE_VIEW": Throttle(sampling_rate=100, always_keep=True),
    "CLICK": Throttle(sampling_rate=100, always_keep=False),
    "SCROLL": Throttle(sampling_rate=10, always_keep=False),
    "MOUSE_MOVE": Throttle(sampling_rate=1, always_keep=False),
    "FORM_SUBMIT": Throttle(sampling_rate=100, always_keep=True),
    "ADD_TO_CART": Throttle(sampling_rate=100, always_keep=True),
    "PURCHASE": Throttle(sampling_rate=100, always_keep=True),
}


def is_kept(event_id: UUID, rate: float) -> bool:
    """Decide by the event's id, so that a repeat of the event is decided alike."""
    return rate >= EVERYTHING or crc32(event_id.bytes) * 100 < rate * 2**32
