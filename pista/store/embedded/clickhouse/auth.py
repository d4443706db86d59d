"""Who may ask: one user who may do everything, and one who may only read."""

import base64
import binascii
import hmac
from collections.abc import Mapping

import msgspec

from pista.store.embedded.clickhouse import errors
from pista.store.embedded.clickhouse.errors import ClickHouseError

FULL = frozenset({"pista", "default"})
READONLY = frozenset({"pista_ro", "readonly"})


class Passwords(msgspec.Struct, frozen=True, kw_only=True):
    full: str
    readonly: str


def is_readonly(passwords: Passwords, headers: Mapping[str, str], query: Mapping[str, str]) -> bool:
    """Whether the caller is the user for reading; raises for a stranger."""
    user, password = _credentials(headers, query)
    # Both are compared for every name, so the time taken does not tell which names exist.
    full = hmac.compare_digest(password.encode(), passwords.full.encode())
    readonly = hmac.compare_digest(password.encode(), passwords.readonly.encode())
    if user in FULL and full:
        return False
    if user in READONLY and readonly:
        return True
    raise ClickHouseError(
        errors.AUTHENTICATION_FAILED,
        f"{user}: Authentication failed: password is incorrect, or there is no user with such name",
    )


def _credentials(headers: Mapping[str, str], query: Mapping[str, str]) -> tuple[str, str]:
    if "x-clickhouse-user" in headers or "x-clickhouse-key" in headers:
        return headers.get("x-clickhouse-user", "default"), headers.get("x-clickhouse-key", "")
    scheme, _, encoded = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "basic":
        try:
            user, _, password = base64.b64decode(encoded, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError) as error:
            raise ClickHouseError(
                errors.AUTHENTICATION_FAILED, "Invalid HTTP Authorization header"
            ) from error
        return user, password
    return query.get("user", "default"), query.get("password", "")
