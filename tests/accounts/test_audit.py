"""Reading the audit log: all of the own company, in pages, by what somebody looks for."""

from typing import Any

from pista.accounts import service
from pista.accounts.model import Role, Scope
from pista.store.postgres import Postgres
from tests.accounts.conftest import NOW, Client, MakeUser, sign_in

PATH = "/api/audit"


async def read(client: Client, **query: Any) -> dict[str, Any]:
    answer = await client.get(PATH, params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_pages_and_filters(client: Client, make_user: MakeUser, postgres: Postgres):
    """Nothing is told twice or left out from page to page; another company's lines are nobody's."""
    admin, gtr = await make_user(Role.ADMIN), await make_user(Role.GTR)
    async with postgres.transaction() as tx:
        rivals = await service.create_tenant(tx, "Rivales", now=NOW)
        await service.create_api_key(tx, rivals.id, name="Suya", scopes=[Scope.ADMIN], now=NOW)
    await sign_in(client, admin)
    for number in range(5):
        await client.patch("/api/tenant", json={"name": f"Flores {number}"})
    await client.patch(f"/api/users/{gtr.id}", json={"role": "asesor", "name": "Luis"})

    whole = (await read(client))["items"]
    first = await read(client, limit=4)
    second = await read(client, limit=4, before=first["next"])

    assert [line["action"] for line in whole] == ["role_changed", "user_renamed"] + [
        "company_changed"
    ] * 5
    assert whole[0] | {"id": 0, "at": "", "requestId": ""} == {
        "id": 0,
        "at": "",
        "actorKind": "user",
        "actorId": str(admin.id),
        "actorName": "Ana",
        "action": "role_changed",
        "subjectId": str(gtr.id),
        "subjectName": gtr.email,
        "details": {"from": "gtr", "to": "asesor"},
        "requestId": "",
    }
    assert first["items"] + second["items"] == whole
    assert second["next"] is None
    assert (await read(client, limit=7))["next"] is None
    assert (await read(client, subjectId=str(gtr.id)))["items"] == whole[:2]
    assert (await read(client, action=["role_changed", "user_renamed"]))["items"] == whole[:2]
    assert (await read(client, actorId=str(gtr.id)))["items"] == []
    # Of two moments the first belongs to what is asked for, the second does not.
    span = {"from": whole[4]["at"], "to": whole[2]["at"]}
    assert (await read(client, **span))["items"] == whole[3:5]


async def test_what_cannot_be_looked_for(client: Client, make_user: MakeUser):
    """422, and not an empty page that looks like an answer."""
    await sign_in(client, await make_user(Role.ADMIN))

    for query in (
        {"action": "everything"},
        {"actorId": "me"},
        {"limit": 0},
        {"from": "today"},
        {"to": "0.5"},
    ):
        assert (await client.get(PATH, params=query)).status_code in (400, 422), query
