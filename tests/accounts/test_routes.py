from http.cookies import SimpleCookie
from uuid import UUID

import httpx
import pytest
import structlog

from pista.accounts.model import Role, Tenant
from pista.ids import uuid7
from pista.settings import Settings
from tests.accounts.conftest import PASSWORD, Client, Clients, MakeUser, sign_in


def cookie_of(answer: httpx.Response) -> dict[str, str]:
    """The attributes of `pista_session` in this answer, and its value."""
    morsel = SimpleCookie(answer.headers["set-cookie"])["pista_session"]
    return {name: value for name, value in morsel.items() if value} | {"value": morsel.value}


async def test_signing_in_and_out(client: Client, make_user: MakeUser, company: Tenant):
    """The cookie opens the company; after signing out it is worth nothing, whoever kept it."""
    user = await make_user(Role.GTR)

    signed_in = await sign_in(client, user)
    kept = dict(client.cookies)
    me = await client.get("/api/me")
    signed_out = await client.post("/api/logout")
    after = await client.get(
        "/api/me", headers={"Cookie": f"pista_session={kept['pista_session']}"}
    )

    assert signed_in.status_code == 200
    assert (
        signed_in.json()
        == me.json()
        == {
            "user": {"id": str(user.id), "email": user.email, "name": "Ana", "role": "gtr"},
            "tenant": {
                "id": str(company.id),
                "name": "Flores Lima",
                "timeZone": "UTC",
                "storeIp": False,
                "requireSecondFactor": False,
            },
            "needsSecondFactor": False,
        }
    )
    assert (signed_out.status_code, signed_out.content) == (204, b"")
    assert cookie_of(signed_out)["max-age"] == "0"
    assert not client.cookies
    assert (after.status_code, after.json()["code"]) == (401, "not_signed_in")


@pytest.mark.parametrize(
    ("public_url", "secure"),
    [("https://pista.example", True), ("http://pista.example", False)],
)
async def test_the_cookie(clients: Clients, make_user: MakeUser, public_url: str, secure: bool):
    """No script reads it, no other site sends it, and with https it never travels in the clear."""
    async with clients(settings=Settings(public_url=public_url)) as client:
        cookie = cookie_of(await sign_in(client, await make_user()))

    assert len(cookie.pop("value")) == 43
    assert cookie == {
        "httponly": True,
        "samesite": "lax",
        "path": "/",
        "max-age": str(30 * 24 * 3600),
    } | ({"secure": True} if secure else {})


async def test_asking_who_i_am_renews_the_cookie(client: Client, make_user: MakeUser):
    """Who opens the screen once a month never has to sign in again."""
    before = cookie_of(await sign_in(client, await make_user()))

    assert cookie_of(await client.get("/api/me")) == before


@pytest.mark.parametrize("whose", ["mine", "nobody's"])
async def test_a_wrong_password(client: Client, make_user: MakeUser, whose: str):
    """The answer is the same whether the e-mail exists; no cookie is set."""
    user = await make_user()
    email = user.email if whose == "mine" else "nobody@example.com"

    answer = await client.post("/api/login", json={"email": email, "password": "wrong"})

    assert (answer.status_code, answer.json()["code"]) == (401, "invalid_credentials")
    assert answer.headers["content-type"] == "application/problem+json"
    assert "set-cookie" not in answer.headers


async def test_too_many_attempts(client: Client, make_user: MakeUser):
    """The eleventh attempt is not looked at."""
    user = await make_user()

    answers = [await sign_in(client, user, "wrong") for _ in range(11)]

    assert [answer.status_code for answer in answers] == [401] * 10 + [429]
    assert answers[-1].json()["code"] == "too_many_attempts"
    assert 890 <= int(answers[-1].headers["retry-after"]) <= 901


async def test_another_page_cannot_sign_in_or_out(client: Client, make_user: MakeUser):
    """Nor sign somebody into an account that is not theirs."""
    evil = {"Origin": "https://evil.example"}
    user = await make_user()
    body = {"email": user.email, "password": PASSWORD}

    assert (await client.post("/api/login", json=body, headers=evil)).status_code == 403
    await sign_in(client, user)
    assert (await client.post("/api/logout", headers=evil)).status_code == 403
    assert (await client.get("/api/me")).status_code == 200


async def test_a_password_is_in_no_answer_and_no_log(client: Client, make_user: MakeUser):
    """Whatever happens to it, it is not repeated."""
    user = await make_user()
    secret = "s3cret-battery"
    with structlog.testing.capture_logs() as logged:
        answers = [
            await sign_in(client, user),
            await sign_in(client, user, secret),
            await client.post("/api/login", json={"email": user.email, "password": [secret]}),
            await client.post("/api/login", json={"email": secret * 30, "password": secret}),
            await client.post("/api/login", content=f'{{"password": "{secret}"'),
        ]

    told = repr([(answer.text, answer.headers) for answer in answers]) + repr(logged)
    assert [answer.status_code for answer in answers] == [200, 401, 422, 422, 400]
    assert secret not in told
    assert PASSWORD not in told
    assert user.password_hash not in told


async def test_the_company(client: Client, make_user: MakeUser, company: Tenant):
    """Everybody of the company sees it, an admin changes it."""
    await sign_in(client, await make_user(Role.ADMIN))

    changed = await client.patch("/api/tenant", json={"timeZone": "America/Lima"})

    assert changed.status_code == 200
    assert changed.json() == (await client.get("/api/tenant")).json()
    assert changed.json() == {
        "id": str(company.id),
        "name": "Flores Lima",
        "timeZone": "America/Lima",
        "storeIp": False,
        "requireSecondFactor": False,
        "geoip": False,
    }


