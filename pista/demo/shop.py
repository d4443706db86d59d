"""Tienda Sol, a shop that does not exist: what it sells, who comes, from where and with what."""

import msgspec

NAME = "Demo: Tienda Sol"
TIME_ZONE = "America/Mexico_City"
DOMAIN = "tiendasol.example"
ORIGIN = f"https://www.{DOMAIN}"
EMAIL = f"demo@{DOMAIN}"


class Product(msgspec.Struct, frozen=True):
    path: str
    name: str
    price: float
    weight: int


CATEGORIES = {
    "/sombreros": "Sombreros",
    "/lentes-de-sol": "Lentes de sol",
    "/playa": "Playa",
    "/ofertas": "Ofertas",
}

PRODUCTS = [
    Product("/p/sombrero-palma", "Sombrero de palma", 349.0, 9),
    Product("/p/sombrero-ala-ancha", "Sombrero de ala ancha", 459.0, 7),
    Product("/p/gorra-surf", "Gorra surf", 279.0, 5),
    Product("/p/lentes-polarizados", "Lentes polarizados", 899.0, 8),
    Product("/p/lentes-retro", "Lentes retro", 649.0, 6),
    Product("/p/toalla-xl", "Toalla XL", 389.0, 5),
    Product("/p/hielera-12l", "Hielera 12 l", 1290.0, 3),
    Product("/p/sombrilla", "Sombrilla de playa", 1490.0, 2),
    Product("/p/bloqueador-50", "Bloqueador FPS 50", 219.0, 8),
    Product("/p/bolsa-yute", "Bolsa de yute", 329.0, 4),
]


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """A way into the shop."""

    weight: float
    landing: tuple[str, ...]
    query: str = ""
    """`{click}` becomes an ad platform's click id."""
    referrer: str = ""
    agents: str
    """Which kind of agents it brings; see `AGENTS`."""
    buys: float = 1.0
    """How likely its visitors are to buy, beside the others."""
    days: tuple[int, ...] = ()
    """Weekdays on which it is much stronger; 0 is Monday."""


HATS, GLASSES, OFFERS = "/sombreros", "/lentes-de-sol", "/ofertas"

SOURCES = [
    Source(
        weight=20,
        landing=(OFFERS, "/p/sombrero-palma", "/p/lentes-polarizados"),
        query="utm_source=facebook&utm_medium=paid_social&utm_campaign=verano-prospectos"
        "&utm_content=video-15s&fbclid={click}",
        referrer="https://l.facebook.com/",
        agents="facebook",
        buys=0.8,
    ),
    Source(
        weight=13,
        landing=("/p/sombrero-ala-ancha", HATS),
        query="utm_source=instagram&utm_medium=paid_social&utm_campaign=verano-prospectos"
        "&utm_content=historia&fbclid={click}",
        referrer="https://l.instagram.com/",
        agents="instagram",
        buys=0.8,
    ),
    Source(
        weight=9,
        landing=("/p/lentes-retro", "/p/gorra-surf"),
        query="utm_source=tiktok&utm_medium=cpc&utm_campaign=gorras&ttclid={click}",
        referrer="https://www.tiktok.com/",
        agents="tiktok",
        buys=0.5,
    ),
    Source(
        weight=14,
        landing=(GLASSES, HATS, "/p/lentes-polarizados"),
        query="utm_source=google&utm_medium=cpc&utm_campaign=marca-y-lentes&gclid={click}",
        referrer="https://www.google.com/",
        agents="web",
        buys=1.6,
    ),
    Source(
        weight=17,
        landing=("/", HATS, GLASSES, "/p/bloqueador-50", "/p/hielera-12l"),
        referrer="https://www.google.com.mx/",
        agents="web",
    ),
    Source(weight=2, landing=("/", HATS), referrer="https://www.bing.com/", agents="desk"),
    Source(weight=11, landing=("/", "/", OFFERS), agents="web", buys=1.3),
    Source(
        weight=5,
        landing=("/",),
        referrer="https://l.instagram.com/",
        query="utm_source=instagram&utm_medium=social&utm_campaign=bio",
        agents="instagram",
    ),
    Source(
        weight=4,
        landing=(OFFERS,),
        query="utm_source=boletin&utm_medium=email&utm_campaign=novedades",
        agents="web",
        buys=2.2,
        days=(3,),
    ),
    Source(
        weight=3,
        landing=("/p/sombrero-palma", "/playa"),
        agents="whatsapp",
        buys=1.8,
        query="utm_source=whatsapp&utm_medium=messaging",
    ),
    Source(
        weight=2,
        landing=("/p/hielera-12l", "/playa"),
        referrer="https://viajesdeplaya.example/diez-cosas-para-la-playa",
        agents="web",
    ),
    Source(weight=1, landing=(HATS,), referrer="https://chatgpt.com/", agents="desk", buys=1.4),
]

RETURNING = [
    Source(weight=5, landing=("/", "/carrito"), agents="web", buys=2.5),
    Source(
        weight=3,
        landing=("/carrito", OFFERS),
        query="utm_source=facebook&utm_medium=retargeting&utm_campaign=carrito-abandonado"
        "&fbclid={click}",
        referrer="https://l.facebook.com/",
        agents="web",
        buys=3.0,
    ),
    Source(
        weight=2,
        landing=(OFFERS,),
        query="utm_source=boletin&utm_medium=email&utm_campaign=novedades",
        agents="web",
        buys=2.2,
        days=(3,),
    ),
]

HOURS = [
    *(3.0, 2.2, 1.6, 1.4, 1.4, 1.6, 2.2, 3.2, 4.0, 4.4, 4.8, 5.0),
    *(5.2, 5.4, 5.2, 4.8, 4.6, 4.8, 5.2, 5.8, 6.6, 7.2, 6.6, 4.8),
]
"""How busy each hour of the day is, in the shop's own time. Phones are never quite put away."""

WEEKDAYS = [0.9, 0.87, 0.92, 1.03, 1.02, 1.13, 1.2]
