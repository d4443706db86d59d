"""Inviting, changing and shutting out people: what must hold, also for two at once."""

import asyncio
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import asyncpg
import pytest

from pista.accounts import passwords, service, sessions
from pista.accounts.audit.model import Actor, ActorKind
from pista.accounts.model import ApiKeyId, InvalidCredentials, Login, Role, Tenant
from pista.accounts.people import joining, rules
from pista.accounts.people import service as people
from pista.accounts.people.model import (
    ChangePerson,
    LastAdmin,
    LinkNotValid,
    NewInvite,
    UseLink,
    WeakPassword,
)
from pista.errors import Forbidden
from pista.store.postgres import Postgres
from tests.accounts.conftest import NOW, PASSWORD, Client, Clients, MakeUser, sign_in

NEW = "una clave bien larga"


def token_of(link: str) -> str:
    """What stands behind the #, which no server hears."""
    parts = urlsplit(link)
    assert (parts.scheme, parts.netloc, parts.path, parts.query) == (
        "http",
        "pista.test",
        "/join",
        "",
    )
    return parts.fragment


async def invite(client: Client, email: str = "eva@example.com", role: str = "gtr") -> str:
    answer = await client.post("/api/invites", json={"email": email, "role": role})
    assert answer.status_code == 201, answer.text
    return token_of(answer.json()["link"])


async def log(postgres: Postgres) -> list[tuple[str, str, str, Any]]:
    async with postgres.transaction() as tx:
        rows = await tx.connection.fetch(
            "select actor_kind, action, subject_name, details from audit_log order by id"
        )
    return [tuple(row) for row in rows]


async def test_an_invitation_from_its_making_to_the_first_screen(
    clients: Clients, make_user: MakeUser, postgres: Postgres
):
    """The link shows whom it is for, lets in once, and everything of it stands in the log."""
    async with clients() as admin, clients() as eva:
        await sign_in(admin, await make_user(Role.ADMIN))
        token = await invite(admin, " Eva@Example.com ")
        listed = (await admin.get("/api/invites")).json()["items"]

        looked = await eva.post("/api/join/look", json={"token": token})
        joined = await eva.post(
            "/api/join", json={"token": token, "name": " Eva Ríos ", "password": NEW}
        )
        me = await eva.get("/api/me")
        again = await eva.post("/api/join", json={"token": token, "name": "X", "password": NEW})

        assert [(one["email"], one["role"], one["invitedBy"]) for one in listed] == [
            ("eva@example.com", "gtr", "Ana")
        ]
        assert token not in str(listed)
        assert looked.json() | {"expiresAt": None} == {
            "kind": "invite",
            "email": "eva@example.com",
            "name": "",
            "company": "Flores Lima",
            "expiresAt": None,
        }
        assert joined.status_code == 200, joined.text
        assert joined.json() == me.json()
        assert (me.json()["user"]["name"], me.json()["user"]["role"]) == ("Eva Ríos", "gtr")
        assert (again.status_code, again.json()["code"]) == (404, "link_not_valid")
        assert (await admin.get("/api/invites")).json()["items"] == []
    assert await log(postgres) == [
        ("user", "user_invited", "eva@example.com", {"role": "gtr"}),
        ("link", "user_joined", "eva@example.com", {}),
    ]
    async with postgres.transaction() as tx:
        stored = await tx.value("select string_agg(l::text, ' ') from account_links l")
        assert token not in stored
        assert passwords.token_hash(token).hex() in stored


async def test_a_link_lets_in_once_though_ten_use_it(
    client: Client, make_user: MakeUser, postgres: Postgres
):
    """Over real connections at the same time: one user, one session."""
    await sign_in(client, await make_user(Role.ADMIN))
    request = UseLink(token=await invite(client), password=NEW, name="Eva")
    now = await _now(postgres)

    outcomes = await asyncio.gather(
        *(joining.use(postgres, request, request_id=None, now=now) for _ in range(10)),
        return_exceptions=True,
    )

    assert sorted(type(one).__name__ for one in outcomes) == ["LinkNotValid"] * 9 + ["NewSession"]
    async with postgres.transaction() as tx:
        assert await tx.value("select count(*) from users") == 2


