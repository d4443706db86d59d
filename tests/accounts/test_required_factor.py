"""A company that requires a second factor: who has none can set it up, and nothing else."""

from typing import Any

from pista import accounts
from pista.accounts.guards import declarations
from pista.accounts.model import Role
from tests.accounts.conftest import PASSWORD, Client, Clients, MakeUser, make_app, sign_in
from tests.accounts.test_second_factor import switch_on

PATH = "/api/me/second-factor"
REFUSED = (403, "second_factor_required")


async def require(client: Client, required: bool = True) -> Any:
    answer = await client.patch("/api/tenant", json={"requireSecondFactor": required})
    assert answer.status_code == 200, answer.text
    return answer.json()


async def got(client: Client, path: str) -> tuple[int, str | None]:
    answer = await client.get(path)
    return answer.status_code, answer.json().get("code")


async def test_who_is_signed_in_already_is_led_to_it(clients: Clients, make_user: MakeUser):
    """
    From the moment on, an open session can say who it is and set the factor up; then all is as
    before. The admin who asked for it is no exception.
    """
    admin = await make_user(Role.ADMIN)

    async with clients() as client:
        await sign_in(client, admin)
        before = (await client.get("/api/me")).json()["needsSecondFactor"]
        changed = await require(client)
        led = (await client.get("/api/me")).json()["needsSecondFactor"]
        state = await got(client, PATH)
        sites = await got(client, "/api/sites")
        await switch_on(client)
        after = (await client.get("/api/me")).json()["needsSecondFactor"]

        assert (before, led, after) == (False, True, False)
        assert changed["requireSecondFactor"] is True
        assert (state, sites) == ((200, None), REFUSED)
        assert await got(client, "/api/sites") == (200, None)


async def test_nothing_else_is_answered_until_then(
    clients: Clients, make_user: MakeUser, postgres: Any
):
    """
    Every route of the accounts that needs somebody, one by one.
    """
    admin = await make_user(Role.ADMIN)
    answers: dict[str, tuple[int, str]] = {}

    async with clients() as client:
        await sign_in(client, admin)
        await require(client)
        for route, declared in declarations(make_app(postgres)).items():
            method, path = route.split(" ")
            if declared is not None and declared.roles:
                filled = path.replace("{user_id:uuid}", str(admin.id)).partition("{")[0]
                filled += str(admin.id) if "{" in path.replace("{user_id:uuid}", "") else ""
                answer = await client.request(method, filled, json={} if method != "GET" else None)
                answers[route] = (answer.status_code, answer.json().get("code", ""))

    open_still = {route for route, answer in answers.items() if answer != REFUSED}
    assert open_still - {route for route in answers if "forms" in route} == {
        "GET /api/me",
        f"GET {PATH}",
        f"POST {PATH}",
        f"POST {PATH}/confirm",
    }


async def test_who_signs_in_without_one_hears_it_at_once(clients: Clients, make_user: MakeUser):
    """
    The password lets in as far as to set it up.
    """
    admin, asesor = await make_user(Role.ADMIN), await make_user(Role.ASESOR)

    async with clients() as client, clients() as theirs:
        await sign_in(client, admin)
        await require(client)
        signed_in = await sign_in(theirs, asesor)
        refused = await got(theirs, "/api/tenant")
        await switch_on(theirs)

        assert (signed_in.status_code, signed_in.json()["needsSecondFactor"]) == (200, True)
        assert refused == REFUSED
        assert await got(theirs, "/api/tenant") == (200, None)


async def test_nobody_switches_off_what_is_required(clients: Clients, make_user: MakeUser):
    """
    Not their own. An admin does it for somebody whose phone is lost, who sets up another one.
    """
    admin, asesor = await make_user(Role.ADMIN), await make_user(Role.ASESOR)

    async with clients() as client, clients() as theirs:
        for one, user in ((client, admin), (theirs, asesor)):
            await sign_in(one, user)
            await switch_on(one)
        await require(client)
        own = await theirs.post(f"{PATH}/off", json={"password": PASSWORD})
        still = await got(theirs, "/api/tenant")
        by_admin = await client.post(f"/api/users/{asesor.id}/second-factor/off")

        assert (own.status_code, own.json()["code"]) == REFUSED
        assert (still, by_admin.status_code) == ((200, None), 204)
        assert await got(theirs, "/api/tenant") == REFUSED


async def test_keys_have_none_and_others_decide_for_themselves(
    clients: Clients, make_user: MakeUser, make_key: Any
):
    """
    A program goes on with its key, and another company is not asked; it can be taken back.
    """
    admin, key = await make_user(Role.ADMIN), await make_key(accounts.Scope.ADMIN)

    async with clients() as client, clients() as program:
        await sign_in(client, admin)
        await require(client)
        program.headers["Authorization"] = f"Bearer {key}"
        by_key = await got(program, "/api/sites")
        log = (await program.get("/api/audit")).json()["items"][0]
        await require(program, required=False)

        assert by_key == (200, None)
        assert (log["action"], log["details"]) == (
            "company_changed",
            {"require_second_factor": "True"},
        )
        assert await got(client, "/api/sites") == (200, None)
