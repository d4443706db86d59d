"""Passwords and tokens: made, kept only as hashes, and checked in the same time for everybody."""

import asyncio
import secrets
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

HASHER = PasswordHasher()  # RFC 9106's profile for small memory: 64 MiB, 3 passes

# Each hash takes 64 MiB while it is computed; a flood of sign-ins queues here instead of growing.
_THREADS = ThreadPoolExecutor(max_workers=2, thread_name_prefix="passwords")

# What an unknown e-mail's password is compared with, so that the answer takes as long as for a
# known one. Nobody knows a password for it.
DECOY = (
    "$argon2id$v=19$m=65536,t=3,p=4$Kw8l04HEaC6OFyIezR7oPw$"
    "aDFp0jO7VhgQ9soAwm5C5Jf5q75gXOww9Sr2tSRWD8Y"
)

# Without the letters and digits that look alike in print: about 4.95 bits each.
_READABLE = "abcdefghjkmnpqrstuvwxyz23456789"


async def hashed(password: str) -> str:
    return await asyncio.get_running_loop().run_in_executor(_THREADS, HASHER.hash, password)


async def matches(stored: str | None, password: str) -> bool:
    """Whether this password was stored; None is a user whom nobody knows."""
    return await asyncio.get_running_loop().run_in_executor(_THREADS, _matches, stored, password)


def is_outdated(stored: str) -> bool:
    """Whether the hash was made with other parameters than today's."""
    return HASHER.check_needs_rehash(stored)


def readable() -> str:
    """A password for a person to type once: 20 characters, about 99 bits."""
    letters = [secrets.choice(_READABLE) for _ in range(20)]
    return "-".join("".join(letters[start : start + 5]) for start in range(0, 20, 5))


def token() -> str:
    """32 random bytes for a cookie or a key."""
    return secrets.token_urlsafe(32)


def write_key() -> str:
    """A site's public key: it names the sender and protects nothing."""
    return secrets.token_urlsafe(18)


def token_hash(token: str) -> bytes:
    """What is stored of a token. It is random already, so a plain hash is as good as a slow one."""
    return sha256(token.encode(errors="replace")).digest()


def _matches(stored: str | None, password: str) -> bool:
    try:
        return HASHER.verify(stored or DECOY, password) and stored is not None
    except (VerificationError, InvalidHashError):
        return False
