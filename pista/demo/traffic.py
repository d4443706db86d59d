"""A day of visits to the shop, the same at every call: no I/O, no clock.

All that is random comes from the day and the place of a visit in it. So the traffic can be replayed
again from any moment, and the ids of its events with it.
"""

import math
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from random import Random
from typing import Any, TypeVar
from urllib.parse import urlsplit
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from pista.demo import shop
from pista.demo.agents import AGENTS, BOTS
from pista.demo.shop import ORIGIN, Product, Source

T = TypeVar("T")

RETURN_SHARE = 0.24
BOT_SHARE = 0.04
BUY_SHARE = 0.022
ADD_SHARE = 0.09
DAY_MS = 86_400_000
PRODUCT_WEIGHTS = [product.weight for product in shop.PRODUCTS]


class Scale(msgspec.Struct, frozen=True):
    """How much traffic there is, and the day up to which it has grown."""

    visits_a_day: int
    grown_by: date


class Happening(msgspec.Struct, frozen=True):
    """One event, and the User-Agent header of who did it."""

    at_ms: int
    agent: str
    body: dict[str, Any]


class Visitor(msgspec.Struct, frozen=True):
    id: str
    agent: str
    source: Source


@lru_cache(maxsize=3)
def day(scale: Scale, on: date) -> list[Happening]:
    """Everything that happens in visits that begin on this day of the shop, in order."""
    found: list[Happening] = []
    for place in range(visits_on(scale, on)):
        found += _visit(scale, on, place)
    return sorted(found, key=lambda happening: happening.at_ms)


def between(scale: Scale, start: datetime, end: datetime) -> list[Happening]:
    """Everything that happens from `start` on and before `end`, in order."""
    zone = ZoneInfo(shop.TIME_ZONE)
    # A visit that began before midnight goes on after it.
    on, last = start.astimezone(zone).date() - timedelta(days=1), end.astimezone(zone).date()
    first_ms, end_ms = start.timestamp() * 1000, end.timestamp() * 1000
    found: list[Happening] = []
    while on <= last:
        found += [event for event in day(scale, on) if first_ms <= event.at_ms < end_ms]
        on += timedelta(days=1)
    return found


def visits_on(scale: Scale, on: date) -> int:
    """A week has its rhythm, a shop that advertises grows, and a sale is a sale."""
    before = (scale.grown_by - on).days
    grown = 0.66 + 0.34 / (1 + math.exp((before - 15) / 5))
    sale = {20: 1.5, 19: 2.6, 18: 2.2, 17: 1.3}.get(before, 1.0)
    noise = _dice(f"{on} noise").uniform(0.94, 1.06)
    return round(scale.visits_a_day * grown * sale * noise * shop.WEEKDAYS[on.weekday()])


def _visit(scale: Scale, on: date, place: int) -> list[Happening]:
    rng = _dice(f"{on} visit {place}")
    begins_ms = _begin(rng, on)
    if rng.random() < BOT_SHARE:
        return _crawl(rng, begins_ms)
    if rng.random() < RETURN_SHARE:
        earlier = on - timedelta(days=min(25, int(rng.expovariate(1 / 4)) + 1))
        visitor = _visitor(earlier, rng.randrange(max(1, visits_on(scale, earlier))))
        source = _source(rng, shop.RETURNING, on)
    else:
        visitor = _visitor(on, place)
        source = visitor.source
    return _Walk(rng, visitor, source, begins_ms).whole()


def _begin(rng: Random, on: date) -> int:
    hour = rng.choices(range(24), shop.HOURS)[0]
    midnight = datetime.combine(on, time(), ZoneInfo(shop.TIME_ZONE))
    return int((midnight.timestamp() + hour * 3600 + rng.random() * 3600) * 1000)


def _visitor(first_day: date, place: int) -> Visitor:
    """Who came for the first time on that day, as the visit of that place."""
    rng = _dice(f"{first_day} visitor {place}")
    source = _source(rng, shop.SOURCES, first_day)
    agent = _pick(rng, AGENTS[source.agents])
    came_ms = _begin(rng, first_day)
    return Visitor(f"v{came_ms}_{rng.getrandbits(72):018x}", agent, source)


def _source(rng: Random, sources: Sequence[Source], on: date) -> Source:
    weights = [one.weight * (5 if on.weekday() in one.days else 1) for one in sources]
    return rng.choices(sources, weights)[0]


def _pick(rng: Random, weighted: Sequence[tuple[str, int]]) -> str:
    return rng.choices([what for what, _ in weighted], [weight for _, weight in weighted])[0]


def _crawl(rng: Random, begins_ms: int) -> list[Happening]:
    """A machine goes through some pages and does nothing in them."""
    visitor = Visitor(f"v{begins_ms}_{rng.getrandbits(72):018x}", _pick(rng, BOTS), shop.SOURCES[0])
    walk = _Walk(rng, visitor, Source(weight=1, landing=("/",), agents="web"), begins_ms)
    for product in rng.choices(shop.PRODUCTS, k=rng.randint(1, 4)):
        walk.open(product.path, product.name)
        walk.wait(1, 4)
    return walk.events


