import asyncio
from datetime import timedelta

import pytest
from argon2 import PasswordHasher

from pista.accounts import passwords, queries, rules, service, sessions
from pista.accounts.model import (
    Device,
    InvalidCredentials,
    Login,
    Role,
    Scope,
    StoredUser,
    Tenant,
    TooManyAttempts,
)
from pista.ids import UserId
from pista.store.postgres import Postgres, Tx
from tests.accounts.conftest import NOW, PASSWORD, MakeUser, add_user

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
TOKEN = "a token"


@pytest.fixture
async def user(tx: Tx, password_hash: str) -> StoredUser:
    """A user with a session that was opened at NOON, in a transaction that is rolled back."""
    tenant = await service.create_tenant(tx, "Flores Lima", now=NOW)
    user = await add_user(tx, tenant.id, password_hash, Role.GTR)
    await queries.add_session(
        tx, passwords.token_hash(TOKEN), user.id, Device(), NOW, NOW + sessions.rules.SESSION_LIFE
    )
    return user


async def deactivate(tx: Tx, user: UserId) -> None:
    await tx.execute("update users set deactivated_at = $2 where id = $1", user, NOW)


async def test_a_session_is_its_users(tx: Tx, user: StoredUser):
    """The caller has the user's tenant and role."""
    caller = await sessions.caller_by_session(tx, TOKEN, now=NOW)

    assert caller is not None
    assert (caller.tenant_id, caller.role, caller.user) == (
        user.tenant_id,
        Role.GTR,
        user.public(),
    )
    assert await sessions.caller_by_session(tx, "another", now=NOW) is None


async def test_a_session_ends_after_thirty_idle_days(tx: Tx, user: StoredUser):
    """Not used for thirty days, it is over."""
    assert await sessions.caller_by_session(tx, TOKEN, now=NOW + 30 * DAY) is None
    assert await sessions.caller_by_session(tx, TOKEN, now=NOW + 30 * DAY - SECOND) is not None


async def test_use_keeps_a_session_alive(tx: Tx, user: StoredUser):
    """Each use moves its end to thirty days from then."""
    for days in (20, 40, 60):
        assert await sessions.caller_by_session(tx, TOKEN, now=NOW + days * DAY) is not None

    assert await sessions.caller_by_session(tx, TOKEN, now=NOW + 90 * DAY) is None


async def test_being_seen_is_written_once_a_minute(tx: Tx, user: StoredUser):
    """A busy screen does not turn every request into a write."""
    seen = "select last_seen_at from user_sessions where user_id = $1"

    await sessions.caller_by_session(tx, TOKEN, now=NOW + 59 * SECOND)
    assert await tx.value(seen, user.id) == NOW
    await sessions.caller_by_session(tx, TOKEN, now=NOW + 60 * SECOND)
    assert await tx.value(seen, user.id) == NOW + 60 * SECOND


async def test_deactivation_ends_every_session_at_once(tx: Tx, user: StoredUser):
    """Who was deactivated is out with the next request."""
    await deactivate(tx, user.id)

    assert await sessions.caller_by_session(tx, TOKEN, now=NOW) is None


async def test_a_new_password_ends_every_session(tx: Tx, user: StoredUser):
    """Whoever was signed in with the old password no longer is."""
    await service.set_password(tx, user.tenant_id, user.email.upper(), "another password", now=NOW)

    assert await sessions.caller_by_session(tx, TOKEN, now=NOW) is None
    stored = await queries.active_user(tx, user.email)
    assert stored is not None
    assert await passwords.matches(stored.password_hash, "another password")


async def test_sign_in_takes_the_email_in_any_case(postgres: Postgres, make_user: MakeUser):
    """People write their e-mail as they like."""
    user = await make_user()
    login = Login(email=f"  {user.email.upper()} ", password=PASSWORD)

    session = await sessions.sign_in(postgres, login, "203.0.113.9", now=NOW)

    assert session.me.user == user.public()
    async with postgres.transaction() as tx:
        assert await sessions.caller_by_session(tx, session.token, now=NOW) is not None
        stored = await tx.value("select token_hash from user_sessions")
    assert session.token.encode() not in stored


