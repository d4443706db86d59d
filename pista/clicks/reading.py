"""What an advertisement's address says, whatever is in it: read once, byte for byte.

A value that is no text that PostgreSQL can keep (NUL, bytes that are not UTF-8) stays as it was
written, percent signs and all: it is told apart from a text by them, and nothing of it is lost.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

from pista.clicks.model import Advertised, Utm

CLICK_IDS = (
    *("gclid", "gbraid", "wbraid", "dclid", "ttclid", "msclkid", "yclid", "twclid", "li_fat_id"),
    *("ScCid", "epik", "rdt_cid", "kwai_click_id", "click_id", "tblci", "obclid"),
)
"""Other platforms' ids of a click; `fbclid` has a column of its own."""
UTM = ("utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_term")
CAMPAIGN = ("campaign_id", "utm_id", "campaignid")
ADSET = ("adset_id", "adgroup_id", "adgroupid", "ad_group_id", "aid")
AD = ("ad_id", "creative", "adid", "cid")
OF_PAGE = "pista"
"""What carries our own token to a page."""
OTHERS = ("grim", OF_PAGE)
PASSED_ON = frozenset({*CLICK_IDS, *UTM, *CAMPAIGN, *ADSET, *AD, "fbclid", "gad_source", "src"})

# As ad platforms write what they put something else in for; it stays where they did not.
_UNFILLED = re.compile(r"\{\{.*\}\}|\{\w+\}|__\w+__")
_PAID_MEDIUM = re.compile(
    r"(.*cp[acmvt]|cp.*|ppc|retargeting|remarketing|paid.*|.*[-_ ](paid|ads?)|ads?|pago|display)"
)
_WORDS = {name.encode() for name in (*UTM, "grim", *CAMPAIGN, *ADSET, *AD)}
_UTM, _CLICK_IDS = frozenset(UTM), frozenset(CLICK_IDS)
_KNOWN = {name.encode(): name for name in (*PASSED_ON, *OTHERS)}
_MAKES_NO_TEXT = re.compile(rb'[^\x21-\x7e]|[#"<>]')


class Said(NamedTuple):
    """What is known of an advertisement when somebody clicks."""

    fbclid: str | None
    click_ids: dict[str, str]
    utm: Utm
    advertised: Advertised
    grim: str | None


def values(query: bytes) -> dict[str, str]:
    """What is known by name, each as it was said first; empty values say nothing."""
    found: dict[str, str] = {}
    for part in query.split(b"&"):
        name, _, value = part.partition(b"=")
        if b"%" in name:
            name = unquote_to_bytes(name)
        known = _KNOWN.get(name)
        if known is not None and value and known not in found:
            found[known] = text(value, plus=name in _WORDS)
    return found


def text(value: bytes, *, plus: bool = False) -> str:
    """Decoded once; in words of people a plus is a space, in ids it is itself."""
    if plus:
        value = value.replace(b"+", b" ")
    if b"%" in value:
        decoded = unquote_to_bytes(value)
    elif value.isascii() and b"\0" not in value:
        return value.decode("ascii")
    else:
        decoded = value
    try:
        if b"\0" not in decoded:
            return decoded.decode()
    except UnicodeDecodeError:
        pass
    return address(value)


def address(raw: bytes) -> str:
    """An address as it was asked for; what stands in none is percent-encoded."""
    return _MAKES_NO_TEXT.sub(lambda one: b"%%%02X" % one[0][0], raw).decode("ascii")


def said(found: Mapping[str, str], utm: Utm, default: Advertised) -> Said:
    """What the address says, and for the rest what its link does."""
    own = utm
    if not _UTM.isdisjoint(found):
        told = (_filled(found.get(name)) or by_link for name, by_link in zip(UTM, utm, strict=True))
        own = Utm(*told)
    ids = _CLICK_IDS.intersection(found)
    return Said(
        fbclid=found.get("fbclid"),
        click_ids={name: found[name] for name in CLICK_IDS if name in ids} if ids else {},
        utm=own,
        advertised=Advertised(
            campaign=_first(found, CAMPAIGN) or default.campaign or own.campaign,
            adset=_first(found, ADSET) or default.adset or own.term,
            ad=_first(found, AD) or default.ad or own.content,
        ),
        grim=found.get("grim"),
    )


def is_paid(one: Said, by_link: bool | None) -> bool:
    """Whether an advertisement was paid for it.

    `fbclid` alone counts unless a medium says otherwise: on links of advertisements it stands for
    one, and what is not meant for them says so.
    """
    if by_link is not None:
        return by_link
    medium = (one.utm.medium or "").strip().lower()
    if one.click_ids or _PAID_MEDIUM.fullmatch(medium):
        return True
    return not medium and (one.fbclid is not None or one.advertised.campaign is not None)


def _first(found: Mapping[str, str], names: tuple[str, ...]) -> str | None:
    for name in names:
        if name in found and (value := _filled(found[name])):
            return value
    return None


def _filled(value: str | None) -> str | None:
    """None for a place that the platform put nothing into, as where somebody tries the link."""
    if not value or value.isspace():
        return None
    may_be_unfilled = "{" in value or "__" in value
    return None if may_be_unfilled and _UNFILLED.fullmatch(value.strip()) else value
