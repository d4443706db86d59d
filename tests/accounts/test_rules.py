import re
from datetime import UTC, datetime, timedelta

import pytest

from pista.accounts import rules
from pista.accounts.model import ApiKeyId, Caller, Role, Scope, User
from pista.errors import Invalid
from pista.ids import SiteId, TenantId, UserId, uuid7

TENANT = TenantId(uuid7())


def person(role: Role) -> Caller:
    user = User(id=UserId(uuid7()), email="ana@example.com", name="Ana", role=role)
    return Caller(tenant_id=TENANT, role=role, user=user)


def program(*scopes: Scope) -> Caller:
    role = Role.ADMIN if Scope.ADMIN in scopes else None
    return Caller(tenant_id=TENANT, role=role, key=ApiKeyId(uuid7()), scopes=frozenset(scopes))


@pytest.mark.parametrize(
    ("caller", "roles", "scope", "people_only", "allowed"),
    [
        (person(Role.ADMIN), [Role.ADMIN], None, False, True),
        (person(Role.GTR), [Role.ADMIN], None, False, False),
        (person(Role.ASESOR), [Role.ADMIN], None, False, False),
        (person(Role.ADMIN), [Role.GTR], None, False, True),  # a role above may too
        (person(Role.GTR), [Role.GTR], None, False, True),
        (person(Role.ASESOR), [Role.GTR], None, False, False),
        (person(Role.ASESOR), [Role.ADMIN, Role.GTR], None, False, False),
        (person(Role.GTR), [Role.ADMIN, Role.GTR], None, False, True),
        (person(Role.ASESOR), [Role.ASESOR], None, False, True),
        (person(Role.ASESOR), [Role.GTR], Scope.STATS_READ, False, False),  # scopes are for keys
        (person(Role.ASESOR), list(Role), None, True, True),
        (program(Scope.STATS_READ), [Role.GTR], Scope.STATS_READ, False, True),
        (program(Scope.STATS_READ), [Role.GTR], None, False, False),
        (program(Scope.STATS_READ), [Role.ASESOR], None, False, False),
        (program(Scope.STATS_READ), [Role.ADMIN], Scope.ADMIN, False, False),
        (program(Scope.ADMIN), [Role.ADMIN], None, False, True),
        (program(Scope.ADMIN), [Role.GTR], Scope.STATS_READ, False, True),
        (program(Scope.ADMIN), list(Role), None, True, False),  # a key is nobody's session
    ],
)
def test_who_may(
    caller: Caller, roles: list[Role], scope: Scope | None, people_only: bool, allowed: bool
):
    """A role may do what those below it may; a key only what its scope names."""
    assert rules.allowed(caller, roles, scope, people_only=people_only) is allowed


@pytest.mark.parametrize(
    ("method", "origin", "fetch_site", "ours"),
    [
        ("GET", "https://evil.example", "cross-site", True),  # reading answers go nowhere
        ("POST", "https://pista.example", None, True),
        ("POST", "https://PISTA.example", None, True),
        ("POST", "https://pista.example:443", None, True),
        ("POST", "http://pista.example:80", None, True),
        ("POST", "https://pista.example:8443", None, False),
        ("POST", "https://evil.example", None, False),
        ("POST", "https://pista.example.evil.example", None, False),
        ("POST", "https://evil-pista.example", None, False),
        ("POST", "null", None, False),
        ("POST", "", None, False),
        ("POST", "https://", None, False),
        ("PATCH", None, "same-origin", True),
        ("DELETE", None, "none", True),  # the person's own doing, not a page's
        ("PUT", None, "same-site", False),  # a sister sub-domain is another origin
        ("POST", None, "cross-site", False),
        ("POST", "https://pista.example", "cross-site", True),  # a proxy of ours changed the host
        ("POST", None, None, True),  # no browser: nobody to trick
        ("WEBSOCKET", "https://evil.example", None, False),
        ("WEBSOCKET", "https://pista.example", None, True),
    ],
)
def test_a_cookie_works_from_our_own_pages_only(
    method: str, origin: str | None, fetch_site: str | None, ours: bool
):
    """An unsafe request that another origin's page sends is not ours."""
    hosts = {"pista.example"}
    assert rules.same_origin(method, origin=origin, fetch_site=fetch_site, hosts=hosts) is ours


