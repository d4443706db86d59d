"""Every error answer: RFC 9457 problems, one shape for whatever went wrong.

The app carries `exception_handlers={Exception: problem}`, `before_request=begin` and
`before_send=[add_request_id]`.
"""

import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, cast

import msgspec
import structlog
from litestar import Request, Response
from litestar.exceptions import (
    ClientException,
    HTTPException,
    InternalServerException,
    ValidationException,
)
from litestar.types import Message, Scope

from pista import logs
from pista.errors import Invalid, PistaError, Problem, Unavailable
from pista.ids import request_id as new_request_id
from pista.store import postgres
from pista.store.clickhouse import ClickHouseAway
from pista.web import away

MEDIA_TYPE = "application/problem+json"

_REQUEST_ID = "request_id"
_GIVEN_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
_IN_BODY = re.compile(r"(?P<message>.+) - at `\$\.data\.(?P<field>.+)`")
_CODES = {400: "bad_request", 404: "not_found", 405: "method_not_allowed", 413: "too_large"}
_WRONG = (msgspec.ValidationError, ValidationException, *postgres.NO_TEXT)

Incoming = Request[Any, Any, Any]


class Internal(PistaError):
    """Something went wrong on our side; the request id finds it in the log."""

    status = 500
    code = "internal"


def request_id(scope: Scope) -> str:
    """This request's id: the caller's own `X-Request-Id` if it is a sane one."""
    state = scope["state"]
    if _REQUEST_ID not in state:
        given = next((value for name, value in scope["headers"] if name == b"x-request-id"), b"")
        text = given.decode("latin-1")
        state[_REQUEST_ID] = text if _GIVEN_ID.fullmatch(text) else new_request_id()
    return state[_REQUEST_ID]


async def begin(request: Incoming) -> None:
    """From here on every log line of this request carries its id."""
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=request_id(request.scope))


async def add_request_id(message: Message, scope: Scope) -> None:
    """Put the id on every answer, refusals and files included."""
    if message["type"] == "http.response.start":
        name = (b"x-request-id", request_id(scope).encode("latin-1"))
        message["headers"] = [*message.get("headers", []), name]


def problem(request: Incoming, error: Exception) -> Response[Problem]:
    """Turn whatever was raised into an answer."""
    body, headers = _known(request, error) or _bug(request, error)
    instance = f"urn:pista:request:{request_id(request.scope)}"
    return Response(
        msgspec.structs.replace(body, instance=instance),
        status_code=body.status,
        media_type=MEDIA_TYPE,
        headers=headers,
    )


def _known(request: Incoming, error: Exception) -> tuple[Problem, dict[str, str]] | None:
    match error:
        case PistaError():
            return error.problem(), error.headers
        case _ if isinstance(error, _WRONG):
            return Invalid(_wrong(request, error)).problem(), {}
        case InternalServerException() if wrong := _IN_BODY.fullmatch(str(error.__cause__)):
            # A field of the body has the name of something that the app provides, and the
            # framework takes that for what is wrong.
            return Invalid(_told(wrong["field"], wrong["message"])).problem(), {}
        case RecursionError() if "deserializing" in str(error):
            return _http(ClientException("The body is nested too deeply.")), {}
        case HTTPException() if error.status_code < 500:
            return _http(error), dict(error.headers or {})
        case _:
            return _away(error)


def _wrong(request: Incoming, error: Exception) -> str:
    if isinstance(error, postgres.NO_TEXT):
        return "No text may have a NUL character in it."
    if isinstance(error, ValidationException):
        return _fields(error.extra, _names(request))
    return str(error)


def _away(error: Exception) -> tuple[Problem, dict[str, str]] | None:
    """A store that is away; None if it is not that."""
    if isinstance(error, ClickHouseAway):
        away.note("clickhouse", error)
        refusal = Unavailable("The statistics are away; ask again in a moment.")
    elif isinstance(error, postgres.AWAY):
        away.note("postgres", error)
        refusal = Unavailable()
    else:
        return None
    return refusal.problem(), refusal.headers


def _names(request: Incoming) -> Mapping[str, str]:
    """How the parameters of the handler are called in a request, where not as in Python."""
    parameters = request.route_handler.parsed_fn_signature.parameters
    called = {name: getattr(one.kwarg_definition, "name", None) for name, one in parameters.items()}
    return {name: wire for name, wire in called.items() if wire}


def _fields(extra: object, names: Mapping[str, str]) -> str:
    """Which field is wrong and how, one after the other."""
    wrong = cast("list[dict[str, str]]", extra if isinstance(extra, list) else [])
    told = (_told(_called(one, names), one["message"]) for one in wrong)
    return "; ".join(told) or Invalid().detail


def _called(wrong: Mapping[str, str], names: Mapping[str, str]) -> str | None:
    key = wrong.get("key")
    return key if key is None or wrong.get("source") == "body" else names.get(key, key)


def _told(field: str | None, message: str) -> str:
    if field == "data" and message == "'data'":
        return "The body is missing."
    return message if field in (None, "data") else f"{field}: {message}"


def _http(error: HTTPException) -> Problem:
    code = _CODES.get(error.status_code, f"http_{error.status_code}")
    return Problem(
        type=f"urn:pista:problem:{code}",
        title=HTTPStatus(error.status_code).phrase,
        status=error.status_code,
        code=code,
        detail=error.detail,
    )


def _bug(request: Incoming, error: Exception) -> tuple[Problem, dict[str, str]]:
    logs.get().error(
        "request_failed",
        request_id=request_id(request.scope),
        method=request.method,
        path=_path(request),
        exc_info=error,
    )
    return Internal().problem(), {}


def _path(request: Incoming) -> str:
    """As the log may have it: where a secret stands in the address, only its place is told."""
    scope = cast("dict[str, Any]", request.scope)
    template: str = scope.get("path_template", "")
    return template if "{secret" in template else request.url.path
