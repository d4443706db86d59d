"""Where a link leads: to a bot, to a number, or to a page."""

from urllib.parse import quote, unquote_to_bytes

from pista.clicks import codes
from pista.clicks.model import Kind
from pista.clicks.reading import OF_PAGE, PASSED_ON, address

LONGEST = 6_000
"""Of what is passed on to a page: more than that, and servers refuse the whole address."""
TELEGRAM = "https://t.me/"
WHATSAPP = "https://wa.me/"


def to_telegram(bot: str, token: str | None) -> str:
    return f"{TELEGRAM}{bot}?start={token}" if token else f"{TELEGRAM}{bot}"


def to_whatsapp(phone: str, text: str | None, code: str | None) -> str:
    message = codes.message(text, code)
    return f"{WHATSAPP}{phone}?text={quote(message, safe='')}" if message else f"{WHATSAPP}{phone}"


def to_page(url: str, query: bytes, token: str | None) -> str:
    """The page, with what the advertisement put into the address and our token.

    What both name, the advertisement knows better.
    """
    page, hash_, fragment = url.partition("#")
    base, _, own = page.partition("?")
    given = _passed_on(query)
    names = {_name(part) for part in given} | {OF_PAGE.encode()}
    kept = [part for part in own.encode().split(b"&") if part and _name(part) not in names]
    if token:
        given.append(f"{OF_PAGE}={token}".encode())
    asked = b"&".join([*kept, *given])
    return address(base.encode() + (b"?" + asked if asked else b"")) + hash_ + fragment


def _passed_on(query: bytes) -> list[bytes]:
    parts = [part for part in query.split(b"&") if part and _name(part) != OF_PAGE.encode()]
    if len(query) > LONGEST:
        known = {name.encode() for name in PASSED_ON}
        parts = [part for part in parts if _name(part) in known and len(part) < LONGEST]
    return parts


def _name(part: bytes) -> bytes:
    name = part.partition(b"=")[0]
    return unquote_to_bytes(name) if b"%" in name else name


def lead(
    kind: Kind, goal: str, *, text: str | None, query: bytes, token: str | None, code: str | None
) -> str:
    """Where the visitor is sent; `goal` is the bot's name, the number or the page."""
    match kind:
        case "telegram":
            return to_telegram(goal, token)
        case "whatsapp":
            return to_whatsapp(goal, text, code)
        case "page":
            return to_page(goal, query, token)
