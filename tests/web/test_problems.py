import json
from collections.abc import AsyncGenerator
from typing import Annotated, Any

import asyncpg
import httpx
import msgspec
import pytest
import structlog
from litestar import Litestar, get, post
from litestar.di import NamedDependency, Provide
from litestar.exceptions import ClientException, InternalServerException
from litestar.params import JSONBody, QueryParameter

from pista import logs
from pista.errors import NotFound, Unavailable
from pista.web import problems

DEEP = b'{"amount":' + b"[" * 100_000 + b"]" * 100_000 + b"}"


class Order(msgspec.Struct, forbid_unknown_fields=True):
    amount: int
    store: dict[str, int] = {}


@post("/orders")
async def order(data: JSONBody[Order], store: NamedDependency[str]) -> int:
    return data.amount + len(store)


@get("/orders")
async def orders(
    start: Annotated[str | None, QueryParameter(name="from", max_length=3)] = None,
    at_most: Annotated[int, QueryParameter(name="atMost", ge=1)] = 1,
) -> int:
    return at_most + len(start or "")


@get("/missing")
async def missing() -> None:
    raise NotFound("This order is gone.")


@get("/busy")
async def busy() -> None:
    raise Unavailable(retry_after=7)


@get("/away")
async def away() -> None:
    raise asyncpg.CannotConnectNowError("the database system is starting up")


@get("/nul")
async def nul() -> None:
    raise asyncpg.CharacterNotInRepertoireError('invalid byte sequence for encoding "UTF8": 0x00')


@get("/foreign")
async def foreign() -> None:
    msgspec.convert({"amount": "x"}, Order)


@get("/teapot")
async def teapot() -> None:
    raise ClientException("No coffee.", status_code=418, headers={"X-Pot": "tea"})


@get("/framework")
async def framework() -> None:
    raise InternalServerException("the framework's own words")


@get("/bug")
async def bug() -> None:
    password = "hunter2-battery"
    raise RuntimeError(f"{len(password)} is not what we thought")


async def _store() -> str:
    return ""


@pytest.fixture
async def client() -> AsyncGenerator[httpx.AsyncClient]:
    app: Any = Litestar(
        [order, orders, missing, busy, away, nul, foreign, teapot, framework, bug],
        exception_handlers={Exception: problems.problem},
        before_request=problems.begin,
        before_send=[problems.add_request_id],
        dependencies={"store": Provide(_store)},
        openapi_config=None,
    )
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://pista.test") as opened:
        yield opened


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "code", "detail"),
    [
        ("GET", "/missing", None, 404, "not_found", "This order is gone."),
        ("GET", "/busy", None, 503, "unavailable", Unavailable().detail),
        ("GET", "/away", None, 503, "unavailable", Unavailable().detail),
        ("GET", "/nul", None, 422, "invalid", "No text may have a NUL character in it."),
        ("GET", "/foreign", None, 422, "invalid", "Expected `int`, got `str` - at `$.amount`"),
        ("GET", "/teapot", None, 418, "http_418", "No coffee."),
        ("GET", "/framework", None, 500, "internal", problems.Internal().detail),
        ("GET", "/bug", None, 500, "internal", problems.Internal().detail),
        ("GET", "/nowhere", None, 404, "not_found", "Not Found"),
        ("GET", "/orders?atMost=0", None, 422, "invalid", "atMost: Expected `int` >= 1"),
        ("GET", "/orders?from=long", None, 422, "invalid", "from: Expected `str` of length <= 3"),
        ("PUT", "/orders", b"{}", 405, "method_not_allowed", "Method Not Allowed"),
        ("POST", "/orders", b"{", 400, "bad_request", None),
        ("POST", "/orders", b"\xff", 400, "bad_request", None),
        ("POST", "/orders", b"", 422, "invalid", "The body is missing."),
        ("POST", "/orders", DEEP, 400, "bad_request", "The body is nested too deeply."),
        ("POST", "/orders", b"{}", 422, "invalid", "Object missing required field `amount`"),
        (
            "POST",
            "/orders",
            b'{"amount": "x"}',
            422,
            "invalid",
            "amount: Expected `int`, got `str`",
        ),
        (
            "POST",
            "/orders",
            b'{"amount": 1, "store": []}',
            422,
            "invalid",
            "store: Expected `object`, got `array`",
        ),
        (
            "POST",
            "/orders",
            b'{"amount": 1, "x": 2}',
            422,
            "invalid",
            "Object contains unknown field `x`",
        ),
    ],
)
async def test_every_error_has_one_shape(
    client: httpx.AsyncClient,
    method: str,
    path: str,
    body: bytes | None,
    status: int,
    code: str,
    detail: str | None,
):
    """A problem with a stable code, what is wrong, and the request's id to ask about."""
    answer = await client.request(
        method, path, content=body, headers={"Content-Type": "application/json"}
    )
    problem = answer.json()

    assert (answer.status_code, problem["status"], problem["code"]) == (status, status, code)
    assert detail is None or problem["detail"] == detail
    assert answer.headers["content-type"] == "application/problem+json"
    assert problem["type"] == f"urn:pista:problem:{code}"
    assert problem["instance"] == f"urn:pista:request:{answer.headers['x-request-id']}"
    assert set(problem) == {"type", "title", "status", "code", "detail", "instance"}


async def test_headers_of_an_error_arrive(client: httpx.AsyncClient):
    """Above all when to come back."""
    assert (await client.get("/busy")).headers["retry-after"] == "7"
    assert (await client.get("/away")).headers["retry-after"] == "2"
    assert (await client.get("/teapot")).headers["x-pot"] == "tea"


@pytest.mark.parametrize(
    ("given", "kept"),
    [("order-2026-03-14", True), ("short", False), ("no spaces here", False), ("x" * 65, False)],
)
async def test_a_callers_own_request_id(client: httpx.AsyncClient, given: str, kept: bool):
    """A proxy's id is taken over; what could confuse a log is not."""
    answers = [
        await client.get(path, headers={"X-Request-Id": given})
        for path in ("/missing", "/nowhere", "/bug")
    ]

    ids = [answer.headers.get_list("x-request-id") for answer in answers]
    assert all((found == [given]) is kept and len(found) == 1 for found in ids)


async def test_answers_that_are_no_errors_carry_an_id(client: httpx.AsyncClient):
    """Each its own."""
    answers = [await client.post("/orders", json={"amount": 3}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [201, 201]
    assert len({answer.headers["x-request-id"] for answer in answers}) == 2


async def test_a_bug_is_logged_with_its_trace_and_no_secret(
    client: httpx.AsyncClient, capsys: pytest.CaptureFixture[str]
):
    """The answer tells nothing; the log tells where, and not what the variables held."""
    before = structlog.get_config()
    logs.configure("info")

    answer = await client.get("/bug")

    structlog.configure(**before)
    line = json.loads(capsys.readouterr().err.splitlines()[-1])
    assert answer.status_code == 500
    assert line["event"] == "request_failed"
    assert line["request_id"] == answer.headers["x-request-id"]
    assert line["exception"][0]["exc_type"] == "RuntimeError"
    assert any(frame["name"] == "bug" for frame in line["exception"][0]["frames"])
    assert "hunter2" not in json.dumps(line)
    assert "hunter2" not in answer.text
