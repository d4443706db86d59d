"""One Segment message as one event of ours: no I/O, no clock."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast
from uuid import UUID, uuid5

import msgspec

from pista.collect import agents, introductions, mending
from pista.collect.agents import Agent
from pista.collect.intake import UNREADABLE, Rejected
from pista.collect.model import Event, Introduction
from pista.collect.segment import rules
from pista.collect.segment.model import Id, Kind, Message
from pista.ids import SiteId, TenantId, VisitorId

TYPES = {
    Kind.PAGE: "PAGE_VIEW",
    Kind.SCREEN: "SCREEN_VIEW",
    Kind.IDENTIFY: "IDENTIFY",
    Kind.GROUP: "GROUP",
    Kind.ALIAS: "ALIAS",
}
PHONES = ("ios", "android")

_message = msgspec.json.Decoder(Message)


class Surroundings(msgspec.Struct, frozen=True, kw_only=True):
    """What the messages of one request share."""

    tenant_id: TenantId
    site_id: SiteId
    kind: Kind | None
    """What the address says that the message is; None for a batch."""
    context: Mapping[str, Any]
    sent_at: datetime | None
    """By the sender's clock; None if only the messages say, or nobody does."""
    now: datetime
    agent: Agent
    """Who sent the request, for messages that do not say whose they are."""


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """A message in our words."""

    event: Event
    sent_at: datetime | None
    """By the sender's clock."""
    agent: Agent
    url: str
    """The page's address, with the campaign in it."""
    referrer: str
    dropped_traits: int
    introduces: Introduction | None
    """Of an `identify` that says who the visitor is."""


def told(raw: msgspec.Raw, around: Surroundings) -> Told:
    """The event that a message tells of; `Rejected` if it tells of none."""
    try:
        return _told(_decoded(raw), around)
    except msgspec.ValidationError as error:
        raise Rejected("message_invalid", str(error)) from None
    except RecursionError:
        raise Rejected("message_invalid", "The message is nested too deep.") from None
    except UNREADABLE as error:
        raise Rejected("message_invalid", f"The message is not valid JSON: {error}") from None


def _decoded(raw: msgspec.Raw) -> Message:
    try:
        return _message.decode(raw)
    except msgspec.ValidationError:
        raise
    except msgspec.DecodeError:
        return _message.decode(mending.without_lone_surrogates(bytes(raw)))


def _told(message: Message, around: Surroundings) -> Told:
    kind = around.kind or _kind(message)
    context = part(message.context) or around.context
    page = {**part(context.get("page")), **_page_of(message, kind)}
    url, referrer = _address(page), _text(page.get("referrer"))
    sent_at = around.sent_at or rules.moment(message.sent_at)
    at = _moment(message, sent_at or around.now)
    visitor = _visitor(message, around)
    metadata, dropped = _metadata(message, kind, visitor)
    own = {"url": url, "referrer": referrer, "title": _text(page.get("title"))}
    metadata |= {key: value for key, value in own.items() if value}
    event = Event(
        event_id=_event_id(message, around.site_id),
        visitor_id=visitor,
        session_id=_session(message, context, around, visitor, at),
        event_type=_event_type(message, kind),
        occurred_at=at,
        metadata=rules.fitted(metadata),
    )
    return Told(
        event=event,
        sent_at=sent_at,
        agent=_agent(context, around),
        url=rules.with_campaign(url, part(context.get("campaign"))),
        referrer=referrer,
        dropped_traits=dropped,
        introduces=_introduction(message, around, event) if kind is Kind.IDENTIFY else None,
    )


def _introduction(message: Message, around: Surroundings, event: Event) -> Introduction | None:
    traits = part(message.traits)
    names = (traits.get("firstName"), traits.get("lastName"))
    person = introductions.described(
        name=traits.get("name") or " ".join(filter(None, map(_text, names))),
        email=traits.get("email"),
        phone=traits.get("phone"),
        user_id=_id(message.user_id),
        traits=traits,
    )
    if not person.names_somebody:
        return None
    # Without an id of its own the same is the same.
    key = str(event.event_id or uuid5(around.site_id, msgspec.json.encode(person).decode()))
    return Introduction(
        site_id=around.site_id,
        visitor_id=VisitorId(event.visitor_id),
        method="identify",
        key=key,
        person=person,
    )


