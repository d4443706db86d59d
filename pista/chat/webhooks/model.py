"""Webhooks of platforms as an admin looks at them."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import msgspec

from pista.chat.heard import Platform
from pista.chat.model import ChannelId
from pista.errors import PistaError

State = Literal[
    "waiting",
    "done",
    "ignored",  # nothing in it is about a channel that it may speak for
    "malformed",  # nobody can read it
    "failed",  # its job was given up
]


class ChatWebhook(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """One request of a platform, as far as it concerns this company."""

    id: UUID
    platform: Platform
    channel_ids: list[ChannelId]
    """Those that its signature may speak for."""
    received_at: datetime
    finished_at: datetime | None
    request_id: str
    size: int
    state: State
    detail: str | None
    items: int | None
    """How many messages, statuses and the like were in it."""
    kept: int | None
    """How many of them were about this company's channels."""
    has_body: bool


class ChatWebhooks(msgspec.Struct, frozen=True, kw_only=True):
    items: list[ChatWebhook]
    """The newest first."""
    next: UUID | None
    """For `before`, to read on; null at the end."""


class ChatWebhookDetail(ChatWebhook, frozen=True, kw_only=True, rename="camel"):
    payload: Any
    """As it came: JSON, or else text; null if it is not kept any more."""


class WebhookRow(msgspec.Struct, frozen=True, kw_only=True):
    id: UUID
    platform: Platform
    channel_ids: list[ChannelId]
    received_at: datetime
    finished_at: datetime | None
    request_id: str
    size: int
    state: State
    detail: str | None
    items: int | None
    kept: int | None
    has_body: bool


class WholeRow(WebhookRow, frozen=True, kw_only=True):
    body: bytes | None


class ChatWebhookNotFound(PistaError):
    """There is no such webhook in this company, or it is too old."""

    status = 404
    code = "webhook_not_found"


class NotAgain(PistaError):
    """It waits for its turn already, or what it said is not kept any more."""

    status = 409
    code = "webhook_not_again"
