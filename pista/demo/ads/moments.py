"""What came of advertisements between two moments, the same at every call: no I/O, no clock.

Visitors of pages, what they ask and what they buy are those of the shop's traffic; whoever clicks
on the way to a chat is made up here.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import msgspec

from pista.clicks import Arrival, Click, ClickId, LinkId
from pista.contacts.leads import LeadSource
from pista.demo import acquaintance, persons, shop, traffic
from pista.demo.acquaintance import Acquaintance
from pista.demo.ads import script, talks
from pista.demo.ads.script import Ad, Chat
from pista.demo.ads.talks import Wrote
from pista.demo.traffic import Happening, Scale
from pista.ids import VisitorId
from pista.sales.model import Buyer, NewSale, Reached, SaleItem

HOUR = timedelta(hours=1)
LONGEST = timedelta(hours=6)
"""From a click to what came of it."""
CLICK_IDS = ("gclid", "ttclid")
GONE_SHARE, PREVIEW_SHARE = 0.13, 0.05
"""Of clicks on an ad, beside those that are seen on the page: who was gone before it was there,
and programs that looked where the ad leads."""


class Sold(msgspec.Struct, frozen=True, kw_only=True):
    """A sale as the shop tells of it, and what became of it later."""

    at: datetime
    sale: NewSale
    later: datetime | None = None
    then: NewSale | None = None
    chat: tuple[LeadSource, str] | None = None
    """Where it was sold in one: the platform, and by what the buyer is known there."""


class Moments(msgspec.Struct, frozen=True):
    clicks: list[Click]
    arrivals: list[Arrival]
    known: list[Acquaintance]
    """Without those who wrote."""
    wrote: list[Wrote]
    sales: list[Sold]

    @property
    def campaigns(self) -> dict[VisitorId, str | None]:
        """By which visitors came."""
        return {one.visitor_id: one.utm_campaign for one in self.clicks if one.visitor_id}


def between(
    scale: Scale,
    happenings: Sequence[Happening],
    links: Mapping[str, LinkId],
    start: datetime,
    end: datetime,
) -> Moments:
    """`happenings` are those of this time; `links` are the shop's by name."""
    found = Moments([], [], [], [], [])
    for one in acquaintance.among(happenings):
        if one.method == "whatsapp":
            found.wrote.append(talks.from_page(one))
        else:
            found.known.append(one)
    for happening in happenings:
        match happening.body["eventType"]:
            case "PAGE_VIEW":
                _visited(found, happening, links)
            case "PURCHASE":
                found.sales.append(_bought(happening))
            case _:
                continue
    for chat in script.CHATS:
        _came_to(found, chat, scale, links, start, end)
    return found


def busy(hour: datetime) -> float:
    """Which part of a day's visits come in this hour of the shop."""
    return shop.HOURS[hour.astimezone(ZoneInfo(shop.TIME_ZONE)).hour] / sum(shop.HOURS)


def _visited(found: Moments, happening: Happening, links: Mapping[str, LinkId]) -> None:
    """Of a visit only its first page says where it came from."""
    url: str = happening.body["metadata"]["url"]
    query = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
    named = (query.get("utm_campaign", ""), query.get("utm_content", ""))
    ads = script.PAGES.get(named)
    if ads is None or "from" in happening.body["metadata"]:
        return
    link = links.get(script.PAGE_LINK)
    # Tokens are of one link: another company's demo on the same Pista has others.
    dice = _dice(f"{link} {happening.body['eventId']} click")
    [ad] = dice.choices(ads, [one.share for one in ads])
    visitor, at = VisitorId(happening.body["visitorId"]), _moment(happening.at_ms)
    fbclid = query.get("fbclid")
    click = Click(
        id=ClickId(traffic.uuid7_of(dice, happening.at_ms - 900)),
        token=f"{dice.getrandbits(128):032x}",
        link_id=link,
        at=at - timedelta(milliseconds=900),
        source="go",
        paid=True,
        visitor_id=visitor,
        fbclid=fbclid,
        click_ids={name: query[name] for name in CLICK_IDS if name in query},
        fbc=fbclid and f"fb.1.{happening.at_ms - 900}.{fbclid}",
        fbp=f"fb.1.{happening.at_ms - 900}.{dice.getrandbits(31)}" if fbclid else None,
        user_agent=happening.agent,
        url=url,
        utm_source=query.get("utm_source"),
        utm_medium=query.get("utm_medium"),
        utm_campaign=ad.campaign,
        campaign=ad.campaign_id,
        adset=ad.adset_id,
        ad=ad.ad_id,
        country="MX",
        language="es",
    )
    found.clicks.extend([click, *_beside(click, dice)])
    key = f"page:{visitor}:{click.token}"
    arrival = Arrival(key=key, method="page", at=at, token=click.token, visitor_id=visitor)
    found.arrivals.append(arrival)


def _beside(click: Click, dice: Random) -> list[Click]:
    """Hits of the same ad by others, of whom nothing more is heard."""
    found: list[Click] = []
    for share, nature in ((GONE_SHARE, "click"), (PREVIEW_SHARE, "preview")):
        if dice.random() < share:
            at = click.at + timedelta(milliseconds=dice.randrange(1, 3_600_000))
            other = msgspec.structs.replace(
                click,
                id=ClickId(traffic.uuid7_of(dice, int(at.timestamp() * 1000))),
                token=f"{dice.getrandbits(128):032x}",
                at=at,
                nature=nature,
                visitor_id=None,
                fbclid=None,
                click_ids={},
                fbc=None,
                fbp=None,
                url=None,
            )
            found.append(other)
    return found