def test_our_hosts_are_the_one_asked_for_and_the_public_one():
    """Behind a proxy the Host header may name an inner address."""
    assert rules.own_hosts("10.0.0.5:8000", "https://pista.example") == {
        "10.0.0.5:8000",
        "pista.example",
    }
    assert rules.own_hosts("Pista.example:443", None) == {"pista.example"}
    assert rules.own_hosts("", None) == set()


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        ("example.com", "example.com"),
        ("  Example.COM ", "example.com"),
        ("example.com.", "example.com"),
        ("example.com:8080", "example.com"),
        ("https://www.example.com/path?q=1#top", "www.example.com"),
        ("HTTPS://Example.com", "example.com"),
        ("*.example.com", "example.com"),  # sub-domains are included anyway
        ("*", "*"),
        ("localhost", "localhost"),
        ("localhost:5173", "localhost"),
        ("intranet", "intranet"),
        ("my_shop.example.com", "my_shop.example.com"),
        ("peña.example", "xn--pea-8ma.example"),
        ("faß.de", "xn--fa-hia.de"),  # as browsers do, not `fass.de`
        ("xn--pea-8ma.example", "xn--pea-8ma.example"),
        ("127.0.0.1:3000", "127.0.0.1"),
        ("::1", "::1"),
        ("[2001:DB8:0::1]:8000", "2001:db8::1"),
        ("http://[::1]/", "::1"),
        ("a" * 63 + ".com", "a" * 63 + ".com"),
    ],
)
def test_domains_are_understood(given: str, stored: str):
    """What somebody pastes becomes the host name that browsers send."""
    assert rules.domain(given) == stored
    assert rules.domain(stored) == stored


@pytest.mark.parametrize(
    "given",
    [
        "",
        "  ",
        ".",
        "https://",
        "https:///path",
        "exa mple.com",
        "example..com",
        ".example.com",
        "-example.com",
        "example-.com",
        "a" * 64 + ".com",
        ".".join(["abcdefgh"] * 29),
        "user:secret@example.com",
        "example.com:notaport",
        "example.com:99999",
        "999.1.1.1",
        "1.2.3",
        "[::1",
        "[fe80::1%25eth0]",
        "exam*ple.com",
        "**",
        "example.com\x00",
        "<script>",
        "\u202e.com",
    ],
)
def test_domains_that_no_browser_sends_are_refused(given: str):
    """A domain that could never match is refused, and named."""
    with pytest.raises(Invalid, match=re.escape(repr(given))):
        rules.domain(given)


def test_a_domain_is_stored_once():
    """The order given stays."""
    assert rules.domains(["B.com", "a.com", "https://b.com/"]) == ["b.com", "a.com"]


@pytest.mark.parametrize(
    ("domains", "origin", "allowed"),
    [
        (["example.com"], "https://example.com", True),
        (["example.com"], "http://example.com:8080", True),
        (["example.com"], "https://www.example.com", True),
        (["example.com"], "https://a.b.example.com", True),
        (["example.com"], "https://EXAMPLE.com", True),
        (["example.com"], "https://example.com.", True),
        (["example.com"], "https://notexample.com", False),
        (["example.com"], "https://example.com.evil.com", False),
        (["example.com"], "https://example.co", False),
        (
            ["www.example.com"],
            "https://example.com",
            False,
        ),  # a sub-domain does not open its parent
        (["example.com"], "https://evil.com/example.com", False),
        (["example.com"], "https://evil.com#example.com", False),
        (["example.com"], "https://example.com@evil.com", False),
        (["example.com"], "file://example.com", False),
        (["example.com"], "example.com", False),
        (["example.com"], "null", False),
        (["example.com"], "", False),
        (["*"], "null", True),
        (["*"], "https://anything.example", True),
        (["a.com", "b.com"], "https://b.com", True),
        (["xn--pea-8ma.example"], "https://xn--pea-8ma.example", True),
        (["localhost"], "http://localhost:3000", True),
        (["localhost"], "http://app.localhost:3000", True),
        (["127.0.0.1"], "http://127.0.0.1:9000", True),
        (["0.0.1"], "http://127.0.0.1", False),  # addresses have no sub-domains
        (["::1"], "http://[::1]:3000", True),
        (["::1"], "http://[0:0::1]", True),
        (["::1"], "http://[::2]", False),
        ([], "https://example.com", False),
    ],
)
def test_pages_that_may_send(domains: list[str], origin: str, allowed: bool):
    """A listed domain opens itself and its sub-domains, on every port."""
    assert rules.origin_allowed(domains, origin) is allowed


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        ("Ana@Example.COM", "ana@example.com"),
        (" ana@example.com\n", "ana@example.com"),
        ("ana+pista@mail.example.com", "ana+pista@mail.example.com"),
        ("admin@pista.local", "admin@pista.local"),
    ],
)
def test_emails(given: str, stored: str):
    """An e-mail is one and the same in any case."""
    assert rules.email(given) == stored


