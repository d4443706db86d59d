"""What a User-Agent header says: person or bot, which browser, system and kind of device."""

import re
from functools import lru_cache
from urllib.parse import urlsplit

import crawleruseragents  # pyright: ignore[reportMissingTypeStubs] - its data is plain JSON
import msgspec
import ua_parser

# Browsers inside apps are people, although lists of crawlers know their apps' link previews.
IN_APP = re.compile(
    r"^Mozilla/.*\b(FBAN|FBAV|FB_IAB|Instagram|WhatsApp|musical_ly|BytedanceWebview|TikTok|trill)\b"
)
# A company's own server that reports events, with a valid write key, is no crawler.
SERVER_TAG = "http-library"
AUTOMATION_TAG = "browser-automation"
# Hundreds of patterns are tried on a header that is new, so its length is time.
MAX_HEADER = 1024


class Agent(msgspec.Struct, frozen=True, kw_only=True):
    browser: str
    os: str
    device: str
    """`desktop`, `mobile`, `tablet`, `server` or `unknown`."""
    bot: str
    """Why this is not a person, as the statistics show it; empty for a person."""
    automated: bool
    """A browser driven by a program, such as headless Chrome."""


LOOPBACK = ("localhost", "127.0.0.1", "::1")


def bot_reason(agent: Agent, origin: str) -> str:
    """Why a batch from this agent on a page of this origin is a bot's; empty for a person.

    A driven browser on the developer's own machine is somebody testing their own site, who wants
    to see the events arrive.
    """
    return "" if agent.automated and _host(origin) in LOOPBACK else agent.bot


def _host(origin: str) -> str | None:
    try:
        return urlsplit(origin).hostname
    except ValueError:
        return None


def agent(header: str) -> Agent:
    """Read a User-Agent header; an unknown one is a person with an unknown browser."""
    return _agent(header[:MAX_HEADER])


@lru_cache(maxsize=4096)
def _agent(header: str) -> Agent:
    tags = _crawler_tags(header)
    found = ua_parser.parse(header)
    return Agent(
        browser=found.user_agent.family if found.user_agent else "",
        os=found.os.family if found.os else "",
        device="server" if SERVER_TAG in tags else _device(header),
        bot=_reason(tags),
        automated=AUTOMATION_TAG in tags,
    )


def _crawler_tags(header: str) -> frozenset[str]:
    """The tags of every known crawler that this header matches."""
    if IN_APP.search(header):
        return frozenset()
    tags: set[str] = set()
    for pattern, own_tags in _crawlers():
        if pattern.search(header):
            tags.update(own_tags or ["crawler"])
    return frozenset(tags)


@lru_cache(maxsize=1)
def _crawlers() -> list[tuple[re.Pattern[str], list[str]]]:
    return [
        (re.compile(entry["pattern"]), list(entry.get("tags", [])))
        for entry in crawleruseragents.CRAWLER_USER_AGENTS_DATA
    ]


def _reason(tags: frozenset[str]) -> str:
    real = sorted(tags - {SERVER_TAG})
    return real[0] if real else ""


def _device(header: str) -> str:
    # "Tablet PC" is what old Windows desktops call a component of theirs.
    if re.search(r"iPad|Tablet(?! PC)|Kindle|Silk/|PlayBook", header) or (
        "Android" in header and "Mobile" not in header
    ):
        return "tablet"
    if re.search(r"Mobi|iPhone|iPod|Windows Phone|BlackBerry", header):
        return "mobile"
    if re.search(r"Windows NT|Macintosh|X11|CrOS|Linux", header):
        return "desktop"
    return "unknown"
