import itertools

import pytest

from pista.collect import agents
from tests.timing import least_cpu

ANDROID = "Mozilla/5.0 (Linux; Android 14; SM-S918B Build/UP1A.231005.007; wv)"
WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15"
MOBILE = f"{ANDROID} {WEBKIT} Chrome/126.0.0.0 Mobile Safari/537.36"
DESKTOP = (
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)"
    " Chrome/126.0.0.0 Safari/537.36"
)
HEADLESS = DESKTOP.replace("Chrome/", "HeadlessChrome/")


@pytest.mark.parametrize(
    "header",
    [
        f"{IPHONE} (KHTML, like Gecko) Mobile/21F79 [FBAN/FBIOS;FBAV/466.0.0.39.107;FBBV/600]",
        f"{MOBILE} [FB_IAB/FB4A;FBAV/466.0.0.56.109;IABMV/1;]",
        f"{MOBILE} [FB_IAB/MESSENGER;FBAV/458.0.0.54.108;]",
        f"{IPHONE} (KHTML, like Gecko) Mobile/21F79 Instagram 334.0.4.32.98 (iPhone14,5; pt_BR)",
        f"{MOBILE} Instagram 334.0.0.42.95 Android (34/14; 480dpi; samsung; SM-S918B; es_MX)",
        f"{MOBILE} WhatsApp/2.24.12.78",
        f"{MOBILE} trill_350203 JsSdk/1.0 NetType/WIFI AppName/trill ByteLocale/es-419",
        f"{MOBILE} musical_ly_2023501030 JsSdk/1.0 AppName/musical_ly BytedanceWebview/d8a21c6",
        f"{IPHONE} (KHTML, like Gecko) Mobile/21F79 musical_ly_35.1.0 BytedanceWebview/d8a21c6",
        # Others that no list knows.
        f"{MOBILE} Pinterest/0.0.1",
        f"{IPHONE} (KHTML, like Gecko) Mobile/21F79 LinkedInApp",
    ],
)
def test_browsers_inside_apps_are_people(header: str):
    found = agents.agent(header)

    assert (found.bot, found.automated, found.device) == ("", False, "mobile")


@pytest.mark.parametrize(
    "header",
    [
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        # Dressed as a phone.
        "Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X Build/MMB29P) AppleWebKit/537.36 (KHTML, like"
        " Gecko) Chrome/126.0.0.0 Mobile Safari/537.36 (compatible; Googlebot/2.1;"
        " +http://www.google.com/bot.html)",
        "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; bingbot/2.0;"
        " +http://www.bing.com/bingbot.htm) Chrome/116.0.1938.76 Safari/537.36",
        "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2;"
        " +https://openai.com/gptbot)",
        "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)",
        "Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)",
        # What fetches a link to show a preview of it, also of apps whose own browsers are people.
        "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
        "WhatsApp/2.24.12.78 A",
        "WhatsApp/2.2424.6 N",
        "TelegramBot (like TwitterBot)",
        "Twitterbot/1.0",
        "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
        "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)",
        "LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)",
        "Pinterestbot/1.0 (+http://www.pinterest.com/bot.html)",
        HEADLESS,
    ],
)
def test_crawlers_and_link_previews_are_bots(header: str):
    assert agents.agent(header).bot != ""


@pytest.mark.parametrize(
    "header",
    [
        "curl/8.5.0",
        "python-requests/2.32.3",
        "python-httpx/0.27.0",
        "axios/1.7.2",
        "okhttp/4.12.0",
        "Go-http-client/2.0",
        "node-fetch/1.0 (+https://github.com/bitinn/node-fetch)",
        "Wget/1.24.5",
        "Apache-HttpClient/4.5.14 (Java/17.0.11)",
    ],
)
def test_a_companys_own_server_is_no_bot(header: str):
    """It has a write key and reports sales."""
    found = agents.agent(header)

    assert (found.device, found.bot, found.automated) == ("server", "", False)


