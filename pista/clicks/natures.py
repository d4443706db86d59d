"""Who asks for a link: a person, or a program that looks where it leads."""

import re
from collections.abc import Mapping
from functools import lru_cache

from pista.clicks.model import Nature
from pista.collect import agent

# Browsers inside apps are people, although previews of the same apps are not.
_IN_APP = re.compile(
    rb"^Mozilla/.*(\bFBAN|\bFBAV|FB_IAB|MetaIAB|\bInstagram|musical_ly|BytedanceWebview"
    rb"|TikTok(?!Spider)|\btrill|\bKwai|\bLine/|WhatsApp|\[Pinterest/)"
)
_PREVIEWS = re.compile(
    rb"TelegramBot|^WhatsApp|facebookexternalhit|Facebot|meta-external|Meta-ExternalHit"
    rb"|Twitterbot|LinkedInBot|Slack|Discordbot|Skype|Viber|Pinterest|redditbot|vkShare|Iframely"
    rb"|Embedly|Link ?Preview|URL ?Preview|Unfurl|BingPreview|MicrosoftPreview|Google Web Preview"
    rb"|GoogleImageProxy|YahooMailProxy|Mimecast|Proofpoint|Barracuda|Safe ?Links|MailScanner"
    rb"|Symantec|TrendMicro|FireEye|Sophos",
    re.IGNORECASE,
)
LONGEST = 1_024
"""Of a header that is looked at and remembered: thousands of any length would fill the memory."""
_PREFETCHES = (b"sec-purpose", b"purpose", b"x-purpose", b"x-moz")


def nature(method: str, headers: Mapping[bytes, bytes]) -> Nature:
    """What kind of request this is; only a `click` counts as one."""
    if method == "HEAD":
        return "head"
    for name in _PREFETCHES:
        if (purpose := headers.get(name)) and _is_ahead(purpose):
            return "prefetch"
    return _of_agent(headers.get(b"user-agent", b"")[:LONGEST])


def _is_ahead(purpose: bytes) -> bool:
    told = purpose.lower()
    return b"prefetch" in told or b"preview" in told or b"prerender" in told


@lru_cache(maxsize=8192)
def _of_agent(header: bytes) -> Nature:
    if _IN_APP.search(header):
        return "click"
    if _PREVIEWS.search(header):
        return "preview"
    found = agent(header.decode("latin-1"))
    return "bot" if found.bot or found.device == "server" else "click"
