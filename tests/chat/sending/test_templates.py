"""Templates: listed as WhatsApp has them, and filled in exactly."""

from typing import Any

import pytest

from pista.chat.sending import templates
from pista.chat.sending.model import BadTemplate, SendTemplate
from pista.chat.whatsapp.client import KnownTemplate
from tests.chat.sending.conftest import Shop
from tests.chat.sending.working import working
from tests.fakes.whatsapp import WhatsApp
from tests.fakes.whatsapp_shapes import Template

ORDER = KnownTemplate(
    id="1",
    name="pedido",
    language="es",
    status="APPROVED",
    category="UTILITY",
    components=[
        {"type": "HEADER", "format": "IMAGE"},
        {"type": "BODY", "text": "Hola {{1}}, tu pedido {{2}} sale hoy. Gracias, {{1}}."},
        {"type": "FOOTER", "text": "Flores"},
        {
            "type": "BUTTONS",
            "buttons": [
                {"type": "QUICK_REPLY", "text": "Gracias"},
                {"type": "URL", "text": "Ver", "url": "https://x.example/{{1}}"},
            ],
        },
    ],
)
PLAIN = KnownTemplate(id="2", name="hola", language="es", status="APPROVED")
PAUSED = KnownTemplate(id="3", name="oferta", language="es", status="PAUSED")
PICTURE = "https://cdn.example/rosas.jpg"


def asked(name: str = "pedido", **given: Any) -> SendTemplate:
    return SendTemplate(name=name, language=given.pop("language", "es"), **given)


def test_a_template_is_filled_in_as_the_platform_takes_it():
    """
    Each gap once, and the button by its place.
    """
    given = asked(body=["Ana", "A-1"], header=PICTURE, buttons=["a1"])

    filled = templates.filled(ORDER, given)

    assert filled.components == [
        {"type": "header", "parameters": [{"type": "image", "image": {"link": PICTURE}}]},
        {
            "type": "body",
            "parameters": [{"type": "text", "text": "Ana"}, {"type": "text", "text": "A-1"}],
        },
        {
            "type": "button",
            "sub_type": "url",
            "index": "1",
            "parameters": [{"type": "text", "text": "a1"}],
        },
    ]
    assert templates.text_of(ORDER, given) == "Hola Ana, tu pedido A-1 sale hoy. Gracias, Ana."
    listed = templates.listed(ORDER)
    assert (listed.gaps, listed.header, listed.button_gaps) == (2, "image", 1)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (asked("nada"), "no template nada"),
        (asked(language="pt"), "it is there in es"),
        (asked("oferta"), "as PAUSED"),
        (asked(body=["Ana"], header=PICTURE, buttons=["a"]), "2 gaps, and 1"),
        (asked(body=["Ana", "1"], buttons=["a"]), "it needs one"),
        (asked(body=["Ana", "1"], header="rosas", buttons=["a"]), "https address"),
        (asked(body=["Ana", "1"], header=PICTURE), "1 gaps, and 0"),
        (asked("hola", header="Hola"), "it takes none"),
    ],
)
def test_what_does_not_fit_is_refused(given: SendTemplate, why: str):
    with pytest.raises(BadTemplate, match=why):
        templates.filled(templates.find([ORDER, PLAIN, PAUSED], given), given)


def test_named_gaps_are_named():
    """
    As WhatsApp has them since 2024.
    """
    body = {"type": "body".upper(), "text": "Hola {{name}}"}
    known = KnownTemplate(id="4", name="n", language="es", status="APPROVED", components=[body])

    [filled] = templates.filled(known, asked("n", body=["Ana"])).components

    assert filled["parameters"] == [{"type": "text", "parameter_name": "name", "text": "Ana"}]


async def test_a_template_opens_a_closed_window(shop: Shop, whatsapp: WhatsApp):
    """
    WhatsApp is asked for its templates once in ten minutes, and what it does not have is refused
    before it is queued.
    """
    whatsapp.templates["hola", "es"] = Template()
    old = await shop.customer(1, hours=30)
    template = {"name": "hola", "language": "es"}
    body = {"type": "template", "template": template}
    message = await shop.write(old, body, key="key-12345")
    asked_once = whatsapp.requests
    strange = {"type": "template", "template": {**template, "name": "nada"}}
    assert await shop.refused(old, strange) == (422, "bad_template")
    listed = await shop.clients[0].get(f"/api/chat/channels/{shop.number}/templates")

    assert [one["name"] for one in listed.json()["items"]] == ["hola"]
    assert whatsapp.requests == asked_once
    assert await shop.write(old, body, key="key-12345") == message
    bots = await shop.clients[0].get(f"/api/chat/channels/{shop.bot}/templates")
    assert (bots.status_code, bots.json()["code"]) == (422, "not_on_platform")
    async with working(shop.place):
        await shop.sent_off()
    assert await shop.is_status(message, "accepted")
    assert whatsapp.accepted[0].body["template"]["name"] == "hola"
