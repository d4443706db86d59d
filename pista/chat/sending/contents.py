"""What people send, as it is kept and as it goes out. No I/O."""

from typing import NamedTuple
from uuid import UUID

import msgspec

from pista.chat import heard, model
from pista.chat.heard import Platform
from pista.chat.media import Attached, MediaId
from pista.chat.model import Content
from pista.chat.outgoing import (
    Choice,
    Interactive,
    Location,
    Media,
    Section,
    Template,
    Text,
)
from pista.chat.outgoing import Content as Outgoing
from pista.chat.sending.model import (
    BadMessage,
    NotOnPlatform,
    SendInteractive,
    SendMedia,
    SendMessage,
    SendTemplate,
)

UPLOAD = "upload:"
"""Begins what stands for the address of a file that is kept here."""
MOST_BUTTON, MOST_CALLBACK_BYTES = 20, 64


class Written(NamedTuple):
    """A message, as it is kept and as it goes out."""

    kind: str
    text: str | None
    content: Content
    outgoing: Outgoing


def written(asked: SendMessage, platform: Platform) -> Written:
    """Refused if its part is missing, or the platform has no such thing."""
    parts = [
        name
        for name in ("text", "media", "template", "interactive", "location")
        if getattr(asked, name) is not None
    ]
    if parts != [asked.type]:
        raise BadMessage(f"{asked.type}: give this part, and no other.")
    if asked.text is not None:
        if not asked.text.strip() or "\0" in asked.text:
            raise BadMessage("text: write something that people can read.")
        return Written("text", asked.text, Content(), Text(text=asked.text, preview=True))
    if asked.media is not None:
        return _media(asked.media)
    if asked.template is not None:
        return _template(asked.template, platform)
    if asked.interactive is not None:
        return _interactive(asked.interactive, platform)
    assert asked.location is not None
    place = msgspec.convert(asked.location, Location, from_attributes=True)
    kept = Content(location=msgspec.convert(asked.location, heard.Location, from_attributes=True))
    return Written("location", asked.location.name, kept, place)


def _media(media: SendMedia) -> Written:
    if (media.media_id is None) == (media.url is None):
        raise BadMessage("media: give the mediaId of an upload, or a url.")
    url = media.url if media.media_id is None else f"{UPLOAD}{media.media_id}"
    outgoing = Media(kind=media.kind, url=url, caption=media.caption, filename=media.filename)
    kept = heard.Media(
        id=None if media.media_id is None else str(media.media_id),
        url=media.url,
        filename=media.filename,
        caption=media.caption,
    )
    return Written(media.kind, media.caption, Content(media=kept), outgoing)


def upload_of(content: Outgoing) -> MediaId | None:
    """The file that is to be sent along."""
    if isinstance(content, Media) and (content.url or "").startswith(UPLOAD):
        return MediaId(UUID((content.url or "").removeprefix(UPLOAD)))
    return None


def with_file(content: Outgoing, file: bytes, attached: Attached) -> Outgoing:
    assert isinstance(content, Media)
    return msgspec.structs.replace(
        content,
        url=None,
        file=file,
        mime_type=attached.mime_type,
        filename=content.filename or attached.filename,
    )


def _template(asked: SendTemplate, platform: Platform) -> Written:
    if platform != "whatsapp":
        raise NotOnPlatform("template: only WhatsApp has templates.")
    shown = model.SentTemplate(
        name=asked.name,
        language=asked.language,
        header=asked.header,
        body=asked.body,
        buttons=asked.buttons,
    )
    outgoing = Template(name=asked.name, language=asked.language)
    return Written("template", None, Content(template=shown), outgoing)


def _interactive(asked: SendInteractive, platform: Platform) -> Written:
    _check(asked, platform)
    outgoing = Interactive(
        text=asked.text,
        buttons=[_choice(one) for one in asked.buttons],
        list_button=asked.list_button,
        sections=[Section(rows=[_choice(one) for one in asked.rows])] if asked.rows else [],
        ask_for_phone=asked.ask_for_phone,
        header=asked.header,
        footer=asked.footer,
    )
    shown = model.SentChoices(
        header=asked.header,
        footer=asked.footer,
        button=asked.list_button,
        titles=[one.title for one in (*asked.buttons, *asked.rows)],
        ask_for_phone=asked.ask_for_phone,
    )
    return Written("interactive", asked.text, Content(choices=shown), outgoing)


def _check(asked: SendInteractive, platform: Platform) -> None:
    offered = [bool(asked.buttons), bool(asked.rows), asked.ask_for_phone]
    if sum(offered) != 1:
        raise BadMessage("interactive: give buttons, or rows, or ask for the phone number.")
    if asked.rows and asked.list_button is None:
        raise BadMessage("interactive.listButton: say what opens the list.")
    choices = [*asked.buttons, *asked.rows]
    if len({one.id for one in choices}) < len(choices):
        raise BadMessage("interactive: every choice needs an id of its own.")
    if any(len(one.title) > MOST_BUTTON for one in asked.buttons):
        raise BadMessage(f"interactive.buttons: a title has {MOST_BUTTON} characters at most.")
    if platform == "telegram" and any(
        len(one.id.encode()) > MOST_CALLBACK_BYTES for one in choices
    ):
        raise BadMessage(f"interactive: Telegram's ids have {MOST_CALLBACK_BYTES} bytes at most.")


def _choice(asked: msgspec.Struct) -> Choice:
    return msgspec.convert(asked, Choice, from_attributes=True)