class _Walk:
    """One visit: where somebody goes in the shop, what they do there, and how long it takes."""

    def __init__(self, rng: Random, visitor: Visitor, source: Source, begins_ms: int) -> None:
        self.events: list[Happening] = []
        self._rng = rng
        self._visitor = visitor
        self._source = source
        self._ms = begins_ms
        self._session = str(uuid7_of(rng, begins_ms))
        self._url = ""

    def whole(self) -> list[Happening]:
        rng = self._rng
        self.open(rng.choice(self._source.landing))
        if rng.random() < 0.38:
            # Many look at one page and are gone.
            self._read(rng.random() * 0.6)
            return self.events
        self._read(rng.random())
        for _ in range(min(9, 1 + int(rng.expovariate(0.5)))):
            self._look_at_something()
        buys = rng.random() < BUY_SHARE * self._source.buys
        if buys or rng.random() < ADD_SHARE * self._source.buys:
            self._shop(buys=buys)
        elif rng.random() < 0.05:
            self._ask()
        return self.events

    def open(self, path: str, title: str = "") -> None:
        first = not self._url
        query = self._query() if first else ""
        came_from, self._url = self._url, f"{ORIGIN}{path}{query}"
        referrer = self._source.referrer if first else ""
        what: dict[str, Any] = {"title": f"{title or _title(path)} · Tienda Sol"}
        if referrer:
            what["referrer"] = referrer
        if came_from:
            what["from"] = came_from
        self._do("PAGE_VIEW", **what)

    def wait(self, least: float, most: float) -> None:
        self._ms += int(self._rng.uniform(least, most) * 1000)

    def _look_at_something(self) -> None:
        rng = self._rng
        if rng.random() < 0.35:
            path = rng.choice(list(shop.CATEGORIES))
            self._click("a", text=_title(path), href=f"{ORIGIN}{path}")
            self.open(path)
        else:
            product = self._product()
            self._click("a", text=product.name, href=f"{ORIGIN}{product.path}")
            self.open(product.path, product.name)
        self._read(rng.random())

    def _read(self, interest: float) -> None:
        self.wait(3, 12)
        for depth in (25, 50, 75, 90, 100):
            if depth > 20 + 100 * interest:
                return
            self._do("SCROLL", depth=depth)
            self.wait(1, 9)

    def _shop(self, *, buys: bool) -> None:
        cart = [self._product() for _ in range(1 if self._rng.random() < 0.7 else 2)]
        for product in cart:
            self.open(product.path, product.name)
            self.wait(6, 40)
            self._click("button", id="agregar", text="Agregar al carrito")
            self._do("ADD_TO_CART", product=product.name, price=product.price, currency="MXN")
        self.open("/carrito", "Carrito")
        self.wait(5, 30)
        if buys:
            self._pay(cart)

    def _pay(self, cart: list[Product]) -> None:
        self._click("button", id="pagar", text="Pagar")
        self.open("/pago", "Pago")
        self.wait(25, 110)
        self._do("FORM_SUBMIT", id="pago", action=f"www.{shop.DOMAIN}/pago", fields="nombre,email")
        self.open("/gracias", "¡Gracias!")
        order = f"TS-{self._rng.randrange(16**6):06X}"
        total = round(sum(product.price for product in cart), 2)
        self._do("PURCHASE", order=order, value=total, currency="MXN", items=len(cart))

    def _ask(self) -> None:
        if self._rng.random() < 0.6:
            href = "https://wa.me/5215500000000"
            self._click("a", text="Pregúntanos por WhatsApp", href=href)
            self._do("OUTBOUND_CLICK", href=href, text="Pregúntanos por WhatsApp")
        else:
            self._click("button", id="suscribir", text="Quiero novedades")
            action = f"www.{shop.DOMAIN}/novedades"
            self._do("FORM_SUBMIT", id="novedades", action=action, fields="email")

    def _product(self) -> Product:
        return self._rng.choices(shop.PRODUCTS, PRODUCT_WEIGHTS)[0]

    def _query(self) -> str:
        if not self._source.query:
            return ""
        return "?" + self._source.query.format(click=f"{self._rng.getrandbits(96):024x}")

    def _click(self, tag: str, **what: str) -> None:
        self.wait(1, 8)
        self._do("CLICK", tag=tag, **what)
        self.wait(0.2, 1)

    def _do(self, event_type: str, **metadata: Any) -> None:
        self._ms += 1
        body = {
            "eventId": str(uuid7_of(self._rng, self._ms)),
            "visitorId": self._visitor.id,
            "sessionId": self._session,
            "eventType": event_type,
            "occurredAt": _iso(self._ms),
            "metadata": {"url": self._url, **metadata},
        }
        self.events.append(Happening(self._ms, self._visitor.agent, body))


def _dice(seed: str) -> Random:
    return Random(seed)  # noqa: S311 - a demo, and the same at every call


def _title(path: str) -> str:
    if path in shop.CATEGORIES:
        return shop.CATEGORIES[path]
    names = {product.path: product.name for product in shop.PRODUCTS}
    return names.get(urlsplit(path).path, {"/": "Inicio", "/carrito": "Carrito"}.get(path, path))


def uuid7_of(rng: Random, ms: int) -> UUID:
    """As `ids.uuid7`, from the same dice as everything else."""
    value = (ms << 80) | rng.getrandbits(80)
    value = (value & ~(0xF << 76)) | (0x7 << 76)
    return UUID(int=(value & ~(0x3 << 62)) | (0x2 << 62))


def _iso(ms: int) -> str:
    moment = datetime.fromtimestamp(ms / 1000, UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{ms % 1000:03d}Z"
