"""`GET /go/{slug}`: the click is kept whole, and the visitor led on."""

import asyncio
import gc
import time
import tracemalloc
from collections.abc import AsyncGenerator
from urllib.parse import parse_qs, urlsplit

import pytest

from pista.clicks import registry, writing
from tests.clicks.conftest import NOON, asked, counts, kept, new_link, own_domain
from tests.collect.conftest import Served, serving
from tests.contacts.conftest import new_tenant

IPHONE = (
    b"User-Agent: Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15"
    b" (KHTML, like Gecko) Mobile/15E148 "
)
OWN = "go.tienda.com.br"


@pytest.fixture
async def served(database: str, monkeypatch: pytest.MonkeyPatch) -> AsyncGenerator[Served]:
    """A house with one link of each kind, and one that ended."""
    # However slow this machine is now; what happens to the impatient is tested elsewhere.
    monkeypatch.setattr(writing, "PATIENCE_SECONDS", 60.0)
    monkeypatch.setattr(registry, "LOOK_SECONDS", 60.0)
    async with serving(database) as house:
        async with house.house.postgres.transaction() as tx:
            tenant = house.tenant.id
            await new_link(tx, tenant, "bot", campaign="Otoño", utm_source="tg")
            await new_link(
                tx, tenant, "wa", kind="whatsapp", phone="51987654321", text="Hola ({code}), ¿hay?"
            )
            page = "https://tienda.pe/flores?utm_source=link&color=rojo#precio"
            await new_link(tx, tenant, "pagina", kind="page", url=page)
            await new_link(tx, tenant, "pasado", archived_at=NOON)
            await new_link(
                tx,
                tenant,
                "movido",
                archived_at=NOON,
                fallback="https://tienda.pe/",
            )
        yield house


async def test_a_click_is_kept_whole_before_the_visitor_goes(served: Served):
    """
    What the advertisement said, to the byte: an id is decoded once, never cut and never changed in
    case; what makes no text stays as it was written.
    """
    fbclid = "IwAR_" + "aB9-" * 600 + "+%2F"
    query = (
        f"fbclid={fbclid.replace('%', '%25')}&gclid=%FF%00x&utm_campaign=Oto%C3%B1o+2026"
        "&campaign_id=1203&adset_id=%7B%7Badset.id%7D%7D&grim=a%26b&utm_source=fb&fbclid=second"
    )

    answer = await asked(
        served,
        b"/go/bot?" + query.encode(),
        b"Cookie: other=1; _fbp=fb.1.1700000000000.123456.AQIB; rstk_vid=v1773489600000_k3f9",
        b"Referer: https://l.facebook.com/",
        b"Accept-Language: es-PE,es;q=0.9",
    )

    [click] = await kept(served)
    assert answer.status == 302
    assert answer.goal == f"https://t.me/tienda_bot?start={click['token']}"
    assert (answer.headers["cache-control"], answer.headers["referrer-policy"]) == (
        "no-store",
        "no-referrer",
    )
    assert len(click["token"]) == 32
    assert click["fbclid"] == fbclid
    assert click["click_ids"] == {"gclid": "%FF%00x"}
    assert (click["utm_campaign"], click["utm_source"]) == ("Otoño 2026", "fb")
    assert (click["campaign"], click["adset"]) == ("1203", None)
    assert (click["grim"], click["paid"]) == ("a&b", True)
    assert click["url"] == f"http://t.pe/go/bot?{query}"
    assert click["fbp"] == "fb.1.1700000000000.123456.AQIB"
    assert click["fbc"].split(".", 3)[3] == fbclid
    assert (click["visitor_id"], click["ip"]) == ("v1773489600000_k3f9", "127.0.0.1")
    assert (click["language"], click["referrer"]) == ("es-PE", "https://l.facebook.com/")
    assert await counts(served) == {"clicks": 1, "people": 1, "bots": 0, "lost": 0}


