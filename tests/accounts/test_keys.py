"""API keys over HTTP: shown once, listed without it, and dead as soon as they are revoked."""

from typing import Any

import pytest

from pista.accounts import service
from pista.accounts.model import Role, Scope
from pista.store.postgres import Postgres
from tests.accounts.conftest import NOW, Client, Clients, MakeUser, sign_in


async def test_a_key_from_its_making_to_its_end(
    clients: Clients, make_user: MakeUser, postgres: Postgres
):
    """Only the answer to its making holds it; the log names it and its scopes, never the key."""
    async with clients() as admin, clients() as program:
        user = await make_user(Role.ADMIN)
        await sign_in(admin, user)

        made = await admin.post("/api/keys", json={"name": "Hoja", "scopes": ["admin"]})
        key = made.json()["key"]
        program.headers["Authorization"] = f"Bearer {key}"
        used = await program.get("/api/tenant")
        listed = await admin.get("/api/keys")
        revoked = await program.delete(f"/api/keys/{made.json()['id']}")

        assert made.status_code == 201
        assert used.status_code == 200
        (one,) = listed.json()["items"]
        assert (one["name"], one["scopes"], one["revokedAt"]) == ("Hoja", ["admin"], None)
        assert one["lastUsedAt"] is not None
        assert key not in listed.text
        assert revoked.status_code == 204
        assert (await program.get("/api/tenant")).status_code == 401
        assert (await admin.get("/api/keys")).json()["items"][0]["revokedAt"] is not None
        assert (await admin.delete(f"/api/keys/{one['id']}")).status_code == 204
    async with postgres.transaction() as tx:
        rows = await tx.connection.fetch(
            "select actor_kind, actor_id, action, subject_name, details, request_id"
            " from audit_log order by id"
        )
        stored = await tx.value("select string_agg(a::text, ' ') from audit_log a")
    assert [(row["actor_kind"], row["action"], row["details"]) for row in rows] == [
        ("user", "key_created", {"scopes": "admin"}),
        ("key", "key_revoked", {}),
    ]
    assert [str(row["actor_id"]) for row in rows] == [str(user.id), one["id"]]
    assert all(len(row["request_id"]) == 16 for row in rows)
    assert key not in stored


async def test_another_companys_key_is_not_there(
    client: Client, make_user: MakeUser, postgres: Postgres
):
    """404, and it goes on living."""
    async with postgres.transaction() as tx:
        rivals = await service.create_tenant(tx, "Rivales", now=NOW)
        theirs = await service.create_api_key(
            tx, rivals.id, name="Suya", scopes=[Scope.ADMIN], now=NOW
        )
    await sign_in(client, await make_user(Role.ADMIN))

    answer = await client.delete(f"/api/keys/{theirs.id}")
    client.cookies.clear()
    alive = await client.get("/api/tenant", headers={"Authorization": f"Bearer {theirs.key}"})

    assert (answer.status_code, answer.json()["code"]) == (404, "api_key_not_found")
    assert alive.status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        {"name": "X", "scopes": []},
        {"name": "X", "scopes": ["everything"]},
        {"name": "", "scopes": ["admin"]},
        {"scopes": ["admin"]},
    ],
)
async def test_a_key_that_cannot_be(client: Client, make_user: MakeUser, body: dict[str, Any]):
    """No key without a name, or that may do nothing."""
    await sign_in(client, await make_user(Role.ADMIN))

    assert (await client.post("/api/keys", json=body)).status_code == 422
    assert (await client.get("/api/keys")).json()["items"] == []
