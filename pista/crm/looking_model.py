"""Webhook sources and what they sent as an admin looks at them."""

from typing import Annotated, Any

from msgspec import Meta

from pista.crm.model import Read, ReceivedId, ReceivedWebhook, Request, WebhookSource, Wire

MOST_REPLAYED = 100


class ListedSource(WebhookSource, frozen=True, kw_only=True):
    """A source, and how it goes with it."""

    last_day: int
    """Webhooks in the last 24 hours; counted up to 10,000."""
    failed: int
    """Webhooks that could not be worked off, and wait for a person."""


class ListedSources(Wire, frozen=True, kw_only=True):
    items: list[ListedSource]
    """The oldest first."""


class ReceivedDetail(ReceivedWebhook, frozen=True, kw_only=True):
    """One webhook, with what was sent and what Pista reads in it."""

    payload: Any
    """As it came; null if it is not kept any more."""
    read: Read | None
    """What it says of a person, by the mapping as it is now; null without a payload."""


class ReplayReceived(Request, frozen=True, kw_only=True):
    ids: Annotated[list[ReceivedId], Meta(min_length=1, max_length=MOST_REPLAYED)]


class ReplayedWebhooks(Wire, frozen=True, kw_only=True):
    count: int
    """Without those whose payload is not kept, and those that are under way."""
