"""Only Meta, which knows the app's secret, is listened to."""

import hashlib
import hmac

import pytest

from pista.chat.whatsapp.signature import is_signed

BODY = b'{"text":"\\u00e1"}'
SECRET = "5f3c0e9a"


def by_hand(body: bytes, secret: str) -> str:
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def test_the_raw_bytes_are_signed():
    """
    With any of the secrets in use, while one replaces the other.
    """
    header = by_hand(BODY, SECRET)

    assert is_signed(BODY, header, [SECRET])
    assert is_signed(BODY, header, ["the next one", SECRET])
    assert is_signed(BODY, header, [SECRET, "the one before"])


@pytest.mark.parametrize(
    ("body", "header", "secrets"),
    [
        (BODY + b" ", by_hand(BODY, SECRET), [SECRET]),
        (b'{"text":"\xc3\xa1"}', by_hand(BODY, SECRET), [SECRET]),  # the same JSON, other bytes
        (BODY, by_hand(BODY, "another"), [SECRET]),
        (BODY, by_hand(BODY, SECRET), []),
        (BODY, by_hand(BODY, ""), [""]),  # a secret that is not set opens nothing
        (BODY, by_hand(BODY, SECRET).removeprefix("sha256="), [SECRET]),
        (BODY, by_hand(BODY, SECRET).replace("sha256", "sha1"), [SECRET]),
        (BODY, by_hand(BODY, SECRET).upper(), [SECRET]),
        (BODY, by_hand(BODY, SECRET)[:-1], [SECRET]),
        (BODY, by_hand(BODY, SECRET) + "0", [SECRET]),
        (BODY, "sha256=ñandú", [SECRET]),
        (BODY, "sha256=\udcff", [SECRET]),
        (BODY, "", [SECRET]),
        (BODY, None, [SECRET]),
    ],
)
def test_what_is_forged_is_refused(body: bytes, header: str | None, secrets: list[str]):
    """
    No header is too odd to be compared.
    """
    assert not is_signed(body, header, secrets)
