"""The User-Agent headers with which people, and some machines, come to Tienda Sol."""

_ANDROID = "Mozilla/5.0 (Linux; Android {os}; {model}) AppleWebKit/537.36 (KHTML, like Gecko)"
_WEBVIEW = (
    "Mozilla/5.0 (Linux; Android {os}; {model}; wv) AppleWebKit/537.36 (KHTML, like Gecko)"
    " Version/4.0 Chrome/142.0.7444.102 Mobile Safari/537.36"
)
_IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS {os} like Mac OS X) AppleWebKit/605.1.15"
    " (KHTML, like Gecko)"
)
_WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)"
_MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)"
_CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{version}.0.0.0 Safari/537.36"

_PHONES = [
    (f"{_ANDROID.format(os='10', model='K')} Chrome/142.0.0.0 Mobile Safari/537.36", 34),
    (f"{_ANDROID.format(os='10', model='K')} Chrome/141.0.0.0 Mobile Safari/537.36", 12),
    (
        f"{_ANDROID.format(os='10', model='K')} SamsungBrowser/29.0 Chrome/136.0.0.0"
        " Mobile Safari/537.36",
        6,
    ),
    (f"{_IPHONE.format(os='18_6_2')} Version/18.6 Mobile/15E148 Safari/604.1", 16),
    (f"{_IPHONE.format(os='26_1')} Version/26.1 Mobile/15E148 Safari/604.1", 8),
    ("Mozilla/5.0 (Android 15; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0", 1),
]
_DESKS = [
    (f"{_WINDOWS} {_CHROME.format(version=142)}", 24),
    (f"{_WINDOWS} {_CHROME.format(version=142)} Edg/142.0.0.0", 7),
    ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0", 3),
    (f"{_MAC} {_CHROME.format(version=142)}", 5),
    (
        f"{_MAC} AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Safari/605.1.15",
        5,
    ),
    (f"Mozilla/5.0 (X11; Linux x86_64) {_CHROME.format(version=142)}", 1),
]
_TABLETS = [
    (
        "Mozilla/5.0 (iPad; CPU OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
        " Version/18.6 Mobile/15E148 Safari/604.1",
        2,
    ),
    (f"{_ANDROID.format(os='14', model='SM-X216B')} Chrome/142.0.0.0 Safari/537.36", 1),
]
_MOTO, _GALAXY = "moto g84 5G Build/V1TC35H.83-23-1", "SM-A556E Build/UP1A.231005.007"

AGENTS: dict[str, list[tuple[str, int]]] = {
    "web": [*_PHONES, *_DESKS, *_TABLETS],
    "desk": _DESKS,
    "facebook": [
        (
            f"{_WEBVIEW.format(os='15', model=_GALAXY)} [FB_IAB/FB4A;FBAV/536.0.0.46.77;IABMV/1;]",
            6,
        ),
        (
            f"{_IPHONE.format(os='18_6_2')} Mobile/22G100 [FBAN/FBIOS;FBAV/536.0.0.34.98;"
            "FBBV/821467182;FBDV/iPhone14,5;FBMD/iPhone;FBSN/iOS;FBSV/18.6.2;FBSS/3;FBLC/es_LA]",
            3,
        ),
        *_PHONES[:1],
    ],
    "instagram": [
        (
            f"{_WEBVIEW.format(os='14', model=_MOTO)} Instagram 406.0.0.52.78 Android"
            " (34/14; 400dpi; 1080x2400; motorola; moto g84 5G; bangkk; qcom; es_MX; 823941290)",
            6,
        ),
        (
            f"{_IPHONE.format(os='18_6_2')} Mobile/22G100 Instagram 406.0.0.34.77"
            " (iPhone15,4; iOS 18_6_2; es_MX; es; scale=3.00; 1179x2556; 821467182)",
            5,
        ),
    ],
    "tiktok": [
        (
            f"{_WEBVIEW.format(os='14', model=_MOTO)} musical_ly_2024204030 JsSdk/1.0"
            " NetType/WIFI Channel/googleplay AppName/musical_ly app_version/42.4.3"
            " ByteLocale/es-419 Region/MX BytedanceWebview/d8a21c6",
            7,
        ),
        (
            f"{_IPHONE.format(os='18_5')} Mobile/15E148 musical_ly_42.4.0 JsSdk/2.0 NetType/4G"
            " Channel/App Store ByteLocale/es Region/MX BytedanceWebview/d8a21c6",
            3,
        ),
    ],
    "whatsapp": _PHONES,
}

BOTS = [
    (
        "Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X Build/MMB29P) AppleWebKit/537.36 (KHTML, like"
        " Gecko) Chrome/142.0.7444.102 Mobile Safari/537.36 (compatible; Googlebot/2.1;"
        " +http://www.google.com/bot.html)",
        8,
    ),
    ("Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)", 4),
    ("facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)", 4),
    ("Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)", 3),
    (
        "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko); compatible; GPTBot/1.2;"
        " +https://openai.com/gptbot",
        2,
    ),
    (
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)"
        " HeadlessChrome/142.0.0.0 Safari/537.36",
        1,
    ),
]
