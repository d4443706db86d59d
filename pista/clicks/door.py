"""`GET /go/{slug}` as a raw ASGI handler: the click is committed, then the visitor is led on."""

import hashlib
import re
import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from pista import ids, logs, metrics
from pista.clicks import codes, cookies, leading, pages, reading
from pista.clicks.model import Click, ClickId, Nature
from pista.clicks.natures import nature
from pista.clicks.queries import Hit
from pista.clicks.registry import Leading, Registry
from pista.clicks.writing import Till
from pista.collect import Whereabouts
from pista.collect.model import VISITOR_ID
from pista.ids import VisitorId

Scope = Mapping[str, Any]
Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Headers = dict[bytes, bytes]
Extra = list[tuple[bytes, bytes]]

PATH = "/go/"
_VISITOR = re.compile(VISITOR_ID)
_MADE_AT = re.compile(r"\d{13}")
LONGEST_HOST = 300
"""With its port, and more than any name has."""
DAY_MS = 86_400_000
WITHOUT_TOKEN: frozenset[Nature] = frozenset({"head", "preview", "bot"})
"""What they keep of an address, many would come by."""

log = logs.get()


class Door:
    """Leads visitors on, whatever happens to what is written about them."""

    def __init__(
        self, registry: Registry, till: Till, whereabouts: Whereabouts, public_url: str
    ) -> None:
        self._registry = registry
        self._till = till
        self._whereabouts = whereabouts
        self._scheme = public_url.partition("://")[0]

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        headers: Headers = dict(scope["headers"])
        if scope["method"] not in ("GET", "HEAD"):
            await _answer(send, 405, b"", [(b"allow", b"GET, HEAD")])
            return
        host = _host(headers.get(b"host", b"")[:LONGEST_HOST])
        link = await self._registry.find(host, _slug(scope["path"]))
        if link is None or link.goal is None:
            await self._nowhere(send, headers)
            return
        goal, extra = await self._lead(scope, headers, host, link)
        await _answer(send, 302, b"", [(b"location", goal.encode()), *extra])

    async def _lead(
        self, scope: Scope, headers: Headers, host: str, link: Leading
    ) -> tuple[str, Extra]:
        """Where this visitor goes, once that is written down; what goes wrong stops nobody."""
        query: bytes = scope["query_string"]
        token = code = None
        extra: Extra = []
        try:
            hit, extra = self._hit(scope, headers, host, link)
            size = 1_000 + len(query) * 3 + len(hit.click.user_agent or "")
            if await self._till.take(hit, size) and hit.click.nature not in WITHOUT_TOKEN:
                token, code = hit.click.token, hit.click.code
        except Exception:
            metrics.CLICKS_LOST.inc()
            log.exception("click_failed", link=str(link.id))
        assert link.goal is not None
        goal = leading.lead(
            link.kind, link.goal, text=link.text, query=query, token=token, code=code
        )
        return goal, extra

    def _hit(self, scope: Scope, headers: Headers, host: str, link: Leading) -> tuple[Hit, Extra]:
        now_ms = time.time_ns() // 1_000_000
        raw: bytes = scope["query_string"]
        said = reading.said(reading.values(raw), link.utm, link.advertised)
        known = _Known(headers, self._whereabouts, scope, shared=self._registry.is_shared(host))
        fbc = cookies.fbc(known.fbc(said.fbclid), said.fbclid, host, now_ms)
        made_by = nature(scope["method"], headers)
        fbp = known.fbp
        if fbp is None and known.may_be_marked and made_by not in WITHOUT_TOKEN:
            fbp = cookies.new_fbp(host, now_ms)
        click = Click(
            id=ClickId(ids.uuid7()),
            token=codes.new_token(),
            code=codes.new_code() if link.kind == "whatsapp" else None,
            link_id=link.id,
            at=datetime.fromtimestamp(now_ms / 1000, UTC),
            source="go",
            nature=made_by,
            paid=reading.is_paid(said, link.paid),
            visitor_id=known.visitor,
            fbclid=said.fbclid,
            click_ids=said.click_ids,
            fbc=fbc,
            fbp=fbp,
            ip=known.address or None,
            user_agent=known.agent or None,
            url=self._url(scope, host, raw),
            referrer=known.referrer or None,
            utm_source=said.utm.source,
            utm_medium=said.utm.medium,
            utm_campaign=said.utm.campaign,
            utm_content=said.utm.content,
            utm_term=said.utm.term,
            campaign=said.advertised.campaign,
            adset=said.advertised.adset,
            ad=said.advertised.ad,
            grim=said.grim,
            country=known.country or None,
            language=known.language,
            refused=known.refuses,
        )
        extra = [] if known.refuses else self._remember(known, {"_fbp": fbp, "_fbc": fbc}, host)
        return Hit(tenant_id=link.tenant_id, click=click, who=known.who(now_ms)), extra

    def _remember(self, known: "_Known", made: Mapping[str, str | None], host: str) -> Extra:
        """Have the browser keep the click's `_fbp` and `_fbc`, so that they are made once."""
        told = (
            cookies.to_set(name, value, host, secure=self._is_secure(host))
            for name, value in made.items()
            if value is not None and value != known.given.get(name)
        )
        return [(b"set-cookie", cookie) for cookie in told if cookie is not None]

    def _url(self, scope: Scope, host: str, query: bytes) -> str:
        scheme = "https" if self._is_secure(host) else "http"
        path = reading.address(scope.get("raw_path") or scope["path"].encode("utf-8", "replace"))
        asked = f"?{reading.address(query)}" if query else ""
        return f"{scheme}://{host}{path}{asked}"

    def _is_secure(self, host: str) -> bool:
        """A proxy in front ends HTTPS, and a company's own domain has one."""
        return self._scheme == "https" or self._registry.is_own_domain(host)

    async def _nowhere(self, send: Send, headers: Headers) -> None:
        language = headers.get(b"accept-language", b"")
        if self._registry.is_loaded:
            await _answer(send, 404, pages.unknown(language), [pages.HTML])
        else:
            again = [pages.HTML, (b"retry-after", b"2"), (b"refresh", b"2")]
            await _answer(send, 503, pages.unavailable(language), again)


