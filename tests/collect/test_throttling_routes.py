"""Throttling over HTTP: who may, what is refused, and what is answered."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from pista.accounts import service
from pista.accounts.model import Role, Scope, Tenant
from pista.settings import Settings, TrackingSettings
from tests.collect.conftest import Served, serving

PATH = "/tracking-v2/throttling"
RULE = {"samplingRate": 25, "alwaysKeep": False}

Auth = dict[str, str]
SignIn = Callable[[Role], Awaitable[Auth]]


async def a_key(served: Served, *scopes: Scope, tenant: Tenant | None = None) -> Auth:
    async with served.house.postgres.transaction() as tx:
        made = await service.create_api_key(
            tx,
            (tenant or served.tenant).id,
            name="Another",
            scopes=scopes,
            now=datetime.now(UTC),
        )
    return {"Authorization": f"Bearer {made.key}"}


@pytest.fixture
def signed_in(served: Served) -> SignIn:
    """The cookie of a person with this role."""

    async def sign_in(role: Role) -> Auth:
        email, password = f"{role}@example.com", "correct horse battery"
        async with served.house.postgres.transaction() as tx:
            await service.create_user(
                tx,
                served.tenant.id,
                email=email,
                name="Ana",
                role=role,
                password=password,
                now=datetime.now(UTC),
            )
        answer = await served.client.post("/api/login", json={"email": email, "password": password})
        served.client.cookies.clear()
        return {"Cookie": answer.headers["set-cookie"].split(";")[0]}

    return sign_in


async def put(served: Served, event_type: str, body: Any, auth: Auth | None = None) -> Any:
    return await served.client.put(f"{PATH}/{event_type}", json=body, headers=auth or served.admin)


async def items(served: Served, auth: Auth | None = None) -> dict[str, Any]:
    answer = await served.client.get(PATH, headers=auth or served.admin)
    assert answer.status_code == 200
    return {item.pop("eventType"): item for item in answer.json()["items"]}


async def test_the_defaults(served: Served):
    answer = (await served.client.get(PATH, headers=served.admin)).json()

    assert answer["enabled"] is True
    types = [item["eventType"] for item in answer["items"]]
    assert types == sorted(types)
    assert {
        "eventType": "SCROLL",
        "samplingRate": 10,
        "alwaysKeep": False,
        "isDefault": True,
    } in answer["items"]


async def test_a_rule_is_set_changed_and_dropped(served: Served):
    first = await put(served, "SCROLL", RULE)
    second = await put(served, "SCROLL", RULE | {"samplingRate": 0.5})
    own = await put(served, "MY_TYPE", {"samplingRate": 0, "alwaysKeep": True})
    changed = await items(served)
    dropped = [await served.client.delete(f"{PATH}/SCROLL", headers=served.admin) for _ in "12"]
    await served.client.delete(f"{PATH}/MY_TYPE", headers=served.admin)

    assert first.json() == RULE | {"eventType": "SCROLL", "isDefault": False}
    assert [answer.status_code for answer in (first, second, own)] == [200] * 3
    assert changed["SCROLL"] == {"samplingRate": 0.5, "alwaysKeep": False, "isDefault": False}
    assert changed["MY_TYPE"] == {"samplingRate": 0, "alwaysKeep": True, "isDefault": False}
    # A second time changes nothing, and is no error.
    assert [answer.status_code for answer in dropped] == [204, 204]
    back = await items(served)
    assert back["SCROLL"] == {"samplingRate": 10, "alwaysKeep": False, "isDefault": True}
    assert "MY_TYPE" not in back


@pytest.mark.parametrize("rate", [0, 0.001, 0.5, 33.3, 99.999, 100])
async def test_rates(shared: Served, rate: float):
    answer = await put(shared, "RATE", {"samplingRate": rate, "alwaysKeep": False})

    assert answer.json()["samplingRate"] == rate


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"samplingRate": -1}, 422, "invalid"),
        ({"samplingRate": 100.01}, 422, "invalid"),
        # Would stand for more than anybody believes; stored as zero, for infinitely many.
        ({"samplingRate": 0.0009}, 422, "invalid"),
        ({"samplingRate": 1e-300}, 422, "invalid"),
        ({"samplingRate": None}, 422, "invalid"),
        ({"samplingRate": 10, "alwaysKeep": "no"}, 422, "invalid"),
        ({"samplingRate": 10, "rate": 3}, 422, "invalid"),
        ({"alwaysKeep": True}, 422, "invalid"),
        ({}, 422, "invalid"),
        ([], 422, "invalid"),
        (b"{", 400, "bad_request"),
        (b'{"samplingRate": NaN}', 400, "bad_request"),
    ],
)
async def test_what_is_no_rule(shared: Served, body: Any, status: int, code: str):
    if isinstance(body, bytes):
        answer = await shared.client.put(
            f"{PATH}/WRONG",
            content=body,
            headers=shared.admin | {"Content-Type": "application/json"},
        )
    else:
        answer = await put(shared, "WRONG", body)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert "WRONG" not in await items(shared)


@pytest.mark.parametrize("event_type", ["click", "_A", "1A", "A-B", "A" * 65, "%C3%91", "A%0A"])
@pytest.mark.parametrize("method", ["PUT", "DELETE"])
async def test_what_is_no_event_type(shared: Served, event_type: str, method: str):
    answer = await shared.client.request(
        method,
        f"{PATH}/{event_type}",
        json=RULE if method == "PUT" else None,
        headers=shared.admin,
    )

    assert (answer.status_code, answer.json()["code"]) == (422, "event_type_invalid")


async def test_who_may(served: Served, signed_in: SignIn):
    """A supervisor looks, an admin changes, an advisor has no business here."""
    nobody = {"Authorization": "Bearer pk_nobody"}
    callers: list[tuple[Auth, int, int]] = [
        ({"X-Nothing": "at all"}, 401, 401),
        (nobody, 401, 401),
        (await signed_in(Role.ASESOR), 403, 403),
        (await signed_in(Role.GTR), 200, 403),
        (await signed_in(Role.ADMIN), 200, 200),
        (await a_key(served, Scope.STATS_READ), 200, 403),
        (await a_key(served, Scope.ADMIN), 200, 200),
    ]

    for auth, may_look, may_change in callers:
        looked = await served.client.get(PATH, headers=auth)
        changed = await put(served, "CLICK", RULE, auth)
        dropped = await served.client.delete(f"{PATH}/CLICK", headers=auth)
        assert (looked.status_code, changed.status_code) == (may_look, may_change)
        assert dropped.status_code == (204 if may_change == 200 else may_change)


async def test_another_page_may_not_use_an_admins_cookie(served: Served, signed_in: SignIn):
    cookie = await signed_in(Role.ADMIN)

    answer = await put(served, "CLICK", RULE, cookie | {"Origin": "https://evil.example"})

    assert (answer.status_code, answer.json()["code"]) == (403, "cross_origin")


async def test_each_company_has_its_own_rules(served: Served):
    """One neither sees nor changes nor drops the other's."""
    async with served.house.postgres.transaction() as tx:
        other = await service.create_tenant(tx, "Vinos Cusco", now=datetime.now(UTC))
    theirs = await a_key(served, Scope.ADMIN, tenant=other)

    await put(served, "SCROLL", RULE)
    seen = (await items(served, theirs))["SCROLL"]
    await put(served, "SCROLL", RULE | {"samplingRate": 1}, theirs)
    await served.client.delete(f"{PATH}/SCROLL", headers=theirs)

    assert seen["isDefault"] is True
    assert (await items(served))["SCROLL"]["samplingRate"] == 25


async def test_switched_off_as_a_whole(database: str):
    """Then the screen says so, and everything is kept and carries the whole rate."""
    off = Settings(tracking=TrackingSettings(enable_throttling=False))
    async with serving(database, off) as served:
        await put(served, "SCROLL", {"samplingRate": 0, "alwaysKeep": False})
        told = (await served.client.get(PATH, headers=served.admin)).json()
        events = [served.event(eventType="SCROLL") for _ in range(50)]
        answer = (await served.post(served.batch(*events))).json()

    assert told["enabled"] is False
    assert (answer["accepted"], answer["discarded"]) == (50, 0)