@pytest.mark.parametrize("case", ["wrong password", "unknown", "no e-mail at all", "deactivated"])
async def test_every_refusal_is_the_same(
    postgres: Postgres, make_user: MakeUser, monkeypatch: pytest.MonkeyPatch, case: str
):
    """The answer does not tell who has an account, and one hash is computed in every case."""
    user = await make_user()
    async with postgres.transaction() as tx:
        if case == "deactivated":
            await deactivate(tx, user.id)
    email = {"unknown": "nobody@example.com", "no e-mail at all": "\x00"}.get(case, user.email)
    password = "wrong" if case == "wrong password" else PASSWORD
    compared: list[str] = []
    verify = PasswordHasher.verify

    def counted(self: PasswordHasher, stored: str, given: str) -> bool:
        compared.append(stored)
        return verify(self, stored, given)

    monkeypatch.setattr(PasswordHasher, "verify", counted)

    with pytest.raises(InvalidCredentials) as refused:
        await sessions.sign_in(
            postgres, Login(email=email, password=password), "203.0.113.9", now=NOW
        )

    assert refused.value.problem().detail == InvalidCredentials().problem().detail
    assert len(compared) == 1


@pytest.mark.usefixtures("dear_passwords")
async def test_an_old_hash_is_renewed(postgres: Postgres, make_user: MakeUser):
    """Stronger parameters reach each user with the next sign-in."""
    user = await make_user()
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    async with postgres.transaction() as tx:
        await queries.set_password_hash(tx, user.tenant_id, user.email, weak)

    login = Login(email=user.email, password=PASSWORD)
    await sessions.sign_in(postgres, login, "203.0.113.9", now=NOW)

    async with postgres.transaction() as tx:
        stored = await queries.active_user(tx, user.email)
    assert stored is not None
    assert not passwords.is_outdated(stored.password_hash)
    assert await passwords.matches(stored.password_hash, PASSWORD)


async def test_ten_attempts_in_fifteen_minutes(
    postgres: Postgres, make_user: MakeUser, monkeypatch: pytest.MonkeyPatch
):
    """Also when they come at once, ten passwords are looked at; the right one waits as well."""
    user = await make_user()
    wrong = Login(email=user.email, password="wrong")
    right = Login(email=user.email, password=PASSWORD)
    attempts = [sessions.sign_in(postgres, wrong, "203.0.113.9", now=NOW) for _ in range(13)]

    outcomes = await asyncio.gather(*attempts, return_exceptions=True)

    assert sorted(type(outcome).__name__ for outcome in outcomes) == (
        ["InvalidCredentials"] * 10 + ["TooManyAttempts"] * 3
    )
    later = NOW + timedelta(minutes=14)
    with pytest.raises(TooManyAttempts) as refused:
        await sessions.sign_in(postgres, right, "203.0.113.9", now=later)
    assert refused.value.headers == {"Retry-After": "61"}
    # From elsewhere, and after the window, the owner gets in.
    await sessions.sign_in(postgres, right, "198.51.100.7", now=NOW)
    await sessions.sign_in(postgres, right, "203.0.113.9", now=NOW + timedelta(minutes=15))


async def test_one_address_cannot_go_through_all_the_e_mails(
    postgres: Postgres, monkeypatch: pytest.MonkeyPatch
):
    """Another e-mail each time: after as many as an office may need, no more are looked at."""
    monkeypatch.setattr(rules, "LOGIN_ATTEMPTS_OF_ADDRESS", 3)
    guesses = [Login(email=f"{name}@example.com", password="wrong") for name in "abcde"]

    outcomes = [
        type(outcome).__name__
        for login in guesses
        for outcome in await asyncio.gather(
            sessions.sign_in(postgres, login, "203.0.113.9", now=NOW), return_exceptions=True
        )
    ]

    assert outcomes == ["InvalidCredentials"] * 3 + ["TooManyAttempts"] * 2


async def test_an_office_signs_in_from_one_address(
    postgres: Postgres, make_user: MakeUser, monkeypatch: pytest.MonkeyPatch
):
    """However many they are: what led to a session, or showed a password, was no guess."""
    monkeypatch.setattr(rules, "LOGIN_ATTEMPTS_OF_ADDRESS", 2)
    people = [await make_user(Role.ASESOR) for _ in range(4)]

    for user in people:
        await sessions.sign_in(
            postgres, Login(email=user.email, password=PASSWORD), "203.0.113.9", now=NOW
        )
    guesses = [Login(email=user.email, password="wrong") for user in people]
    outcomes = await asyncio.gather(
        *(sessions.sign_in(postgres, login, "203.0.113.9", now=NOW) for login in guesses),
        return_exceptions=True,
    )

    assert sorted(type(outcome).__name__ for outcome in outcomes) == (
        ["InvalidCredentials"] * 2 + ["TooManyAttempts"] * 2
    )