@pytest.mark.parametrize(
    "given", ["", "ana", "@example.com", "a@", "a b@c.d", "a@b@c", "a\x00@b.c"]
)
def test_what_is_no_email(given: str):
    """A text that cannot be an e-mail is refused."""
    with pytest.raises(Invalid):
        rules.email(given)


@pytest.mark.parametrize("zone", ["UTC", "America/Lima", "America/Sao_Paulo", "Asia/Kathmandu"])
def test_time_zones(zone: str):
    """IANA names are time zones."""
    assert rules.time_zone(zone) == zone


@pytest.mark.parametrize(
    "zone", ["", "Lima", "america/lima", "../etc/passwd", "localtime", "UTC+5"]
)
def test_what_is_no_time_zone(zone: str):
    """Only names that both databases know."""
    with pytest.raises(Invalid, match="timeZone"):
        rules.time_zone(zone)


@pytest.mark.parametrize("name", ["", "   ", "a\x00b", "a\nb", "\u202eabc"])
def test_what_is_no_name(name: str):
    """A name is one line that can be read."""
    with pytest.raises(Invalid):
        rules.name(name)


@pytest.mark.parametrize(
    ("peer", "forwarded", "trusted", "address"),
    [
        ("203.0.113.9", None, (), "203.0.113.9"),
        ("203.0.113.9", "198.51.100.1", (), "203.0.113.9"),  # anybody can write that header
        ("10.0.0.1", "198.51.100.1", ("10.0.0.1",), "198.51.100.1"),
        ("10.0.0.1", "1.1.1.1, 198.51.100.1", ("10.0.0.1",), "198.51.100.1"),
        ("10.0.0.1", "198.51.100.1, 10.0.0.2", ("10.0.0.0/8",), "198.51.100.1"),
        ("10.0.0.1", "10.0.0.3, 10.0.0.2", ("10.0.0.0/8",), "10.0.0.3"),
        ("::ffff:10.0.0.1", "198.51.100.1", ("10.0.0.1",), "198.51.100.1"),
        ("10.0.0.1", "", ("10.0.0.1",), "10.0.0.1"),
        ("10.0.0.1", "unknown", ("10.0.0.1",), "unknown"),
        ("", None, ("10.0.0.1",), ""),
    ],
)
def test_where_a_request_comes_from(
    peer: str, forwarded: str | None, trusted: tuple[str, ...], address: str
):
    """X-Forwarded-For is believed as far as our own proxies wrote it."""
    assert rules.client_address(peer, forwarded, trusted) == address


@pytest.mark.parametrize(
    ("header", "key"),
    [
        ("Bearer pk_1", "pk_1"),
        ("bearer pk_1", "pk_1"),
        ("Bearer  pk_1 ", "pk_1"),
        ("Bearer ", None),
        ("Basic cGs6", None),
        ("pk_1", None),
        (None, None),
    ],
)
def test_bearer(header: str | None, key: str | None):
    """Only the Bearer scheme carries a key."""
    assert rules.bearer(header) == key


def test_the_snippet_is_one_safe_line():
    """Nothing in an address can break out of the script tag."""
    tenant, site = TENANT, SiteId(uuid7())

    line = rules.snippet('https://p.example/"><script>/', tenant=tenant, site=site, write_key='k"<')

    assert line == (
        '<script async src="https://p.example/&quot;&gt;&lt;script&gt;/snip.js"'
        f' data-tenant="{tenant}" data-site="{site}" data-key="k&quot;&lt;"></script>'
    )


@pytest.mark.parametrize(("passed", "seconds"), [(0, 901), (899.5, 1), (1000, 1)])
def test_the_wait_is_never_less_than_a_second(passed: float, seconds: int):
    """Retry-After ends after the window, not in it."""
    began = datetime(2026, 1, 1, tzinfo=UTC)
    assert rules.retry_after(began, began + timedelta(seconds=passed)) == seconds
