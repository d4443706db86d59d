"""ClickHouse's HTTP interface in front of the engine, as an ASGI application."""

import asyncio
import logging
import os
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import IO, Any

import msgspec

from pista.store.embedded.clickhouse import auth, compression, request
from pista.store.embedded.clickhouse.engine import CHUNK, Answer, Engine
from pista.store.embedded.clickhouse.errors import ClickHouseError
from pista.store.embedded.clickhouse.request import Request
from pista.store.embedded.clickhouse.work import Gone, Work

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

DISPLAY_NAME = "pista"

_CONTENT_TYPES = {
    "TabSeparated": "text/tab-separated-values; charset=UTF-8",
    "TSV": "text/tab-separated-values; charset=UTF-8",
    "TabSeparatedWithNamesAndTypes": "text/tab-separated-values; charset=UTF-8",
    "CSV": "text/csv; charset=UTF-8; header=absent",
    "CSVWithNames": "text/csv; charset=UTF-8; header=present",
    "JSON": "application/json; charset=UTF-8",
    "JSONCompact": "application/json; charset=UTF-8",
    "JSONEachRow": "application/x-ndjson; charset=UTF-8",
    "JSONCompactEachRow": "application/x-ndjson; charset=UTF-8",
}
log = logging.getLogger("pista.clickhouse")


class _Reply(msgspec.Struct, frozen=True):
    status: int
    headers: dict[str, str]
    body: bytes
    file: IO[bytes] | None = None
    """What follows the body."""


class App:
    """Answers requests; the statements themselves run in threads."""

    def __init__(self, engine: Engine, passwords: auth.Passwords) -> None:
        self._engine = engine
        self._passwords = passwords
        self._work = Work[tuple[Answer, str | None]](engine.kill)

    async def __call__(self, scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        try:
            reply = await self._reply(scope, receive)
        except Gone:
            return
        except Exception:
            log.exception("failed")
            reply = _Reply(500, {"content-type": "text/plain"}, b"See the log of this process.\n")
        await send(
            {
                "type": "http.response.start",
                "status": reply.status,
                "headers": [(n.encode(), v.encode()) for n, v in reply.headers.items()],
            }
        )
        if reply.file is not None:
            with reply.file as file:
                await _send_file(file, send)
        await send({"type": "http.response.body", "body": reply.body})

    async def drain(self, seconds: float) -> bool:
        return await self._work.drain(seconds)

    async def _reply(self, scope: Mapping[str, Any], receive: Receive) -> _Reply:
        with compression.spool() as body:
            await _receive(receive, body)
            headers = {
                n.decode("latin-1").lower(): v.decode("latin-1") for n, v in scope["headers"]
            }
            asked = request.read(scope["method"], headers, scope["query_string"], body)
            if scope["path"] in {"/ping", "/replicas_status"} or _empty(scope["path"], asked):
                return _Reply(200, {"content-type": "text/html; charset=UTF-8"}, b"Ok.\n")
            if asked.method not in {"GET", "HEAD", "POST"}:
                return _Reply(405, {"allow": "GET, HEAD, POST"}, b"")
            query_id = request.query_id_of(asked)
            try:
                if scope["path"] not in {"/", "/query"}:
                    return _Reply(404, {"content-type": "text/plain"}, b"There is no such path.\n")
                readonly = auth.is_readonly(self._passwords, headers, asked.query)
                return await self._answer(asked, query_id, receive, readonly=readonly)
            except ClickHouseError as error:
                return self._refusal(error, query_id)

    async def _answer(
        self, asked: Request, query_id: str, receive: Receive, *, readonly: bool
    ) -> _Reply:
        def task(mark: str) -> tuple[Answer, str | None]:
            return self._run(asked, mark, readonly=readonly)

        began = time.monotonic_ns()
        gone = asyncio.ensure_future(_until_gone(receive))
        try:
            lane = "read" if readonly else "write"
            answer, packing = await self._work.run(lane, task, gone)
        finally:
            gone.cancel()
        return self._success(answer, packing, query_id, time.monotonic_ns() - began)

    def _run(self, asked: Request, mark: str, *, readonly: bool) -> tuple[Answer, str | None]:
        """In a thread: read the request to its end, run it, pack the answer."""
        statement, body = request.statement_of(asked, mark, readonly_user=readonly)
        with body:
            answer = self._engine.run(statement, body)
        packing = compression.chosen(asked.headers.get("accept-encoding", ""))
        if not answer.body or not packing or not _wants_packing(asked):
            return answer, None
        packed = compression.pack(answer.body, packing)
        return msgspec.structs.replace(answer, body=packed), packing

    def _success(self, answer: Answer, packing: str | None, query_id: str, elapsed: int) -> _Reply:
        headers = self._headers(query_id) | {"x-clickhouse-summary": _summary(answer, elapsed)}
        if answer.format:
            headers["x-clickhouse-format"] = answer.format
        headers["content-type"] = _CONTENT_TYPES.get(
            answer.format or "TabSeparated", "application/octet-stream"
        )
        if packing:
            headers["content-encoding"] = packing
        if answer.file is not None:
            # So that an answer that is cut short is not taken for whole.
            headers["content-length"] = str(os.fstat(answer.file.fileno()).st_size)
        return _Reply(200, headers, answer.body, answer.file)

    def _refusal(self, error: ClickHouseError, query_id: str) -> _Reply:
        headers = self._headers(query_id) | {
            "x-clickhouse-exception-code": str(error.code),
            "content-type": "text/plain; charset=UTF-8",
        }
        if error.status == 503:
            headers["retry-after"] = "1"
        log.info("refused", extra={"query_id": query_id, "code": error.code})
        return _Reply(error.status, headers, error.body(self._engine.version))

    def _headers(self, query_id: str) -> dict[str, str]:
        return {
            "x-clickhouse-query-id": query_id,
            "x-clickhouse-server-display-name": DISPLAY_NAME,
            "x-clickhouse-timezone": "UTC",
        }


def _wants_packing(asked: Request) -> bool:
    return asked.query.get("enable_http_compression", "0") in {"1", "true"}


def _empty(path: str, asked: Request) -> bool:
    return path == "/" and asked.method == "GET" and "query" not in asked.query


async def _receive(receive: Receive, body: Any) -> None:
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Gone
        body.write(message.get("body", b""))
        if not message.get("more_body"):
            return


async def _send_file(file: IO[bytes], send: Send) -> None:
    while chunk := await asyncio.to_thread(file.read, CHUNK):
        await send({"type": "http.response.body", "body": chunk, "more_body": True})


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _summary(answer: Answer, elapsed: int) -> str:
    numbers = {
        "read_rows": answer.read_rows,
        "read_bytes": answer.read_bytes,
        "written_rows": answer.written_rows,
        "written_bytes": answer.written_bytes,
        "total_rows_to_read": 0,
        "result_rows": answer.result_rows or answer.written_rows,
        "result_bytes": len(answer.body) or answer.written_bytes,
        "elapsed_ns": elapsed,
    }
    return msgspec.json.encode({name: str(n) for name, n in numbers.items()}).decode()
