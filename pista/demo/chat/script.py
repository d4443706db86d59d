"""What is said: who wrote to Tienda Sol before the demo began, and who will while it goes on."""

from typing import Any, Literal

import msgspec

from pista.demo.persons import Language

Platform = Literal["whatsapp", "telegram"]
Who = Literal["them", "sol", "lucia", "marcos"]
Fate = Literal["read", "delivered", "sent", "failed"]

COLLEAGUES = {"lucia": "Lucía Rangel", "marcos": "Marcos Duarte"}


class Customer(msgspec.Struct, frozen=True, kw_only=True):
    key: str
    name: str
    platform: Platform = "whatsapp"
    number: str
    """The phone number, or Telegram's id. Those with 555-01 in them are nobody's."""
    language: Language = "es"
    assigned: Who | None = None
    closed: bool = False
    answers: bool = True
    """Whether they go on talking when they are answered."""


class Line(msgspec.Struct, frozen=True, kw_only=True):
    who: str
    """The customer's key."""
    ago: float
    """Minutes before the demo began."""
    by: Who = "them"
    kind: str = "text"
    text: str = ""
    fate: Fate = "read"
    quotes: int | None = None
    """Which line of this conversation it answers or reacts to, from 0 on."""
    extra: dict[str, Any] = {}


CUSTOMERS = [
    Customer(key="mariana", name="Mariana Castañeda", number="12105550112", assigned="lucia"),
    Customer(key="rodrigo", name="Rodrigo Peña", number="13055550136", assigned="marcos"),
    Customer(key="camila", name="Camila Ibarra", number="14805550141"),
    Customer(
        key="beatriz", name="Ana Beatriz Souza", number="15125550158", language="pt", assigned="sol"
    ),
    Customer(key="joao", name="João Ferreira", number="16195550127", language="pt", answers=False),
    Customer(
        key="diego", name="Diego Lozano", number="17025550169", assigned="marcos", answers=False
    ),
    Customer(
        key="thiago",
        name="Thiago Nunes",
        platform="telegram",
        number="5550199041",
        language="pt",
        assigned="lucia",
    ),
    Customer(
        key="regina", name="Regina Cordero", platform="telegram", number="5550199077", closed=True
    ),
    Customer(key="valentina", name="Valentina Ochoa", number="19155550183"),
    Customer(key="luiza", name="Luiza Prado", number="19565550104", language="pt"),
]

AD = {
    "source_url": "https://fb.me/tiendasol-verano",
    "source_id": "120226305854810711",
    "source_type": "ad",
    "headline": "Sombreros de palma, hechos a mano",
    "body": "Envío gratis esta semana",
    "media_type": "image",
    "image_url": "https://www.tiendasol.example/anuncios/verano.jpg",
    "ctwa_clid": "ARAkLkA8rmlFeiCktEJQdemoTiendaSolVerano",
}
VISITOR = "{visitor}"
"""In a text: a visitor of the shop's pages, whom the message links."""
TEMPLATE: dict[str, Any] = {
    "id": "555010199900010",
    "name": "pedido_enviado",
    "language": "pt_BR",
    "status": "APPROVED",
    "category": "UTILITY",
    "components": [
        {
            "type": "BODY",
            "text": "Olá {{1}}, seu pedido {{2}} já saiu para entrega. Obrigado por comprar na"
            " Tienda Sol!",
        }
    ],
}
TEMPLATES = [
    TEMPLATE,
    {
        "id": "555010199900011",
        "name": "seguimos_aqui",
        "language": "es_MX",
        "status": "APPROVED",
        "category": "MARKETING",
        "components": [
            {"type": "BODY", "text": "Hola {{1}}, ¿sigues buscando tu {{2}}? Te ayudamos."}
        ],
    },
]