def _kind(message: Message) -> Kind:
    try:
        return Kind((message.type or "").lower())
    except ValueError:
        given = (message.type or "")[:40]
        raise Rejected(
            "message_type_invalid", f"`type` {given!r} is no call of Segment's."
        ) from None


def _event_type(message: Message, kind: Kind) -> str:
    if kind is not Kind.TRACK:
        return TYPES[kind]
    name = _text(message.event)
    if not name:
        raise Rejected("event_name_missing", "A `track` needs the name of its `event`.")
    return rules.event_type(name)


def _event_id(message: Message, site: SiteId) -> UUID | None:
    given = _id(message.message_id)
    return rules.event_id(site, given) if given else None


def _visitor(message: Message, around: Surroundings) -> str:
    given = _id(message.anonymous_id) or _id(message.user_id) or _id(message.previous_id)
    if not given:
        raise Rejected("visitor_id_invalid", "`anonymousId` or `userId` is missing.")
    return rules.visitor_id(around.tenant_id, given)


def _session(
    message: Message,
    context: Mapping[str, Any],
    around: Surroundings,
    visitor: str,
    at: datetime,
) -> UUID:
    properties = part(message.properties)
    given = context.get("sessionId") or properties.get("session_id") or properties.get("sessionId")
    if isinstance(given, str | int) and (named := _id(given)):
        return rules.session_id(around.tenant_id, visitor, named)
    return rules.session_of_day(around.tenant_id, visitor, at)


def _moment(message: Message, sent_at: datetime) -> datetime:
    given = message.timestamp or message.original_timestamp
    if not given:
        return sent_at
    found = rules.moment(given)
    if found is None:
        raise Rejected("occurred_at_invalid", "`timestamp` is not a time in ISO 8601.")
    return found


def _metadata(message: Message, kind: Kind, visitor: str) -> tuple[dict[str, Any], int]:
    traits, dropped = rules.impersonal(part(message.traits))
    user, anonymous = _id(message.user_id), _id(message.anonymous_id)
    own = {
        "event": _text(message.event) if kind is Kind.TRACK else "",
        "name": _text(message.name),
        "category": _text(message.category),
        "userId": _original(user),
        "anonymousId": "" if anonymous == visitor else _original(anonymous),
        "previousId": _original(_id(message.previous_id)),
        "groupId": _original(_id(message.group_id)),
        "traits": traits,
    }
    told = {key: value for key, value in own.items() if value}
    properties = part(message.properties)
    if kind is Kind.IDENTIFY:
        # It has none by the specification: whoever sends some means traits.
        told.pop("name", None)
        properties, more = rules.impersonal(properties)
        dropped += more
    return {**properties, **told}, dropped


def _original(given: str) -> str:
    """The client's own id, unless it is somebody's e-mail address or telephone number."""
    return "" if rules.looks_personal(given) else given


def _agent(context: Mapping[str, Any], around: Surroundings) -> Agent:
    if header := _text(context.get("userAgent")):
        return agents.agent(header)
    system = _text(part(context.get("os")).get("name"))
    device = _text(part(context.get("device")).get("type")).lower()
    if device in PHONES:
        return Agent(browser="", os=system[:64], device="mobile", bot="", automated=False)
    return around.agent


def _page_of(message: Message, kind: Kind) -> dict[str, Any]:
    """What a `page` says of its page itself, which goes before what its context says."""
    if kind is not Kind.PAGE:
        return {}
    properties = part(message.properties)
    return {key: properties[key] for key in PAGE if _text(properties.get(key))}


PAGE = ("url", "title", "referrer", "search")


def _address(page: Mapping[str, Any]) -> str:
    url, search = _text(page.get("url")), _text(page.get("search"))
    return url + search if url and search.startswith("?") and not {"?", "#"} & set(url) else url


def part(given: Any) -> Mapping[str, Any]:
    """An object as it is, and as an empty one what should have been one."""
    return cast("dict[str, Any]", given) if isinstance(given, dict) else {}


def _text(given: Any) -> str:
    return given if isinstance(given, str) else ""


def _id(given: Id) -> str:
    return "" if given is None or isinstance(given, bool) else str(given).strip()