async def test_to_whatsapp_goes_a_code_and_to_a_page_what_the_ad_said(served: Served):
    """
    The page gets what the advertisement put into the address, as it is, and its own besides.
    """
    whatsapp = await asked(served, b"/go/wa?fbclid=X")
    page = await asked(served, b"/go/pagina?fbclid=a%2Bb&utm_source=fb&pista=" + b"0" * 32)
    ended = await asked(served, b"/go/pasado")
    moved = await asked(served, b"/go/MOVIDO/?gclid=1")

    by_number, by_page, *_, by_moved = await kept(served)
    text = parse_qs(urlsplit(whatsapp.goal).query)["text"]
    assert urlsplit(whatsapp.goal)._replace(query="").geturl() == "https://wa.me/51987654321"
    assert text == [f"Hola ({by_number['code']}), ¿hay?"]
    assert page.goal == (
        "https://tienda.pe/flores?color=rojo&fbclid=a%2Bb&utm_source=fb"
        f"&pista={by_page['token']}#precio"
    )
    assert by_page["fbclid"] == "a+b"
    assert ended.status == 404
    assert moved.goal == f"https://tienda.pe/?gclid=1&pista={by_moved['token']}"


WHO_ASKS: list[tuple[list[bytes], bytes, str, bool]] = [
    ([b"User-Agent: TelegramBot (like TwitterBot)"], b"GET", "preview", False),
    ([b"User-Agent: WhatsApp/2.23.20.0"], b"GET", "preview", False),
    ([b"User-Agent: facebookexternalhit/1.1"], b"GET", "preview", False),
    ([b"User-Agent: meta-externalagent/1.1"], b"GET", "preview", False),
    ([b"User-Agent: Mozilla/5.0 (compatible; Googlebot/2.1)"], b"GET", "bot", False),
    ([b"User-Agent: curl/8.5.0"], b"GET", "bot", False),
    ([], b"HEAD", "head", False),
    # The browser may show later what it fetched now.
    ([b"Sec-Purpose: prefetch;prerender"], b"GET", "prefetch", True),
    ([b"Purpose: prefetch"], b"GET", "prefetch", True),
    ([IPHONE + b"[FBAN/FBIOS;FBAV/450.0.0.38.110]"], b"GET", "click", True),
    ([IPHONE + b"MetaIAB Facebook"], b"GET", "click", True),
    ([IPHONE + b"Instagram 320.0.0.42"], b"GET", "click", True),
    ([IPHONE + b"[Pinterest/iOS]"], b"GET", "click", True),
    ([b"User-Agent: Pinterest/0.2 (+https://www.pinterest.com/)"], b"GET", "preview", False),
    ([b"User-Agent: Mozilla/5.0 (compatible; TikTokSpider)"], b"GET", "bot", False),
    ([b"User-Agent: "], b"GET", "click", True),
]


async def test_who_asks(served: Served):
    """
    Everybody is led on; programs are no clicks, and get nothing that others might come by.
    """
    answers = [
        await asked(served, b"/go/bot", *headers, method=method)
        for headers, method, _, _ in WHO_ASKS
    ]

    clicks = await kept(served)
    found = [
        (click["nature"], click["token"] in answer.goal)
        for click, answer in zip(clicks, answers, strict=True)
    ]
    assert found == [(nature, gets_token) for _, _, nature, gets_token in WHO_ASKS]
    counted = await counts(served)
    assert (counted["clicks"], counted["bots"]) == (5, 11)