@pytest.mark.parametrize(
    "header",
    [
        "Mozilla/5.0 (Linux; Android 13; SAMSUNG SM-A536B) AppleWebKit/537.36 (KHTML, like Gecko)"
        " SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36",
        # A maker of phones whose name ends like a crawler's.
        "Mozilla/5.0 (Linux; Android 9; CUBOT_X18_Plus) AppleWebKit/537.36 (KHTML, like Gecko)"
        " Chrome/99.0.4844.58 Mobile Safari/537.36",
        "Mozilla/5.0 (Linux; U; Android 12; es-co; Redmi Note 11 Build/SKQ1) AppleWebKit/537.36"
        " (KHTML, like Gecko) Version/4.0 Chrome/100.0.4896.127 Mobile Safari/537.36"
        " XiaoMi/MiuiBrowser/14.9.1-gn",
        "Mozilla/5.0 (Linux; Android 10; JNY-LX2) AppleWebKit/537.36 (KHTML, like Gecko)"
        " Chrome/114.0.5735.196 HuaweiBrowser/15.0.4.312 Mobile Safari/537.36",
        "Opera/9.80 (Android; Opera Mini/80.0.2254/191.303; U; pt) Presto/2.12.423 Version/12.16",
        f"{DESKTOP} Edg/126.0.0.0",
        f"{DESKTOP} OPR/111.0.0.0",
        f"{IPHONE} (KHTML, like Gecko) CriOS/126.0.6478.54 Mobile/15E148 Safari/604.1",
        f"{IPHONE} (KHTML, like Gecko) GSA/322.0.643 Mobile/15E148 Safari/604.1",
        # Servers that no list names.
        "GuzzleHttp/7",
        "Java/17.0.11",
        "node",
    ],
)
def test_what_no_list_names_is_no_bot(header: str):
    assert agents.agent(header).bot == ""


@pytest.mark.parametrize(
    ("header", "device", "browser", "system"),
    [
        (DESKTOP, "desktop", "Chrome", "Linux"),
        (MOBILE, "mobile", "Chrome Mobile WebView", "Android"),
        (MOBILE.replace(" Mobile", ""), "tablet", "Chrome Mobile WebView", "Android"),
        (f"{IPHONE} Version/17.5 Mobile/15E148 Safari/604.1", "mobile", "Mobile Safari", "iOS"),
        (
            "Mozilla/5.0 (iPad; CPU OS 12_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
            " Version/12.1.2 Mobile/15E148 Safari/604.1",
            "tablet",
            "Mobile Safari",
            "iOS",
        ),
        (
            "Mozilla/5.0 (Android 14; Tablet; rv:127.0) Gecko/127.0 Firefox/127.0",
            "tablet",
            "Firefox Mobile",
            "Android",
        ),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like"
            " Gecko) Version/17.5 Safari/605.1.15",
            "desktop",
            "Safari",
            "Mac OS X",
        ),
        (
            "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko)"
            " Chrome/126.0.0.0 Safari/537.36",
            "desktop",
            "Chrome",
            "Chrome OS",
        ),
        # A part of Windows 7 on every desktop.
        (
            "Mozilla/5.0 (compatible; MSIE 10.0; Windows NT 6.1; WOW64; Trident/6.0;"
            " Tablet PC 2.0)",
            "desktop",
            "IE",
            "Windows",
        ),
        ("", "unknown", "", ""),
        ("Ñandú/1.0 \x7f\xff", "unknown", "", ""),
    ],
)
def test_browser_system_and_device(header: str, device: str, browser: str, system: str):
    found = agents.agent(header)

    assert (found.device, found.browser, found.os, found.bot) == (device, browser, system, "")


@pytest.mark.parametrize(
    ("header", "origin", "is_bot"),
    [
        (HEADLESS, "https://shop.example.com", True),
        (HEADLESS, "", True),
        (HEADLESS, "null", True),
        (HEADLESS, "http://localhost:8080", False),
        (HEADLESS, "http://127.0.0.1:5173", False),
        (HEADLESS, "http://[::1]:8000", False),
        (HEADLESS, "http://localhost.example.com", True),
        # Not an origin that any browser sends.
        (HEADLESS, "http://[", True),
        # Only driven browsers: nobody tests a site with a crawler.
        ("Twitterbot/1.0", "http://localhost:8080", True),
        (DESKTOP, "https://shop.example.com", False),
    ],
)
def test_a_developer_may_test_with_a_driven_browser(header: str, origin: str, is_bot: bool):
    assert bool(agents.bot_reason(agents.agent(header), origin)) is is_bot


@pytest.mark.parametrize("part", ["a", "bot ", "Mozilla/5.0 (", "1.", "/ ", "-"])
def test_a_huge_header_costs_no_more_than_a_long_one(part: str):
    """Everything else waits while it is read."""
    # Each is another one, so that none is remembered.
    numbers = itertools.count()

    assert least_cpu(lambda: agents.agent(f"{next(numbers)}{part * 60_000}")) < 0.02
