"""What people send, and what can be wrong with it."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from pista.chat.heard import Platform
from pista.chat.model import ChannelId, MessageId
from pista.errors import NotFound, PistaError

Type = Literal["text", "media", "template", "interactive", "location"]
SentMediaKind = Literal["image", "video", "audio", "voice", "document", "sticker"]
HeaderKind = Literal["text", "image", "video", "document"]


class Wire(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Something the API answers."""


class Request(
    msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True
):
    """Something the API is sent."""


Link = Annotated[str, Meta(pattern=r"^https://[^\s\x00-\x1f]+\Z", max_length=2000)]
ChoiceId = Annotated[str, Meta(min_length=1, max_length=200)]


class SendMedia(Request, frozen=True, kw_only=True):
    """A file that was uploaded, or an address from which the platform fetches one."""

    kind: SentMediaKind
    media_id: UUID | None = None
    url: Link | None = None
    caption: Annotated[str, Meta(max_length=1024)] | None = None
    filename: Annotated[str, Meta(min_length=1, max_length=240)] | None = None


class SendLocation(Request, frozen=True, kw_only=True):
    latitude: Annotated[float, Meta(ge=-90, le=90)]
    longitude: Annotated[float, Meta(ge=-180, le=180)]
    name: Annotated[str, Meta(min_length=1, max_length=1000)] | None = None
    address: Annotated[str, Meta(min_length=1, max_length=1000)] | None = None


class SendChoice(Request, frozen=True, kw_only=True):
    id: ChoiceId
    title: Annotated[str, Meta(min_length=1, max_length=24)]
    """A button's has 20 characters at most."""
    description: Annotated[str, Meta(min_length=1, max_length=72)] | None = None


class SendInteractive(Request, frozen=True, kw_only=True):
    """Up to three buttons, or a list of up to ten rows, or the request for a phone number."""

    text: Annotated[str, Meta(min_length=1, max_length=1024)]
    buttons: Annotated[list[SendChoice], Meta(max_length=3)] = []
    list_button: Annotated[str, Meta(min_length=1, max_length=20)] | None = None
    rows: Annotated[list[SendChoice], Meta(max_length=10)] = []
    ask_for_phone: bool = False
    header: Annotated[str, Meta(min_length=1, max_length=60)] | None = None
    footer: Annotated[str, Meta(min_length=1, max_length=60)] | None = None


TemplateText = Annotated[str, Meta(min_length=1, max_length=1024)]


class SendTemplate(Request, frozen=True, kw_only=True):
    """A template that WhatsApp has approved, with what its gaps are filled with."""

    name: Annotated[str, Meta(pattern=r"^[a-z0-9_]{1,512}\Z")]
    language: Annotated[str, Meta(pattern=r"^[A-Za-z_]{2,10}\Z")]
    body: Annotated[list[TemplateText], Meta(max_length=50)] = []
    """For `{{1}}`, `{{2}}` and so on."""
    header: TemplateText | None = None
    """The header's text, or the address of its picture, video or document."""
    buttons: Annotated[list[TemplateText], Meta(max_length=10)] = []
    """The ends of addresses, or what quick replies bring back, in the order of the buttons that
    take one."""


class SendMessage(Request, frozen=True, kw_only=True):
    """One message, with the part that its type names."""

    type: Type
    text: Annotated[str, Meta(min_length=1, max_length=4096)] | None = None
    media: SendMedia | None = None
    template: SendTemplate | None = None
    interactive: SendInteractive | None = None
    location: SendLocation | None = None
    reply_to: Annotated[str, Meta(min_length=1, max_length=500)] | None = None
    """`externalId` of the message that it answers."""


class React(Request, frozen=True, kw_only=True):
    emoji: Annotated[str, Meta(min_length=1, max_length=16, pattern=r"^[^\x00-\x7f]+\Z")] | None
    """One; null takes it back."""


class ListedTemplate(Wire, frozen=True, kw_only=True):
    """A template, as much of it as is needed to fill it in."""

    name: str
    language: str
    status: str
    category: str | None
    body: str
    gaps: int
    """In the body."""
    header: HeaderKind | None
    header_text: str | None
    footer: str | None
    buttons: list[str]
    button_gaps: int
    """How many buttons take something."""


class Templates(Wire, frozen=True, kw_only=True):
    items: list[ListedTemplate]
    fetched_at: datetime


class SendingState(Wire, frozen=True, kw_only=True):
    """How a number or bot sends right now."""

    channel_id: ChannelId
    platform: Platform
    name: str
    display: str
    """The number, or the bot's username."""
    state: Literal["ok", "held", "paused", "off"]
    """`held`: until a person has looked. `paused`: the platform is in trouble, it is tried again
    by itself. `off`: switched off or deleted."""
    until: datetime | None
    reason: str | None
    """The platform's own words."""
    waiting: int
    """Messages that wait to be sent."""
    per_second: float


class Sending(Wire, frozen=True, kw_only=True):
    items: list[SendingState]
    media_max_bytes: int
    """A larger file is not taken."""


class Outbound(msgspec.Struct, frozen=True, kw_only=True, tag="chat.send"):
    """Send this message."""

    message_id: MessageId


class Failure(msgspec.Struct, frozen=True, kw_only=True):
    """Why a message was not sent, or is not known to be, as it is kept with it."""

    todo: str
    advice: str
    code: int | None = None
    text: str | None = None


Json = dict[str, Any]


class MessageNotFound(NotFound):
    """There is no such message in this conversation."""

    code = "message_not_found"


class NotReactable(PistaError):
    """Nobody can react to this message: it is not sent yet, or was taken back."""

    status = 409
    code = "not_reactable"


class WindowClosed(PistaError):
    """The person has not written for 24 hours: WhatsApp takes nothing but a template."""

    status = 409
    code = "window_closed"


class PersonBlocked(PistaError):
    """The person has stopped the bot: nothing reaches them until they start it again."""

    status = 409
    code = "person_blocked"


class ChannelHeld(PistaError):
    """Nothing goes out by this number or bot until somebody has looked at why it was refused."""

    status = 409
    code = "channel_held"


class ChannelOff(PistaError):
    """This number or bot is switched off or deleted, or has no token."""

    status = 409
    code = "channel_off"


class NotOnPlatform(PistaError):
    """This platform has no such thing."""

    status = 422
    code = "not_on_platform"


class BadMessage(PistaError):
    """The message is not complete; the detail says what is missing."""

    status = 422
    code = "bad_message"


class BadTemplate(PistaError):
    """WhatsApp has no such template, or it is filled in wrongly; the detail says how."""

    status = 422
    code = "bad_template"


class KeyReused(PistaError):
    """Something else was sent with this Idempotency-Key; take a new one for each message."""

    status = 409
    code = "idempotency_key_reused"


class NotResendable(PistaError):
    """It is on its way or was sent; only what has failed or is unknown can be sent again."""

    status = 409
    code = "not_resendable"


class TooEarlyToResend(PistaError):
    """Whether it was sent may be known within a minute; wait until then."""

    status = 409
    code = "too_early_to_resend"