async def test_fbc_is_made_once_for_the_registered_domain(served: Served):
    """
    Its index follows from who registered what; a browser that has one of the same click keeps it,
    with the time at which that was first seen, whatever was appended.
    """
    async with served.house.postgres.transaction() as tx:
        await own_domain(tx, served.tenant.id, OWN)
        await new_link(tx, served.tenant.id, "propio", domain=OWN)
    await served.house.links.load()
    host = b"Host: Go.Tienda.com.br:443"

    known = b"Cookie: _fbp=fb.2.1.99; "
    first = await asked(served, b"/go/propio?fbclid=IwAR1", host, known)
    made = first.headers["set-cookie"].partition(";")[0]
    again = await asked(served, b"/go/propio?fbclid=IwAR1", host, known + made.encode())
    long_ago = known + b"_fbc=fb.1.1.IwAR1.AQIBAgMA"
    appended = await asked(served, b"/go/propio?fbclid=IwAR1", host, long_ago)
    newer = await asked(served, b"/go/propio?fbclid=IwAR2", host, long_ago)
    organic = await asked(served, b"/go/propio", host, long_ago)
    refused = await asked(served, b"/go/propio?fbclid=IwAR3", host, long_ago, b"Sec-GPC: 1")

    fbc = [click["fbc"] for click in await kept(served)]
    assert "Domain=tienda.com.br" in first.headers["set-cookie"]
    assert made == f"_fbc={fbc[0]}"
    assert fbc[0].startswith("fb.2.")
    assert fbc[1:3] == [fbc[0], "fb.1.1.IwAR1.AQIBAgMA"]
    assert fbc[3].endswith(".IwAR2")
    assert [one.headers.get("set-cookie", "")[:9] for one in (again, appended, newer, organic)] == [
        "",
        "",
        "_fbc=fb.2",
        "",
    ]
    # What the browser kept of an older advertisement earns nothing by itself.
    clicks = await kept(served)
    assert (clicks[4]["fbc"], clicks[4]["paid"]) == ("fb.1.1.IwAR1.AQIBAgMA", False)
    assert {clicks[5][name] for name in ("ip", "user_agent", "fbp", "visitor_id")} == {None}
    assert "set-cookie" not in refused.headers
    assert clicks[5]["fbclid"] == "IwAR3"
    assert [click["refused"] for click in clicks] == [False] * 5 + [True]


