"""From the bytes of a WhatsApp webhook to what is heard. No I/O, no clock; nothing raises.

What has the documented shape is read in one go. Anything else is read again item by item, with as
much of each as fits, so that a bad one never costs the others.
"""

from collections.abc import Iterator
from datetime import datetime

import msgspec

from pista.chat import fitting
from pista.chat.fitting import NUL, Tree, fitted, listed, tree
from pista.chat.heard import Heard, HeardNews, HeardUnreadable
from pista.chat.whatsapp import items, wire
from pista.chat.whatsapp.items import Odd, Place

WITH_MESSAGES = ("messages", "smb_message_echoes")
NOT_JSON = "It is no JSON."
NO_ITEM = "It is no object."
NO_STATUS = "It is a status without the id of a message."
NOTHING_INSIDE = "It has no entries with changes."

_decode = msgspec.json.Decoder(wire.Webhook).decode


def read(body: bytes, now: datetime) -> list[Heard]:
    """Everything in it, in its order. `now` stands in for times that are missing or impossible."""
    if NUL not in body:
        try:
            if found := _read(_decode(body), now):
                return found
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, Odd):
            pass
    return read_with_care(body, now)


def _read(webhook: wire.Webhook, now: datetime) -> list[Heard]:
    found: list[Heard] = []
    for entry in webhook.entry:
        if not entry.changes:
            raise Odd
        for change in entry.changes:
            found += _change(change, now)
    return found


def _change(change: wire.Change, now: datetime) -> list[Heard]:
    value = change.value
    if change.field not in WITH_MESSAGES or value.errors:
        raise Odd
    channel = value.metadata.phone_number_id if value.metadata else None
    place = Place(channel, value.contacts or [], now)
    found: list[Heard] = []
    for message in value.messages or ():
        found += items.message(message, place, None)
    for status in value.statuses or ():
        known = items.status(status, place)
        if known is None:
            raise Odd
        found.append(known)
    if value.message_echoes:
        place = Place(channel, place.contacts, now, echo=True)
        for message in value.message_echoes:
            found += items.message(message, place, None)
    if not found:
        raise Odd
    return found


def read_with_care(body: bytes, now: datetime) -> list[Heard]:
    """The same, for what does not have the shape that it should have."""
    try:
        webhook = fitting.parsed(body)
    except fitting.Unparsable:
        raw = fitting.clean(body.decode(errors="replace"))
        return [HeardUnreadable(channel=None, reason=NOT_JSON, raw=raw)]
    found: list[Heard] = []
    for entry in listed(tree(webhook).get("entry")):
        account = fitting.text(tree(entry).get("id"))
        at = fitting.moment(tree(entry).get("time"), now)
        changes = listed(tree(entry).get("changes"))
        for change in changes:
            found += _careful_change(change, account, at, now)
        if not changes:
            found.append(HeardUnreadable(channel=None, reason=NOTHING_INSIDE, raw=entry))
    return found or [HeardUnreadable(channel=None, reason=NOTHING_INSIDE, raw=webhook)]


def _careful_change(
    change: object, account: str | None, at: datetime, now: datetime
) -> list[Heard]:
    field = fitting.text(tree(change).get("field"))
    given = tree(change).get("value")
    value = tree(given)
    metadata = fitted(value.get("metadata"), wire.Metadata) or wire.Metadata()
    channel = metadata.phone_number_id
    found: list[Heard] = []
    if field is None or field in WITH_MESSAGES:
        contacts = [fitted(one, wire.Contact) for one in listed(value.get("contacts"))]
        place = Place(channel, [one for one in contacts if one is not None], now)
        found = list(_careful_items(value, place, account))
    if not found:
        raw = change if field is None else given
        found = [HeardNews(channel=channel, account=account, field=field or "", value=raw, at=at)]
    return found


def _careful_items(value: Tree, place: Place, account: str | None) -> Iterator[Heard]:
    beside = [one for one in map(_error, listed(value.get("errors"))) if one is not None]
    explained = False
    for raw in listed(value.get("messages")):
        for one in _careful_message(raw, place, beside):
            explained = explained or bool(getattr(one, "errors", None))
            yield one
    for raw in listed(value.get("statuses")):
        yield _careful_status(raw, place, account)
    echoed = Place(place.channel, place.contacts, place.now, echo=True)
    for raw in listed(value.get("message_echoes")):
        yield from _careful_message(raw, echoed, [])
    if not explained:
        for raw in listed(value.get("errors")):
            yield _news("errors", raw, place, account)


def _error(raw: object) -> wire.Error | None:
    return fitted(raw, wire.Error)


def _careful_message(raw: object, place: Place, beside: list[wire.Error]) -> list[Heard]:
    message = fitted(raw, wire.Message)
    if message is None:
        return [HeardUnreadable(channel=place.channel, reason=NO_ITEM, raw=raw)]
    if beside and not message.errors and not tree(raw).get(message.type or ""):
        message = msgspec.structs.replace(message, errors=beside)
    return items.message(message, place, tree(raw))


def _careful_status(raw: object, place: Place, account: str | None) -> Heard:
    status = fitted(raw, wire.Status)
    if status is None:
        return HeardUnreadable(channel=place.channel, reason=NO_ITEM, raw=raw)
    if not status.id:
        return HeardUnreadable(channel=place.channel, reason=NO_STATUS, raw=raw)
    return items.status(status, place) or _news("statuses", raw, place, account)


def _news(field: str, raw: object, place: Place, account: str | None) -> HeardNews:
    return HeardNews(channel=place.channel, account=account, field=field, value=raw, at=place.now)
