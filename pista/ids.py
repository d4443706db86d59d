"""One type for each kind of id, so that a site is never passed as a tenant."""

import itertools
import os
import time
from typing import NewType
from uuid import UUID

TenantId = NewType("TenantId", UUID)
SiteId = NewType("SiteId", UUID)
UserId = NewType("UserId", UUID)
EventId = NewType("EventId", UUID)
FlushId = NewType("FlushId", UUID)
ContactId = NewType("ContactId", str)
VisitorId = NewType("VisitorId", str)


def uuid7() -> UUID:
    """An id that sorts by the time it was made (RFC 9562, version 7)."""
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds << 80) | int.from_bytes(os.urandom(10))
    value = (value & ~(0xF << 76)) | (0x7 << 76)
    return UUID(int=(value & ~(0x3 << 62)) | (0x2 << 62))


_numbers = itertools.count(int.from_bytes(os.urandom(4)))
_process = os.urandom(4).hex()


def request_id() -> str:
    """What ties an answer, its log lines and a support question together.

    Unique, not secret: a random start and a count, since a system call for each request is felt.
    """
    return f"{_process}{next(_numbers) & 0xFFFFFFFF:08x}"