async def test_fbp_is_made_once_and_a_browser_is_one_person(served: Served):
    """
    It is kept for the registered domain, beside `_fbc`; what was given to a browser today makes it
    nobody else, also where each cookie has a line of its own, as in HTTP/2. Programs, who refuses,
    and a name that no cookie is kept for get none.
    """
    host = b"Host: go.tienda.com.br"
    first = await asked(served, b"/go/bot?fbclid=IwAR1", host)
    marks = [one.partition(";")[0].encode() for one in first.cookies]
    marks.append(b"rstk_vid=v%d_k3f9" % (time.time_ns() // 10**6))

    lines = [b"Cookie: " + one for one in marks]
    again = await asked(served, b"/go/bot?fbclid=IwAR1", host, *lines)
    strangers = [(host, b"User-Agent: curl/8.5.0"), (host, b"DNT: 1"), (b"Host: localhost",)]
    for headers in (*strangers, (b"Host: 10.0.0.1",)):
        assert (await asked(served, b"/go/bot", *headers)).cookies == []

    fbp = [click["fbp"] for click in await kept(served)]
    assert fbp[0].startswith("fb.2.1")
    assert first.cookies[0].startswith(f"_fbp={fbp[0]}; Domain=tienda.com.br; ")
    assert (again.cookies, fbp[1:]) == ([], [fbp[0], None, None, None, None])
    # The first two are one; who refuses, and each of the two other hosts, has the same address.
    assert (await counts(served))["people"] == 1


async def test_on_an_address_that_companies_share_cookies_are_nobodys(served: Served):
    """
    What a browser keeps of the click on another company's ad is none of this one's; but of this
    very click it says when it was seen first.
    """
    async with served.house.postgres.transaction() as tx:
        other = await new_tenant(tx)
        await new_link(tx, other, "ajeno")
        await own_domain(tx, other, "go.ajeno.pe")
    await served.house.links.load()
    kept_before = b"Cookie: _fbc=fb.1.5.IwAR1; _fbp=fb.1.5.99; rstk_vid=v1773489600000_k3f9"
    own = b"Host: go.ajeno.pe"

    organic = await asked(served, b"/go/bot", kept_before)
    same = await asked(served, b"/go/bot?fbclid=IwAR1", kept_before)
    alone = await asked(served, b"/go/ajeno", own, kept_before)

    names = ("fbc", "fbp", "visitor_id")
    found = [tuple(click[name] for name in names) for click in await kept(served)]
    assert found == [
        (None, None, None),
        ("fb.1.5.IwAR1", None, None),
        ("fb.1.5.IwAR1", "fb.1.5.99", "v1773489600000_k3f9"),
    ]
    assert [one.cookies for one in (organic, same, alone)] == [[], [], []]


async def test_on_an_own_domain_nobody_elses_links_lead_anywhere(served: Served):
    """
    Else one company could put its address behind another's name. What is unknown reads kindly.
    """
    async with served.house.postgres.transaction() as tx:
        other = await new_tenant(tx)
        await new_link(tx, other, "ajeno")
        await own_domain(tx, served.tenant.id, "go.tienda.pe")
        # Whoever only says that a domain is theirs takes nothing from anybody.
        claim = "insert into link_domains (tenant_id, domain, created_at) values ($1, $2, $3)"
        await tx.execute(claim, other, "go.tienda.pe", NOON)
        await tx.execute(claim, served.tenant.id, "go.ajeno.pe", NOON)
    await served.house.links.load()

    here = await asked(served, b"/go/ajeno", b"Host: go.ajeno.pe")
    there = await asked(served, b"/go/ajeno", b"Host: go.tienda.pe", b"Accept-Language: pt-BR")
    own = await asked(served, b"/go/bot", b"Host: go.tienda.pe")
    posted = await asked(served, b"/go/bot", method=b"POST")

    assert [one.status for one in (here, there, own, posted)] == [302, 404, 302, 405]
    assert there.headers["content-type"].startswith("text/html")


async def test_a_link_made_a_moment_ago_leads_at_once(served: Served):
    """
    Also where the announcement has not come yet.
    """
    async with served.house.postgres.transaction() as tx:
        await new_link(tx, served.tenant.id, "nuevo")

    answer = await asked(served, b"/go/nuevo?fbclid=1")

    assert answer.status == 302
    assert len(await kept(served)) == 1


async def test_thousands_of_odd_queries_lose_nothing(served: Served):
    """
    5,000 addresses with bytes of any kind: each is led on and kept, and what it asked for can be
    read from what is kept.
    """
    queries = [bytes(_odd(number)) for number in range(5_000)]
    address = urlsplit(served.url)

    async def ask(some: list[bytes]) -> list[bytes]:
        reader, writer = await asyncio.open_connection(address.hostname, address.port)
        answers: list[bytes] = []
        for query in some:
            writer.write(b"GET /go/bot?" + query + b" HTTP/1.1\r\nHost: t.pe\r\n\r\n")
            answers.append(await reader.readuntil(b"\r\n\r\n"))
        writer.close()
        return answers

    async with asyncio.timeout(110):
        parts = await asyncio.gather(*(ask(queries[start::8]) for start in range(8)))

    statuses = {head[9:12] for part in parts for head in part}
    told = await kept(served)
    # Never decoded: two that differ in what they encode are two.
    assert statuses == {b"302"}
    assert sorted(_raw(click["url"]) for click in told) == sorted(_encoded(one) for one in queries)
    assert all(click["token"] for click in told)
    assert (await counts(served))["lost"] == 0


def _odd(number: int) -> bytes:
    """Names that are known with values of any bytes; what no browser sends as it is, encoded."""
    names = (b"fbclid", b"utm_source", b"gclid", b"%66bclid", b"grim", b"campaign_id", b"&&==", b"")
    state: int = number * 2_654_435_761 % 0x1_0000_0000
    parts: list[bytes] = []
    for _ in range(number % 4 + 1):
        state = (state * 1_103_515_245 + 12_345) % 0x8000_0000
        raw = state.to_bytes(4) * (state % 7) + bytes([number % 256])
        value = b"".join(bytes([one]) if _may_stand(one) else b"%%%02x" % one for one in raw)
        parts.append(names[state % len(names)] + b"=" + value)
    return b"&".join(parts)


def _may_stand(byte: int) -> bool:
    """In a request line, as the server takes it."""
    return 0x21 <= byte < 0x7F and byte not in b'#&"<>'


def _raw(url: str) -> str:
    return url.partition("?")[2]


def _encoded(query: bytes) -> str:
    return "".join(chr(one) if 0x21 <= one <= 0x7E else f"%{one:02X}" for one in query)


async def test_what_is_remembered_of_strangers_is_bounded(served: Served):
    """
    Names and headers of any length, thousands of them, would fill the memory of the process.
    """

    def strange(number: int) -> tuple[bytes, bytes]:
        long = b"%d" % number + b"x" * 30_000
        return b"Host: " + long + b".pe", b"User-Agent: Mozilla/5.0 " + long

    await asked(served, b"/go/bot?fbclid=1", *strange(0))
    tracemalloc.start()
    for number in range(1, 40):
        await asked(served, b"/go/bot?fbclid=1", *strange(number))
    gc.collect()
    grown, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert grown < 1_000_000
