"""Where a visit came from: referrer, UTM parameters and click ids, as one channel.

Hosts are matched by registrable domain, never by substring: `t.co` is in microsoft.com.
"""

import re
from functools import lru_cache
from urllib.parse import SplitResult, parse_qsl, urlsplit

from publicsuffixlist import PublicSuffixList

from pista.events import rows
from pista.events.rows import Page

MAX_PART = 512
# Longer addresses are read each time: thousands of them would fill the memory.
MAX_CACHED = 1024

# Facebook puts fbclid on every outgoing link, paid or not, so it is no sign of an ad.
PAID_CLICK_IDS = {
    "gclid": "search",
    "gbraid": "search",
    "wbraid": "search",
    "msclkid": "search",
    "yclid": "search",
    "dclid": "display",
    "ttclid": "social",
    "twclid": "social",
    "li_fat_id": "social",
    "ScCid": "social",
    "epik": "social",
    "rdt_cid": "social",
}
SOCIAL_CLICK_IDS = ("fbclid", "igshid")
OTHER_CLICK_IDS = (*SOCIAL_CLICK_IDS, "srsltid", "mc_eid")

SEARCH = frozenset(
    {"bing.com", "duckduckgo.com", "ecosia.org", "baidu.com", "startpage.com", "qwant.com"}
    | {"search.brave.com", "naver.com", "seznam.cz", "ask.com", "aol.com", "yep.com", "kagi.com"}
)
# Companies that search under one name and many country domains.
SEARCH_NAMES = frozenset({"google", "yahoo", "yandex", "bing"})
SOCIAL = frozenset(
    {"facebook.com", "fb.com", "fb.me", "instagram.com", "t.co", "twitter.com", "x.com"}
    | {"tiktok.com", "linkedin.com", "lnkd.in", "pinterest.com", "reddit.com", "threads.net"}
    | {"threads.com", "snapchat.com", "tumblr.com", "vk.com", "bsky.app", "quora.com"}
    | {"mastodon.social", "kwai.com", "taringa.net"}
)
VIDEO = frozenset({"youtube.com", "youtu.be", "vimeo.com", "twitch.tv", "dailymotion.com"})
MESSAGING = frozenset(
    {"whatsapp.com", "wa.me", "wl.co", "t.me", "telegram.org", "telegram.me", "messenger.com"}
    | {"discord.com", "line.me"}
)
ASSISTANTS = frozenset(
    {"chatgpt.com", "openai.com", "perplexity.ai", "claude.ai", "deepseek.com", "mistral.ai"}
    | {"you.com", "phind.com"}
)
# Hosts that are something else than the rest of their domain.
HOSTS = {
    "mail.google.com": "email",
    "mail.yahoo.com": "email",
    "outlook.live.com": "email",
    "outlook.office.com": "email",
    "mail.zoho.com": "email",
    "com.google.android.gm": "email",
    "com.google.android.googlequicksearchbox": "search",
    "com.facebook.katana": "social",
    "com.facebook.lite": "social",
    "com.instagram.android": "social",
    "com.zhiliaoapp.musically": "social",
    "com.twitter.android": "social",
    "com.linkedin.android": "social",
    "com.pinterest": "social",
    "com.reddit.frontpage": "social",
    "com.google.android.youtube": "video",
    "com.facebook.orca": "messaging",
    "org.telegram.messenger": "messaging",
    "com.whatsapp": "messaging",
    "com.whatsapp.w4b": "messaging",
    "gemini.google.com": "ai_assistant",
    "copilot.microsoft.com": "ai_assistant",
    "news.google.com": "referral",
    "docs.google.com": "referral",
    "drive.google.com": "referral",
    "sites.google.com": "referral",
}
# How people write the sources of their links by hand.
SOURCE_NAMES = {
    "google": "search",
    "adwords": "search",
    "googleads": "search",
    "bing": "search",
    "yahoo": "search",
    "duckduckgo": "search",
    "yandex": "search",
    "facebook": "social",
    "fb": "social",
    "instagram": "social",
    "ig": "social",
    "meta": "social",
    "tiktok": "social",
    "twitter": "social",
    "x": "social",
    "linkedin": "social",
    "pinterest": "social",
    "reddit": "social",
    "threads": "social",
    "kwai": "social",
    "snapchat": "social",
    "youtube": "video",
    "whatsapp": "messaging",
    "wa": "messaging",
    "telegram": "messaging",
    "messenger": "messaging",
    "chatgpt": "ai_assistant",
    "perplexity": "ai_assistant",
}
PAID_MEDIUM = re.compile(
    r"^(.*cp[acmvt]|cp.*|ppc|retargeting|remarketing|paid.*|.*[-_ ]paid|ads?)$"
)
# What a medium alone says, whatever the source.
MEDIUMS = {
    "email": "email",
    "e-mail": "email",
    "mail": "email",
    "newsletter": "email",
    "sms": "sms",
    "whatsapp": "messaging",
    "telegram": "messaging",
    "messaging": "messaging",
    "chat": "messaging",
    "affiliate": "affiliate",
    "affiliates": "affiliate",
    "afiliado": "affiliate",
    "afiliados": "affiliate",
    "display": "display",
    "banner": "display",
    "cpm": "display",
    "push": "push",
    "audio": "audio",
    "social": "organic_social",
    "social-network": "organic_social",
    "social-media": "organic_social",
    "sm": "organic_social",
    "video": "organic_video",
    "organic": "organic_search",
    "referral": "referral",
}
ORGANIC = {
    "search": "organic_search",
    "social": "organic_social",
    "video": "organic_video",
    "messaging": "messaging",
    "ai_assistant": "ai_assistant",
    "email": "email",
    "referral": "referral",
}
PAID = {
    "search": "paid_search",
    "social": "paid_social",
    "video": "paid_video",
    "display": "display",
}