class _Known:
    """What a request tells of who makes it; nothing of a browser that asks not to be followed.

    On an address that several companies share, its cookies are of another one's clicks.
    """

    def __init__(
        self, headers: Headers, whereabouts: Whereabouts, scope: Scope, *, shared: bool
    ) -> None:
        given = cookies.read(headers.get(b"cookie", b""))
        self.refuses = (
            headers.get(b"sec-gpc") == b"1" or headers.get(b"dnt") == b"1" or "rstk_optout" in given
        )
        self.cookies = {} if self.refuses or shared else given
        self.may_be_marked = not (self.refuses or shared)
        self.given = given
        # A Unix socket has no peer.
        peer = (scope["client"] or ("",))[0]
        place = whereabouts.of(peer, headers.get(b"x-forwarded-for", b""))
        self.country = place.country
        self.address = "" if self.refuses else place.address
        agent = headers.get(b"user-agent", b"")
        self.agent = "" if self.refuses else _header(agent)
        self.referrer = _header(headers.get(b"referer", b""))
        self.language = _language(headers.get(b"accept-language", b""))
        self._hashed = place.address.encode() + b"\0" + agent

    @property
    def visitor(self) -> VisitorId | None:
        given = self.cookies.get("rstk_vid", "")
        return VisitorId(given) if _VISITOR.fullmatch(given) else None

    @property
    def fbp(self) -> str | None:
        return cookies.taken(self.cookies.get("_fbp"))

    def fbc(self, fbclid: str | None) -> str | None:
        """What the browser has; on a shared address it counts for this very click alone."""
        of = self.cookies if fbclid is None else self.given
        return None if self.refuses else of.get("_fbc")

    def who(self, now_ms: int) -> int:
        """Not to be told from another for longer than a day, and hardly within it.

        What the browser was given in the course of the day is none of its marks: it came without.
        """
        day = now_ms // DAY_MS
        marks = (self.visitor, self.fbp)
        mark = next((one for one in marks if one and _is_older(one, day * DAY_MS)), None)
        own = self._hashed if mark is None else mark.encode()
        digest = hashlib.blake2b(str(day).encode() + b"\0" + own, digest_size=8).digest()
        return int.from_bytes(digest, signed=True)


def _is_older(mark: str, moment_ms: int) -> bool:
    made = _MADE_AT.search(mark)
    return made is None or int(made[0]) < moment_ms


@lru_cache(maxsize=1024)
def _host(header: bytes) -> str:
    host = header.decode("latin-1").lower()
    return host.partition(":")[0].rstrip(".") if host.count(":") == 1 else host.rstrip(".")


def _header(value: bytes) -> str:
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")


def _slug(path: str) -> str:
    return path[len(PATH) :].strip("/").lower()


def _language(header: bytes) -> str | None:
    first = header.split(b",")[0].split(b";")[0].strip()
    return first.decode() if first.isascii() and 0 < len(first) <= 35 else None


async def _answer(send: Send, status: int, body: bytes, headers: Extra) -> None:
    told = [*headers, *_ALWAYS, (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": told})
    await send({"type": "http.response.body", "body": body})


_ALWAYS: Extra = [
    (b"cache-control", b"no-store"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-robots-tag", b"noindex, nofollow"),
]
