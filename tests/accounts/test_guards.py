from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from litestar import WebSocket, get, post, websocket
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath

from pista import accounts
from pista.accounts import passwords, queries
from pista.accounts.model import Caller, CrossOrigin, Device, Role, Scope, Tenant
from pista.errors import StartError
from pista.store.postgres import Postgres
from tests.accounts.conftest import NOW, Clients, MakeUser, make_app, sign_in

MakeKey = Callable[..., Awaitable[str]]
Socket = WebSocket[None, None, State]


@get("/for-anybody", opt=accounts.public())
async def for_anybody() -> None: ...


@post("/for-admins", opt=accounts.may(Role.ADMIN))
async def for_admins() -> None: ...


@post("/for-gtr", opt=accounts.may(Role.ADMIN, Role.GTR, scope=Scope.STATS_READ))
async def for_gtr(caller: NamedDependency[Caller]) -> str:
    return str(caller.tenant_id)


@post("/for-all", opt=accounts.may(Role.ASESOR))
async def for_all() -> None: ...


@post("/for-people", opt=accounts.signed_in())
async def for_people() -> None: ...


@post("/of/{tenant_id:uuid}/stats", opt=accounts.may(Role.ASESOR, scope=Scope.STATS_READ))
async def of_tenant(tenant_id: FromPath[UUID]) -> None: ...


@get("/silent")
async def silent() -> None: ...


@websocket("/live", opt=accounts.public())
async def live(socket: Socket) -> None:
    await socket.accept()
    try:
        caller = await accounts.identify(socket)
        await socket.send_text(str(caller and caller.role))
    except CrossOrigin as refused:
        await socket.send_text(refused.code)
    await socket.close()


ROUTES = [for_admins, for_gtr, for_all, for_people]
PATHS = ["/for-admins", "/for-gtr", "/for-all", "/for-people"]


@pytest.mark.parametrize(
    ("role", "answers"),
    [
        (Role.ADMIN, [201, 201, 201, 201]),
        (Role.GTR, [403, 201, 201, 201]),
        (Role.ASESOR, [403, 403, 201, 201]),
        (None, [401, 401, 401, 401]),
    ],
)
async def test_roles(clients: Clients, make_user: MakeUser, role: Role | None, answers: list[int]):
    """A signed-in person may do what the role and those below it may; a stranger nothing."""
    async with clients(*ROUTES) as client:
        if role is not None:
            await sign_in(client, await make_user(role))

        assert [(await client.post(path)).status_code for path in PATHS] == answers


@pytest.mark.parametrize(
    ("scopes", "answers"),
    [
        ([Scope.STATS_READ], [403, 201, 403, 403]),
        ([Scope.ADMIN], [201, 201, 201, 403]),
        ([], [401, 401, 401, 401]),  # a key that nobody made
    ],
)
async def test_scopes(clients: Clients, make_key: MakeKey, scopes: list[Scope], answers: list[int]):
    """A key may do what its scopes name; it needs no cookie and no origin."""
    key = await make_key(*scopes) if scopes else "pk_nobody"
    headers = {"Authorization": f"Bearer {key}", "Origin": "https://elsewhere.example"}
    async with clients(*ROUTES) as client:
        assert [(await client.post(path, headers=headers)).status_code for path in PATHS] == answers


async def test_a_key_counts_before_a_cookie(
    clients: Clients, make_user: MakeUser, make_key: MakeKey
):
    """A program that says who it is is not taken for the person whose browser it shares."""
    async with clients(*ROUTES) as client:
        await sign_in(client, await make_user(Role.ADMIN))

        nobody = {"Authorization": "Bearer pk_nobody"}
        weak = {"Authorization": f"Bearer {await make_key(Scope.STATS_READ)}"}

        assert (await client.post("/for-admins", headers=nobody)).status_code == 401
        assert (await client.post("/for-admins", headers=weak)).status_code == 403


