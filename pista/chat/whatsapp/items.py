"""One message, echo or status of the Cloud API as it is heard."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct

from pista.chat import heard
from pista.chat.fitting import Tree, moment, number, tidy
from pista.chat.heard import (
    Heard,
    HeardDelete,
    HeardEdit,
    HeardMessage,
    HeardPersonChange,
    HeardStatus,
    Kind,
    Person,
    Status,
)
from pista.chat.whatsapp import wire

MEDIA: dict[str, Kind] = {
    "image": "image",
    "video": "video",
    "audio": "audio",
    "voice": "voice",
    "document": "document",
    "sticker": "sticker",
}
STATUSES: dict[str, Status] = {
    "sent": "sent",
    "delivered": "delivered",
    "read": "read",
    "played": "played",
    "failed": "failed",
}
CHANGES = ("user_changed_number", "user_changed_user_id", "customer_changed_number")
VCARD_PHONE = re.compile(r"^(?:item\d+\.)?TEL([^:\n]*):([^\n]+)$", re.MULTILINE)
WAID = re.compile(r"waid=(\d+)")


class Odd(Exception):
    """It has to be kept as it came, which has been read away: read it again with more care."""


class Place(Struct, frozen=True):
    """Where an item stood."""

    channel: str | None
    contacts: list[wire.Contact]
    now: datetime
    echo: bool = False


def message(m: wire.Message, place: Place, raw: Tree | None) -> list[Heard]:
    """A message as what is heard of it; `Odd` if that needs `raw` and there is none."""
    kind = m.type or ""
    person = _other(m, place)
    at = moment(m.timestamp, place.now)
    if kind == "text" and m.text is not None and m.text.body is not None:
        return [_text(m, place, person, at, m.text.body)]
    if read := READERS.get(kind):
        return read(m, place, person, at, raw)
    return _unknown(m, place, person, at, raw)


def status(s: wire.Status, place: Place) -> HeardStatus | None:
    """None if it is no status that there is a word for."""
    state = STATUSES.get(s.status or "")
    if state is None or not s.id:
        return None
    return HeardStatus(
        channel=place.channel,
        external_id=s.id,
        status=state,
        at=moment(s.timestamp, place.now),
        person=_recipient(s, place.contacts),
        group=s.recipient_id if s.recipient_type == "group" else None,
        pricing=None if s.pricing is None else _pricing(s.pricing),
        errors=troubles(s.errors) if s.errors else [],
        callback_data=s.biz_opaque_callback_data,
    )


def troubles(errors: list[wire.Error] | None) -> list[heard.Trouble]:
    return [
        heard.Trouble(
            code=error.code,
            title=error.title,
            message=error.message,
            details=error.error_data.details if error.error_data else None,
            href=error.href,
        )
        for error in errors or ()
    ]


def _other(m: wire.Message, place: Place) -> Person:
    """Who writes; of an echo, to whom."""
    if place.echo:
        return _person(m.to, m.to_user_id, m.to_parent_user_id, place.contacts)
    return _person(m.from_, m.from_user_id, m.from_parent_user_id, place.contacts)


def _recipient(s: wire.Status, contacts: list[wire.Contact]) -> Person:
    if s.recipient_type == "group":
        return _person(
            s.recipient_participant_id,
            s.recipient_participant_user_id,
            s.recipient_participant_parent_user_id,
            contacts,
        )
    return _person(s.recipient_id, s.recipient_user_id, s.recipient_parent_user_id, contacts)


def _person(
    phone: str | None, user_id: str | None, parent: str | None, contacts: list[wire.Contact]
) -> Person:
    one = _named(phone, user_id, contacts)
    profile = one.profile or NO_PROFILE
    return Person(
        platform="whatsapp",
        user_id=user_id or one.user_id or None,
        phone=phone or one.wa_id or None,
        parent_user_id=parent or one.parent_user_id or None,
        username=profile.username or None,
        name=profile.name or None,
    )


def _named(phone: str | None, user_id: str | None, contacts: list[wire.Contact]) -> wire.Contact:
    """What is said of them beside; of one alone also where nothing says that it is another."""
    for one in contacts:
        if _is(one, phone, user_id) or (len(contacts) == 1 and not _differs(one, phone, user_id)):
            return one
    return NO_CONTACT


def _is(contact: wire.Contact, phone: str | None, user_id: str | None) -> bool:
    if user_id and contact.user_id:
        return contact.user_id == user_id
    return bool(phone) and contact.wa_id == phone


def _differs(contact: wire.Contact, phone: str | None, user_id: str | None) -> bool:
    if user_id and contact.user_id:
        return contact.user_id != user_id
    return bool(phone and contact.wa_id) and contact.wa_id != phone


NO_PROFILE = wire.Profile()
NO_CONTACT = wire.Contact()
NO_CONTEXT = wire.Context()


def _said(
    m: wire.Message, place: Place, person: Person, at: datetime, kind: Kind, **what: Any
) -> HeardMessage:
    context = m.context or NO_CONTEXT
    return HeardMessage(
        channel=place.channel,
        person=person,
        external_id=m.id or None,
        at=at,
        kind=kind,
        group=m.group_id,
        echo=place.echo,
        reply_to=context.id,
        forwarded=bool(context.forwarded or context.frequently_forwarded),
        referral=None if m.referral is None else _referral(m.referral),
        **what,
    )


def _text(m: wire.Message, place: Place, person: Person, at: datetime, text: str) -> HeardMessage:
    if m.context is not None or m.referral is not None:
        return _said(m, place, person, at, "text", text=text)
    # Most messages are of this kind, and this takes half the time.
    return HeardMessage(
        channel=place.channel,
        person=person,
        external_id=m.id or None,
        at=at,
        kind="text",
        text=text,
        group=m.group_id,
        echo=place.echo,
    )


def _unknown(
    m: wire.Message,
    place: Place,
    person: Person,
    at: datetime,
    raw: Tree | None,
    kind: Kind = "unknown",
) -> list[Heard]:
    if raw is None:
        raise Odd
    what = troubles(m.errors)
    return [_said(m, place, person, at, kind, event=m.type, errors=what, raw=raw)]


Reader = Callable[[wire.Message, Place, Person, datetime, Tree | None], list[Heard]]


def _media(
    m: wire.Message, place: Place, person: Person, at: datetime, raw: Tree | None
) -> list[Heard]:
    found: wire.Media | None = getattr(m, m.type or "")
    if found is None:
        return _unknown(m, place, person, at, raw)
    kind = "voice" if found.voice else MEDIA[m.type or ""]
    media = heard.Media(
        id=found.id,
        mime_type=found.mime_type,
        sha256=found.sha256,
        filename=found.filename,
        caption=found.caption,
        url=found.url,
        bytes=found.file_size,
        animated=bool(found.animated),
    )
    return [_said(m, place, person, at, kind, text=found.caption, media=media)]


def _location(
    m: wire.Message, place: Place, person: Person, at: datetime, raw: Tree | None
) -> list[Heard]:
    found = m.location or wire.Location()
    latitude, longitude = number(found.latitude), number(found.longitude)
    if latitude is None or longitude is None:
        return _unknown(m, place, person, at, raw)
    location = heard.Location(
        latitude=latitude,
        longitude=longitude,
        name=found.name,
        address=found.address,
        url=found.url,
    )
    return [_said(m, place, person, at, "location", location=location)]


def _contacts(
    m: wire.Message, place: Place, person: Person, at: datetime, raw: Tree | None
) -> list[Heard]:
    if not m.contacts:
        return _unknown(m, place, person, at, raw)
    shared = [_shared(one) for one in m.contacts]
    own = next((one.phones[0] for one in shared if one.own and one.phones), None)
    if own and person.phone is None:
        person = msgspec.structs.replace(person, phone=own)
    return [_said(m, place, person, at, "contacts", contacts=shared)]


def _shared(contact: wire.SharedContact) -> heard.SharedContact:
    name = contact.name or wire.Name()
    parts = " ".join(part for part in (name.first_name, name.last_name) if part)
    phones = [phone for one in contact.phones or () if (phone := one.wa_id or one.phone)]
    if not phones and contact.vcard:
        phones = _phones_on(contact.vcard)
    return heard.SharedContact(
        name=name.formatted_name or parts or None,
        phones=phones,
        emails=[one.email for one in contact.emails or () if one.email],
        company=contact.org.company if contact.org else None,
        own=contact.origin == "contact_request",
        vcard=contact.vcard,
    )


def _phones_on(vcard: str) -> list[str]:
    found: list[tuple[str, str]] = VCARD_PHONE.findall(vcard.replace("\r", ""))
    return [known[1] if (known := WAID.search(how)) else told.strip() for how, told in found]


def _interactive(
    m: wire.Message, place: Place, person: Person, at: datetime, raw: Tree | None
) -> list[Heard]:
    found = m.interactive or wire.Interactive()
    if choice := found.button_reply or found.list_reply:
        reply = heard.Reply(id=choice.id, title=choice.title, description=choice.description)
        text = choice.title
    elif form := found.nfm_reply:
        reply = heard.Reply(id=found.type, title=form.name, payload=_filled_in(form.response_json))
        text = form.body
    elif (permission := found.call_permission_reply) is not None:
        reply, text = heard.Reply(id=found.type, payload=tidy(permission)), None
    else:
        # It came without its body: the platform says so beside it.
        kind: Kind = "unsupported" if m.errors else "unknown"
        return _unknown(m, place, person, at, raw, kind)
    return [_said(m, place, person, at, "interactive", text=text, reply=reply, event=found.type)]


def _filled_in(response: object) -> Any:
    """What was written into a form: JSON inside of a text, and kept as a text if it is none."""
    if not isinstance(response, str):
        return tidy(response)
    try:
        return tidy(msgspec.json.decode(response))
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return response


def _button(
    m: wire.Message, place: Place, person: Person, at: datetime, raw: Tree | None
) -> list[Heard]:
    if m.button is None:
        return _unknown(m, place, person, at, raw)
    reply = heard.Reply(title=m.button.text, payload=tidy(m.button.payload))
    return [_said(m, place, person, at, "button", text=m.button.text, reply=reply)]


def _reaction(
    m: wire.Message, place: Place, person: Person, at: datetime, raw: Tree | None
) -> list[Heard]:
    if m.reaction is None or not m.reaction.message_id:
        return _unknown(m, place, person, at, raw)
    reaction = heard.Reaction(to=m.reaction.message_id, emoji=m.reaction.emoji or None)
    return [_said(m, place, person, at, "reaction", reaction=reaction)]


def _order(
    m: wire.Message, place: Place, person: Person, at: datetime, raw: Tree | None
) -> list[Heard]:
    if m.order is None:
        return _unknown(m, place, person, at, raw)
    items = [
        heard.OrderItem(
            product=one.product_retailer_id,
            quantity=number(one.quantity),
            price=number(one.item_price),
            currency=one.currency,
        )
        for one in m.order.product_items or ()
    ]
    order = heard.Order(catalog=m.order.catalog_id, text=m.order.text, items=items)
    return [_said(m, place, person, at, "order", text=m.order.text, order=order)]


def _system(
    m: wire.Message, place: Place, person: Person, at: datetime, raw: Tree | None
) -> list[Heard]:
    found = m.system
    if found is None:
        return _unknown(m, place, person, at, raw)
    if found.type not in CHANGES:
        return [_said(m, place, person, at, "system", text=found.body, event=found.type)]
    previous = msgspec.structs.replace(
        person,
        user_id=found.previous_user_id or (None if found.user_id else person.user_id),
        parent_user_id=found.previous_parent_user_id
        or (None if found.parent_user_id else person.parent_user_id),
    )
    now = msgspec.structs.replace(
        person,
        user_id=found.user_id or person.user_id,
        parent_user_id=found.parent_user_id or person.parent_user_id,
        phone=found.wa_id or found.new_wa_id or person.phone,
    )
    change = HeardPersonChange(channel=place.channel, previous=previous, now=now, at=at)
    return [change, _said(m, place, now, at, "system", text=found.body, event=found.type)]


def _welcome(
    m: wire.Message, place: Place, person: Person, at: datetime, raw: Tree | None
) -> list[Heard]:
    return [_said(m, place, person, at, "system", event=m.type)]


def _unsupported(
    m: wire.Message, place: Place, person: Person, at: datetime, raw: Tree | None
) -> list[Heard]:
    if raw is None:
        raise Odd
    event = m.unsupported.type if m.unsupported else None
    what = troubles(m.errors)
    return [_said(m, place, person, at, "unsupported", event=event, errors=what, raw=raw)]


def _edit(
    m: wire.Message, place: Place, person: Person, at: datetime, raw: Tree | None
) -> list[Heard]:
    if m.edit is None or not m.edit.original_message_id or m.edit.message is None:
        return _unknown(m, place, person, at, raw)
    now = m.edit.message
    media = now.image or now.video or now.document
    if now.text is None and raw is None:
        raise Odd
    edit = HeardEdit(
        channel=place.channel,
        person=person,
        at=at,
        group=m.group_id,
        echo=place.echo,
        external_id=m.edit.original_message_id,
        text=now.text.body if now.text else media and media.caption,
        raw=None if now.text or raw is None else raw["edit"]["message"],
    )
    return [edit]


def _revoke(
    m: wire.Message, place: Place, person: Person, at: datetime, raw: Tree | None
) -> list[Heard]:
    if m.revoke is None or not m.revoke.original_message_id:
        return _unknown(m, place, person, at, raw)
    deleted = HeardDelete(
        channel=place.channel,
        person=person,
        at=at,
        group=m.group_id,
        echo=place.echo,
        external_id=m.revoke.original_message_id,
    )
    return [deleted]


READERS: dict[str, Reader] = {
    **dict.fromkeys(MEDIA, _media),
    "location": _location,
    "contacts": _contacts,
    "interactive": _interactive,
    "button": _button,
    "reaction": _reaction,
    "order": _order,
    "system": _system,
    "request_welcome": _welcome,
    "unsupported": _unsupported,
    "edit": _edit,
    "revoke": _revoke,
}


def _referral(found: wire.Referral) -> heard.Referral:
    return heard.Referral(
        source_url=found.source_url,
        source_id=found.source_id,
        source_type=found.source_type,
        headline=found.headline,
        body=found.body,
        ctwa_clid=found.ctwa_clid,
        media_type=found.media_type,
        image_url=found.image_url,
        video_url=found.video_url,
        thumbnail_url=found.thumbnail_url,
        welcome=found.welcome_message.text if found.welcome_message else None,
    )


def _pricing(found: wire.Pricing) -> heard.Pricing:
    return heard.Pricing(
        billable=found.billable,
        model=found.pricing_model,
        type=found.type,
        category=found.category,
    )
