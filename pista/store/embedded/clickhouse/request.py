"""What an HTTP request asks for, in ClickHouse's way of saying it."""

import re
import uuid
from collections.abc import Mapping
from typing import IO
from urllib.parse import parse_qsl

import msgspec

from pista.store.embedded.clickhouse import compression, errors
from pista.store.embedded.clickhouse.engine import Statement
from pista.store.embedded.clickhouse.errors import ClickHouseError

_QUERY_ID = re.compile(r"[!-~]{1,200}")
FORM_LIMIT = 64 << 20

# Parameters that speak to the HTTP interface and are no settings of the engine. Those without
# a use here ask for something that holds anyway: answers are sent whole, sessions are kept by
# nobody, progress is not reported. Whoever names a `buffer_size` expects an answer that does not
# fit into it: in ClickHouse the rest waits on the disk, and here all of it does.
_OWN = frozenset(
    {"query", "query_id", "database", "default_format", "user", "password", "role", "quota_key"}
    | {"session_id", "session_timeout", "session_check", "close_session"}
    | {"compress", "decompress", "enable_http_compression", "http_zlib_compression_level"}
    | {"wait_end_of_query", "buffer_size", "client_protocol_version", "add_http_cors_header"}
    | {"send_progress_in_http_headers", "http_headers_progress_interval_ms", "stacktrace"}
    | {"cancel_http_readonly_queries_on_client_close"}
)


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """One HTTP request, its body still packed."""

    method: str
    headers: Mapping[str, str]
    """Names in lower case."""
    query: Mapping[str, str]
    body: IO[bytes]


def read(method: str, headers: Mapping[str, str], query: bytes, body: IO[bytes]) -> Request:
    pairs = parse_qsl(query.decode("latin-1"), keep_blank_values=True, errors="surrogateescape")
    return Request(method=method, headers=headers, query=dict(pairs), body=body)


def statement_of(
    request: Request, mark: str, *, readonly_user: bool
) -> tuple[Statement, IO[bytes]]:
    """The statement and its unpacked data. It reads the whole body: not for the event loop."""
    query = dict(request.query)
    body = compression.unpack(request.body, request.headers.get("content-encoding", "").lower())
    content_type = request.headers.get("content-type", "")
    if content_type.lower().startswith("multipart/form-data"):
        query |= _form(body.read(FORM_LIMIT), content_type)
        body = compression.spool()
    _refuse_unknown_packing(query)
    return Statement(
        mark=mark,
        query=query.get("query", "").encode("utf-8", "surrogateescape"),
        database=_option(request, query, "database"),
        format=_option(request, query, "format") or None,
        settings={n: v for n, v in query.items() if n not in _OWN and not n.startswith("param_")},
        parameters={n[6:]: v for n, v in query.items() if n.startswith("param_")},
        readonly_user=readonly_user,
        may_write=request.method == "POST",
        spooled="buffer_size" in query and query.get("wait_end_of_query") in {"1", "true"},
    ), body


def query_id_of(request: Request) -> str:
    """The caller's own name for its query, if a header can carry it."""
    given = request.query.get("query_id", "")
    return given if _QUERY_ID.fullmatch(given) else str(uuid.uuid4())


def _option(request: Request, query: Mapping[str, str], name: str) -> str:
    header = request.headers.get(f"x-clickhouse-{name}", "")
    return header or query.get("default_format" if name == "format" else name, "")


def _refuse_unknown_packing(query: Mapping[str, str]) -> None:
    """ClickHouse's own block format, which only its native clients use over HTTP."""
    for name in ("compress", "decompress"):
        if query.get(name, "0") not in {"0", "false", ""}:
            raise ClickHouseError(
                errors.NOT_IMPLEMENTED, f"{name}=1 is not supported here: use HTTP compression"
            )


def _form(body: bytes, content_type: str) -> dict[str, str]:
    """The fields of a multipart form, in which clients send long parameters."""
    boundary = content_type.partition("boundary=")[2].partition(";")[0].strip().strip('"')
    fields: dict[str, str] = {}
    for part in body.split(b"--" + boundary.encode())[1:-1]:
        head, _, value = part.partition(b"\r\n\r\n")
        name = head.partition(b'name="')[2].partition(b'"')[0].decode()
        if b"filename=" in head:
            raise ClickHouseError(errors.NOT_IMPLEMENTED, "External tables are not supported here")
        fields[name] = value.removesuffix(b"\r\n").decode("utf-8", "surrogateescape")
    return fields
