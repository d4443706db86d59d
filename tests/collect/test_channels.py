from urllib.parse import quote

import msgspec
import pytest

from pista.collect import channels
from pista.events import rows
from pista.events.rows import Page
from tests.timing import least_cpu

SHOP = "https://shop.example.com/lilies"


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("example.com", "example.com"),
        ("www.shop.example.com", "example.com"),
        ("tienda.example.com.br", "example.com.br"),
        ("a.b.example.co.uk", "example.co.uk"),
        # Who has a blog there registered the sub-domain.
        ("ana.blogspot.com", "ana.blogspot.com"),
        ("www.ana.blogspot.com", "ana.blogspot.com"),
        ("ana.github.io", "ana.github.io"),
        ("com", "com"),
        ("com.br", "com.br"),
        ("localhost", "localhost"),
        ("127.0.0.1", "127.0.0.1"),
        ("2001:db8::1", "2001:db8::1"),
        ("xn--mller-kva.example.de", "example.de"),
        ("", ""),
        ("a..b", "a..b"),
    ],
)
def test_registrable(host: str, domain: str):
    assert channels.registrable(host) == domain


@pytest.mark.parametrize(
    ("host", "kind"),
    [
        ("", ""),
        ("google.com", "search"),
        ("google.com.br", "search"),
        ("google.co.uk", "search"),
        ("google.es", "search"),
        ("r.search.yahoo.com", "search"),
        ("search.yahoo.co.jp", "search"),
        ("yandex.ru", "search"),
        ("cn.bing.com", "search"),
        ("search.brave.com", "search"),
        # The company's other houses, and those who borrow its name.
        ("mail.google.com", "email"),
        ("docs.google.com", "referral"),
        ("gemini.google.com", "ai_assistant"),
        ("lh3.googleusercontent.com", ""),
        ("google.evil.com", ""),
        ("google.com.evil.com", ""),
        ("notgoogle.com", ""),
        ("google.blogspot.com", ""),
        ("google.dev", ""),
        ("google.github.io", ""),
        ("brave.com", ""),
        # t.co is in microsoft.com, x.com is in netflix.com.
        ("t.co", "social"),
        ("microsoft.com", ""),
        ("xt.co", ""),
        ("x.com", "social"),
        ("netflix.com", ""),
        ("x.com.evil.example", ""),
        ("l.facebook.com", "social"),
        ("lm.facebook.com", "social"),
        ("facebook.com.phishing.example", ""),
        ("l.instagram.com", "social"),
        ("out.reddit.com", "social"),
        ("youtube.com", "video"),
        ("m.youtube.com", "video"),
        ("l.wl.co", "messaging"),
        ("web.whatsapp.com", "messaging"),
        ("t.me", "messaging"),
        ("chatgpt.com", "ai_assistant"),
        ("copilot.microsoft.com", "ai_assistant"),
        ("com.google.android.gm", "email"),
        ("com.google.android.googlequicksearchbox", "search"),
        ("com.instagram.android", "social"),
        ("com.zhiliaoapp.musically", "social"),
        ("com.google.android.youtube", "video"),
        ("com.example.shop", ""),
        ("shop.example.com", ""),
        ("192.0.2.7", ""),
    ],
)
def test_kind_of_host(host: str, kind: str):
    """By registrable domain, never by substring."""
    assert channels.kind_of_host(host) == kind


def channel(url: str, referrer: str = "") -> str:
    return channels.page(url, referrer).channel


