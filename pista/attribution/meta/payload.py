"""One event as Meta's Conversions API takes it."""

from datetime import datetime, timedelta
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from pista.attribution.meta import normalising
from pista.attribution.told import Item, Told, Unfit
from pista.sales import money

ActionSource = Literal[
    "website", "app", "chat", "phone_call", "email", "physical_store", "system_generated", "other"
]
Digits = Annotated[str, Meta(pattern=r"^[0-9]{1,30}\Z")]
WebAddress = Annotated[str, Meta(pattern=r"^https?://[^\s]{1,2000}\Z")]
MOST_ITEMS = 100
BY_MESSAGE = timedelta(days=7)
# A lead that came by a message has another name there.
_BY_MESSAGE = {"Lead": "LeadSubmitted"}
_STRONG = ("em", "ph", "external_id")


class MetaSettings(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """How one pixel or data set is told."""

    pixel_id: Digits
    action_source: ActionSource | Literal["auto"] = "auto"
    """Where sales are said to happen; `auto`: in the chat, or on the page, as it was."""
    page_url: WebAddress | None = None
    """What a sale on a website happened at, where nobody told its page."""
    whatsapp_account_id: Digits | None = None
    """The WhatsApp Business Account: sales of ads that lead to WhatsApp are told as such by it."""
    limited_data_use: bool = False


class UserData(msgspec.Struct, omit_defaults=True, kw_only=True):
    em: list[str] = []
    ph: list[str] = []
    fn: list[str] = []
    ln: list[str] = []
    db: list[str] = []
    ge: list[str] = []
    ct: list[str] = []
    st: list[str] = []
    zp: list[str] = []
    country: list[str] = []
    external_id: list[str] = []
    client_ip_address: str | None = None
    client_user_agent: str | None = None
    fbc: str | None = None
    fbp: str | None = None
    ctwa_clid: str | None = None
    whatsapp_business_account_id: str | None = None


class Content(msgspec.Struct, omit_defaults=True, kw_only=True):
    id: str
    quantity: int
    item_price: msgspec.Raw | None = None


class CustomData(msgspec.Struct, omit_defaults=True, kw_only=True):
    value: msgspec.Raw | None = None
    currency: str | None = None
    order_id: str | None = None
    content_type: str | None = None
    contents: list[Content] = []


class Event(msgspec.Struct, omit_defaults=True, kw_only=True):
    event_name: str
    event_time: int
    event_id: str
    action_source: str
    user_data: UserData
    event_source_url: str | None = None
    referrer_url: str | None = None
    messaging_channel: str | None = None
    custom_data: CustomData | None = None
    data_processing_options: list[str] | None = None
    data_processing_options_country: int | None = None
    data_processing_options_state: int | None = None


def write(told: Told, settings: MetaSettings, now: datetime) -> Event | Unfit:
    """`now` by Meta's clock: it refuses what happens later than that."""
    user = _user(told)
    if not _can_be_found(user):
        return Unfit("no_user_data")
    event = Event(
        event_name=told.name,
        event_time=int(min(told.at, now).timestamp()),
        event_id=told.event_id,
        action_source="system_generated",
        user_data=user,
        custom_data=_custom(told),
    )
    if told.limited or settings.limited_data_use:
        # Meta finds out itself where somebody is.
        event.data_processing_options = ["LDU"]
        event.data_processing_options_country = 0
        event.data_processing_options_state = 0
    _place(event, told, settings)
    return event


def _place(event: Event, told: Told, settings: MetaSettings) -> None:
    """Where it happened, as far as Meta has all that it wants to know for that."""
    if settings.whatsapp_account_id and _is_by_message(told):
        event.action_source, event.messaging_channel = "business_messaging", "whatsapp"
        event.event_name = _BY_MESSAGE.get(told.name, told.name)
        event.user_data.whatsapp_business_account_id = settings.whatsapp_account_id
        return
    page = _web_address(told.page_url) or _web_address(settings.page_url)
    source = settings.action_source
    if source == "auto":
        source = "chat" if told.chat else "website"
        page = page or (_web_address(told.click.url) if told.click else None)
    elif source == "website" and told.click:
        page = page or _web_address(told.click.url)
    if source != "website":
        event.action_source = source
        return
    if page and event.user_data.client_user_agent:
        event.action_source, event.event_source_url = "website", page
        event.referrer_url = _web_address(told.click.referrer) if told.click else None


def _is_by_message(told: Told) -> bool:
    """Of an advertisement that leads to WhatsApp, and no longer ago than Meta takes it as such."""
    click = told.click
    return bool(click and click.ctwa_clid and told.at - click.at <= BY_MESSAGE)


def _user(told: Told) -> UserData:
    user = msgspec.convert(normalising.hashed(told.known, told.external_ids), UserData)
    click = told.click
    user.client_ip_address = told.ip or (click.ip if click else None)
    user.client_user_agent = told.user_agent or (click.user_agent if click else None)
    if click is not None:
        user.fbc, user.fbp, user.ctwa_clid = click.fbc, click.fbp, click.ctwa_clid
    return user


def _can_be_found(user: UserData) -> bool:
    raw = user.fbc or user.fbp or user.ctwa_clid
    both = user.client_ip_address and user.client_user_agent
    return bool(raw or both or any(getattr(user, name) for name in _STRONG))


def _custom(told: Told) -> CustomData | None:
    if told.value_cents is None:
        return None
    contents = [_content(item) for item in told.items[:MOST_ITEMS] if item.id]
    return CustomData(
        value=told.value,
        currency=told.currency,
        order_id=told.order_id,
        content_type="product" if contents else None,
        contents=contents,
    )


def _content(item: Item) -> Content:
    price = None if item.price_cents is None else money.number(item.price_cents)
    return Content(id=item.id or "", quantity=item.quantity, item_price=price)


def _web_address(url: str | None) -> str | None:
    return url if url and url.startswith(("https://", "http://")) else None
