"""What the event store tells and answers."""

from datetime import datetime

import msgspec

from pista.ids import SiteId, TenantId


class EventsFlushed(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    rename="camel",
    tag="events_flushed",
    tag_field="type",
):
    """Events of this tenant are in the statistics now."""

    tenant_id: TenantId
    events: int
    at: datetime


class SiteFirstEvent(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    rename="camel",
    tag="site_first_event",
    tag_field="type",
):
    """A site's first event ever has arrived: its snippet works."""

    tenant_id: TenantId
    site_id: SiteId
    at: datetime


class SiteCount(msgspec.Struct, frozen=True, kw_only=True):
    """What one flush brought for one site."""

    tenant_id: TenantId
    site_id: SiteId
    events: int
    first_at: datetime
    last_at: datetime