def _bought(happening: Happening) -> Sold:
    told: dict[str, Any] = happening.body["metadata"]
    visitor: str = happening.body["visitorId"]
    dice = _dice(f"{told['order']} {visitor} sale")
    [fate] = dice.choices(["paid", "refunded", "partly", "canceled", "refused"], (88, 4, 2, 3, 3))
    sale = NewSale(
        amount=round(told["value"] * 100),
        currency=told["currency"],
        status="paid" if fate in ("paid", "refunded", "partly") else _reached(fate),
        external_id=told["order"],
        visitor_id=visitor,
        buyer=persons.buyer(visitor),
        client_user_agent=happening.agent,
        page_url=f"{shop.ORIGIN}/gracias",
        description="Pedido en la tienda",
    )
    at = _moment(happening.at_ms)
    later = at + timedelta(hours=dice.uniform(20, 90)) if fate in ("refunded", "partly") else None
    gone = sale.amount if fate == "refunded" else sale.amount // 3
    then = msgspec.structs.replace(sale, refunded=gone) if later else None
    return Sold(at=at, sale=sale, later=later, then=then)


def _reached(fate: str) -> Reached:
    return "canceled" if fate == "canceled" else "refused"


def _came_to(
    found: Moments,
    chat: Chat,
    scale: Scale,
    links: Mapping[str, LinkId],
    start: datetime,
    end: datetime,
) -> None:
    hour = (start - LONGEST).replace(minute=0, second=0, microsecond=0)
    while hour < end:
        dice = _dice(f"{hour.isoformat()} {links.get(chat.link)}")
        many = scale.visits_a_day * chat.share * busy(hour) * dice.uniform(0.6, 1.4)
        for _ in range(int(many + dice.random())):
            _came(found, chat, links, hour, (start, end), dice.getrandbits(64))
        hour += HOUR


def _came(
    found: Moments,
    chat: Chat,
    links: Mapping[str, LinkId],
    hour: datetime,
    within: tuple[datetime, datetime],
    seed: int,
) -> None:
    """One who clicked in this hour, and may have written and bought a little later."""
    dice, (start, end) = _dice(f"{seed} came"), within
    at = hour + timedelta(seconds=dice.uniform(0, 3600))
    click = _chat_click(chat, links, at, dice)
    began, bought = dice.random() < chat.starts, dice.random() < chat.buys
    wrote_at = at + timedelta(seconds=dice.uniform(4, 40))
    sold_at = wrote_at + timedelta(minutes=dice.uniform(20, 240))
    if start <= at < end:
        found.clicks.append(click)
    if began and start <= wrote_at < end:
        wrote = talks.by_ad(
            chat.platform,
            click.token,
            chat.language,
            wrote_at,
            chat.talks,
            chat.ad.campaign if chat.ad else None,
            click.code,
        )
        found.wrote.append(msgspec.structs.replace(wrote, bought=bought))
    if began and bought and start <= sold_at < end:
        found.sales.append(_sold_in(chat, click, sold_at, dice))


def _chat_click(chat: Chat, links: Mapping[str, LinkId], at: datetime, dice: Random) -> Click:
    ms, token = int(at.timestamp() * 1000), f"{dice.getrandbits(128):032x}"
    fbclid = f"IwAR{dice.getrandbits(160):040x}"
    return Click(
        id=ClickId(traffic.uuid7_of(dice, ms)),
        token=token,
        code=talks.code_of(token) if chat.platform == "whatsapp" else None,
        link_id=links.get(chat.link),
        at=at,
        source="go",
        paid=chat.ad is not None,
        fbclid=fbclid,
        fbc=f"fb.1.{ms}.{fbclid}",
        fbp=f"fb.1.{ms}.{dice.getrandbits(31)}",
        utm_source="facebook" if chat.ad else "instagram",
        utm_medium="paid" if chat.ad else "organic",
        utm_campaign=chat.ad.campaign if chat.ad else "Perfil",
        campaign=chat.ad.campaign_id if chat.ad else "Perfil",
        adset=chat.ad.adset_id if chat.ad else None,
        ad=chat.ad.ad_id if chat.ad else None,
        country="BR" if chat.language == "pt" else "MX",
        language=chat.language,
    )


def _sold_in(chat: Chat, click: Click, at: datetime, dice: Random) -> Sold:
    cents = dice.randrange(*chat.cents) // 100 * 100 - 10
    sale = NewSale(
        amount=cents,
        currency=chat.currency,
        status="paid" if dice.random() < 0.9 else "pending",
        external_id=f"CH-{dice.randrange(16**8):08X}",
        buyer=Buyer(name=talks.name_of(click.token, chat.language)),
        items=[SaleItem(name=chat.product, price_cents=cents)],
    )
    number = talks.number_of(chat.platform, click.token)
    return Sold(at=at, sale=sale, chat=(chat.platform, number))


def cost_of(ad: Ad, scale: Scale, day: datetime, until: datetime) -> int:
    """Cents on one day of the shop, as far as it has come by then; `day` is its midnight."""
    dice = _dice(f"{day.date()} {ad.ad_id} cost")
    clicks = traffic.visits_on(scale, day.date()) * ad.share
    whole = clicks * ad.cents_a_click * dice.uniform(0.88, 1.15)
    gone = (until - day) / timedelta(days=1)
    return round(whole * min(1.0, max(0.0, gone)))


def _moment(ms: int) -> datetime:
    return datetime.fromtimestamp(ms / 1000, UTC)


def _dice(seed: str) -> Random:
    return Random(seed)  # noqa: S311 - a demo, and the same at every call