async def test_nobody_waits_for_the_attempts_of_others(postgres: Postgres, make_user: MakeUser):
    """Whoever clears away what is over leaves what is just being counted; else two wait for each
    other, and one of them hears of a failure."""
    user = await make_user()
    other, night_before = passwords.token_hash("other"), NOW - DAY
    async with postgres.transaction() as tx:
        await sessions.count_attempt(tx, other, night_before)
        await sessions.count_attempt(tx, passwords.token_hash("third"), night_before)

    async with postgres.transaction() as counting:
        await sessions.count_attempt(counting, other, NOW)
        async with asyncio.timeout(60):
            await sessions.sign_in(
                postgres, Login(email=user.email, password=PASSWORD), "203.0.113.9", now=NOW
            )

    async with postgres.transaction() as tx:
        left = await tx.connection.fetch("select source_hash, attempts from login_attempts")
    assert (other, 1) in [tuple(row) for row in left]
    assert passwords.token_hash("third") not in {row["source_hash"] for row in left}


async def test_success_forgets_the_attempts(postgres: Postgres, make_user: MakeUser):
    """Nine slips on Monday do not count after a good sign-in."""
    user = await make_user()
    for password in [*["wrong"] * 9, PASSWORD, *["wrong"] * 10]:
        login = Login(email=user.email, password=password)
        await asyncio.gather(
            sessions.sign_in(postgres, login, "203.0.113.9", now=NOW), return_exceptions=True
        )

    async with postgres.transaction() as tx:
        assert await tx.value("select attempts from login_attempts") == 10


async def test_a_key_acts_for_its_tenant(postgres: Postgres, company: Tenant):
    """With the scope `admin` it has the role, else only its scopes; revoked it is nobody's."""
    async with postgres.transaction() as tx:
        make = service.create_api_key
        admin = await make(tx, company.id, name="All", scopes=[Scope.ADMIN], now=NOW)
        stats = await make(tx, company.id, name="Stats", scopes=[Scope.STATS_READ] * 2, now=NOW)

        callers = [await sessions.caller_by_key(tx, key.key, now=NOW) for key in (admin, stats)]

        assert [caller and caller.role for caller in callers] == [Role.ADMIN, None]
        assert stats.scopes == [Scope.STATS_READ]
        assert await sessions.caller_by_key(tx, "pk_nobody", now=NOW) is None
        await service.revoke_api_key(tx, company.id, stats.id, now=NOW)
        assert await sessions.caller_by_key(tx, stats.key, now=NOW) is None
        listed = await service.list_api_keys(tx, company.id)
        assert [(key.name, key.last_used_at, key.revoked_at) for key in listed] == [
            ("All", NOW, None),
            ("Stats", NOW, NOW),
        ]


async def test_many_addresses_cannot_share_the_guessing(
    postgres: Postgres, make_user: MakeUser, monkeypatch: pytest.MonkeyPatch
):
    """Each from an address of its own they are stopped, and the owner at home is not."""
    monkeypatch.setattr(rules, "LOGIN_ATTEMPTS_OF_ACCOUNT", 3)
    user = await make_user()
    right = Login(email=user.email, password=PASSWORD)
    wrong = Login(email=user.email, password="wrong")
    await sessions.sign_in(postgres, right, "198.51.100.7", now=NOW)

    outcomes = [
        type(outcome).__name__
        for number in range(4)
        for outcome in await asyncio.gather(
            sessions.sign_in(postgres, wrong, f"203.0.113.{number}", now=NOW),
            return_exceptions=True,
        )
    ]

    # The owner's own sign-in, from an address that was new then, has been counted as well.
    assert outcomes == ["InvalidCredentials"] * 2 + ["TooManyAttempts"] * 2
    await sessions.sign_in(postgres, right, "198.51.100.7", now=NOW)
    with pytest.raises(TooManyAttempts):
        await sessions.sign_in(postgres, right, "192.0.2.1", now=NOW)
    await sessions.sign_in(postgres, right, "192.0.2.1", now=NOW + rules.LOGIN_WINDOW)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("203.0.113.9", "203.0.113.10", False),
        ("2001:db8::1", "2001:db8::ffff:2", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("::ffff:203.0.113.9", "203.0.113.9", True),
        ("::ffff:203.0.113.9", "::ffff:203.0.113.10", False),
        ("no address", "no address", True),
    ],
)
def test_what_counts_as_one_address(one: str, other: str, alike: bool):
    """Whoever has an IPv6 line has a new address for each attempt, but one network."""
    assert (rules.neighbourhood(one) == rules.neighbourhood(other)) is alike
