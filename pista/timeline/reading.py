"""What the event store holds of sessions, as the API tells it: no I/O."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec

from pista.collect import channels
from pista.events.sessions import Beginning, SessionEvent, SessionRow
from pista.timeline.model import Session, TimelineEvent

_decode = msgspec.json.Decoder(dict[str, Any]).decode


def session(row: SessionRow, begun: Beginning | None) -> Session:
    return Session(
        id=row.session_id,
        visitor_id=row.visitor_id,
        site_id=begun.site_id if begun else None,
        started_at=moment(row.started_ms),
        last_activity_at=moment(row.last_ms),
        landing_page=(begun.url or begun.host + begun.path) if begun else "",
        referrer=begun.referrer if begun else "",
        channel=begun.channel if begun else "",
        utm_source=begun.utm_source if begun else "",
        utm_medium=begun.utm_medium if begun else "",
        utm_campaign=begun.utm_campaign if begun else "",
        utm_term=begun.utm_term if begun else "",
        utm_content=begun.utm_content if begun else "",
        click_ids=channels.click_ids(begun.url) if begun else {},
        device=begun.device if begun else "",
        browser=begun.browser if begun else "",
        os=begun.os if begun else "",
        country=begun.country if begun else "",
        events=row.events,
        page_views=row.page_views,
    )


def event(row: SessionEvent) -> TimelineEvent:
    metadata = _decode(row.metadata)
    return TimelineEvent(
        id=row.event_id,
        at=row.at,
        event_type=row.event_type,
        site_id=row.site_id,
        url=_text(metadata.get("url")) or row.host + row.path,
        title=_text(metadata.get("title")),
        metadata=metadata,
        count=row.count,
    )


def others(row: SessionRow, shown: Sequence[SessionEvent]) -> int:
    """How many events of the session are not shown."""
    return max(0, row.events - sum(one.count for one in shown))


def moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
