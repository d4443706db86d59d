import asyncio
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pytest
from click.testing import CliRunner, Result

from pista.accounts import cli, passwords, queries, sessions
from pista.accounts.audit import TERMINAL
from pista.accounts.model import Login, Role, StoredUser
from pista.accounts.people import joining
from pista.accounts.people import service as people
from pista.accounts.people.model import LinkNotValid
from pista.accounts.second_factor import queries as factors
from pista.accounts.second_factor.model import SecondFactorNeeded
from pista.ids import TenantId, UserId
from pista.store.postgres import Postgres
from tests.accounts.conftest import NOW

GROUPS = {"tenant": cli.tenant, "site": cli.site, "user": cli.user, "apikey": cli.apikey}


@pytest.fixture(autouse=True)
def environment(database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a shell whose DATABASE_URL names a database of this test's own."""
    monkeypatch.setenv("DATABASE_URL", database)
    monkeypatch.setenv("PISTA_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("PISTA_PUBLIC_URL", "https://pista.example")
    monkeypatch.delenv("CLICKHOUSE_URL", raising=False)


async def run(group: str, *words: str, typed: str | None = None) -> Result:
    # In a thread, since each command runs an event loop of its own.
    return await asyncio.to_thread(CliRunner().invoke, GROUPS[group], words, input=typed)


async def printed(group: str, *words: str) -> Any:
    """What a command prints with --json: one value, and nothing beside it."""
    result = await run(group, *words, "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    return msgspec.json.decode(result.stdout)


@pytest.fixture
async def tenant() -> str:
    made: dict[str, str] = await printed("tenant", "create", "Flores Lima")
    return made["tenantId"]


async def test_tenants(tenant: str):
    """What is made is listed, with its id and name."""
    second = await printed("tenant", "create", "Panes", "--time-zone", "America/Lima")

    listed = await printed("tenant", "list")

    assert UUID(tenant)
    assert second == {"tenantId": second["tenantId"], "name": "Panes"}
    assert [
        {name: value for name, value in one.items() if name != "createdAt"} for one in listed
    ] == [
        {"tenantId": tenant, "name": "Flores Lima", "timeZone": "UTC"},
        {"tenantId": second["tenantId"], "name": "Panes", "timeZone": "America/Lima"},
    ]
    assert listed[0]["createdAt"].endswith("Z")


@pytest.mark.parametrize("by", ["id", "name"])
async def test_sites(tenant: str, by: str):
    """A site's ids, its key and its snippet line are what a script needs to send events."""
    owner = tenant if by == "id" else "Flores Lima"

    made = await printed(
        "site", "create", "--tenant", owner, "--domain", "Flores.pe", "--domain", "localhost:3000"
    )

    assert made["tenantId"] == tenant
    assert made["domains"] == ["flores.pe", "localhost"]
    assert made["snippet"] == (
        '<script async src="https://pista.example/snip.js"'
        f' data-tenant="{tenant}" data-site="{made["siteId"]}"'
        f' data-key="{made["writeKey"]}"></script>'
    )
    assert await printed("site", "list", "--tenant", owner) == [made]


async def test_users(tenant: str, postgres: Postgres):
    """A password that Pista makes is printed and works; one that was given is not repeated."""
    make = ("user", "create", "--tenant", tenant, "--role", "gtr", "--email")
    given = await printed(*make, "Eva@Example.com", "--password", "correct horse")
    made = await printed(*make, "ana@example.com", "--name", "Ana")

    stored = await _stored(postgres, "ana@example.com")

    assert given == {
        "userId": given["userId"],
        "tenantId": tenant,
        "email": "eva@example.com",
        "name": "Eva@Example.com",
        "role": "gtr",
    }
    assert await passwords.matches(stored.password_hash, made["password"])
    assert (stored.name, stored.role) == ("Ana", Role.GTR)


async def test_a_lost_password(tenant: str, postgres: Postgres):
    """Whoever has the machine can let an admin in again; a link for another password is void."""
    who = ("--tenant", tenant, "--email", "ana@example.com")
    made = await printed("user", "create", *who, "--role", "admin")
    company, user = TenantId(UUID(tenant)), UserId(UUID(made["userId"]))
    async with postgres.transaction() as tx:
        link = await people.make_reset(tx, company, TERMINAL, user, public_url="", now=NOW)
    token = link.link.partition("#")[2]

    result = await run("user", "password", *who)

    stored = await _stored(postgres, "ana@example.com")
    assert await passwords.matches(stored.password_hash, result.stdout.split()[-1])
    with pytest.raises(LinkNotValid):
        async with postgres.transaction() as tx:
            await joining.look(tx, token, now=NOW)


async def test_a_lost_phone(tenant: str, postgres: Postgres):
    """The last admin, whom no other admin can help, gets in with the password alone again."""
    who = ("--tenant", tenant, "--email", "ana@example.com")
    made = await printed("user", "create", *who, "--role", "admin")
    user, password = UserId(UUID(made["userId"])), made["password"]
    login = Login(email="ana@example.com", password=password)
    async with postgres.transaction() as tx:
        await factors.propose(tx, TenantId(UUID(tenant)), user, b"sealed", NOW)
        await factors.confirm(tx, TenantId(UUID(tenant)), user, NOW)

    with pytest.raises(SecondFactorNeeded):
        await sessions.sign_in(postgres, login, "203.0.113.9", now=NOW)
    nobody = await run("user", "second-factor-off", *who[:2], "--email", "eva@example.com")
    result = await run("user", "second-factor-off", *who)

    assert (nobody.exit_code, "no user" in nobody.stderr) == (1, True)
    assert (result.exit_code, result.stdout) == (0, "The second factor is off.\n")
    await sessions.sign_in(postgres, login, "203.0.113.9", now=NOW)
    async with postgres.transaction() as tx:
        log = await tx.connection.fetch("select actor_kind, action from audit_log order by id")
    assert tuple(log[-1]) == ("terminal", "second_factor_off")


async def test_api_keys(tenant: str, postgres: Postgres):
    """A key is printed once, works, and is revoked by its id."""
    words = ("--tenant", tenant, "--scope", "stats:read", "--name", "Reports")
    made = await printed("apikey", "create", *words)
    async with postgres.transaction() as tx:
        caller = await sessions.caller_by_key(tx, made["key"], now=NOW)

    before = await printed("apikey", "list", "--tenant", tenant)
    revoked = await run("apikey", "revoke", made["id"], "--tenant", tenant)
    after = await printed("apikey", "list", "--tenant", tenant)

    assert caller is not None
    assert made == {
        "id": made["id"],
        "key": made["key"],
        "tenantId": tenant,
        "scopes": ["stats:read"],
    }
    assert made["key"].startswith("pk_")
    assert [(key["name"], key["revokedAt"]) for key in before] == [("Reports", None)]
    assert made["key"] not in str(before)
    assert revoked.exit_code == 0
    assert after[0]["revokedAt"] is not None


async def test_for_a_person(tenant: str):
    """Without --json the same in words; an empty list says so."""
    site = ("--tenant", "Flores Lima", "--domain", "*")

    outputs = [
        (await run("site", "list", "--tenant", tenant)).stdout,
        (await run("site", "create", *site)).stdout,
        (await run("apikey", "create", "--tenant", tenant, "--scope", "admin")).stdout,
        (await run("tenant", "list")).stdout,
    ]

    assert outputs[0] == "None yet.\n"
    assert "Paste into its pages: <script async" in outputs[1]
    assert "(shown once): pk_" in outputs[2]
    assert outputs[3] == f"{tenant}  Flores Lima  UTC\n"


@pytest.mark.parametrize(
    ("words", "exit_code", "sentence"),
    [
        (["site", "list", "--tenant", "Nobody"], 1, "Error: There is no tenant 'Nobody'.\n"),
        (["site", "create", "--tenant", "Flores Lima", "--domain", "a b"], 1, "'a b'"),
        (["tenant", "create", " "], 1, "at least one character"),
        (["tenant", "create", "X", "--time-zone", "Lima"], 1, "IANA"),
        (["user", "create", "--tenant", "Flores Lima", "--email", "x", "--role", "gtr"], 1, "'x'"),
        (["apikey", "revoke", str(UUID(int=7)), "--tenant", "Flores Lima"], 1, "does not exist"),
        (["apikey", "revoke", "seven", "--tenant", "Flores Lima"], 2, "UUID"),
        (["apikey", "create", "--tenant", "Flores Lima", "--scope", "all"], 2, "stats:read"),
        (["site", "create", "--domain", "a.com"], 2, "--tenant"),
        (["user", "create", "--tenant", "X", "--email", "a@b.c", "--role", "boss"], 2, "asesor"),
    ],
)
async def test_what_goes_wrong_is_one_sentence(
    tenant: str, words: list[str], exit_code: int, sentence: str
):
    """On stderr, with 1 for what cannot be done and 2 for how it was asked."""
    result = await run(*words)

    assert (result.exit_code, result.stdout) == (exit_code, "")
    assert sentence in result.stderr
    assert exit_code == 2 or result.stderr.count("\n") == 1


async def test_a_database_that_cannot_be_used(monkeypatch: pytest.MonkeyPatch, database: str):
    """The sentence says why, and never the password."""
    sentences = [
        ("", "Pista is not running"),
        ("postgres://pista:s3cret@127.0.0.1:1/pista", "cannot be used"),
        (f"{database.rsplit('/', 1)[0]}/nowhere", "does not exist"),
        (f"{database.rsplit('/', 1)[0]}/postgres", "no tables yet"),
    ]
    for url, sentence in sentences:
        monkeypatch.setenv("DATABASE_URL", url)
        result = await run("tenant", "list")
        assert (result.exit_code, result.stdout) == (1, "")
        assert sentence in result.stderr
        assert "s3cret" not in result.stderr


async def _stored(postgres: Postgres, email: str) -> StoredUser:
    async with postgres.transaction() as tx:
        found = await queries.active_user(tx, email)
    assert found is not None
    return found
