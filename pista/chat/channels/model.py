"""Numbers and bots as an admin sets them up, and what can be wrong with them."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from pista.chat.heard import Platform
from pista.chat.model import ChannelId
from pista.chat.refusals import Advice
from pista.errors import PistaError
from pista.ids import TenantId

MOST_CHANNELS = 100
MOST_SECRETS = 2

Name = Annotated[str, Meta(min_length=1, max_length=200)]
Token = Annotated[str, Meta(min_length=8, max_length=1000, pattern=r"^[!-~]+\Z")]
AppSecret = Annotated[str, Meta(min_length=8, max_length=200, pattern=r"^[!-~]+\Z")]
MetaId = Annotated[str, Meta(pattern=r"^[0-9]{1,40}\Z")]

Step = Literal["token", "secret", "address", "subscribed", "updates", "trouble", "received"]
"""What a connection check looks at, in the order in which it is set up."""
Finding = Literal["ok", "wrong", "unknown"]
ToDo = (
    Advice
    | Literal[
        "none",
        "add_token",
        "add_secret",
        "add_account",
        "set_address",
        "subscribe",
        "connect_again",
        "switch_on",
        "use_https",
        "write_to_it",
    ]
)


class Wire(Struct, frozen=True, kw_only=True, rename="camel"):
    """What is sent to the interface."""


class Request(Wire, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the interface sends."""


class NewWhatsApp(Request, frozen=True, kw_only=True):
    phone_number_id: MetaId
    token: Token
    app_secret: AppSecret
    account_id: MetaId | None = None
    """The WhatsApp Business Account: to subscribe to its webhooks and to list templates."""
    name: Name | None = None


class NewTelegram(Request, frozen=True, kw_only=True):
    token: Annotated[str, Meta(pattern=r"^[0-9]{1,20}:[A-Za-z0-9_-]{5,200}\Z")]
    """As @BotFather gives it."""
    name: Name | None = None


class ChangeChannel(Request, frozen=True, kw_only=True):
    """What is left out stays."""

    name: Name | UnsetType = UNSET
    token: Token | UnsetType = UNSET
    account_id: MetaId | UnsetType | None = UNSET
    enabled: bool | UnsetType = UNSET


class AddSecret(Request, frozen=True, kw_only=True):
    app_secret: AppSecret | None = None
    """WhatsApp's; Telegram is told one that is made here."""


class Channel(Wire, frozen=True, kw_only=True):
    """A number or bot. Its secrets are in no answer."""

    id: ChannelId
    platform: Platform
    external_id: str
    """WhatsApp's phone number id, or the bot's id."""
    account_id: str | None
    name: str
    display: str
    """What people see: the phone number, or the bot's @name."""
    enabled: bool
    has_token: bool
    has_verify_token: bool
    secrets: int
    """How many are valid: two while one takes the other's place."""
    held_until: datetime | None
    held_reason: str | None
    created_at: datetime
    last_received_at: datetime | None
    webhook_url: str
    """What the platform has to be told."""


class MadeChannel(Channel, frozen=True, kw_only=True):
    """A new one."""

    verify_token: str | None
    """For Meta's form; shown this once. Telegram needs none."""


class Channels(Wire, frozen=True, kw_only=True):
    items: list[Channel]


class VerifyToken(Wire, frozen=True, kw_only=True):
    verify_token: str


class CheckItem(Wire, frozen=True, kw_only=True):
    """One step of the way from the platform to here."""

    step: Step
    finding: Finding
    to_do: ToDo
    """A stable key; the interface words it."""
    text: str | None = None
    """What the platform says of it, in its own words."""
    expected: str | None = None
    found: str | None = None


class Check(Wire, frozen=True, kw_only=True):
    """What the platform says right now."""

    state: Literal["ok", "wrong", "off"]
    checked_at: datetime
    who: str | None
    """The number or bot, as the platform names it."""
    display: str | None
    quality: str | None
    """WhatsApp's rating: GREEN, YELLOW or RED."""
    items: list[CheckItem]


class ChannelRow(Struct, frozen=True, kw_only=True):
    """A channel as it is stored; its secrets are sealed."""

    tenant_id: TenantId
    id: ChannelId
    platform: Platform
    external_id: str
    account_id: str | None
    name: str
    display: str
    token: bytes | None
    secrets: list[bytes]
    verify_hash: bytes | None
    enabled: bool
    held_until: datetime | None
    held_reason: str | None
    created_at: datetime
    last_received_at: datetime | None
    deleted_at: datetime | None
    environment: bytes | None


class ChannelNotFound(PistaError):
    """There is no such number or bot in this company."""

    status = 404
    code = "channel_not_found"


class ChannelTaken(PistaError):
    """This number or bot is set up here already; delete it there first."""

    status = 409
    code = "channel_taken"


class TooManyChannels(PistaError):
    """There are a hundred numbers and bots already; delete one first."""

    status = 409
    code = "too_many_channels"


class LastSecret(PistaError):
    """Only one secret is valid; add the new one first."""

    status = 409
    code = "last_secret"


class TooManySecrets(PistaError):
    """Two secrets are valid already; remove the older one first."""

    status = 409
    code = "too_many_secrets"


class ChannelRefused(PistaError):
    """The platform does not take what was entered; its own words are in the detail."""

    status = 422
    code = "channel_refused"


class BadChannel(PistaError):
    """What was entered does not go together; the detail says what."""

    status = 422
    code = "bad_channel"


class PlatformAway(PistaError):
    """The platform does not answer; try again in a moment."""

    status = 503
    code = "platform_away"

    def __init__(self, detail: str | None = None) -> None:
        super().__init__(detail, headers={"Retry-After": "5"})
