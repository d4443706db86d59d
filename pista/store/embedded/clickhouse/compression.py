"""Bodies that the client has packed, and answers packed for it.

Each codec is imported when a request first needs it; Pista's own client packs nothing.
"""

import gzip
import sys
import tempfile
import zlib
from importlib import import_module
from typing import IO, Any, Protocol

from pista.store.embedded.clickhouse import errors
from pista.store.embedded.clickhouse.errors import ClickHouseError

CHUNK = 1 << 20
IN_MEMORY = 8 << 20


class _Unpacker(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes | None: ...
    def decompress(self, data: bytes, /) -> bytes: ...


def spool() -> IO[bytes]:
    """A body: in memory while small, in a file without a name once it is big."""
    return tempfile.SpooledTemporaryFile(IN_MEMORY, dir="tmp")


def unpack(body: IO[bytes], encoding: str) -> IO[bytes]:
    """The body as the client meant it, from its beginning."""
    body.seek(0)
    if encoding in {"", "identity"}:
        return body
    plain = spool()
    unpacker = _unpacker(encoding)
    try:
        while chunk := body.read(CHUNK):
            unpacker = _feed(unpacker, encoding, chunk, plain)
    except ClickHouseError:
        raise
    except Exception as error:
        # Each codec has exceptions of its own, none a kind of another's.
        raise ClickHouseError(
            errors.CANNOT_DECOMPRESS, f"Cannot decompress the body as {encoding}: {error}"
        ) from error
    if not unpacker.eof:
        raise ClickHouseError(errors.CANNOT_DECOMPRESS, f"The {encoding} body is cut short")
    body.close()
    plain.seek(0)
    return plain


def _feed(unpacker: _Unpacker, encoding: str, chunk: bytes, plain: IO[bytes]) -> _Unpacker:
    """Unpack `chunk`, which may end one frame and begin the next."""
    while chunk:
        if unpacker.eof:
            unpacker = _unpacker(encoding)
        plain.write(unpacker.decompress(chunk))
        chunk = (unpacker.unused_data or b"") if unpacker.eof else b""
    return unpacker


def _unpacker(encoding: str) -> _Unpacker:
    match encoding:
        case "gzip" | "deflate":
            return zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)
        case "zstd":
            return _zstd().ZstdDecompressor()
        case "lz4":
            return _lz4().LZ4FrameDecompressor()
        case _:
            raise ClickHouseError(
                errors.UNKNOWN_COMPRESSION_METHOD, f"Unknown compression method '{encoding}'"
            )


def chosen(accepted: str) -> str | None:
    """The codec for the answer: the first that the client names and we have."""
    for item in accepted.split(","):
        name = item.partition(";")[0].strip().lower()
        if name in {"zstd", "lz4", "gzip", "deflate"}:
            return name
    return None


def pack(body: bytes, encoding: str) -> bytes:
    match encoding:
        case "gzip":
            return gzip.compress(body, compresslevel=3)
        case "deflate":
            return zlib.compress(body, level=3)
        case "zstd":
            return _zstd().compress(body)
        case _:
            return _lz4().compress(body)


def _zstd() -> Any:
    return import_module("compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd")


def _lz4() -> Any:
    return import_module("lz4.frame")
