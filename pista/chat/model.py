"""Channels, people, conversations and messages as Structs, and what can go wrong with them."""

from datetime import datetime
from typing import Any, Literal, NewType
from uuid import UUID

import msgspec

from pista.chat.heard import (
    Location,
    Media,
    Order,
    Referral,
    Reply,
    SharedContact,
    Trouble,
)
from pista.errors import PistaError
from pista.ids import TenantId

ChannelId = NewType("ChannelId", UUID)
PersonId = NewType("PersonId", UUID)
ConversationId = NewType("ConversationId", UUID)
MessageId = NewType("MessageId", UUID)

KeyKind = Literal["user_id", "parent", "phone"]
Direction = Literal["in", "out"]


class SentTemplate(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """A template that was sent, and what its gaps were filled with."""

    name: str
    language: str
    header: str | None = None
    body: list[str] = []
    buttons: list[str] = []


class SentChoices(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """What a person was given to choose from."""

    header: str | None = None
    footer: str | None = None
    button: str | None = None
    """Opens the list."""
    titles: list[str] = []
    ask_for_phone: bool = False


class Content(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """What is in a message besides its text; most of them have one part of it, or none."""

    media: Media | None = None
    location: Location | None = None
    contacts: list[SharedContact] = []
    reply: Reply | None = None
    order: Order | None = None
    referral: Referral | None = None
    forwarded: bool = False
    event: str | None = None
    errors: list[Trouble] = []
    template: SentTemplate | None = None
    choices: SentChoices | None = None
    raw: dict[str, Any] | None = None


class NewMessage(msgspec.Struct, frozen=True, kw_only=True):
    """A message on its way into its conversation."""

    id: MessageId
    conversation_id: ConversationId
    direction: Direction
    person_id: PersonId | None
    external_id: str
    kind: str
    text: str | None
    content: Content
    reply_to: str | None
    at: datetime
    status: str | None


class NewChange(msgspec.Struct, frozen=True, kw_only=True):
    """Something that happened to a message, on its way to it."""

    external_id: str
    kind: Literal["status", "edit", "delete", "reaction"]
    what: str
    """What makes it one: the same again is the same change."""
    at: datetime
    detail: dict[str, Any]


class ChatChanged(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    rename="camel",
    tag="chat_changed",
    tag_field="type",
):
    """Something is new in these conversations: fetch what is new of them."""

    tenant_id: TenantId
    conversation_ids: list[ConversationId]
    """Empty where they are too many to name: look at all that is open."""
    at: datetime


class WebhookRefused(PistaError):
    """The webhook does not carry the secret of a number or bot that is set up here."""

    status = 401
    code = "webhook_refused"


class VerifyRefused(PistaError):
    """The verify token is not that of any number that is set up here; copy it again."""

    status = 403
    code = "verify_refused"


class NotForUs(PistaError):
    """None of the numbers in the webhook is set up here for the app that signed it."""

    status = 404
    code = "channel_not_found"


class BotNotFound(PistaError):
    """No bot with this id is set up here."""

    status = 404
    code = "channel_not_found"


class TooLarge(PistaError):
    """A webhook has four million bytes at most."""

    status = 413
    code = "too_large"


class BodyTooSlow(PistaError):
    """The body did not arrive within 20 seconds; send it again."""

    status = 408
    code = "body_too_slow"


class MethodNotAllowed(PistaError):
    """Webhooks come by POST, and the question whether the address is ours by GET."""

    status = 405
    code = "method_not_allowed"
