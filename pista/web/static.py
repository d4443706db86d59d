"""The built interface and the snippet, from memory: small files, read once, with ETags."""

import gzip
import hashlib
import mimetypes
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.openapi import ResponseSpec

from pista import accounts
from pista.errors import StartError

DIST = Path(__file__).parent / "dist"
SNIPPET = "snip.js"
MORE = "snip-forms.js"
"""What the snippet fetches where a page has forms of others, or makes contacts of its own."""
ADS = "snip-ads.js"
"""What tells by which advertisement somebody came."""
SCRIPTS = (SNIPPET, MORE, ADS)
PACKED_TYPES = ("text/", "application/javascript", "application/json", "image/svg")

FOREVER = "public, max-age=31536000, immutable"
ASK_EACH_TIME = "no-cache"
SNIPPET_CACHE = "public, max-age=3600, stale-while-revalidate=86400"

PAGE_HEADERS = {
    "content-security-policy": (
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
        " connect-src 'self' ws: wss:; frame-ancestors 'none'; base-uri 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
}


class File(msgspec.Struct, frozen=True, kw_only=True):
    content: bytes
    packed: bytes | None
    """The same as gzip, where that is worth it."""
    media_type: str
    etag: str
    headers: Mapping[str, str]


@cache
def load(folder: Path = DIST) -> Mapping[str, File]:
    """Every file of the built interface, by its path; read and packed once in a process."""
    files = {
        path.relative_to(folder).as_posix(): _file(path.relative_to(folder).as_posix(), path)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    if not {"index.html", *SCRIPTS} <= set(files):
        raise StartError("The interface is not built: run `make interface`.")
    return files


def _file(name: str, path: Path) -> File:
    content = path.read_bytes()
    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    packed = gzip.compress(content, 9, mtime=0) if media_type.startswith(PACKED_TYPES) else None
    return File(
        content=content,
        packed=packed,
        media_type=media_type,
        etag=f'"{hashlib.blake2b(content, digest_size=12).hexdigest()}"',
        headers={**PAGE_HEADERS, "cache-control": _caching(name), **_sharing(name)},
    )


def _caching(name: str) -> str:
    if name.startswith("assets/"):
        # Vite puts a hash of the content into these names.
        return FOREVER
    return SNIPPET_CACHE if name in SCRIPTS else ASK_EACH_TIME


def _sharing(name: str) -> dict[str, str]:
    if name not in SCRIPTS:
        return {}
    return {"access-control-allow-origin": "*", "cross-origin-resource-policy": "cross-origin"}


def answer(file: File, request: Request[Any, Any, Any]) -> Response[bytes]:
    """The file, or 304 to who has it already."""
    headers = {**file.headers, "etag": file.etag, "vary": "accept-encoding"}
    if file.etag in request.headers.get("if-none-match", ""):
        return Response(b"", status_code=304, headers=headers)
    content = file.content
    if file.packed is not None and "gzip" in request.headers.get("accept-encoding", ""):
        content, headers["content-encoding"] = file.packed, "gzip"
    return Response(content, media_type=file.media_type, headers=headers)


def routes(files: Mapping[str, File]) -> list[Any]:
    @get(
        "/snip.js",
        opt=accounts.public(),
        tags=["Events"],
        summary="The snippet",
        media_type="text/javascript",
        responses={304: ResponseSpec(None, description="Not changed since its `ETag`.")},
    )
    async def snippet(request: Request[Any, Any, Any]) -> Response[bytes]:
        """The script that pages carry; any origin may load it."""
        return answer(files[SNIPPET], request)

    @get(
        "/snip-forms.js",
        opt=accounts.public(),
        tags=["Events"],
        summary="The snippet's second script",
        media_type="text/javascript",
        responses={304: ResponseSpec(None, description="Not changed since its `ETag`.")},
    )
    async def more(request: Request[Any, Any, Any]) -> Response[bytes]:
        """Forms of GoHighLevel, and forms that make contacts; the snippet fetches it."""
        return answer(files[MORE], request)

    @get(
        "/snip-ads.js",
        opt=accounts.public(),
        tags=["Events"],
        summary="The snippet's third script",
        media_type="text/javascript",
        responses={304: ResponseSpec(None, description="Not changed since its `ETag`.")},
    )
    async def ads(request: Request[Any, Any, Any]) -> Response[bytes]:
        """Tells by which advertisement a visitor came; fetched where the address names one."""
        return answer(files[ADS], request)

    @get(["/", "/{path:path}"], opt=accounts.public(), include_in_schema=False)
    async def interface(request: Request[Any, Any, Any]) -> Response[bytes]:
        """A file of the interface, or its page: places inside it are the interface's own."""
        name = request.url.path.strip("/")
        if name in files:
            return answer(files[name], request)
        if name.startswith(("api/", "tracking-v2/", "assets/", "v1/", "webhooks/")) or "." in name:
            raise NotFoundException("There is nothing here.")
        return answer(files["index.html"], request)

    return [snippet, more, ads, interface]
