"""Secrets at rest: sealed with a key that is not in the database.

The key comes from `PISTA_SECRET_KEY`, or is made at its first use and kept in the data folder. A
sealed secret is bound to what it is for, so it opens in no other place than its own.
"""

import base64
import os
import secrets
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from pista.errors import StartError
from pista.store import runtime

FILE = "secret.key"
_VERSION = b"\x01"
_NONCE_BYTES = 12


class SecretUnreadable(Exception):
    """The key that sealed this secret is not here, or the secret was sealed for something else."""


class Sealer:
    """Seals and opens with this installation's keys; they are looked for at the first use."""

    def __init__(self, secret_keys: tuple[str, ...], data_dir: Path) -> None:
        self._given = secret_keys
        self._data_dir = data_dir
        self._keys: list[AESGCM] = []

    def seal(self, secret: str, purpose: str) -> bytes:
        """`secret` for the database; `purpose` names the one place in which it will open."""
        nonce = os.urandom(_NONCE_BYTES)
        sealed = self._loaded()[0].encrypt(nonce, secret.encode(), purpose.encode())
        return _VERSION + nonce + sealed

    def open(self, sealed: bytes, purpose: str) -> str:
        """The secret again; `SecretUnreadable` if none of the keys opens it here."""
        nonce, body = sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
        for key in self._loaded() if sealed[:1] == _VERSION else []:
            with suppress(InvalidTag):
                return key.decrypt(nonce, body, purpose.encode()).decode()
        raise SecretUnreadable(purpose)

    def _loaded(self) -> list[AESGCM]:
        if not self._keys:
            self._keys = [_cipher(text) for text in self._given or _kept(self._data_dir)]
        return self._keys


def _cipher(text: str) -> AESGCM:
    derived = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"pista secrets at rest")
    return AESGCM(derived.derive(text.encode()))


def _kept(data_dir: Path) -> Iterator[str]:
    """The key of the data folder; of processes that need it at once, one makes it."""
    path = data_dir / FILE
    try:
        if not path.exists():
            _make(path)
        yield path.read_text().strip()
    except OSError as error:
        raise StartError(
            f"{path} cannot be used ({error.strerror}): set PISTA_SECRET_KEY."
        ) from error


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    own = path.with_name(f"{path.name}.{os.getpid()}")
    runtime.write_private(own, base64.urlsafe_b64encode(secrets.token_bytes(32)) + b"\n")
    # A link, unlike a rename, does not replace the key that another process has just made.
    with suppress(FileExistsError):
        path.hardlink_to(own)
    own.unlink()
