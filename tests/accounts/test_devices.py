"""Where somebody is signed in: only the own sessions, and they end at once."""

from datetime import UTC, datetime
from typing import Any

from pista.accounts import sessions
from pista.accounts.model import Device, Login, Role
from pista.store.postgres import Postgres
from tests.accounts.conftest import PASSWORD, Client, Clients, MakeUser, sign_in

PATH = "/api/me/sessions"


async def listed(client: Client) -> list[dict[str, Any]]:
    return (await client.get(PATH)).json()["items"]


async def test_ending_one_and_all_others(clients: Clients, make_user: MakeUser, postgres: Postgres):
    """The own one is told apart and stays; what was ended is out with the next request."""
    user = await make_user(Role.ASESOR)
    async with clients() as here, clients() as phone, clients() as tablet:
        for client in (phone, tablet, here):
            await sign_in(client, user)
        ids = {(await listed(client))[0]["id"]: client for client in (here, phone, tablet)}
        first, *others = await listed(here)

        assert first["current"]
        assert [one["current"] for one in others] == [False, False]
        assert ids[first["id"]] is here
        gone = ids[others[0]["id"]]
        assert (await here.delete(f"{PATH}/{others[0]['id']}")).status_code == 204
        assert (await here.delete(f"{PATH}/{others[0]['id']}")).status_code == 404
        assert (await gone.get("/api/me")).status_code == 401
        assert len(await listed(here)) == 2
        assert (await here.delete(PATH)).status_code == 204
        assert (await here.delete(PATH)).status_code == 204
        assert [one["id"] for one in await listed(here)] == [first["id"]]
    async with postgres.transaction() as tx:
        rows = await tx.connection.fetch("select action, details from audit_log order by id")
    assert [tuple(row) for row in rows] == [
        ("session_ended", {"device": ""}),
        ("sessions_ended", {"count": "1"}),
    ]


async def test_somebody_elses_session_is_not_there(clients: Clients, make_user: MakeUser):
    """Not a colleague's either, for an admin: there is deactivating for that."""
    async with clients() as admin, clients() as colleague:
        await sign_in(admin, await make_user(Role.ADMIN))
        await sign_in(colleague, await make_user(Role.GTR))
        (theirs,) = await listed(colleague)

        answer = await admin.delete(f"{PATH}/{theirs['id']}")

        assert (answer.status_code, answer.json()["code"]) == (404, "session_not_found")
        assert (await colleague.get("/api/me")).status_code == 200
        assert [one["id"] for one in await listed(admin)] != [theirs["id"]]


async def test_what_is_kept_of_a_device(client: Client, make_user: MakeUser, postgres: Postgres):
    """Browser, system and country; neither the address nor the token can be read anywhere."""
    user = await make_user()
    device = Device(browser="Firefox", os="Linux", country="PE")
    login = Login(email=user.email, password=PASSWORD)
    now = datetime.now(UTC)
    session = await sessions.sign_in(postgres, login, "203.0.113.9", now=now, device=device)
    await sign_in(client, user)

    async with postgres.transaction() as tx:
        kept = await tx.value(
            "select row_to_json(s)::text from user_sessions s where browser = 'Firefox'"
        )

    assert '"os":"Linux"' in kept
    assert '"country":"PE"' in kept
    assert "203.0.113.9" not in kept
    assert session.token not in kept
