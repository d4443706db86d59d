"""The Cloud API's webhooks as Structs. Whatever else they carry is ignored.

Almost everything may be missing, and what is a number one day is a text the next.
"""

from typing import Any

from msgspec import Struct

Number = str | int | float | None


class Wire(Struct, frozen=True):
    """A part of a webhook."""


class Profile(Wire, frozen=True):
    name: str | None = None
    username: str | None = None


class Contact(Wire, frozen=True):
    """Who writes; beside the messages, not inside them."""

    profile: Profile | None = None
    wa_id: str | None = None
    user_id: str | None = None
    parent_user_id: str | None = None


class Metadata(Wire, frozen=True):
    phone_number_id: str | None = None


class Context(Wire, frozen=True):
    id: str | None = None
    forwarded: bool | None = None
    frequently_forwarded: bool | None = None


class Text(Wire, frozen=True):
    body: str | None = None


class Media(Wire, frozen=True):
    id: str | None = None
    mime_type: str | None = None
    sha256: str | None = None
    caption: str | None = None
    filename: str | None = None
    url: str | None = None
    voice: bool | None = None
    animated: bool | None = None
    file_size: int | None = None


class Location(Wire, frozen=True):
    latitude: Number = None
    longitude: Number = None
    name: str | None = None
    address: str | None = None
    url: str | None = None


class Name(Wire, frozen=True):
    formatted_name: str | None = None
    first_name: str | None = None
    last_name: str | None = None


class Phone(Wire, frozen=True):
    phone: str | None = None
    wa_id: str | None = None


class Email(Wire, frozen=True):
    email: str | None = None


class Organisation(Wire, frozen=True):
    company: str | None = None


class SharedContact(Wire, frozen=True):
    name: Name | None = None
    phones: list[Phone] | None = None
    emails: list[Email] | None = None
    org: Organisation | None = None
    origin: str | None = None
    vcard: str | None = None


class Choice(Wire, frozen=True):
    """A button or row that was chosen."""

    id: str | None = None
    title: str | None = None
    description: str | None = None


class Form(Wire, frozen=True):
    """A flow that was filled in: JSON inside of a text."""

    name: str | None = None
    body: str | None = None
    response_json: Any = None


class Interactive(Wire, frozen=True):
    type: str | None = None
    button_reply: Choice | None = None
    list_reply: Choice | None = None
    nfm_reply: Form | None = None
    call_permission_reply: dict[str, Any] | None = None


class Button(Wire, frozen=True):
    text: str | None = None
    payload: Any = None


class Reaction(Wire, frozen=True):
    message_id: str | None = None
    emoji: str | None = None


class Product(Wire, frozen=True):
    product_retailer_id: str | None = None
    quantity: Number = None
    item_price: Number = None
    currency: str | None = None


class Order(Wire, frozen=True):
    catalog_id: str | None = None
    text: str | None = None
    product_items: list[Product] | None = None


class System(Wire, frozen=True):
    body: str | None = None
    type: str | None = None
    wa_id: str | None = None
    new_wa_id: str | None = None
    user_id: str | None = None
    parent_user_id: str | None = None
    previous_user_id: str | None = None
    previous_parent_user_id: str | None = None


class Unsupported(Wire, frozen=True):
    type: str | None = None


class Welcome(Wire, frozen=True):
    text: str | None = None


class Referral(Wire, frozen=True):
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
    welcome_message: Welcome | None = None


class ErrorData(Wire, frozen=True):
    details: str | None = None


class Error(Wire, frozen=True):
    code: int | None = None
    title: str | None = None
    message: str | None = None
    error_data: ErrorData | None = None
    href: str | None = None


class Edited(Wire, frozen=True):
    """A message as it is now."""

    type: str | None = None
    text: Text | None = None
    image: Media | None = None
    video: Media | None = None
    document: Media | None = None


class Edit(Wire, frozen=True):
    original_message_id: str | None = None
    message: Edited | None = None


class Revoke(Wire, frozen=True):
    original_message_id: str | None = None


class Message(Wire, frozen=True, rename={"from_": "from"}):
    id: str | None = None
    type: str | None = None
    from_: str | None = None
    from_user_id: str | None = None
    from_parent_user_id: str | None = None
    to: str | None = None
    """Whom an echo is for."""
    to_user_id: str | None = None
    to_parent_user_id: str | None = None
    timestamp: Number = None
    group_id: str | None = None
    context: Context | None = None
    referral: Referral | None = None
    text: Text | None = None
    image: Media | None = None
    video: Media | None = None
    audio: Media | None = None
    voice: Media | None = None
    document: Media | None = None
    sticker: Media | None = None
    location: Location | None = None
    contacts: list[SharedContact] | None = None
    interactive: Interactive | None = None
    button: Button | None = None
    reaction: Reaction | None = None
    order: Order | None = None
    system: System | None = None
    unsupported: Unsupported | None = None
    edit: Edit | None = None
    revoke: Revoke | None = None
    errors: list[Error] | None = None


class Pricing(Wire, frozen=True):
    billable: bool | None = None
    pricing_model: str | None = None
    type: str | None = None
    category: str | None = None


class Status(Wire, frozen=True):
    id: str | None = None
    status: str | None = None
    timestamp: Number = None
    recipient_type: str | None = None
    recipient_id: str | None = None
    recipient_user_id: str | None = None
    recipient_parent_user_id: str | None = None
    recipient_participant_id: str | None = None
    recipient_participant_user_id: str | None = None
    recipient_participant_parent_user_id: str | None = None
    biz_opaque_callback_data: str | None = None
    pricing: Pricing | None = None
    errors: list[Error] | None = None


class Value(Wire, frozen=True):
    metadata: Metadata | None = None
    contacts: list[Contact] | None = None
    messages: list[Message] | None = None
    statuses: list[Status] | None = None
    message_echoes: list[Message] | None = None
    errors: list[Error] | None = None


class Change(Wire, frozen=True):
    field: str
    value: Value


class Entry(Wire, frozen=True):
    changes: list[Change]


class Webhook(Wire, frozen=True):
    entry: list[Entry]
