"""Files of messages over HTTP: shown to colleagues, and uploaded to be sent."""

import re
from datetime import UTC, datetime
from typing import Annotated, Any, NamedTuple
from urllib.parse import quote
from uuid import UUID

from litestar import Request, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.openapi import ResponseSpec
from litestar.params import FromPath, QueryParameter
from litestar.response import Stream

from pista import accounts, queue
from pista.accounts import REFUSALS, Caller, Role, refused
from pista.chat.media import kinds, queries, uploading
from pista.chat.media.model import (
    FetchMedia,
    Media,
    MediaId,
    MediaNotFound,
    MediaNotHere,
    MediaRow,
)
from pista.chat.media.shelves import Kept, Shelves, begun
from pista.ids import uuid7
from pista.settings import Settings
from pista.store.postgres import Postgres

TAGS = ["Chat"]
POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""Whatever is in a file, it runs nothing, loads nothing and belongs to no page of ours."""
KEEP = "private, max-age=3600, immutable"
RANGE = re.compile(r"bytes=(\d*)-(\d*)")
STORE_AWAY = {503: refused("`media_store_away`: the store that files are kept in is away.")}
NO_MEDIA = {404: refused("`media_not_found`: no such file, or none that you may see.")}

Incoming = Request[Any, Any, State]
Filename = Annotated[str | None, QueryParameter(name="filename", max_length=250)]


class Part(NamedTuple):
    """Which bytes of a file are asked for."""

    first: int
    last: int
    whole: bool


@get(
    "/api/chat/media/{media_id:uuid}",
    opt=accounts.may(Role.ASESOR),
    tags=TAGS,
    summary="A picture, voice or document of a message",
    responses={
        200: ResponseSpec(
            bytes,
            description="The file. Pictures, sound and video are shown; all else is downloaded.",
            media_type="application/octet-stream",
            generate_examples=False,
        ),
        **REFUSALS,
        **NO_MEDIA,
        409: refused("`media_not_here`: it is not fetched yet, or could not be."),
        **STORE_AWAY,
    },
)
async def show_media(
    request: Incoming,
    media_id: FromPath[UUID],
    state: State,
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> Stream:
    """By the message's id, or that of an upload. One range of its bytes may be asked for."""
    row = await _visible(postgres, caller, media_id)
    if row.sha256 is None or row.size is None:
        raise MediaNotHere
    kept = Kept(caller.tenant_id, row.id, row.sha256, row.size, row.bucket)
    part = range_of(request.headers.get("range"), row.size)
    shelves: Shelves = state.shelves
    content = await begun(shelves.reading(kept, part.first, part.last))
    headers = {**_headers(row), "Content-Length": str(part.last - part.first + 1)}
    if not part.whole:
        headers["Content-Range"] = f"bytes {part.first}-{part.last}/{row.size}"
    return Stream(
        content,
        status_code=200 if part.whole else 206,
        media_type=row.mime_type or kinds.UNKNOWN,
        headers=headers,
    )


@get(
    "/api/chat/media/{media_id:uuid}/state",
    opt=accounts.may(Role.ASESOR),
    tags=TAGS,
    summary="Whether a file is here, and why not",
    responses={**REFUSALS, **NO_MEDIA},
)
async def media_state(
    media_id: FromPath[UUID],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> Media:
    """WhatsApp gives files away for 30 days, and Telegram those of up to 20 MB."""
    return _shown(await _visible(postgres, caller, media_id))


@post(
    "/api/chat/media/{media_id:uuid}/retry",
    status_code=202,
    opt=accounts.may(Role.ASESOR),
    tags=TAGS,
    summary="Fetch a file once more",
    responses={**REFUSALS, **NO_MEDIA, 409: refused("`media_not_here`: it has not failed.")},
)
async def retry_media(
    media_id: FromPath[UUID],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> Media:
    """Its attempts begin anew."""
    row = await _visible(postgres, caller, media_id)
    async with postgres.transaction() as tx:
        if not await queries.wait_again(tx, caller.tenant_id, row.id):
            raise MediaNotHere("It has not failed.")
        now = datetime.now(UTC)
        await queue.enqueue(tx, caller.tenant_id, FetchMedia(media_id=row.id), now=now)
    return _shown(await _visible(postgres, caller, media_id))


@post(
    "/api/chat/media",
    opt=accounts.may(Role.ASESOR),
    tags=TAGS,
    summary="Upload a file to send",
    request_max_body_size=None,
    responses={
        **REFUSALS,
        413: refused("`media_too_large`: 16 MB at most, or what this Pista is set to."),
        422: refused("`media_empty`: there is nothing in it."),
        **STORE_AWAY,
    },
)
async def upload_media(
    request: Incoming,
    state: State,
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    settings: NamedDependency[Settings],
    filename: Filename = None,
) -> Media:
    """The body is the file itself. One that is not sent within two days is forgotten."""
    shelves: Shelves = state.shelves
    taken = await uploading.take(shelves, request.stream(), settings.media_max_bytes)
    media = MediaId(uuid7())
    await uploading.keep(
        postgres,
        shelves,
        caller.tenant_id,
        media,
        taken,
        kind=kinds.kind_of(taken.head, request.headers.get("content-type")),
        name=clean(filename),
        author=caller.user_id,
        now=datetime.now(UTC),
    )
    return _shown(await _visible(postgres, caller, media))


async def _visible(postgres: Postgres, caller: Caller, media: UUID) -> MediaRow:
    everything = caller.role in (Role.ADMIN, Role.GTR)
    user = caller.user_id
    async with postgres.transaction() as tx:
        row = await queries.visible(tx, caller.tenant_id, media, everything, user)
    if row is None:
        raise MediaNotFound
    return row


def _shown(row: MediaRow) -> Media:
    return Media(
        id=row.id,
        state=row.state,
        mime_type=row.mime_type if row.state == "kept" else None,
        filename=row.filename,
        bytes=row.size,
        inline=row.state == "kept" and kinds.may_be_inline(row.mime_type),
        error=row.error,
        advice=row.advice,
        can_retry=row.state in ("failed", "too_large") and row.external_id is not None,
        created_at=row.created_at,
    )


def _headers(row: MediaRow) -> dict[str, str]:
    how = "inline" if kinds.may_be_inline(row.mime_type) else "attachment"
    name = quote(clean(row.filename) or "file", safe="")
    return {
        "Content-Disposition": f"{how}; filename*=UTF-8''{name}",
        "Content-Security-Policy": POLICY,
        "Cross-Origin-Resource-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": KEEP,
        "Accept-Ranges": "bytes",
    }


def clean(filename: str | None) -> str | None:
    """Without a path, and without what no name has."""
    name = (filename or "").replace("\\", "/").rpartition("/")[2]
    return "".join(one for one in name if one.isprintable()).strip()[:250] or None


def range_of(asked: str | None, size: int) -> Part:
    """One range, if that is what is asked for; else all of it."""
    found = RANGE.fullmatch(asked or "")
    whole = Part(0, size - 1, whole=True)
    if found is None or not any(found.groups()):
        return whole
    first, last = found.groups()
    if first == "":
        return Part(max(size - int(last), 0), size - 1, whole=False)
    end = min(int(last), size - 1) if last else size - 1
    return Part(int(first), end, whole=False) if int(first) <= end else whole


routes: list[Any] = [show_media, media_state, retry_media, upload_media]
