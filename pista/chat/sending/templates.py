"""WhatsApp's templates: as the platform lists them, and filled in as they ask for. No I/O."""

import re
from collections.abc import Sequence
from typing import Any

from pista.chat.outgoing import Template
from pista.chat.sending.model import BadTemplate, HeaderKind, Json, ListedTemplate, SendTemplate
from pista.chat.whatsapp.client import KnownTemplate

GAP = re.compile(r"\{\{\s*([A-Za-z0-9_]+)\s*\}\}")
HEADERS: dict[str, HeaderKind] = {
    "TEXT": "text",
    "IMAGE": "image",
    "VIDEO": "video",
    "DOCUMENT": "document",
}


def listed(known: KnownTemplate) -> ListedTemplate:
    """What is needed to fill it in."""
    header, body = _part(known, "HEADER"), _part(known, "BODY")
    buttons = _buttons(known)
    return ListedTemplate(
        name=known.name,
        language=known.language,
        status=known.status,
        category=known.category,
        body=_text(body),
        gaps=len(_gaps(_text(body))),
        header=HEADERS.get(str(header.get("format", "")).upper()),
        header_text=_text(header) or None,
        footer=_text(_part(known, "FOOTER")) or None,
        buttons=[_text(one) for one in buttons],
        button_gaps=sum(_takes(one) for one in buttons),
    )


def find(known: Sequence[KnownTemplate], asked: SendTemplate) -> KnownTemplate:
    """The one that is meant, if WhatsApp lets it be sent."""
    named = [one for one in known if one.name == asked.name]
    if not named:
        raise BadTemplate(f"template.name: WhatsApp has no template {asked.name}.")
    for one in named:
        if one.language == asked.language:
            if one.status != "APPROVED":
                raise BadTemplate(f"template: WhatsApp has it as {one.status}, not as approved.")
            return one
    languages = ", ".join(sorted({one.language for one in named}))
    raise BadTemplate(f"template.language: it is there in {languages}.")


def filled(known: KnownTemplate, asked: SendTemplate) -> Template:
    """With exactly what it asks for; the detail of the refusal says what is missing."""
    shown = listed(known)
    _check("body", len(asked.body), shown.gaps)
    _check("buttons", len(asked.buttons), shown.button_gaps)
    wants_header = shown.header in ("image", "video", "document") or bool(
        _gaps(shown.header_text or "")
    )
    if wants_header != (asked.header is not None):
        raise BadTemplate(
            "template.header: " + ("it needs one." if wants_header else "it takes none.")
        )
    components = [*_header(shown, asked), *_body(known, asked), *_filled_buttons(known, asked)]
    return Template(name=asked.name, language=asked.language, components=components)


def text_of(known: KnownTemplate, asked: SendTemplate) -> str:
    """What the person reads."""
    body = _text(_part(known, "BODY"))
    given = dict(zip(_gaps(body), asked.body, strict=False))
    return GAP.sub(lambda found: given.get(found[1], found[0]), body)


def _check(name: str, given: int, wanted: int) -> None:
    if given != wanted:
        raise BadTemplate(f"template.{name}: it has {wanted} gaps, and {given} were filled.")


def _header(shown: ListedTemplate, asked: SendTemplate) -> list[Json]:
    if asked.header is None or shown.header is None:
        return []
    if shown.header == "text":
        parameter: Json = {"type": "text", "text": asked.header}
    else:
        if not asked.header.startswith("https://"):
            raise BadTemplate("template.header: give the https address of the file.")
        parameter = {"type": shown.header, shown.header: {"link": asked.header}}
    return [{"type": "header", "parameters": [parameter]}]


def _body(known: KnownTemplate, asked: SendTemplate) -> list[Json]:
    if not asked.body:
        return []
    names = _gaps(_text(_part(known, "BODY")))
    parameters = [
        {"type": "text", "text": text}
        if name.isdigit()
        else {"type": "text", "parameter_name": name, "text": text}
        for name, text in zip(names, asked.body, strict=True)
    ]
    return [{"type": "body", "parameters": parameters}]


def _filled_buttons(known: KnownTemplate, asked: SendTemplate) -> list[Json]:
    takers = [(n, one) for n, one in enumerate(_buttons(known)) if _takes(one)]
    return [
        {
            "type": "button",
            "sub_type": "url" if button.get("type") == "URL" else "quick_reply",
            "index": str(number),
            "parameters": [
                {"type": "text", "text": given}
                if button.get("type") == "URL"
                else {"type": "payload", "payload": given}
            ],
        }
        for (number, button), given in zip(takers, asked.buttons, strict=True)
    ]


def _takes(button: Json) -> bool:
    """An address with a gap at its end. A quick reply brings back its own text."""
    return button.get("type") == "URL" and bool(_gaps(str(button.get("url", ""))))


def _part(known: KnownTemplate, kind: str) -> Json:
    for part in known.components:
        if str(part.get("type", "")).upper() == kind:
            return part
    return {}


def _buttons(known: KnownTemplate) -> list[Json]:
    found: Any = _part(known, "BUTTONS").get("buttons")
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []  # pyright: ignore[reportUnknownVariableType] - as Meta sends it


def _text(part: Json) -> str:
    found = part.get("text")
    return found if isinstance(found, str) else ""


def _gaps(text: str) -> list[str]:
    """Each once, in the order in which they stand: a gap may be named twice."""
    return list(dict.fromkeys(GAP.findall(text)))