@pytest.mark.parametrize(
    ("query", "referrer", "expected"),
    [
        ("", "", "direct"),
        ("", "https://www.google.com/", "organic_search"),
        ("", "https://www.facebook.com/", "organic_social"),
        ("", "https://www.youtube.com/watch?v=1", "organic_video"),
        ("", "https://web.whatsapp.com/", "messaging"),
        ("", "https://chatgpt.com/", "ai_assistant"),
        ("", "https://mail.google.com/", "email"),
        ("", "https://blog.example.org/lilies", "referral"),
        # Facebook puts fbclid on every link that leaves it, paid or not.
        ("fbclid=IwAR0x", "", "organic_social"),
        ("fbclid=IwAR0x", "https://l.facebook.com/", "organic_social"),
        ("fbclid=IwAR0x", "https://l.instagram.com/", "organic_social"),
        ("fbclid=IwAR0x&utm_source=fb&utm_medium=cpc", "", "paid_social"),
        ("fbclid=IwAR0x&utm_source=ig&utm_medium=paid", "https://l.instagram.com/", "paid_social"),
        ("fbclid=IwAR0x&utm_medium=paid_social", "https://l.facebook.com/", "paid_social"),
        ("fbclid=IwAR0x&utm_medium=email", "", "email"),
        # Google puts it on unpaid product listings, and people then share the address.
        ("srsltid=AfmBOoq", "", "direct"),
        ("gclid=Cj0K", "https://www.google.com/", "paid_search"),
        ("gclid=Cj0K", "", "paid_search"),
        ("gbraid=0AAA", "", "paid_search"),
        ("wbraid=Cj0K", "", "paid_search"),
        ("msclkid=1a2b", "https://www.bing.com/", "paid_search"),
        ("dclid=CJ", "", "display"),
        ("ttclid=E.C.P", "", "paid_social"),
        ("gclid=Cj0K", "https://www.youtube.com/", "paid_video"),
        # What was paid for says more than what somebody typed.
        ("gclid=Cj0K&utm_medium=organic", "", "paid_search"),
        # An id without a value is no click.
        ("gclid=", "", "direct"),
        ("gclid", "", "direct"),
        # Only the parameter's own name counts.
        ("xgclid=1", "", "direct"),
        ("q=gclid", "", "direct"),
        ("q=1%26gclid%3D2", "", "direct"),
        ("utm_source=google&utm_medium=cpc", "", "paid_search"),
        ("utm_source=google&utm_medium=CPC", "", "paid_search"),
        ("utm_source=bing&utm_medium=ppc", "", "paid_search"),
        ("utm_source=tiktok&utm_medium=cpm", "", "paid_social"),
        ("utm_source=youtube&utm_medium=cpv", "", "paid_video"),
        ("utm_source=elcomercio&utm_medium=cpm", "", "display"),
        ("utm_source=elcomercio&utm_medium=cpc", "", "paid_other"),
        ("utm_medium=retargeting", "", "paid_other"),
        ("utm_medium=social_paid&utm_source=fb", "", "paid_social"),
        # Ends or begins like a paid medium, and is none.
        ("utm_source=newsletter&utm_medium=unpaid", "", "referral"),
        ("utm_source=a&utm_medium=loads", "", "referral"),
        ("utm_medium=email", "https://www.google.com/", "email"),
        ("utm_medium=sms", "", "sms"),
        ("utm_medium=whatsapp", "", "messaging"),
        ("utm_medium=afiliados&utm_source=ana", "", "affiliate"),
        ("utm_medium=social", "", "organic_social"),
        # A source beats the referrer; a medium beats the source.
        ("utm_source=ig", "https://www.google.com/", "organic_social"),
        ("utm_source=facebook.com", "", "organic_social"),
        ("utm_source=www.google.com.pe", "", "organic_search"),
        ("utm_source=ig&utm_medium=email", "", "email"),
        ("utm_source=flyer", "", "referral"),
        ("utm_source=flyer", "https://www.google.com/", "organic_search"),
        ("utm_source=%20IG%20", "", "organic_social"),
        ("utm_campaign=mother", "", "direct"),
    ],
)
def test_channel(query: str, referrer: str, expected: str):
    assert channel(f"{SHOP}?{query}", referrer) == expected


@pytest.mark.parametrize(
    ("url", "referrer", "kept"),
    [
        (SHOP, "https://shop.example.com/", ""),
        (SHOP, "https://www.example.com/blog", ""),
        (SHOP, "http://SHOP.EXAMPLE.COM:8080/", ""),
        (SHOP, "https://example.org/", "example.org"),
        ("https://a.com.br/", "https://b.com.br/", "b.com.br"),
        ("https://ana.blogspot.com/", "https://eva.blogspot.com/", "eva.blogspot.com"),
        ("http://localhost:8000/", "http://localhost:5173/", ""),
        ("http://192.0.2.7/", "http://192.0.2.7:81/", ""),
        ("http://192.0.2.7/", "http://198.51.100.7/", "198.51.100.7"),
        ("http://[2001:db8::1]/", "http://[2001:db8::1]:81/", ""),
    ],
)
def test_a_site_does_not_refer_to_itself(url: str, referrer: str, kept: str):
    found = channels.page(url, referrer)

    assert found.referrer == kept
    assert found.channel == ("referral" if kept else "direct")


