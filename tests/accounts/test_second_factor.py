"""The second factor: codes as in the RFC, each taken once, and no way around it."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from pista.accounts import passwords, sessions
from pista.accounts.model import Login, Role, StoredUser
from pista.accounts.second_factor import rules
from pista.accounts.second_factor.model import SecondFactorWrong
from pista.store.postgres import Postgres
from pista.store.secrets import Sealer
from tests.accounts.conftest import PASSWORD, SEALER, Client, Clients, MakeUser, sign_in

PATH = "/api/me/second-factor"
# Appendix B of RFC 6238, in base32.
OF_THE_RFC = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


def code_of(secret: str, now: datetime, drift: int = 0) -> str:
    return rules.code_at(secret, int(now.timestamp()) // 30 + drift)


async def switch_on(client: Client) -> tuple[str, list[str]]:
    """The secret and the recovery codes of whoever is signed in with this client."""
    setup = await client.post(PATH, json={"password": PASSWORD})
    assert setup.status_code == 201, setup.text
    secret = setup.json()["secret"]
    code = code_of(secret, datetime.now(UTC), drift=-1)
    confirmed = await client.post(f"{PATH}/confirm", json={"code": f"{code[:3]} {code[3:]}"})
    assert confirmed.status_code == 200, confirmed.text
    return secret, confirmed.json()["codes"]


async def login(client: Client, user: StoredUser, **more: str) -> tuple[int, str]:
    body = {"email": user.email, "password": PASSWORD, **more}
    answer = await client.post("/api/login", json=body)
    return answer.status_code, answer.json().get("code", "")


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
        (20000000000, "353130"),
    ],
)
def test_codes_are_those_of_the_rfc(seconds: int, code: str):
    """The last six digits of its table for SHA-1."""
    assert rules.code_at(OF_THE_RFC, seconds // 30) == code


@pytest.mark.parametrize(
    ("drift", "last", "taken"),
    [
        (0, 0, True),
        (-1, 0, True),
        (1, 0, True),
        (-2, 0, False),
        (2, 0, False),
        (0, 0 + 1, False),  # this very code was taken before
        (1, 0 + 1, True),  # the next one was not
        (-1, 0 + 1, False),  # nor does an older one work after a newer
    ],
)
def test_a_step_before_and_after(drift: int, last: int, taken: bool):
    """Clocks differ; but no code works twice, nor one from before the last."""
    now = datetime(2026, 3, 14, 12, tzinfo=UTC)
    current = int(now.timestamp()) // 30
    code = rules.code_at(OF_THE_RFC, current + drift)

    found = rules.step_of(OF_THE_RFC, code, now, current if last else 0)

    assert found == (current + drift if taken else None)


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("123456", "123456"),
        (" 123 456 ", "123456"),
        ("12345", None),
        ("1234567", None),
        ("١٢٣٤٥٦", None),  # digits, but not those of apps
        ("abcdef", None),
    ],
)
def test_what_is_a_code(typed: str, digits: str | None):
    """Anything else is looked for among the recovery codes."""
    assert rules.digits(typed) == digits


async def test_from_setting_up_to_signing_in(
    clients: Clients, make_user: MakeUser, postgres: Postgres
):
    """The password alone is not enough, a code works once, and other sessions have ended."""
    async with clients() as here, clients() as elsewhere:
        user = await make_user(Role.ASESOR)
        await sign_in(here, user)
        await sign_in(elsewhere, user)

        wrong = await here.post(PATH, json={"password": "wrong"})
        early = await here.post(f"{PATH}/confirm", json={"code": "123456"})
        secret, codes = await switch_on(here)
        again = await here.post(PATH, json={"password": PASSWORD})

        assert (wrong.status_code, wrong.json()["code"]) == (403, "wrong_password")
        assert (early.status_code, early.json()["code"]) == (409, "second_factor_off")
        assert (again.status_code, again.json()["code"]) == (409, "second_factor_on")
        assert (await here.get(PATH)).json() == {"on": True, "recoveryCodesLeft": 10}
        assert (await here.get("/api/me")).status_code == 200
        assert (await elsewhere.get("/api/me")).status_code == 401
        now = datetime.now(UTC)
        assert await login(elsewhere, user) == (401, "second_factor_needed")
        assert await login(elsewhere, user, code="000000x") == (401, "second_factor_wrong")
        # The one that confirmed is used up.
        used = code_of(secret, now, drift=-1)
        assert await login(elsewhere, user, code=used) == (401, "second_factor_wrong")
        fresh = code_of(secret, now, drift=1)
        assert await login(elsewhere, user, code=fresh) == (200, "")
        assert await login(elsewhere, user, code=fresh) == (401, "second_factor_wrong")
        assert await login(elsewhere, user, code=codes[0].upper()) == (200, "")
        assert await login(elsewhere, user, code=codes[0]) == (401, "second_factor_wrong")
        assert (await here.get(PATH)).json()["recoveryCodesLeft"] == 9
    async with postgres.transaction() as tx:
        stored = str(await tx.connection.fetch("select * from second_factors"))
        stored += str(await tx.connection.fetch("select * from recovery_codes"))
        told = str(await tx.connection.fetch("select * from audit_log"))
    assert "second_factor_on" in told
    for private in (secret, *codes):
        assert private not in stored
        assert private not in told


async def test_a_wrong_password_hears_nothing_of_it(client: Client, make_user: MakeUser):
    """Whether an account has a second factor is for those who know its password."""
    user = await make_user()
    await sign_in(client, user)
    await switch_on(client)

    body = {"email": user.email, "password": "wrong", "code": "123456"}
    answer = await client.post("/api/login", json=body)

    assert answer.json()["code"] == "invalid_credentials"


@pytest.fixture
async def guarded(clients: Clients, make_user: MakeUser) -> tuple[StoredUser, str, list[str]]:
    """A user with a second factor, its secret and recovery codes."""
    async with clients() as client:
        user = await make_user(Role.ASESOR)
        await sign_in(client, user)
        secret, codes = await switch_on(client)
    return user, secret, codes


@pytest.mark.parametrize("kind", ["code", "recovery code"])
async def test_a_code_is_taken_once_though_five_send_it(
    postgres: Postgres, guarded: tuple[StoredUser, str, list[str]], kind: str
):
    """At the same moment over real connections: one session."""
    user, secret, codes = guarded
    now = datetime.now(UTC) + timedelta(minutes=2)
    code = code_of(secret, now) if kind == "code" else codes[3]
    request = Login(email=user.email, password=PASSWORD, code=code)

    outcomes = await asyncio.gather(
        *(_sign_in(postgres, request, "203.0.113.9", now) for _ in range(5)),
        return_exceptions=True,
    )

    assert sorted(type(one).__name__ for one in outcomes) == (
        ["NewSession"] + ["SecondFactorWrong"] * 4
    )


async def test_guessing_codes_from_everywhere_ends(
    postgres: Postgres,
    guarded: tuple[StoredUser, str, list[str]],
    monkeypatch: pytest.MonkeyPatch,
):
    """Ten wrong ones, whoever sends them; the owner at a known address gets in all the same."""

    async def right(_stored: str | None, _password: str) -> bool:
        return True

    user, secret, codes = guarded
    now = datetime.now(UTC) + timedelta(minutes=2)
    home = Login(email=user.email, password=PASSWORD, code=codes[0])
    await _sign_in(postgres, home, "198.51.100.7", now)
    monkeypatch.setattr(passwords, "matches", right)
    guess = Login(email=user.email, password=PASSWORD, code="not-a-code")

    outcomes = [
        type(outcome).__name__
        for number in range(12)
        for outcome in await asyncio.gather(
            _sign_in(postgres, guess, f"203.0.113.{number}", now), return_exceptions=True
        )
    ]

    # The owner's own, from an address that was new then, was counted too.
    assert outcomes == ["SecondFactorWrong"] * 9 + ["TooManyAttempts"] * 3
    mine = Login(email=user.email, password=PASSWORD, code=code_of(secret, now))
    await _sign_in(postgres, mine, "198.51.100.7", now)


async def test_without_the_key_recovery_codes_still_work(
    postgres: Postgres, guarded: tuple[StoredUser, str, list[str]]
):
    """Whoever lost `PISTA_SECRET_KEY` is not locked out."""
    user, secret, codes = guarded
    now = datetime.now(UTC) + timedelta(minutes=2)
    other = Sealer(("another key",), Path("not-used"))
    app = Login(email=user.email, password=PASSWORD, code=code_of(secret, now))
    paper = Login(email=user.email, password=PASSWORD, code=codes[0])

    with pytest.raises(SecondFactorWrong):
        await sessions.sign_in(postgres, app, "203.0.113.9", now=now, sealer=other)
    await sessions.sign_in(postgres, paper, "203.0.113.9", now=now, sealer=other)


async def test_switching_off(clients: Clients, make_user: MakeUser, postgres: Postgres):
    """With the password by oneself, or by an admin; another company's admin cannot."""
    async with clients() as admin, clients() as client:
        user = await make_user(Role.GTR)
        await sign_in(admin, await make_user(Role.ADMIN))
        await sign_in(client, user)
        _, codes = await switch_on(client)
        renewed = (await client.post(f"{PATH}/recovery", json={"password": PASSWORD})).json()

        assert await login(client, user, code=codes[0]) == (401, "second_factor_wrong")
        assert len(set(renewed["codes"]) - set(codes)) == 10
        assert (await client.post(f"{PATH}/off", json={"password": "wrong"})).status_code == 403
        assert (await client.post(f"{PATH}/off", json={"password": PASSWORD})).status_code == 204
        assert await login(client, user) == (200, "")
        await switch_on(client)
        listed = (await admin.get("/api/users")).json()["items"]
        assert {one["email"]: one["secondFactor"] for one in listed}[user.email]
        path = f"/api/users/{user.id}/second-factor/off"
        assert (await client.post(path)).status_code == 403
        # An admin's own goes with the password, as everybody's.
        me = (await admin.get("/api/me")).json()["user"]["id"]
        assert (await admin.post(f"/api/users/{me}/second-factor/off")).status_code == 403
        assert (await admin.post(path)).status_code == 204
        assert (await admin.post(path)).status_code == 204
        assert await login(client, user) == (200, "")
    async with postgres.transaction() as tx:
        rows = await tx.connection.fetch("select action from audit_log order by id")
    assert [row["action"] for row in rows] == [
        "second_factor_on",
        "recovery_codes_renewed",
        "second_factor_off",
        "second_factor_on",
        "second_factor_off",
    ]


