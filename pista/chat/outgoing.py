"""What is sent, whichever the platform, and what its answers come to."""

from typing import Any, Literal

from msgspec import Struct

from pista.chat.refusals import Refusal

MediaKind = Literal["image", "video", "audio", "voice", "document", "sticker"]


class _Part(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A part of what is sent."""


class _Content(_Part, frozen=True, kw_only=True, tag=True):
    """What a message says."""


class To(_Part, frozen=True, kw_only=True):
    """Whom it is for, by every key that is known of them; a group stands for all in it."""

    phone: str | None = None
    user_id: str | None = None
    group: str | None = None


class Text(_Content, frozen=True, kw_only=True):
    text: str
    preview: bool = False
    """Whether a link in it is shown with a picture."""


class Media(_Content, frozen=True, kw_only=True):
    """By what the platform calls it, by an address, or the file itself."""

    kind: MediaKind
    id: str | None = None
    url: str | None = None
    file: bytes | None = None
    mime_type: str | None = None
    filename: str | None = None
    caption: str | None = None

    def __repr__(self) -> str:
        return f"Media(kind={self.kind!r}, …)"


class Template(_Content, frozen=True, kw_only=True):
    """Of WhatsApp only: what may be sent when nobody has written for 24 hours."""

    name: str
    language: str
    components: list[dict[str, Any]] = []
    """As the platform takes them."""


class Choice(_Part, frozen=True, kw_only=True):
    id: str
    title: str
    description: str | None = None


class Section(_Part, frozen=True, kw_only=True):
    title: str | None = None
    rows: list[Choice]


class Interactive(_Content, frozen=True, kw_only=True):
    """A question with buttons, or a list behind one button, or the request for a phone number."""

    text: str
    buttons: list[Choice] = []
    list_button: str | None = None
    sections: list[Section] = []
    ask_for_phone: bool = False
    header: str | None = None
    footer: str | None = None


class Location(_Content, frozen=True, kw_only=True):
    latitude: float
    longitude: float
    name: str | None = None
    address: str | None = None


class Reaction(_Content, frozen=True, kw_only=True):
    external_id: str
    emoji: str | None = None
    """None takes it back."""


Content = Text | Media | Template | Interactive | Location | Reaction


class Outgoing(_Part, frozen=True, kw_only=True):
    to: To
    content: Content
    reply_to: str | None = None
    callback_data: str | None = None
    """Our own id: WhatsApp's statuses bring it back."""


class Accepted(_Part, frozen=True, kw_only=True):
    """The platform has it; whether it arrives, statuses tell."""

    external_id: str
    phone: str | None = None
    """The person's number as the platform knows it."""
    user_id: str | None = None


class Refused(_Part, frozen=True, kw_only=True):
    """It was certainly not sent."""

    refusal: Refusal


class Unknown(_Part, frozen=True, kw_only=True):
    """It may have been sent: no answer, or none that says so."""

    reason: str


Sent = Accepted | Refused | Unknown


class Uploaded(_Part, frozen=True, kw_only=True):
    id: str


class Fetched(_Part, frozen=True, kw_only=True):
    """A file that was written where it should go."""

    bytes: int
    sha256: str
    """Of what was written, in hexadecimal."""
    mime_type: str | None


class Done(_Part, frozen=True, kw_only=True):
    """It is as it was asked to be."""