@pytest.mark.parametrize(
    "how",
    [
        *("expired", "withdrawn", "newer", "wrong"),
        *("admin demoted", "admin deactivated", "key revoked"),
    ],
)
async def test_a_link_that_is_void(
    client: Client, make_user: MakeUser, company: Tenant, postgres: Postgres, how: str
):
    """Also when whoever made it may no longer: else a dismissed admin keeps a door of his own."""
    boss, admin = await make_user(Role.ADMIN), await make_user(Role.ADMIN)
    await sign_in(client, admin)
    token = await invite(client)
    request = UseLink(token=token, password=NEW, name="Eva")
    now, by = await _now(postgres), Actor(kind=ActorKind.USER, id=boss.id)
    match how:
        case "expired":
            now += timedelta(days=7, seconds=5)
        case "withdrawn":
            (one,) = (await client.get("/api/invites")).json()["items"]
            assert (await client.delete(f"/api/invites/{one['id']}")).status_code == 204
            assert (await client.delete(f"/api/invites/{one['id']}")).status_code == 404
        case "newer":
            await invite(client)
        case "key revoked":
            wanted = {"name": "Leaked", "scopes": ["admin"]}
            key = (await client.post("/api/keys", json=wanted)).json()
            client.headers["Authorization"] = f"Bearer {key['key']}"
            request = UseLink(token=await invite(client), password=NEW, name="Eva")
            assert (await client.delete(f"/api/keys/{key['id']}")).status_code == 204
        case "wrong":
            request = UseLink(token=f"{token}x", password=NEW, name="Eva")
        case _:
            change = ChangePerson(role=Role.GTR) if "demoted" in how else ChangePerson(active=False)
            async with postgres.transaction() as tx:
                await people.change(tx, company.id, by, admin.id, change, now=now)

    with pytest.raises(LinkNotValid):
        await joining.use(postgres, request, request_id=None, now=now)


async def test_a_new_password_by_link_ends_every_session(
    clients: Clients, make_user: MakeUser, postgres: Postgres
):
    """The old password and whoever was signed in with it are out; the link signs nobody in."""
    async with clients() as admin, clients() as user:
        gtr = await make_user(Role.GTR)
        await sign_in(admin, await make_user(Role.ADMIN))
        await sign_in(user, gtr)
        made = await admin.post(f"/api/users/{gtr.id}/reset")
        body = {"token": token_of(made.json()["link"]), "password": NEW}

        looked = await user.post("/api/join/look", json={"token": body["token"]})
        used = await user.post("/api/join", json=body)

        assert (looked.json()["kind"], looked.json()["email"]) == ("reset", gtr.email)
        assert (used.status_code, used.json(), "set-cookie" in used.headers) == (200, None, False)
        assert (await user.get("/api/me")).status_code == 401
        assert (await sign_in(user, gtr)).status_code == 401
        assert (await sign_in(user, gtr, NEW)).status_code == 200
        assert (await user.post("/api/join", json=body)).status_code == 404
    assert [line[:2] for line in await log(postgres)] == [
        ("user", "reset_link_made"),
        ("link", "password_changed"),
    ]


async def test_who_is_deactivated_is_out_until_let_in_again(
    clients: Clients, make_user: MakeUser, postgres: Postgres
):
    """The sessions are gone, so letting in again does not bring an old browser back."""
    async with clients() as admin, clients() as user:
        gtr = await make_user(Role.GTR)
        await sign_in(admin, await make_user(Role.ADMIN))
        await sign_in(user, gtr)
        path = f"/api/users/{gtr.id}"

        shut_out = await admin.patch(path, json={"active": False})
        refused = [await user.get("/api/me"), await sign_in(user, gtr)]
        no_link = await admin.post(f"{path}/reset")
        let_in = await admin.patch(path, json={"active": True})

        assert shut_out.json()["deactivatedAt"] is not None
        assert [answer.status_code for answer in refused] == [401, 401]
        assert (no_link.status_code, no_link.json()["code"]) == (409, "user_deactivated")
        assert let_in.json()["deactivatedAt"] is None
        assert (await user.get("/api/me")).status_code == 401
        assert (await sign_in(user, gtr)).status_code == 200
        assert (await admin.patch(path, json={"active": True})).status_code == 200
    assert [line[1] for line in await log(postgres)] == ["user_deactivated", "user_reactivated"]


