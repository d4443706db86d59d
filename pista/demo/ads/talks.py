"""Who wrote to the shop: by an advertisement, or from one of its pages. No I/O, no clock."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

import msgspec

from pista.clicks import codes
from pista.contacts.leads import LeadSource
from pista.demo import persons
from pista.demo.acquaintance import Acquaintance
from pista.demo.ads import words
from pista.demo.ads.words import Talk
from pista.demo.chat.script import CUSTOMERS
from pista.demo.persons import Language
from pista.ids import VisitorId


class Said(msgspec.Struct, frozen=True):
    at: datetime
    text: str
    ours: bool


class Wrote(msgspec.Struct, frozen=True, kw_only=True):
    """A conversation from its first message to its last."""

    key: str
    at: datetime
    platform: LeadSource
    number: str
    """WhatsApp's, or Telegram's id."""
    name: str
    language: Language
    said: list[Said]
    start: str | None = None
    """What a link handed the bot."""
    visitor_id: VisitorId | None = None
    campaign: str | None = None
    bought: bool = False


def number_of(platform: LeadSource, seed: str) -> str:
    """By which somebody who came by a link is known there."""
    if platform == "telegram":
        return str(5_550_400_000 + _dice(f"{seed} telegram").randrange(10**8))
    return persons.stranger(seed).removeprefix("+")


def name_of(seed: str, language: Language) -> str:
    """Of somebody who writes: the script's customers are found by their names."""
    name = persons.person(seed, language).name
    return name_of(f"{seed} again", language) if name in _CUSTOMERS else name


def from_page(one: Acquaintance) -> Wrote:
    """The page's button opened WhatsApp with the visitor in the text."""
    seed = str(one.visitor_id)
    dice = _dice(f"{one.key} wrote")
    who = persons.person(seed)
    talk = dice.choice(words.SHOP)
    at = one.at + timedelta(seconds=dice.uniform(8, 40))
    return Wrote(
        key=one.key,
        at=at,
        platform="whatsapp",
        number=who.phone.removeprefix("+"),
        name=name_of(seed, "es"),
        language="es",
        said=_spoken(dice, at, talk, visitor=seed, city=who.city),
        visitor_id=one.visitor_id,
    )


def by_ad(
    platform: LeadSource,
    seed: str,
    language: Language,
    at: datetime,
    talks: Sequence[Talk],
    campaign: str | None,
    code: str | None,
) -> Wrote:
    """`seed` is the click's token, and `code` what WhatsApp's link wrote for them."""
    dice = _dice(f"{seed} wrote")
    said = _spoken(dice, at, dice.choice(talks), code=code)
    start = seed if platform == "telegram" else None
    if start is not None:
        said = [Said(at, f"/start {start}", ours=False), *said]
    return Wrote(
        key=seed,
        at=at,
        platform=platform,
        number=number_of(platform, seed),
        name=name_of(seed, language),
        language=language,
        said=said,
        start=start,
        campaign=campaign,
    )


def code_of(seed: str) -> str:
    """A click's short code, as links of WhatsApp have them."""
    return codes.code_of(_dice(f"{seed} code").getrandbits(45))


_CUSTOMERS = {one.name for one in CUSTOMERS}


def _spoken(dice: Random, at: datetime, talk: Talk, **filled: str | None) -> list[Said]:
    said: list[Said] = []
    when = at + timedelta(seconds=2)
    for place, text in enumerate(talk):
        said.append(Said(when, text.format(**filled) if "{" in text else text, bool(place % 2)))
        when += timedelta(seconds=dice.uniform(25, 240))
    return said


def _dice(seed: str) -> Random:
    return Random(seed)  # noqa: S311 - a demo, and the same at every call
