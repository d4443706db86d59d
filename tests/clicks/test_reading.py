"""What an address says, whatever is in it; codes in messages; where links lead."""

from urllib.parse import parse_qs, unquote_to_bytes, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pista.clicks import codes, cookies, leading, reading
from pista.clicks.model import Advertised, Utm
from tests.clicks.conftest import NOON

NO_UTM, NO_AD = Utm(), Advertised()


@given(st.binary(max_size=200))
@example(b"fbclid=%00&utm_source=%ff&gclid=\xff\x00")
@example(b"fbclid=%&fbclid=%2&utm_term=%zz")
def test_any_bytes_make_texts_that_can_be_kept(query: bytes):
    """
    No NUL and no half of a character, which PostgreSQL would refuse with all the others of the
    group; and a page's address that is one.
    """
    found = reading.values(b"utm_source=" + query + b"&" + query)

    led = leading.to_page("https://tienda.pe/?a=1#b", query, "0" * 32)

    for text in found.values():
        assert "\0" not in text
        text.encode()
    assert led.isascii()
    assert led.isprintable()
    assert " " not in led
    assert urlsplit(led).query.endswith("pista=" + "0" * 32)


@given(st.binary(min_size=1, max_size=80))
def test_an_id_is_told_apart_from_every_other(raw: bytes):
    """
    Decoded once: encoded again it is what was sent, so two ids never become one.
    """
    sent = b"".join(b"%%%02X" % byte for byte in raw)

    text = reading.values(b"fbclid=" + sent)["fbclid"]

    assert raw in (text.encode(), unquote_to_bytes(text))


def test_ids_keep_their_case_and_pluses_and_words_do_not():
    found = reading.values(b"fbclid=aB+%2B%252B&utm_campaign=a+b%2Bc&gclid=&gclid=X")

    assert found == {"fbclid": "aB++%2B", "utm_campaign": "a b+c", "gclid": "X"}


@pytest.mark.parametrize(
    ("query", "by_link", "paid"),
    [
        ("fbclid=1", None, True),
        ("gclid=1&utm_medium=organic", None, True),
        ("utm_medium=cpc", None, True),
        ("utm_medium=paid_social", None, True),
        ("campaign_id=12", None, True),
        # Facebook puts its id on every link; who meant no advertisement says so.
        ("fbclid=1&utm_medium=organic", None, False),
        ("fbclid=1&utm_medium=email", None, False),
        ("utm_source=instagram", None, False),
        ("", None, False),
        ("", True, True),
        ("gclid=1", False, False),
        # Nothing was put in for it: somebody tried the link.
        ("campaign_id={{campaign.id}}", None, False),
    ],
)
def test_what_was_paid_for(query: str, by_link: bool | None, paid: bool):
    said = reading.said(reading.values(query.encode()), NO_UTM, NO_AD)

    assert reading.is_paid(said, by_link) is paid


def test_reports_group_by_ids_then_by_the_link_then_by_words():
    default = Advertised(campaign="Link", adset="Own", ad=None)
    values = reading.values(b"campaign_id=7&utm_campaign=Words&utm_content=Photo&utm_term=__AID__")

    said = reading.said(values, Utm(source="ig"), default)

    assert said.advertised == Advertised(campaign="7", adset="Own", ad="Photo")
    assert said.utm == Utm("ig", None, "Words", "Photo", None)


CODE = codes.new_code()


@pytest.mark.parametrize(
    "text",
    [
        f"Hola ({CODE})",
        f"{CODE.lower()}",
        f"hola!! *{CODE}* quiero 2",
        f"_{CODE}_",
        f"Hola\n{CODE}.\nInformación 0123456789 aaaaaaaaaa",
        f"Vi esto👉{CODE}👈",
        f"cod:{CODE.replace('0', 'O').replace('1', 'l')}",
    ],
    ids=range(7),
)
def test_a_code_is_found_whatever_is_written_around_it(text: str):
    assert CODE in codes.found_in(text)


def test_what_people_write_is_hardly_ever_a_code():
    """
    One in thirty-one of the words that could be one would be looked for, and found by nobody.
    """
    words = [f"{number:010d}" for number in range(10_000)]
    long = " ".join(codes.new_code() for _ in range(50))

    assert sum(map(codes.is_code, words)) < 500
    assert codes.found_in("informacion de productos disponibles +51987654321 987654321012") == []
    assert len(codes.found_in(long)) == codes.MOST
    assert codes.found_in(None) == []


@pytest.mark.parametrize(
    ("template", "with_code", "without"),
    [
        ("Hola ({code}), ¿hay?", "Hola (X), ¿hay?", "Hola, ¿hay?"),
        ("[#{code}] Quiero", "[#X] Quiero", "Quiero"),
        ("Quiero", "Quiero X", "Quiero"),
        (None, "X", ""),
    ],
)
def test_the_first_message(template: str | None, with_code: str, without: str):
    assert codes.message(template, "X") == with_code
    assert codes.message(template, None) == without


def test_a_long_address_takes_what_matters_to_the_page():
    query = b"fbclid=1&junk=" + b"x" * 10_000 + b"&utm_source=fb"

    led = leading.to_page("https://tienda.pe", query, None)

    assert parse_qs(urlsplit(led).query) == {"fbclid": ["1"], "utm_source": ["fb"]}


NOW_MS = int(NOON.timestamp() * 1000)


@pytest.mark.parametrize(
    ("host", "index"),
    [
        ("tienda.com", 1),
        ("www.go.tienda.com", 1),
        ("go.tienda.com.br", 2),
        ("tienda.co.uk", 2),
        ("localhost", 0),
        ("192.168.0.1", 0),
        ("[::1]:80", 0),
    ],
)
def test_the_index_of_fbc_follows_from_who_registered_the_domain(host: str, index: int):
    assert cookies.fbc(None, "IwAR", host, NOW_MS) == f"fb.{index}.{NOW_MS}.IwAR"


@pytest.mark.parametrize(
    "cookie", ["", "fb.1.2", "fb.1.x.y", "fb.1.2.a;b", "gb.1.2.a", "fb.1.2.a.b.c", "fb.1.2.ä"]
)
def test_what_is_no_cookie_of_metas_is_not_taken_over(cookie: str):
    assert cookies.taken(cookie) is None
    assert cookies.fbc(cookie, None, "tienda.com", NOW_MS) is None
