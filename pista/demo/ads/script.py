"""Where Tienda Sol advertises, what that costs, and the links that its ads lead to."""

from typing import Literal

import msgspec

from pista.attribution.spend.model import Platform
from pista.clicks.links.model import NewLink
from pista.demo import persons
from pista.demo.ads import words
from pista.demo.ads.words import Talk
from pista.demo.persons import Language
from pista.demo.shop import ORIGIN
from pista.sales.model import NewSale


class Ad(msgspec.Struct, frozen=True, kw_only=True):
    """An ad set with one advertisement in it."""

    platform: Platform
    campaign_id: str
    campaign: str
    adset_id: str
    adset: str
    ad_id: str
    ad: str
    cents_a_click: int
    share: float
    """Of all visits to the shop, or of what writes to it, how many come by it."""
    currency: str = "MXN"


PROSPECTS = ("120226305854810700", "Verano · Prospectos")
CART = ("120226305854810800", "Carrito abandonado")
CAPS = ("1799203366120450", "Gorras")
GLASSES = ("21894450171", "Marca y lentes")
BRAZIL = ("120226305854810900", "Brasil · Telegram")
WHOLESALE = ("120226305854811000", "Mayoreo · WhatsApp")


def _ad(
    platform: Platform,
    campaign: tuple[str, str],
    place: int,
    names: tuple[str, str],
    cents: int,
    share: float,
    currency: str = "MXN",
) -> Ad:
    number = int(campaign[0])
    return Ad(
        platform=platform,
        campaign_id=campaign[0],
        campaign=campaign[1],
        adset_id=str(number + 10 * place),
        adset=names[0],
        ad_id=str(number + 10 * place + 1),
        ad=names[1],
        cents_a_click=cents,
        share=share,
        currency=currency,
    )


PAGES: dict[tuple[str, str], list[Ad]] = {
    ("verano-prospectos", "video-15s"): [
        _ad("meta", PROSPECTS, 1, ("Facebook 25-44", "Video 15 s"), 280, 0.09),
        _ad("meta", PROSPECTS, 2, ("Facebook 45+", "Carrusel"), 260, 0.054),
    ],
    ("verano-prospectos", "historia"): [
        _ad("meta", PROSPECTS, 3, ("Instagram 18-34", "Historia"), 290, 0.094),
    ],
    ("gorras", ""): [_ad("tiktok", CAPS, 1, ("Surf 18-30", "Reto en la playa"), 165, 0.065)],
    ("marca-y-lentes", ""): [
        _ad("google", GLASSES, 1, ("Marca", "tienda sol"), 210, 0.045),
        _ad("google", GLASSES, 2, ("Lentes", "lentes polarizados"), 560, 0.056),
    ],
    ("carrito-abandonado", ""): [
        _ad("meta", CART, 1, ("Carrito 7 días", "Vuelve por tu pedido"), 860, 0.069)
    ],
}
"""By the `utm_campaign` and `utm_content` of the addresses that visitors come by."""


class Chat(msgspec.Struct, frozen=True, kw_only=True):
    """An advertisement that leads into a chat, and what is sold in it."""

    link: str
    platform: Literal["telegram", "whatsapp"]
    language: Language
    ad: Ad | None
    """None: it is no advertisement, but a link in the shop's profile."""
    share: float
    """Of all visits, how many click on it."""
    currency: str
    product: str
    starts: float
    buys: float
    """Of those who write."""
    cents: tuple[int, int]
    talks: list[Talk]


PARASOL = _ad("meta", BRAZIL, 1, ("São Paulo", "Guarda-sol azul"), 190, 0.016, "BRL")
DOZEN = _ad("meta", WHOLESALE, 1, ("Tiendas y hoteles", "Precio por docena"), 3000, 0.008)
CHATS = [
    Chat(
        link="Bot de Telegram",
        platform="telegram",
        language="pt",
        ad=PARASOL,
        share=PARASOL.share,
        currency=PARASOL.currency,
        product="Guarda-sol azul",
        starts=0.42,
        buys=0.14,
        cents=(5_900, 18_900),
        talks=words.PARASOL,
    ),
    Chat(
        link="WhatsApp mayoreo",
        platform="whatsapp",
        language="es",
        ad=DOZEN,
        share=DOZEN.share,
        currency=DOZEN.currency,
        product="Precio por docena",
        starts=0.37,
        buys=0.2,
        cents=(89_000, 310_000),
        talks=words.WHOLESALE,
    ),
    Chat(
        link="Perfil de Instagram",
        platform="telegram",
        language="es",
        ad=None,
        share=0.004,
        currency="MXN",
        product="Sombrero de palma",
        starts=0.5,
        buys=0.1,
        cents=(34_900, 91_900),
        talks=words.PROFILE,
    ),
]

ADS = [ad for ads in PAGES.values() for ad in ads] + [chat.ad for chat in CHATS if chat.ad]

PAGE_LINK = "Ofertas de verano"
LINKS = [
    NewLink(name=PAGE_LINK, kind="page", slug="ofertas-sol", url=f"{ORIGIN}/ofertas"),
    NewLink(name="Bot de Telegram", kind="telegram", slug="bot-sol", bot="tiendasol_bot"),
    NewLink(
        name="WhatsApp mayoreo",
        kind="whatsapp",
        slug="mayoreo-sol",
        phone="525550100199",
        text="Hola, quiero precios de mayoreo {code}",
    ),
    NewLink(
        name="Perfil de Instagram",
        kind="telegram",
        slug="perfil-sol",
        bot="tiendasol_bot",
        paid=False,
        utm_source="instagram",
        utm_medium="organic",
        campaign="Perfil",
    ),
]

BY_PHONE = NewSale(
    amount=134_800,
    currency="MXN",
    status="paid",
    external_id="TEL-0412",
    description="Pedido por teléfono",
    buyer=persons.buyer("by phone"),
)
"""Of somebody who came by no ad that is known."""
