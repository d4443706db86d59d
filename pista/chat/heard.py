"""What the webhooks of all platforms come to: one kind of words, whoever sent them.

Nothing in it is too odd for PostgreSQL: no NUL, no half an emoji, no number that JSON cannot carry.
"""

from datetime import datetime
from typing import Any, Literal

from msgspec import Struct

Platform = Literal["whatsapp", "telegram"]
Kind = Literal[
    "text",
    "image",
    "video",
    "audio",
    "voice",
    "document",
    "sticker",
    "location",
    "contacts",
    "interactive",
    "button",
    "reaction",
    "order",
    "system",  # the platform tells something; `event` says what
    "unsupported",  # the platform itself could not pass it on
    "unknown",  # Pista does not know it yet
]
Status = Literal["sent", "delivered", "read", "played", "failed"]
Membership = Literal[
    "blocked",  # the person stopped the bot
    "unblocked",
    "joined",  # the person came into the group or channel
    "left",
    "requested",  # the person asks to be let in
    "bot_added",  # the bot came into the group or channel
    "bot_removed",
]


class Part(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A part of something heard."""


class Person(Part, frozen=True, kw_only=True):
    """Whoever writes, by every key that the platform gave; any of them may be missing."""

    platform: Platform
    user_id: str | None = None
    """WhatsApp's business-scoped user id, or Telegram's user id."""
    phone: str | None = None
    """Digits as given: `from` or `wa_id`, or what the person shared of themselves."""
    parent_user_id: str | None = None
    username: str | None = None
    name: str | None = None


class Media(Part, frozen=True, kw_only=True):
    id: str | None = None
    """What to fetch it by."""
    mime_type: str | None = None
    sha256: str | None = None
    """As WhatsApp tells it: base64 of the hash."""
    filename: str | None = None
    caption: str | None = None
    url: str | None = None
    """Where WhatsApp has it for some minutes."""
    bytes: int | None = None
    seconds: int | None = None
    animated: bool = False
    album: str | None = None
    """The same for what was sent together."""


class Location(Part, frozen=True, kw_only=True):
    latitude: float
    longitude: float
    name: str | None = None
    address: str | None = None
    url: str | None = None


class SharedContact(Part, frozen=True, kw_only=True):
    name: str | None = None
    phones: list[str] = []
    emails: list[str] = []
    company: str | None = None
    user_id: str | None = None
    own: bool = False
    """The platform vouches that it is the sender's own number."""
    vcard: str | None = None


class Reply(Part, frozen=True, kw_only=True):
    """The button, row or form with which a person answered."""

    id: str | None = None
    title: str | None = None
    payload: Any = None
    """A button's payload, or what was written into a form."""
    description: str | None = None


class Reaction(Part, frozen=True, kw_only=True):
    to: str | None
    """The message's `external_id`."""
    emoji: str | None = None
    """None: it was taken back."""


class OrderItem(Part, frozen=True, kw_only=True):
    product: str | None = None
    quantity: float | None = None
    price: float | None = None
    currency: str | None = None


class Order(Part, frozen=True, kw_only=True):
    catalog: str | None = None
    text: str | None = None
    items: list[OrderItem] = []


class Referral(Part, frozen=True, kw_only=True):
    """The ad or post that a person came from."""

    source_url: str | None = None
    source_id: str | None = None
    source_type: str | None = None
    headline: str | None = None
    body: str | None = None
    ctwa_clid: str | None = None
    media_type: str | None = None
    image_url: str | None = None
    video_url: str | None = None
    thumbnail_url: str | None = None
    welcome: str | None = None


class Trouble(Part, frozen=True, kw_only=True):
    """An error as the platform words it."""

    code: int | None = None
    title: str | None = None
    message: str | None = None
    details: str | None = None
    href: str | None = None


class Pricing(Part, frozen=True, kw_only=True):
    billable: bool | None = None
    model: str | None = None
    type: str | None = None
    category: str | None = None


class Invite(Part, frozen=True, kw_only=True):
    """The link by which somebody came; its name says from where."""

    name: str | None = None
    url: str | None = None


class _Heard(Part, frozen=True, kw_only=True, tag=True):
    channel: str | None
    """The `phone_number_id`, or the bot's id; None where the platform names none."""


class _Said(_Heard, frozen=True, kw_only=True):
    person: Person
    at: datetime
    """By the platform's clock; if it gave no usable time, when it was received."""
    group: str | None = None
    """The group or channel it was said in; None between the two alone."""
    echo: bool = False
    """The business said it, in the platform's own app: `person` is to whom."""


class HeardMessage(_Said, frozen=True, kw_only=True):
    external_id: str | None
    """WhatsApp's wamid, or `{chat}:{message}`; None only if the platform gave none."""
    kind: Kind
    text: str | None = None
    """What was written, also under a picture or on a button."""
    media: Media | None = None
    location: Location | None = None
    contacts: list[SharedContact] = []
    reply: Reply | None = None
    reaction: Reaction | None = None
    order: Order | None = None
    reply_to: str | None = None
    forwarded: bool = False
    referral: Referral | None = None
    event: str | None = None
    """The platform's own word for what a `system` or an `unknown` one is."""
    errors: list[Trouble] = []
    raw: dict[str, Any] | None = None
    """The whole of it, where it is not understood."""


class HeardEdit(_Said, frozen=True, kw_only=True):
    """A message now says something else."""

    external_id: str
    """Of the message as it was sent at first."""
    text: str | None = None
    raw: dict[str, Any] | None = None
    """The new content, where it is more than a text."""


class HeardDelete(_Said, frozen=True, kw_only=True):
    external_id: str


class HeardStatus(_Heard, frozen=True, kw_only=True):
    """What became of a message that was sent."""

    external_id: str
    status: Status
    at: datetime
    person: Person
    """To whom."""
    group: str | None = None
    pricing: Pricing | None = None
    errors: list[Trouble] = []
    callback_data: str | None = None
    """What was sent along: our own id."""


class HeardPersonChange(_Heard, frozen=True, kw_only=True):
    """A person goes by another number or id from now on."""

    previous: Person
    now: Person
    at: datetime


class HeardMembership(_Said, frozen=True, kw_only=True):
    change: Membership
    invite: Invite | None = None


class HeardStart(_Said, frozen=True, kw_only=True):
    """Somebody pressed Start; its message is heard, too."""

    external_id: str | None
    payload: str | None
    """Of the link that led here; whatever a person typed, if they did."""

    @property
    def bot(self) -> str | None:
        return self.channel


class HeardCallback(_Said, frozen=True, kw_only=True):
    """Somebody pressed a button below a message."""

    id: str
    """By which the platform is answered."""
    external_id: str | None = None
    """The message with the button."""
    data: str | None = None


class HeardNews(_Heard, frozen=True, kw_only=True):
    """Of the account, its templates and whatever has no shape here; kept as it came."""

    field: str
    value: Any
    account: str | None = None
    at: datetime


class HeardUnreadable(_Heard, frozen=True, kw_only=True):
    reason: str
    raw: Any = None


Heard = (
    HeardMessage
    | HeardEdit
    | HeardDelete
    | HeardStatus
    | HeardPersonChange
    | HeardMembership
    | HeardStart
    | HeardCallback
    | HeardNews
    | HeardUnreadable
)
