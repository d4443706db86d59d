"""A page tells that somebody came by an advertisement."""

import asyncio
from typing import Any

import httpx
import pytest

from pista import clicks
from pista.ids import VisitorId
from pista.settings import Settings
from tests.clicks.conftest import NOON, asked, kept, new_link
from tests.collect.conftest import CHROME, Served, serving

VISITOR = VisitorId("v1773489600000_k3f9")
PAGE = "https://tienda.com.br/flores"


async def tell(served: Served, url: str, *, headers: Any = None, **given: Any) -> httpx.Response:
    told = {"siteId": str(served.site.id), "visitorId": VISITOR, "url": url, **given}
    return await served.client.post(
        "/tracking-v2/arrivals",
        params={"k": served.site.write_key},
        json=told,
        headers=headers
        if isinstance(headers, list)
        else {"Origin": "https://tienda.com.br", "User-Agent": CHROME, **(headers or {})},
    )


async def tied(served: Served) -> list[clicks.Candidate]:
    async with served.house.postgres.transaction() as tx:
        until = NOON.replace(year=NOON.year + 10)
        return await clicks.of_people(tx, served.tenant.id, [], [VISITOR], until)


async def test_a_token_ties_the_visitor_to_its_click(served: Served):
    """
    Once, however often the page is loaded; and what the advertisement put beside the token makes no
    second click.
    """
    async with served.house.postgres.transaction() as tx:
        await new_link(tx, served.tenant.id, "pagina", kind="page", url=PAGE)
    led = await asked(served, b"/go/pagina?fbclid=IwAR1")

    answers = [await tell(served, led.goal) for _ in range(2)]

    [click] = await kept(served)
    [found] = await tied(served)
    assert [(one.status_code, one.json()) for one in answers] == [(202, {"accepted": True})] * 2
    assert answers[0].headers["access-control-allow-origin"] == "https://tienda.com.br"
    assert (found.click.id, found.method) == (click["id"], "page")


async def test_without_a_link_of_ours_the_visit_is_the_click(served: Served):
    """
    Told by several tabs at once it is one; the cookies that Meta's own script set are taken over.
    """
    url = f"{PAGE}?fbclid=IwAR_aB%2B&utm_campaign=Oto%C3%B1o&pista={'0' * 32}#precio"
    given = {"fbp": "fb.2.1.99", "fbc": "fb.2.5.IwAR_aB+.AQ", "referrer": "https://fb.com/"}

    await asyncio.gather(*(tell(served, url, **given) for _ in range(8)))
    await tell(served, url + "x", **given)

    [click] = await kept(served)
    [found] = await tied(served)
    assert found.click.id == click["id"]
    assert (click["source"], click["paid"], click["campaign"]) == ("page", True, "Otoño")
    assert (click["fbclid"], click["fbc"]) == ("IwAR_aB+", "fb.2.5.IwAR_aB+.AQ")
    assert (click["url"], click["ip"], click["fbp"]) == (url, "127.0.0.1", "fb.2.1.99")


async def test_the_visitors_address_is_what_the_nearest_proxies_wrote(database: str):
    """
    Each in a line of its own, as some do; what the visitor wrote above them counts for nothing.
    """
    settings = Settings(trusted_proxies=("127.0.0.1", "10.0.0.1"))
    hops = [("X-Forwarded-For", one) for one in ("6.6.6.6", "181.65.1.2", "10.0.0.1")]
    async with serving(database, settings) as served:
        async with served.house.postgres.transaction() as tx:
            await new_link(tx, served.tenant.id, "bot")
        await served.house.links.load()

        await asked(served, b"/go/bot", *(f"{name}: {one}".encode() for name, one in hops))
        own = [("Origin", "https://tienda.com.br"), ("User-Agent", CHROME)]
        told = await tell(served, f"{PAGE}?fbclid=1", headers=[*own, *hops])

        assert told.status_code == 202
        assert [click["ip"] for click in await kept(served)] == ["181.65.1.2"] * 2


@pytest.mark.parametrize(
    ("url", "headers", "status"),
    [
        (PAGE, {}, 202),
        (f"{PAGE}?utm_source=newsletter", {}, 202),
        (f"{PAGE}?pista={'0' * 32}", {}, 202),
        (f"{PAGE}?fbclid=1", {"Sec-GPC": "1"}, 202),
        (f"{PAGE}?fbclid=1", {"User-Agent": "facebookexternalhit/1.1"}, 202),
        (f"{PAGE}?fbclid=1", {"Origin": ""}, 403),
        (f"{PAGE}?fbclid=\0", {}, 422),
    ],
    ids=["plain", "no ad", "made up", "refuses", "program", "nowhere", "nul"],
)
async def test_what_is_no_click(shared: Served, url: str, headers: Any, status: int):
    """
    Visits that no advertisement led to, tokens that nobody has, and who asks to be left alone.
    """
    before = len(await kept(shared))

    answer = await tell(shared, url, headers=headers)

    assert answer.status_code == status
    assert len(await kept(shared)) == before
