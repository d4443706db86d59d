"""What the Cloud API takes: the documented shapes of messages, checked as strictly as it does."""

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, cast

USER_ID = re.compile(r"[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}")
PHONE = re.compile(r"\+?[0-9][0-9 ()-]{5,24}")
LONGEST_TEXT, LONGEST_CAPTION, LONGEST_CALLBACK_DATA = 4096, 1024, 512
Json = dict[str, Any]


class Wrong(Exception):
    """The platform refuses."""

    def __init__(
        self, code: int, details: str, status: int = 400, subcode: int | None = None
    ) -> None:
        self.code = code
        self.status = status
        self.subcode = subcode
        super().__init__(details)


class Template(NamedTuple):
    parameters: int = 0
    """Of its body."""
    category: str = "UTILITY"
    status: str = "APPROVED"


def check(body: Json, templates: Mapping[tuple[str, str], Template], files: set[str]) -> str:
    """To whom a message goes; `Wrong` if it is not as documented."""
    product(body)
    kind = body.get("type", "text")
    if kind not in KINDS:
        raise Wrong(131009, f"type is none of a message: {kind!r}.")
    allowed = ("messaging_product", "recipient_type", "to", "recipient", "type", kind)
    known(body, *allowed, "context", "biz_opaque_callback_data")
    to = _recipient(body)
    if not isinstance(body.get(kind), dict):
        raise Wrong(131008, f"The parameter {kind} is missing.")
    if kind == "template":
        _template(body["template"], templates, to)
    elif kind in MEDIA:
        _media(kind, body[kind], files)
    else:
        KINDS[kind](body[kind])
    if "context" in body:
        known(body["context"], "message_id")
        _text(body["context"], "message_id", 1, 256)
    if "biz_opaque_callback_data" in body:
        _text(body, "biz_opaque_callback_data", 1, LONGEST_CALLBACK_DATA)
    return to


def digits(phone: str) -> str:
    return re.sub(r"[^0-9]", "", phone)


def same(given: str, own: str) -> None:
    if given != own:
        raise Wrong(100, f"Object with ID '{given}' does not exist.", subcode=33)


def product(body: Mapping[str, Any]) -> None:
    if body.get("messaging_product") != "whatsapp":
        raise Wrong(100, "The parameter messaging_product is required.")


def known(given: object, *names: str) -> None:
    if not isinstance(given, dict):
        raise Wrong(131009, "It must be an object.")
    if strange := set(cast("Json", given)) - set(names):
        raise Wrong(100, f"Unexpected key {min(strange)!r}.")


def _recipient(body: Json) -> str:
    kind = body.get("recipient_type", "individual")
    if kind not in ("individual", "group"):
        raise Wrong(131009, "recipient_type is individual or group.")
    if ("to" in body) == ("recipient" in body):
        raise Wrong(100, "Either to or recipient is required.")
    if "recipient" in body:
        if kind == "group" or not USER_ID.fullmatch(str(body["recipient"])):
            raise Wrong(131009, "recipient is no user id.")
        return body["recipient"]
    to = body["to"]
    if not isinstance(to, str) or not to:
        raise Wrong(131009, "to is no text.")
    if kind == "individual" and not (PHONE.fullmatch(to) or USER_ID.fullmatch(to)):
        raise Wrong(131009, "to is no phone number.")
    return to


def _text(given: Json, name: str, low: int, high: int) -> str:
    value = given.get(name)
    if not isinstance(value, str):
        raise Wrong(131008, f"The parameter {name} is missing, or no text.")
    if not low <= len(value) <= high:
        raise Wrong(131009, f"{name} must have {low} to {high} characters.")
    return value


def _items(given: Json, name: str) -> list[Any]:
    value = given.get(name)
    return cast("list[Any]", value) if isinstance(value, list) else []


def _optional(given: Json, name: str, high: int) -> None:
    if name in given:
        _text(given, name, 1, high)


def _said(text: Json) -> None:
    known(text, "body", "preview_url")
    _text(text, "body", 1, LONGEST_TEXT)
    if not isinstance(text.get("preview_url", False), bool):
        raise Wrong(131009, "preview_url is true or false.")


def _media(kind: str, media: Json, files: set[str]) -> None:
    known(media, "id", "link", *MEDIA[kind])
    if ("id" in media) == ("link" in media):
        raise Wrong(131009, "Either id or link is required.")
    if "id" in media and media["id"] not in files:
        raise Wrong(131053, "There is no such media.")
    if "link" in media and not str(media["link"]).startswith(("http://", "https://")):
        raise Wrong(131053, "link is no address.")
    _optional(media, "caption", LONGEST_CAPTION)
    _optional(media, "filename", 240)
    if not isinstance(media.get("voice", True), bool):
        raise Wrong(131009, "voice is true or false.")