async def test_another_tenants_id_in_a_path(
    clients: Clients, make_user: MakeUser, make_key: MakeKey, company: Tenant
):
    """Each caller belongs to one tenant: for another's id the answer is 403, whether it exists."""
    paths = [f"/of/{company.id}/stats", f"/of/{'0' * 8}-0000-7000-8000-{'0' * 12}/stats"]
    key = {"Authorization": f"Bearer {await make_key(Scope.STATS_READ)}"}
    async with clients(of_tenant) as client:
        by_key = [(await client.post(path, headers=key)).status_code for path in paths]
        await sign_in(client, await make_user(Role.ADMIN))
        by_person = [await client.post(path) for path in paths]

    assert by_key == [201, 403]
    assert [answer.status_code for answer in by_person] == [201, 403]
    assert by_person[1].json()["code"] == "forbidden"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 201),  # no browser
        ({"Origin": "http://pista.test"}, 201),
        ({"Sec-Fetch-Site": "same-origin"}, 201),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
    ],
)
async def test_a_cookie_works_from_our_pages_only(
    clients: Clients, make_user: MakeUser, headers: dict[str, str], status: int
):
    """A page of another origin cannot act in a signed-in person's name."""
    async with clients(for_admins) as client:
        await sign_in(client, await make_user(Role.ADMIN))

        answer = await client.post("/for-admins", headers=headers)

    assert answer.status_code == status
    if status == 403:
        assert answer.json()["code"] == "cross_origin"


@pytest.mark.parametrize(
    ("origin", "signed_in", "told"),
    [
        ("http://pista.test", True, "gtr"),
        ("https://evil.example", True, "cross_origin"),
        ("http://pista.test", False, "None"),
    ],
)
async def test_a_socket_opens_for_our_own_pages_only(
    postgres: Postgres, make_user: MakeUser, origin: str, signed_in: bool, told: str
):
    """Browsers let any page open a socket, cookie included; so the socket asks where it is from."""
    async with postgres.transaction() as tx:
        user = await make_user(Role.GTR)
        await queries.add_session(
            tx,
            passwords.token_hash("a token"),
            user.id,
            Device(),
            NOW,
            datetime.now(UTC) + timedelta(days=1),
        )
    cookie = "pista_session=a token" if signed_in else "other=1"
    headers = {"host": "pista.test", "origin": origin, "cookie": cookie}
    sent: list[Any] = []

    async def receive() -> Any:
        return {"type": "websocket.connect"}

    async def send(message: Any) -> None:
        sent.append(message)

    scope: Any = {
        "type": "websocket",
        "path": "/live",
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        "subprotocols": [],
    }
    await make_app(postgres, live)(scope, receive, send)

    assert [message.get("text") for message in sent] == [None, told, None]


async def test_methods_are_told_to_anybody(clients: Clients):
    """Litestar's own OPTIONS answer needs no declaration."""
    async with clients(for_admins) as client:
        answer = await client.options("/for-admins")

    assert (answer.status_code, answer.headers["allow"]) == (204, "OPTIONS, POST")


async def test_a_silent_route_stops_the_start(postgres: Postgres):
    """Forgetting the declaration is noticed before the first request."""
    accounts.check_declared(make_app(postgres, for_admins, for_anybody, live))

    with pytest.raises(StartError, match=r"GET /silent\."):
        accounts.check_declared(make_app(postgres, silent, for_admins))


async def test_a_silent_route_lets_nobody_in(clients: Clients, make_user: MakeUser):
    """Should an app start with one all the same, it is closed."""
    async with clients(silent) as client:
        await sign_in(client, await make_user(Role.ADMIN))

        assert (await client.get("/silent")).status_code == 403


def test_a_declaration_names_a_role():
    """`may()` for nobody would be `public()` by accident."""
    with pytest.raises(ValueError, match="public"):
        accounts.may()


async def test_every_route_of_this_room_is_declared(postgres: Postgres):
    """None is silent; what each of them lets in stands in tests/test_routes.py."""
    found = accounts.declarations(make_app(postgres))

    assert "GET /api/me" in found
    assert None not in found.values()


def test_a_caller_says_nothing_of_secrets():
    """Callers are logged; they hold ids only."""
    assert not {"token", "password", "hash"} & set(Caller.__struct_fields__)
