"""What is handed over of a visitor."""

from datetime import datetime
from typing import Annotated, Any

import msgspec

from pista.events.visitors import VisitorWeek
from pista.ids import TenantId

VISITOR_ID = r"^[A-Za-z0-9_-]{1,64}$"

VisitorId = Annotated[str, msgspec.Meta(pattern=VISITOR_ID)]


class VisitorExport(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """Everything that Pista holds of one visitor."""

    tenant_id: TenantId
    visitor_id: str
    exported_at: datetime
    waiting: list[dict[str, Any]]
    """Events that are accepted and not yet stored."""
    unreadable: list[str]
    """Lines that could not be stored, as they arrived."""
    weeks: list[VisitorWeek]
    """First and last times by week, counted from the events: for the retention."""
    events: list[dict[str, Any]]
    """One for each minute, session, type and content; `count` says how many they were."""
