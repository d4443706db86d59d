"""The API's description is complete and says what the app does."""

import re
from typing import Any

import msgspec
import pytest

from pista import accounts, app
from pista.settings import Settings

UNDESCRIBED = (
    *("/", "/{path:path}", "/ws", "/openapi.json", "/asyncapi.json"),
    *("/schema", "/schema/{path:str}"),
)
SEGMENT_CALLS = ("batch", "track", "page", "screen", "identify", "group", "alias")


@pytest.fixture(scope="module")
def described() -> dict[str, Any]:
    return msgspec.json.decode(app.openapi_json())


def operations(described: dict[str, Any]) -> dict[str, Any]:
    return {
        f"{method.upper()} {path}": operation
        for path, item in described["paths"].items()
        for method, operation in item.items()
    }


def test_every_route_is_described(described: dict[str, Any]) -> None:
    """
    What can be called is in the description, but for the interface's files and the socket.
    """
    declared = accounts.declarations(app.build(Settings()))
    routes = {route for route in declared if route.split(" ", 1)[1] not in UNDESCRIBED}
    routes = {route for route in routes if not route.startswith("GET /schema")}

    plain = {re.sub(r":(uuid|str|int)}", "}", route) for route in routes}
    doors = {"POST /tracking-v2/events", *(f"POST /v1/{call}" for call in SEGMENT_CALLS)}
    doors |= {f"{method} /api/chat/webhook" for method in ("GET", "POST")}
    doors |= {"POST /api/telegram/webhook/{bot_id}"}
    assert plain | doors == set(operations(described))


def test_public_routes_need_no_key(described: dict[str, Any]) -> None:
    """
    A route that anybody may call says so; every other one asks for a session or a key.
    """
    free = {name for name, found in operations(described).items() if found.get("security")}

    assert "POST /tracking-v2/events" in free
    assert "GET /health/ready" in free
    assert "GET /api/me" not in free
    assert described["security"] == [{"session": []}, {"key": []}]


def test_refusals_are_problems(described: dict[str, Any]) -> None:
    """
    Each refusal is described as the problem that it is.
    """
    kinds = {
        (name, status): list(answer.get("content", {}))
        for name, operation in operations(described).items()
        for status, answer in operation["responses"].items()
        if status.startswith("4")
    }

    assert {kind for found in kinds.values() for kind in found} == {"application/problem+json"}


def test_an_address_without_an_id_leads_nowhere(described: dict[str, Any]) -> None:
    """
    Where the address holds an id, the refusal of what is none is described.
    """
    with_id = {
        name: operation
        for name, operation in operations(described).items()
        if any(
            parameter["in"] == "path" and parameter["schema"].get("format") == "uuid"
            for parameter in operation.get("parameters", [])
        )
    }

    assert "GET /api/sites/{site_id}" in with_id
    assert [name for name, found in with_id.items() if "404" not in found["responses"]] == []


def test_patterns_are_those_of_json_schema(described: dict[str, Any]) -> None:
    """
    Python's own way to say where a text ends means a letter elsewhere.
    """
    event = described["components"]["schemas"]["Event"]["properties"]

    assert event["eventType"]["pattern"] == "^[A-Z][A-Z0-9_]{0,63}$"
    assert "\\\\Z" not in msgspec.json.encode(described).decode()