def page(url: str, referrer: str) -> Page:
    """Read a page's address and its referrer; what cannot be read stays empty."""
    address, came_from = _split(url), _split(referrer)
    host, from_host = _host(address), _host(came_from)
    query = dict(parse_qsl(address.query[:8192]))
    utm = {key: query.get(f"utm_{key}", "")[:MAX_PART] for key in UTM}
    inside = registrable(from_host) == registrable(host)
    return Page(
        host=host,
        path=address.path[:MAX_PART] or ("/" if host else ""),
        referrer="" if inside else from_host,
        channel=channel(
            source=utm["source"],
            medium=utm["medium"],
            click_ids=frozenset(query),
            referrer="" if inside else from_host,
        ),
        utm_source=utm["source"],
        utm_medium=utm["medium"],
        utm_campaign=utm["campaign"],
        utm_term=utm["term"],
        utm_content=utm["content"],
        click_id=_click_id(query),
    )


def encoded_page(url: str, referrer: str) -> bytes:
    """The same as the middle part of an event's line: most events come from a few pages."""
    if len(url) + len(referrer) > MAX_CACHED:
        return rows.middle(page(url, referrer))
    return _encoded_page(url, referrer)


@lru_cache(maxsize=16384)
def _encoded_page(url: str, referrer: str) -> bytes:
    return rows.middle(page(url, referrer))


UTM = ("source", "medium", "campaign", "term", "content")


def channel(*, source: str, medium: str, click_ids: frozenset[str], referrer: str) -> str:
    """The one channel of a visit: what was paid for first, then what was tagged, then referrer."""
    source, medium = source.strip().lower(), medium.strip().lower()
    kind = _kind_of_source(source) or kind_of_host(referrer)
    clicked = next((PAID_CLICK_IDS[name] for name in PAID_CLICK_IDS if name in click_ids), "")
    if PAID_MEDIUM.match(medium):
        return (
            "display" if medium == "cpm" and not kind else PAID.get(kind or clicked, "paid_other")
        )
    if clicked:
        return PAID[clicked if clicked != "search" or kind != "video" else "video"]
    if medium in MEDIUMS:
        return MEDIUMS[medium]
    if kind:
        return ORGANIC[kind]
    if not click_ids.isdisjoint(SOCIAL_CLICK_IDS):
        return "organic_social"
    return "referral" if referrer or source else "direct"


def kind_of_host(host: str) -> str:
    """`search`, `social`, … of a host that is known; empty for any other."""
    if not host:
        return ""
    if host in HOSTS:
        return HOSTS[host]
    domain = registrable(host)
    for kind, domains in KINDS:
        if domain in domains or host in domains:
            return kind
    if domain.split(".", 1)[0] in SEARCH_NAMES and _is_company(domain):
        return "search"
    return ""


KINDS = (
    ("search", SEARCH),
    ("social", SOCIAL),
    ("video", VIDEO),
    ("messaging", MESSAGING),
    ("ai_assistant", ASSISTANTS),
)


@lru_cache(maxsize=16384)
def registrable(host: str) -> str:
    """The part of a host that somebody registered: `example.com.br` of `www.example.com.br`."""
    if not host or re.fullmatch(r"[\d.]+|.*:.*", host):
        return host
    return _suffixes().privatesuffix(host) or host


@lru_cache(maxsize=1)
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()


def _is_company(domain: str) -> bool:
    """google.com, google.com.br and google.co.uk, not google.blogspot.com or google.dev."""
    suffix = domain.split(".", 1)[1]
    return suffix == "com" or bool(re.fullmatch(r"(com?\.)?[a-z]{2}", suffix))


def _kind_of_source(source: str) -> str:
    if not source:
        return ""
    name = source.removeprefix("www.")
    return SOURCE_NAMES.get(name) or (kind_of_host(name) if "." in name else "")


def _click_id(query: dict[str, str]) -> str:
    return next((name for name in (*PAID_CLICK_IDS, *OTHER_CLICK_IDS) if name in query), "")


def _split(url: str) -> SplitResult:
    try:
        return urlsplit(url.strip())
    except ValueError:
        return NOTHING


NOTHING = SplitResult("", "", "", "", "")


def _host(address: SplitResult) -> str:
    # Android apps name themselves: android-app://com.google.android.gm/
    if address.scheme not in ("http", "https", "android-app"):
        return ""
    try:
        host = (address.hostname or "").rstrip(".")
    except ValueError:
        return ""
    return host.removeprefix("www.")[:253]


def click_ids(url: str) -> dict[str, str]:
    """The click ids of ad platforms in an address, by name, each as it is."""
    query = dict(parse_qsl(_split(url).query[:8192]))
    return {name: query[name] for name in (*PAID_CLICK_IDS, *OTHER_CLICK_IDS) if query.get(name)}
