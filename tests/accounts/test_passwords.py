import pytest
from argon2 import PasswordHasher

from pista.accounts import passwords

pytestmark = pytest.mark.usefixtures("dear_passwords")


async def test_a_password_matches_its_hash_only():
    """A hash is matched by its password, and nobody's by anything."""
    stored = await passwords.hashed("correct horse battery")

    assert await passwords.matches(stored, "correct horse battery")
    assert not await passwords.matches(stored, "correct horse batterz")
    assert not await passwords.matches("not a hash", "correct horse battery")
    assert not await passwords.matches(None, "correct horse battery")


async def test_the_decoy_costs_what_a_real_hash_costs():
    """Guessing at an unknown e-mail must take as long as at a known one."""
    assert not passwords.is_outdated(passwords.DECOY)
    assert passwords.is_outdated(
        PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("weak")
    )


def test_a_made_password_can_be_typed_and_not_guessed():
    """More than 80 bits, in letters and digits that cannot be mistaken for each other."""
    made = {passwords.readable() for _ in range(100)}

    assert len(made) == 100
    assert all(len(one) == 23 and one.count("-") == 3 for one in made)
    assert not set("".join(made)) & set("ilo01IO")


def test_tokens_are_kept_as_hashes():
    """What is stored is neither the token nor reversible."""
    token = passwords.token()

    assert len(token) == 43
    assert len(passwords.token_hash(token)) == 32
    assert token.encode() not in passwords.token_hash(token)
    assert passwords.token_hash("\udcff") != passwords.token_hash("")
