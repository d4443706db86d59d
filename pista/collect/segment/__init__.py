"""The second front door: what Segment's own client libraries send, as events of ours."""

from pista.collect.segment.door import PATHS, SegmentDoor
from pista.collect.segment.model import Message, Messages, Taken

__all__ = ["PATHS", "Message", "Messages", "SegmentDoor", "Taken"]