async def test_a_company_may_have_addresses_stored(client: Client, make_user: MakeUser):
    """Only because it says so, and until it takes that back; nothing else changes it."""
    await sign_in(client, await make_user(Role.ADMIN))

    told = [
        (await client.patch("/api/tenant", json=change)).json()["storeIp"]
        for change in ({"storeIp": True}, {"name": "Otra"}, {"storeIp": False})
    ]

    assert told == [True, True, False]
    assert (await client.patch("/api/tenant", json={"storeIp": None})).status_code == 422


async def test_a_site_from_its_making_to_its_change(
    client: Client, make_user: MakeUser, company: Tenant
):
    """The answers are whole sites with the line to paste; the list has them oldest first."""
    await sign_in(client, await make_user(Role.ADMIN))

    made = await client.post("/api/sites", json={"domains": ["https://Flores.PE/tienda", "*"]})
    site = made.json()
    path = f"/api/sites/{site['id']}"
    changed = await client.patch(path, json={"name": "Tienda", "domains": ["flores.pe"]})

    assert made.status_code == 201
    assert (site["tenantId"], site["name"]) == (str(company.id), "flores.pe")
    assert site["domains"] == ["flores.pe", "*"]
    assert (site["firstEventAt"], site["lastEventAt"]) == (None, None)
    assert site["snippet"] == (
        '<script async src="http://pista.test/snip.js"'
        f' data-tenant="{company.id}" data-site="{site["id"]}"'
        f' data-key="{site["writeKey"]}"></script>'
    )
    assert changed.json() == site | {"name": "Tienda", "domains": ["flores.pe"]}
    assert (await client.get(path)).json() == changed.json()
    assert (await client.get("/api/sites")).json() == {"items": [changed.json()]}


async def test_without_a_public_url_the_snippet_names_the_address_in_use(
    clients: Clients, make_user: MakeUser
):
    """Who opened Pista through the local network gets a line that works there."""
    async with clients(settings=Settings()) as client:
        client.base_url = "http://192.168.1.5:8000"
        await sign_in(client, await make_user(Role.ADMIN))
        made = await client.post("/api/sites", json={"domains": ["*"]})

    assert 'src="http://192.168.1.5:8000/snip.js"' in made.json()["snippet"]


@pytest.mark.parametrize("role", [Role.GTR, Role.ASESOR])
async def test_only_admins_change(client: Client, make_user: MakeUser, role: Role):
    """The others may look."""
    await sign_in(client, await make_user(role))
    site = f"/api/sites/{uuid7()}"

    looked = [await client.get(path) for path in ("/api/tenant", "/api/sites")]
    refused = [
        await client.patch("/api/tenant", json={"name": "Mine"}),
        await client.post("/api/sites", json={"domains": ["*"]}),
        await client.patch(site, json={"name": "Mine"}),
    ]

    assert [answer.status_code for answer in looked] == [200, 200]
    assert [answer.json()["code"] for answer in refused] == ["forbidden"] * 3


@pytest.mark.parametrize("site", [str(UUID(int=7)), "not-an-id"])
async def test_a_site_that_is_not_there(client: Client, make_user: MakeUser, site: str):
    """404, for an id of somebody else's too."""
    await sign_in(client, await make_user(Role.ADMIN))

    answers = [
        await client.get(f"/api/sites/{site}"),
        await client.patch(f"/api/sites/{site}", json={"name": "Mine"}),
    ]

    assert [answer.status_code for answer in answers] == [404, 404]


@pytest.mark.parametrize(
    ("path", "body", "named"),
    [
        ("/api/sites", {}, "domains"),
        ("/api/sites", {"domains": []}, "domains"),
        ("/api/sites", {"domains": ["not a host"]}, "not a host"),
        ("/api/sites", {"domains": ["a.com"] * 51}, "domains"),
        ("/api/sites", {"domains": [7]}, "domains[0]"),
        ("/api/sites", {"domains": ["a.com"], "name": ""}, "name"),
        ("/api/sites", {"domains": ["a.com"], "name": "x" * 201}, "name"),
        ("/api/sites", {"domains": ["a.com"], "name": "\u0000"}, "name"),
        ("/api/sites", {"domains": ["a.com"], "writeKey": "mine"}, "writeKey"),
        ("/api/sites", [], "object"),
        ("/api/login", {"email": "ana@example.com"}, "password"),
        ("/api/login", {"email": "ana@example.com", "password": "x" * 1025}, "password"),
    ],
)
async def test_what_is_wrong_is_named(
    client: Client, make_user: MakeUser, path: str, body: object, named: str
):
    """422 says which field, so that a program's author need not guess."""
    await sign_in(client, await make_user(Role.ADMIN))

    answer = await client.post(path, json=body)

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert named in answer.json()["detail"]


@pytest.mark.parametrize("body", [{"timeZone": "Lima"}, {"name": None}, {"timezone": "UTC"}])
async def test_a_company_that_cannot_be(client: Client, make_user: MakeUser, body: object):
    """Nothing is half changed."""
    await sign_in(client, await make_user(Role.ADMIN))

    assert (await client.patch("/api/tenant", json=body)).status_code == 422
    assert (await client.get("/api/tenant")).json()["timeZone"] == "UTC"


async def test_a_stranger_reads_nothing(client: Client):
    """Without a session every door but the login is closed."""
    paths = ["/api/me", "/api/tenant", "/api/sites", f"/api/sites/{uuid7()}"]

    for path in paths:
        for headers in ({}, {"Cookie": "pista_session=forged"}, {"Authorization": "Bearer x"}):
            answer = await client.get(path, headers=headers)
            assert (answer.status_code, answer.json()["code"]) == (401, "not_signed_in")