LINES = [
    # Began on a page of the shop; a photo, a reaction, and an answer to one message.
    Line(
        who="mariana",
        ago=214,
        text=f"Hola, vi el sombrero de palma en su página y me encantó 😍 (rstk_vid={VISITOR})",
    ),
    Line(
        who="mariana",
        ago=211,
        by="lucia",
        text="¡Hola, Mariana! Qué gusto. Es tejido a mano y lo tenemos en chico, mediano y grande.",
    ),
    Line(
        who="mariana",
        ago=208,
        kind="image",
        text="Tengo este desde hace años, ¿es del mismo estilo?",
    ),
    Line(
        who="mariana",
        ago=204,
        by="lucia",
        text="Justo ese. El nuevo trae la cinta más ancha y aguanta mejor la lluvia.",
    ),
    Line(who="mariana", ago=203, kind="reaction", text="❤️", quotes=3),
    Line(who="mariana", ago=37, text="¿Y cuánto tarda el envío a Mérida?"),
    Line(
        who="mariana",
        ago=33,
        by="lucia",
        text="De tres a cinco días, con guía. Si pides hoy sale mañana temprano.",
        quotes=5,
    ),
    Line(who="mariana", ago=31, text="Perfecto, lo pido hoy 🙌", quotes=6),
    # Came from an advertisement on Facebook, and says where to.
    Line(
        who="rodrigo",
        ago=160,
        text="¡Hola! Quiero más información de los sombreros de palma.",
        extra={"referral": AD},
    ),
    Line(
        who="rodrigo",
        ago=157,
        by="marcos",
        text="Hola, Rodrigo. Cuestan $349 y esta semana el envío va por nuestra cuenta.",
    ),
    Line(who="rodrigo", ago=150, text="¿Llegan hasta acá? Estoy aquí:"),
    Line(
        who="rodrigo",
        ago=149,
        kind="location",
        extra={
            "latitude": 20.9674,
            "longitude": -89.6237,
            "name": "Plaza Grande",
            "address": "Centro, Mérida, Yucatán",
        },
    ),
    Line(
        who="rodrigo",
        ago=145,
        by="marcos",
        text="Sí, llegamos sin problema. ¿Te aparto uno mediano?",
        fate="delivered",
    ),
    # Nobody has it, nobody has read it: a voice message.
    Line(who="camila", ago=12, text="Hola, buenas"),
    Line(who="camila", ago=11, kind="voice"),
    # Portuguese, and it goes on.
    Line(
        who="beatriz",
        ago=95,
        text="Oi! Vocês entregam no Brasil? Queria dois óculos polarizados para presente.",
    ),
    Line(
        who="beatriz",
        ago=91,
        by="sol",
        text="Oi, Ana Beatriz! Entregamos sim, em 7 a 10 dias. Posso separar dois para você?",
    ),
    Line(who="beatriz", ago=88, text="Pode sim! Dá para embrulhar para presente?", quotes=1),
    Line(
        who="beatriz",
        ago=84,
        by="sol",
        text="Claro, sem custo. Te mando o link de pagamento em seguida.",
        fate="delivered",
    ),
    # Longer ago than a day: only a template may be sent.
    Line(who="joao", ago=2890, text="Bom dia, comprei uma caixa térmica de 12 l, quando chega?"),
    Line(
        who="joao",
        ago=2881,
        by="sol",
        text="Bom dia, João! Está sendo embalada, te aviso assim que sair.",
    ),
    Line(
        who="joao",
        ago=1330,
        by="sol",
        kind="template",
        extra={"name": "pedido_enviado", "language": "pt_BR", "body": ["João", "TS-4F21A7"]},
    ),
    # Could not be delivered.
    Line(who="diego", ago=320, text="Buenas, ¿tienen la gorra surf en negro?"),
    Line(who="diego", ago=316, by="marcos", text="Hola, Diego. Sí, nos quedan cuatro en negro."),
    Line(
        who="diego",
        ago=52,
        by="marcos",
        text="¿La apartamos? Hoy entran más pedidos y se van rápido.",
        fate="failed",
    ),
    # By the link in the shop's profile on Instagram, to its bot on Telegram.
    Line(who="thiago", ago=130, text="/start ig_bio"),
    Line(who="thiago", ago=129, text="Oi! O guarda-sol de praia tem em azul?"),
    Line(
        who="thiago",
        ago=122,
        by="lucia",
        text="Oi, Thiago! Tem azul e listrado. Qual você prefere?",
    ),
    Line(who="thiago", ago=25, kind="image", text="Nesse azul do mar aqui 👆"),
    Line(who="regina", ago=1500, text="¿Dónde queda la tienda? Paso a recoger mi pedido."),
    Line(
        who="regina",
        ago=1494,
        by="marcos",
        kind="location",
        extra={
            "latitude": 19.4204,
            "longitude": -99.1688,
            "name": "Tienda Sol",
            "address": "Álvaro Obregón 100, Roma Norte, CDMX",
        },
    ),
    Line(who="regina", ago=1488, text="Mil gracias, ya llegué 🙏"),
]

NOTE = ("mariana", "Prefiere que le escriban por la tarde. Ya compró en junio.")
QUICK = {
    "envio": "Hola, {{name}}: los envíos tardan de tres a cinco días y salen con guía.",
    "gracias": "¡Gracias por escribirnos, {{name}}! Soy {{agent}}, para lo que necesites.",
    "pix": "Você pode pagar por Pix; te mando a chave agora mesmo, {{name}}.",
}

CALLS: list[tuple[str, list[str]]] = [
    ("valentina", ["Hola, ¿siguen las ofertas del fin de semana?", "Busco lentes retro 😎"]),
    ("camila", ["¿Me pudieron escuchar? Es para un regalo."]),
    ("luiza", ["Oi! O chapéu de aba larga ainda tem no tamanho M?"]),
    ("thiago", ["Ah, e quanto fica o frete para Curitiba?"]),
    ("rodrigo", ["Perdón, me ocupé. Sí, apártame uno mediano por favor."]),
    ("mariana", ["Ya pagué, ¿me confirman cuando salga?"]),
    ("beatriz", ["Recebi o link, vou pagar agora!"]),
    ("valentina", ["Y una pregunta: ¿tienen tienda en Puebla?"]),
    ("luiza", ["Se tiver, quero dois."]),
]
"""Who writes while the demo goes on, one after the other and then again from the beginning."""

REPLIES: dict[Language, list[str]] = {
    "es": [
        "¡Gracias por responder tan rápido!",
        "Va, me parece bien. ¿Cómo le hago para pagar?",
        "¿Aceptan transferencia?",
        "Perfecto, quedo al pendiente 🙌",
        "Súper, muchas gracias 😊",
    ],
    "pt": [
        "Que rápido! 😊",
        "Perfeito. Como faço o pagamento?",
        "Aceita Pix?",
        "Combinado, fico no aguardo 🙌",
        "Valeu demais!",
    ],
}
"""What somebody says who has been answered."""
