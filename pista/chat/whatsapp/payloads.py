"""What is sent, in the Cloud API's words. No I/O."""

from typing import Any

from pista.chat import http
from pista.chat.outgoing import (
    Choice,
    Content,
    Interactive,
    Location,
    Media,
    Outgoing,
    Reaction,
    Refused,
    Template,
    Text,
    To,
)

Json = dict[str, Any]
WITH_CAPTION = ("image", "video", "document")


def message(outgoing: Outgoing) -> Json | Refused:
    """The body of a request; refused if there is nobody to send to."""
    to = _recipient(outgoing.to)
    if to is None:
        return http.refused("never", "check_number", "There is neither a number nor a user id.")
    kind, content = _content(outgoing.content)
    body: Json = {"messaging_product": "whatsapp", **to, "type": kind, kind: content}
    if outgoing.reply_to is not None:
        body["context"] = {"message_id": outgoing.reply_to}
    if outgoing.callback_data is not None:
        body["biz_opaque_callback_data"] = outgoing.callback_data
    return body


def _recipient(to: To) -> Json | None:
    if to.group:
        return {"recipient_type": "group", "to": to.group}
    if to.phone:
        return {"recipient_type": "individual", "to": to.phone}
    if to.user_id:
        # In `to` it would be dropped without a word.
        return {"recipient_type": "individual", "recipient": to.user_id}
    return None


def _content(content: Content) -> tuple[str, Json]:
    match content:
        case Text():
            return "text", {"body": content.text, "preview_url": content.preview}
        case Media():
            return _media(content)
        case Template():
            return "template", _template(content)
        case Interactive():
            return "interactive", _interactive(content)
        case Location():
            return "location", _present(
                latitude=content.latitude,
                longitude=content.longitude,
                name=content.name,
                address=content.address,
            )
        case Reaction():
            return "reaction", {"message_id": content.external_id, "emoji": content.emoji or ""}


def _media(content: Media) -> tuple[str, Json]:
    kind = "audio" if content.kind == "voice" else content.kind
    body = _present(
        id=content.id,
        link=None if content.id else content.url,
        caption=content.caption if kind in WITH_CAPTION else None,
        filename=content.filename if kind == "document" else None,
        voice=True if content.kind == "voice" else None,
    )
    return kind, body


def _template(content: Template) -> Json:
    components = content.components or None
    return _present(name=content.name, language={"code": content.language}, components=components)


def _interactive(content: Interactive) -> Json:
    body = _present(
        header={"type": "text", "text": content.header} if content.header else None,
        body={"text": content.text},
        footer={"text": content.footer} if content.footer else None,
    )
    if content.ask_for_phone:
        return {"type": "request_contact_info", **body, "action": {"name": "request_contact_info"}}
    if content.sections:
        sections = [
            _present(title=section.title, rows=[_row(row) for row in section.rows])
            for section in content.sections
        ]
        return {
            "type": "list",
            **body,
            "action": {"button": content.list_button or "…", "sections": sections},
        }
    buttons = [
        {"type": "reply", "reply": {"id": button.id, "title": button.title}}
        for button in content.buttons
    ]
    return {"type": "button", **body, "action": {"buttons": buttons}}


def _row(row: Choice) -> Json:
    return _present(id=row.id, title=row.title, description=row.description)


def _present(**fields: Any) -> Json:
    return {name: value for name, value in fields.items() if value is not None}
