"""Where files lie: in the data folder, each under the hash of its bytes, apart for each company.

What is on its way lies beside it, under another name; a file is there whole, or not at all.
"""

import os
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple
from uuid import uuid4

from pista.ids import TenantId

FOLDER = "media"
LEFT_AFTER_SECONDS = 24 * 3600


class Draft(NamedTuple):
    """A file on its way."""

    path: Path
    file: BinaryIO


class Shelf:
    def __init__(self, data_dir: Path) -> None:
        self._root = data_dir / FOLDER
        self._coming = self._root / "coming"

    def path(self, tenant: TenantId, sha256: bytes) -> Path:
        name = sha256.hex()
        return self._root / str(tenant) / name[:2] / name

    @contextmanager
    def draft(self) -> Generator[Draft]:
        """Write here; what is not put onto the shelf is the caller's to discard."""
        self._coming.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self._coming / uuid4().hex
        with path.open("xb") as file:
            try:
                yield Draft(path, file)
                file.flush()
                os.fsync(file.fileno())
            except BaseException:
                path.unlink(missing_ok=True)
                raise

    def put(self, tenant: TenantId, sha256: bytes, draft: Path) -> None:
        """From here on it is found; the same bytes are there once."""
        path = self.path(tenant, sha256)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft.replace(path)

    def forget(self, tenant: TenantId, sha256: bytes) -> None:
        self.path(tenant, sha256).unlink(missing_ok=True)

    def discard(self, draft: Path) -> None:
        draft.unlink(missing_ok=True)

    def tidy(self) -> None:
        """Take away what whoever was killed has left."""
        with suppress(FileNotFoundError):
            for path in self._coming.iterdir():
                with suppress(FileNotFoundError):
                    if time.time() - path.stat().st_mtime > LEFT_AFTER_SECONDS:
                        path.unlink()
