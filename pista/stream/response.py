"""The answer that does not end by itself."""

import asyncio
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import Annotated, Any

from litestar.params import HeaderParameter
from litestar.response import Stream

from pista import logs
from pista.stream import frames, position
from pista.stream.position import Position
from pista.stream.readers import Reader
from pista.stream.resume import Missed

MEDIA_TYPE = "text/event-stream"
ASKED_HEAD = "pista.asked_head"
"""In the scope of a HEAD that is answered as a GET is: a stream then ends where it begins."""
HEADERS = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}
HEARTBEAT_SECONDS = 15.0
CHECK_SECONDS = 30.0
BLOCKED_SECONDS = 30.0
"""How long a reader may take nothing before it is cut off."""

LastEventId = Annotated[
    str | None,
    HeaderParameter(
        name="Last-Event-ID",
        max_length=position.MOST_TEXT,
        description="The id of the last event that was read: go on after it.",
    ),
]

log = logs.get()


async def told(
    reader: Reader,
    begun: Position,
    missed: Missed,
    look_again: Callable[[], Awaitable[bytes | None]],
    limit: int,
) -> AsyncGenerator[bytes]:
    """Everything that goes to one reader, from the first line to the last.

    Now and then, and at once where there is doubt, `look_again` says what is to be told besides;
    None says that the reader may not stay.
    """
    yield frames.OPENING + b"".join(missed.notes)
    events = missed.events[:limit]
    for first in range(0, len(events), frames.CHUNK):
        yield b"".join(events[first : first + frames.CHUNK])
    left = limit - len(events)
    if left:
        yield frames.here(position.encode(begun))
    checked_at = time.monotonic()
    while left and not reader.ended:
        if reader.doubted or time.monotonic() - checked_at > CHECK_SECONDS:
            reader.doubted = False
            besides = await look_again()
            if besides is None:
                return
            if besides:
                yield besides
            checked_at = time.monotonic()
        if not await reader.woken(HEARTBEAT_SECONDS):
            yield reader.still_here()
            continue
        piece, count = reader.take(left)
        left -= count
        if piece:
            yield piece


class LiveStream(Stream):
    """An event stream that watches over whoever reads it, and says when it has gone."""

    def __init__(self, pieces: AsyncGenerator[bytes], gone: Callable[[], None]) -> None:
        super().__init__(pieces, media_type=MEDIA_TYPE, headers=HEADERS)
        self._pieces = pieces
        self._gone = gone

    def to_asgi_response(self, *args: Any, **kwargs: Any) -> Any:
        plain: Any = super().to_asgi_response(*args, **kwargs)  # pyright: ignore[reportUnknownMemberType] - untyped

        async def answer(scope: Any, receive: Any, send: Any) -> None:
            try:
                await plain.start_response(send)
                if scope.get(ASKED_HEAD):
                    await send(_END)
                    return
                await _until_either_ends(self._pieces, receive, send)
            finally:
                self._gone()
                await self._pieces.aclose()

        return answer


async def _until_either_ends(pieces: AsyncGenerator[bytes], receive: Any, send: Any) -> None:
    leaving = asyncio.create_task(_until_gone(receive))
    sending = asyncio.create_task(_send_all(pieces, send))
    try:
        await asyncio.wait({leaving, sending}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in (leaving, sending):
            task.cancel()
        results = await asyncio.gather(leaving, sending, return_exceptions=True)
    for result in results:
        if isinstance(result, Exception):
            raise result


async def _send_all(pieces: AsyncGenerator[bytes], send: Any) -> None:
    async for piece in pieces:
        try:
            async with asyncio.timeout(BLOCKED_SECONDS):
                await send({"type": "http.response.body", "body": piece, "more_body": True})
        except TimeoutError:
            log.info("stream_reader_blocked")
            return
    await send(_END)


_END = {"type": "http.response.body", "body": b"", "more_body": False}


async def _until_gone(receive: Any) -> None:
    while (await receive())["type"] != "http.disconnect":
        continue