def _location(location: Json) -> None:
    known(location, "latitude", "longitude", "name", "address")
    for name, most in (("latitude", 90), ("longitude", 180)):
        value = location.get(name)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise Wrong(131008, f"The parameter {name} is missing.")
        if not -most <= value <= most:
            raise Wrong(131009, f"{name} is on no globe.")


def _reaction(reaction: Json) -> None:
    known(reaction, "message_id", "emoji")
    _text(reaction, "message_id", 1, 256)
    if not reaction["message_id"].startswith("wamid."):
        raise Wrong(131009, "message_id is no id of a message.")
    _text(reaction, "emoji", 0, 16)


def _template(template: Json, templates: Mapping[tuple[str, str], Template], to: str) -> None:
    known(template, "name", "language", "components")
    known(template.get("language"), "code", "policy")
    found = templates.get((template.get("name", ""), template["language"].get("code", "")))
    if found is None:
        raise Wrong(132001, "Template name does not exist in the translation.", 404)
    if found.status == "PAUSED":
        raise Wrong(132015, "Template is paused.")
    if found.category == "AUTHENTICATION" and USER_ID.fullmatch(to):
        raise Wrong(131062, "Authentication templates need a phone number.")
    given = 0
    for component in template.get("components", []):
        known(component, "type", "sub_type", "index", "parameters")
        if component.get("type") not in ("header", "body", "button", "carousel"):
            raise Wrong(132012, "A component has no known type.")
        given += len(component.get("parameters", [])) if component["type"] == "body" else 0
    if given != found.parameters:
        raise Wrong(132000, f"It has {found.parameters} parameters, and was given {given}.")


def _interactive(interactive: Json) -> None:
    known(interactive, "type", "header", "body", "footer", "action")
    known(interactive.get("body"), "text")
    _text(interactive["body"], "text", 1, LONGEST_CAPTION)
    if "header" in interactive:
        known(interactive["header"], "type", "text", "image", "video", "document")
        _optional(interactive["header"], "text", 60)
    if "footer" in interactive:
        known(interactive["footer"], "text")
        _text(interactive["footer"], "text", 1, 60)
    action = interactive.get("action")
    match interactive.get("type"):
        case "button":
            _buttons(action)
        case "list":
            _list(action)
        case "request_contact_info" | "location_request_message":
            known(action, "name")
        case other:
            raise Wrong(131009, f"It is no interactive message: {other!r}.")


def _buttons(action: Any) -> None:
    known(action, "buttons")
    buttons = _items(action, "buttons")
    if not 1 <= len(buttons) <= 3:
        raise Wrong(131009, "There are one to three buttons.")
    for button in buttons:
        known(button, "type", "reply")
        known(button.get("reply"), "id", "title")
        _text(button["reply"], "id", 1, 256)
        _text(button["reply"], "title", 1, 20)
    if len({button["reply"]["id"] for button in buttons}) < len(buttons):
        raise Wrong(131009, "The ids of buttons must differ.")


def _list(action: Any) -> None:
    known(action, "button", "sections")
    _text(action, "button", 1, 20)
    sections = _items(action, "sections")
    if not 1 <= len(sections) <= 10:
        raise Wrong(131009, "There are one to ten sections.")
    rows = [row for section in sections for row in _rows(section, several=len(sections) > 1)]
    if not 1 <= len(rows) <= 10 or len({row["id"] for row in rows}) < len(rows):
        raise Wrong(131009, "There are one to ten rows, of different ids.")


def _rows(section: Any, *, several: bool) -> list[Json]:
    known(section, "title", "rows")
    if several:
        _text(section, "title", 1, 24)
    for row in _items(section, "rows"):
        known(row, "id", "title", "description")
        _text(row, "id", 1, 200)
        _text(row, "title", 1, 24)
        _optional(row, "description", 72)
    return _items(section, "rows")


MEDIA: dict[str, tuple[str, ...]] = {
    "image": ("caption",),
    "video": ("caption",),
    "audio": ("voice",),
    "document": ("caption", "filename"),
    "sticker": (),
}


def _elsewhere(_: Json) -> None:
    """Media and templates are checked with what there is of them."""


KINDS: dict[str, Callable[[Json], None]] = {
    **dict.fromkeys((*MEDIA, "template"), _elsewhere),
    "text": _said,
    "location": _location,
    "interactive": _interactive,
    "reaction": _reaction,
}