async def test_a_code_that_confirms_cannot_be_guessed(client: Client, make_user: MakeUser):
    """Whoever finds a screen in the middle of setting up has ten tries, as anywhere."""
    await sign_in(client, await make_user())
    secret = (await client.post(PATH, json={"password": PASSWORD})).json()["secret"]

    guesses = [await client.post(f"{PATH}/confirm", json={"code": "x"}) for _ in range(10)]
    body = {"code": code_of(secret, datetime.now(UTC))}
    late = await client.post(f"{PATH}/confirm", json=body)

    assert {(one.status_code, one.json()["code"]) for one in guesses} == {(422, "code_wrong")}
    assert (late.status_code, late.json()["code"]) == (429, "too_many_attempts")
    assert (await client.get(PATH)).json()["on"] is False


def test_the_picture_says_what_apps_read():
    """A square of dark and light with its three corner marks, and an address as apps know it."""
    uri = rules.uri(OF_THE_RFC, email="ana@flores.pe", company="Flores: Lima")
    picture = rules.picture(uri)

    assert uri == (
        "otpauth://totp/Pista%20Flores%20%20Lima%3Aana%40flores.pe"
        f"?secret={OF_THE_RFC}&issuer=Pista%20Flores%20%20Lima"
    )
    assert {len(row) for row in picture} == {len(picture)}
    assert picture[0].startswith("11111110")
    assert picture[0].endswith("01111111")
    assert picture[-1].startswith("11111110")


async def _sign_in(postgres: Postgres, request: Login, address: str, now: datetime) -> Any:
    return await sessions.sign_in(postgres, request, address, now=now, sealer=SEALER)
