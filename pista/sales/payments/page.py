"""The page that a Pix is paid on, for whoever has its address: no login, no bundle, no names."""

import asyncio
import re
import time
from datetime import UTC, datetime
from html import escape
from string import Template
from typing import Annotated, Any, cast

from litestar import MediaType, Request, Response, get
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter

from pista import accounts
from pista.accounts import refused
from pista.sales import money
from pista.sales.model import Wire
from pista.sales.payments import charge_queries, page_texts, pictures, waiting
from pista.sales.payments.charge_queries import Page
from pista.sales.payments.model import ChargeNotFound
from pista.sales.payments.page_files import HTML, POLICY, SCRIPT, STYLE
from pista.sales.payments.waiting import Payers
from pista.store.postgres import Postgres

TOKEN = re.compile(r"[A-Za-z0-9_-]{22,64}")
WAIT_SECONDS = 25.0
LOOK_SECONDS = 5.0
MOST_WAITING = 2_000
"""In one process; whoever comes after them asks again a little later."""
HEADERS = {
    "content-security-policy": POLICY,
    "referrer-policy": "no-referrer",
    "x-robots-tag": "noindex, nofollow",
}
NO_CHARGE = {404: refused("`charge_not_found`: there is no such page.")}
SETTINGS: dict[str, Any] = {
    "opt": accounts.public(),
    "tags": ["Sales"],
    "responses": {**NO_CHARGE, 422: refused("`invalid`: the detail names the field.")},
}
Lang = Annotated[str | None, QueryParameter(name="lang", max_length=5)]
Seen = Annotated[
    str, QueryParameter(name="seen", max_length=20, description="The state that is shown.")
]


class PayState(Wire, frozen=True, kw_only=True):
    """How it is, for the page."""

    state: page_texts.State


@get("/pay/{token:str}", summary="The page that a Pix is paid on", **SETTINGS)
async def show_page(
    token: FromPath[str],
    request: Request[Any, Any, State],
    house_postgres: NamedDependency[Postgres],
    lang: Lang = None,
) -> Response[str]:
    """Whoever has its address may see it: what is to be paid, to whom, and nobody's name."""
    page = await _page(house_postgres, token)
    language = page_texts.language_of(lang, request.headers.get("accept-language", ""))
    content = _html(page, token, language)
    return Response(content, media_type=MediaType.HTML, headers=HEADERS)


@get("/pay/{token:str}/state", summary="Whether a Pix is paid by now", **SETTINGS)
async def pay_state(
    token: FromPath[str],
    state: State,
    house_postgres: NamedDependency[Postgres],
    seen: Seen = "",
) -> PayState:
    """Answered as soon as it is another than was `seen`, and after 25 seconds at the latest."""
    page = await _page(house_postgres, token)
    payers, until = cast("Payers", state.payers), time.monotonic() + WAIT_SECONDS
    if payers.count >= MOST_WAITING:
        await asyncio.sleep(1)
        until = 0.0
    async with payers.of(page.sale_id) as event:
        while _state(page) == seen and time.monotonic() < until:
            await waiting.news(event, LOOK_SECONDS)
            page = await _page(house_postgres, token)
    return PayState(state=_state(page))


@get("/pay/{token:str}/qr.svg", summary="The picture of a Pix", **SETTINGS)
async def picture(
    token: FromPath[str], house_postgres: NamedDependency[Postgres]
) -> Response[bytes]:
    """As an SVG. There is none once it is of no use."""
    code = _code(await _page(house_postgres, token))
    return Response(pictures.svg(code), media_type="image/svg+xml", headers=HEADERS)


@get("/pay/{token:str}/qr.png", summary="The picture of a Pix, as a PNG", **SETTINGS)
async def png_picture(
    token: FromPath[str], house_postgres: NamedDependency[Postgres]
) -> Response[bytes]:
    """For chats, which take no SVG."""
    code = _code(await _page(house_postgres, token))
    return Response(pictures.png(code), media_type="image/png", headers=HEADERS)


async def _page(postgres: Postgres, token: str) -> Page:
    if not TOKEN.fullmatch(token):
        raise ChargeNotFound
    async with postgres.transaction() as tx:
        page = await charge_queries.page(tx, token)
    if page is None:
        raise ChargeNotFound
    return page


def _state(page: Page) -> page_texts.State:
    return page_texts.state_of(page.status, page.sale_status)


def _code(page: Page) -> str:
    if _state(page) != "open" or page.brcode is None:
        raise ChargeNotFound
    return page.brcode


def _html(page: Page, token: str, language: page_texts.Language) -> str:
    texts = {name: escape(text) for name, text in page_texts.TEXTS[language].items()}
    state = _state(page)
    code = page.brcode if state == "open" else None
    reais, _, cents = money.text(page.amount_cents).partition(".")
    return Template(HTML).substitute(
        {f"t_{name}": text for name, text in texts.items()},
        lang={"pt": "pt-BR", "es": "es", "en": "en"}[language],
        short=language,
        token=token,
        state=state,
        said=texts[state],
        company=escape(page.company),
        description=escape(page.description or ""),
        amount=f"R$ {int(reais):,}".replace(",", ".") + f",{cents}",
        code=escape(code or ""),
        ends=page.expires_at.astimezone(UTC).isoformat(timespec="seconds"),
        style=STYLE,
        script=SCRIPT,
        ends_text=_moment(page.expires_at),
    )


def _moment(at: datetime) -> str:
    """For browsers without scripts, which do not know their zone."""
    return f"{at.astimezone(UTC):%d/%m/%Y %H:%M} UTC"


routes: list[Any] = [show_page, pay_state, picture, png_picture]