@pytest.mark.parametrize("change", [{"role": "gtr"}, {"role": "asesor"}, {"active": False}])
async def test_the_last_admin_stays(client: Client, make_user: MakeUser, change: dict[str, Any]):
    """Nobody would be left who can let anybody in; a deactivated admin is no other admin."""
    admin, other = await make_user(Role.ADMIN), await make_user(Role.ADMIN)
    await make_user(Role.GTR)
    await sign_in(client, admin)
    await client.patch(f"/api/users/{other.id}", json={"active": False})

    refused = await client.patch(f"/api/users/{admin.id}", json=change)
    await client.patch(f"/api/users/{other.id}", json={"active": True})
    done = await client.patch(f"/api/users/{admin.id}", json=change)

    assert (refused.status_code, refused.json()["code"]) == (409, "last_admin")
    assert done.status_code == 200


async def test_admins_who_shut_each_other_out_at_once(
    make_user: MakeUser, company: Tenant, postgres: Postgres
):
    """Of five that each deactivate the next one, somebody always stays."""
    admins = [await make_user(Role.ADMIN) for _ in range(5)]

    async def shut_out(by: Any, whom: Any) -> None:
        async with postgres.transaction() as tx:
            actor = Actor(kind=ActorKind.USER, id=by.id)
            change = ChangePerson(active=False)
            await people.change(tx, company.id, actor, whom.id, change, now=NOW)

    outcomes = await asyncio.gather(
        *(shut_out(admin, admins[index - 1]) for index, admin in enumerate(admins)),
        return_exceptions=True,
    )

    assert {type(one) for one in outcomes} <= {type(None), Forbidden, LastAdmin}
    async with postgres.transaction() as tx:
        left = "select count(*) from users where role = 'admin' and deactivated_at is null"
        assert await tx.value(left) >= 1


@pytest.mark.parametrize("who", ["admin", "key"])
@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/keys", {"name": "Mine", "scopes": ["admin"]}),
        ("/api/invites", {"email": "eva@example.com", "role": "admin"}),
    ],
    ids=["a key", "an invitation"],
)
async def test_who_is_shut_out_leaves_no_door_open(
    client: Client,
    make_user: MakeUser,
    company: Tenant,
    postgres: Postgres,
    path: str,
    body: dict[str, Any],
    who: str,
):
    """Let in a moment before the dismissal was committed, they make no key and no link after it."""
    boss, admin = await make_user(Role.ADMIN), await make_user(Role.ADMIN)
    await sign_in(client, admin)
    key = (await client.post("/api/keys", json={"name": "K", "scopes": ["admin"]})).json()
    if who == "key":
        client.headers["Authorization"] = f"Bearer {key['key']}"
    by = Actor(kind=ActorKind.USER, id=boss.id)

    async with postgres.transaction() as tx:
        if who == "key":
            revoked = ApiKeyId(UUID(key["id"]))
            await service.revoke_api_key(tx, company.id, revoked, now=NOW, by=by)
        else:
            await people.change(tx, company.id, by, admin.id, ChangePerson(active=False), now=NOW)
        asked = asyncio.create_task(client.post(path, json=body))
        await _until_it_waits(postgres, asked)
    answer = await asked

    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")


async def _until_it_waits(postgres: Postgres, asked: "asyncio.Task[Any]") -> None:
    """For a lock of another transaction; or it has not waited at all."""
    waiting = """
        select count(*) from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'
    """
    async with asyncio.timeout(60):
        while not asked.done():
            async with postgres.transaction() as tx:
                if await tx.value(waiting):
                    return
            await asyncio.sleep(0.01)


async def test_signing_in_while_being_shut_out(
    make_user: MakeUser, postgres: Postgres, monkeypatch: pytest.MonkeyPatch
):
    """Whoever changes the password while the old one is being looked at leaves no session of it."""
    user = await make_user()
    compared = passwords.matches

    async def slow(stored: str | None, password: str) -> bool:
        found = await compared(stored, password)
        async with postgres.transaction() as tx:
            await service.set_password(tx, user.tenant_id, user.email, NEW, now=NOW)
        return found

    monkeypatch.setattr(passwords, "matches", slow)

    with pytest.raises(InvalidCredentials):
        await sessions.sign_in(
            postgres, Login(email=user.email, password=PASSWORD), "203.0.113.9", now=NOW
        )

    async with postgres.transaction() as tx:
        assert await tx.value("select count(*) from user_sessions") == 0