@pytest.mark.parametrize(
    ("referrer", "host", "expected"),
    [
        ("android-app://com.google.android.gm/", "com.google.android.gm", "email"),
        (
            "android-app://com.google.android.googlequicksearchbox/https/www.google.com",
            "com.google.android.googlequicksearchbox",
            "organic_search",
        ),
        ("android-app://com.facebook.katana/", "com.facebook.katana", "organic_social"),
        ("android-app://com.facebook.orca/", "com.facebook.orca", "messaging"),
        ("android-app://org.telegram.messenger", "org.telegram.messenger", "messaging"),
        ("android-app://com.example.app/", "com.example.app", "referral"),
    ],
)
def test_android_apps_refer_too(referrer: str, host: str, expected: str):
    found = channels.page(SHOP, referrer)

    assert (found.referrer, found.channel) == (host, expected)


@pytest.mark.parametrize(
    ("url", "host", "path"),
    [
        (SHOP, "shop.example.com", "/lilies"),
        ("https://www.example.com", "example.com", "/"),
        ("HTTPS://Shop.Example.COM:8443/A?b#c", "shop.example.com", "/A"),
        ("https://example.com./", "example.com", "/"),
        ("  https://example.com/a  ", "example.com", "/a"),
        # Whose page it is stands behind the @.
        ("https://google.com@evil.example/a", "evil.example", "/a"),
        ("https://ana:secret@example.com/", "example.com", "/"),
        ("https://xn--mller-kva.example/", "xn--mller-kva.example", "/"),
        ("https://müller.example/straße", "müller.example", "/straße"),
        ("https://日本.example/%E3%81%82", "日本.example", "/%E3%81%82"),
        ("/relative?utm_source=ig", "", "/relative"),
        ("file:///C:/Users/ana/shop.html", "", "/C:/Users/ana/shop.html"),
        ("about:blank", "", "blank"),
        ("http://[", "", ""),
        ("http://[::1", "", ""),
        ("http://[zz]/", "", ""),
        ("http://example.com:port/", "example.com", "/"),
        ("http://example.com:99999/", "example.com", "/"),
        # A full-width slash would make another host of it; Python refuses to guess.
        ("http://example.com\uff0f.evil.example/", "", ""),
        ("http:///path", "", "/path"),
        ("\x00", "", ""),
        ("", "", ""),
    ],
)
def test_addresses(url: str, host: str, path: str):
    """What cannot be read stays empty."""
    found = channels.page(url, "")

    assert (found.host, found.path) == (host, path)


def test_utm_parameters_are_read_as_browsers_write_them():
    campaign = "día de la madre & más 💐"
    query = f"utm_source=ig&utm_medium=story&utm_campaign={quote(campaign)}&utm_term=a+b%2Bc"

    found = channels.page(f"{SHOP}?{query}&utm_content=&fbclid=x&gclid=y#utm_source=no", "")

    assert found.utm_source == "ig"
    assert found.utm_medium == "story"
    assert found.utm_campaign == campaign
    assert found.utm_term == "a b+c"
    assert found.utm_content == ""
    # The paid one of both.
    assert found.click_id == "gclid"


def test_bytes_that_are_no_text_do_not_hurt():
    found = channels.page(f"{SHOP}?utm_source=%ff%fe&utm_campaign=%ed%a0%80", "")

    assert found.utm_source == "\ufffd\ufffd"
    assert msgspec.json.decode(msgspec.json.encode(found))


@pytest.mark.parametrize(
    "url",
    [
        SHOP + "/" + "a" * 8000,
        SHOP + "?utm_source=" + "a" * 8000,
        SHOP + "?" + "&" * 8000,
        SHOP + "?" + "a=1&" * 2000,
        SHOP + "?" + "%" * 8000,
        "https://" + "a." * 4000 + "com/",
        "https://" + "a" * 8000 + "/",
        "https://" + "." * 8000,
        "[" * 8000,
    ],
)
def test_huge_addresses_are_cut_and_cheap(url: str):
    def read() -> Page:
        channels.registrable.cache_clear()
        return channels.page(url, url)

    assert max(map(len, msgspec.structs.astuple(read()))) <= channels.MAX_PART
    assert least_cpu(read) < 0.05


def test_what_is_remembered_is_what_is_read():
    """Short addresses come from a cache, long ones do not, and both are the middle of a line."""
    for url in (SHOP, SHOP + "/" + "a" * 2000):
        for _ in range(2):
            encoded = channels.encoded_page(url, "https://t.co/x")
            assert encoded == rows.middle(channels.page(url, "https://t.co/x"))


def test_nothing_is_known_of_an_empty_address():
    assert channels.page("", "") == Page(channel="direct")
