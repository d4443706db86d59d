"""chDB itself: loading it, and the few of its methods that are used here, with their types."""

import ctypes
import os
import sys
from importlib.machinery import ExtensionFileLoader
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Protocol, cast


class Result(Protocol):
    def bytes(self) -> bytes: ...
    def rows_read(self) -> int: ...
    def storage_rows_read(self) -> int: ...
    def storage_bytes_read(self) -> int: ...
    def rows_written(self) -> int: ...
    def bytes_written(self) -> int: ...


class OpenInsert(Protocol):
    """An INSERT that waits for its data."""


class Connection(Protocol):
    def query(
        self, sql: bytes | str, output: str = ..., /, *, params: dict[str, str] = ...
    ) -> Result: ...
    def send_insert(self, sql: bytes | str, data: str, /) -> OpenInsert: ...
    def insert_append(self, insert: OpenInsert, data: bytes, /) -> None: ...
    def insert_done(self, insert: OpenInsert, /) -> Result: ...
    def insert_cancel(self, insert: OpenInsert, /) -> None: ...
    def classify_query(self, sql: bytes | str, /) -> dict[str, object]: ...
    def close(self) -> None: ...


class Library(Protocol):
    def connect(self, where: str) -> Connection: ...


def load() -> Library:
    """The engine's library without the package around it.

    `import chdb` starts an engine in memory only to ask for its version: 50 MB that are never
    given back, and most of a second.
    """
    package = find_spec("chdb")
    if package is None or package.origin is None:
        raise ImportError("chDB is not installed: it comes with the package chdb-core.")
    library = Path(package.origin).parent / "_chdb.abi3.so"
    if sys.platform == "linux":
        # Its operators new and delete must come from itself, not from a library loaded before.
        ctypes.CDLL(str(library), mode=os.RTLD_NOW | os.RTLD_DEEPBIND)
    loader = ExtensionFileLoader("_chdb", str(library))
    spec = spec_from_file_location("_chdb", library, loader=loader)
    if spec is None:
        raise ImportError(f"{library} cannot be loaded.")
    module = module_from_spec(spec)
    loader.exec_module(module)
    return cast("Library", module)