async def test_another_company_is_not_there(
    clients: Clients, make_user: MakeUser, postgres: Postgres
):
    """Its people and invitations are 404, for whatever is asked of them."""
    async with postgres.transaction() as tx:
        rivals = await service.create_tenant(tx, "Rivales", now=NOW)
    async with clients() as ours, clients() as theirs:
        await sign_in(ours, await make_user(Role.ADMIN))
        stranger = await make_user(Role.ADMIN, rivals)
        await sign_in(theirs, stranger)
        await invite(theirs)
        (one,) = (await theirs.get("/api/invites")).json()["items"]

        asked = [
            await ours.patch(f"/api/users/{stranger.id}", json={"active": False}),
            await ours.post(f"/api/users/{stranger.id}/reset"),
            await ours.delete(f"/api/invites/{one['id']}"),
        ]

        assert [answer.status_code for answer in asked] == [404] * 3
        assert stranger.email not in (await ours.get("/api/users")).text
        assert (await ours.get("/api/invites")).json()["items"] == []


async def test_changing_the_own_password(clients: Clients, make_user: MakeUser, postgres: Postgres):
    """This session stays, all others end; guessing the current one is counted."""
    async with clients() as here, clients() as elsewhere:
        user = await make_user(Role.ASESOR)
        await sign_in(here, user)
        await sign_in(elsewhere, user)

        async def change(current: str, password: str) -> tuple[int, str]:
            body = {"current": current, "password": password}
            answer = await here.post("/api/me/password", json=body)
            return answer.status_code, answer.json()["code"] if answer.content else ""

        assert await change("wrong", NEW) == (403, "wrong_password")
        assert await change(PASSWORD, "password123") == (422, "weak_password")
        assert await change(PASSWORD, NEW) == (204, "")
        assert (await here.get("/api/me")).status_code == 200
        assert (await elsewhere.get("/api/me")).status_code == 401
        assert (await sign_in(elsewhere, user, NEW)).status_code == 200
        guesses = [await change("wrong", NEW) for _ in range(11)]
        assert guesses == [(403, "wrong_password")] * 10 + [(429, "too_many_attempts")]
    assert [line[:3] for line in await log(postgres)] == [("user", "password_changed", user.email)]


@pytest.mark.parametrize(
    ("password", "good"),
    [
        ("correct horse battery", True),
        ("ñandú azul 77", True),
        ("k7w2-pq9x-m", True),
        ("short-one", False),  # nine
        ("password2026!", False),
        ("Contraseña123", False),
        ("aaaaaaaaaaaa", False),
        ("abababababab", False),
        ("1234567890", False),
        ("0987654321", False),
        ("qwertyuiop", False),
        ("eva.rios2026", False),  # what anybody knows, and a year
        ("EvaRios!!2026", False),
        ("evita rios en lima", True),
        ("x" * 1025, False),
    ],
)
def test_a_password_that_is_too_easy(password: str, good: bool):
    """A guesser begins with common words, keys in a row, and what is known of the person."""
    try:
        rules.strong(password, email="eva.rios@flores.pe", name="Eva Rios")
        found = True
    except WeakPassword:
        found = False

    assert found is good


async def test_the_log_is_only_ever_added_to(
    client: Client, make_user: MakeUser, postgres: Postgres
):
    """Not even by whoever has the database's own password in Pista's hands."""
    await sign_in(client, await make_user(Role.ADMIN))
    await invite(client)

    for statement in (
        "update audit_log set action = 'nothing'",
        "delete from audit_log",
        "truncate audit_log",
    ):
        with pytest.raises(asyncpg.RaiseError, match="only ever added to"):
            async with postgres.transaction() as tx:
                await tx.connection.execute(statement)

    assert [line[1] for line in await log(postgres)] == ["user_invited"]


async def test_what_fails_leaves_no_line(make_user: MakeUser, company: Tenant, postgres: Postgres):
    """The log tells of what has happened: it is written with the change, or not at all."""
    admin = await make_user(Role.ADMIN)
    by = Actor(kind=ActorKind.USER, id=admin.id)

    wanted = NewInvite(email="eva@example.com", role=Role.GTR)

    async def both() -> None:
        async with postgres.transaction() as tx:
            await people.invite(tx, company.id, by, wanted, public_url="http://pista.test", now=NOW)
            await people.change(tx, company.id, by, admin.id, ChangePerson(active=False), now=NOW)

    with pytest.raises(LastAdmin):
        await both()

    assert await log(postgres) == []


async def _now(postgres: Postgres) -> Any:
    async with postgres.transaction() as tx:
        return await tx.value("select now()")


def test_links_and_passwords_are_not_told():
    """Not even to a log that writes down what it gets."""
    told = repr(UseLink(token="tok-en", password="s3cret-battery"))

    assert "tok-en" not in told
    assert "s3cret" not in told
