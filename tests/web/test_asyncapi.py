"""The socket's description says what is really sent."""

import ast
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest
from msgspec import Struct

import pista
from pista.app import House
from pista.web import asyncapi
from tests.callers import client, house, make_company

__all__ = ["client", "house", "make_company"]

SOURCES = Path(pista.__file__).parent


def tagged() -> set[str]:
    """The messages of all rooms: whatever is told by a field `type` says so where it is made."""
    found: set[str] = set()
    for path in SOURCES.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ClassDef):
                given = {one.arg: ast.literal_eval(one.value) for one in node.keywords if one.arg}
                if given.get("tag_field") == "type":
                    found.add(given["tag"])
    return found


def referred(document: dict[str, Any]) -> list[str]:
    return re.findall(r'"\$ref":"#/([^"]+)"', msgspec.json.encode(document).decode())


def test_every_message_of_every_room_is_described():
    """
    A room that tells something new has to be added, and one that tells it no more taken away.
    """
    every = asyncapi.described()["components"]["messages"]

    assert set(every) == tagged()
    assert all(message["summary"] for message in every.values())


def test_the_description_holds_together():
    """
    It is AsyncAPI 3, and whatever it refers to is in it.
    """
    document = asyncapi.described()

    assert document["asyncapi"] == "3.0.0"
    assert document["channels"]["screen"]["address"] == "/ws"
    assert [one["action"] for one in document["operations"].values()] == ["send", "receive"]
    references = referred(document)
    assert references
    for reference in references:
        part: Any = document
        for name in reference.split("/"):
            part = part[name]
        assert part


@pytest.mark.parametrize("one", asyncapi.TOLD + asyncapi.SAID, ids=lambda one: one.__name__)
def test_a_message_is_described_as_it_is_encoded(one: type[Struct]):
    """
    Its names are those on the wire, and its `type` is the one that screens look at.
    """
    components = asyncapi.described()["components"]
    reference = components["messages"][one.__struct_config__.tag]["payload"]["$ref"]
    schema = components["schemas"][reference.rsplit("/", 1)[1]]

    names = {field.encode_name for field in msgspec.structs.fields(one)}

    assert set(schema["properties"]) == names | {"type"}
    assert schema["properties"]["type"]["enum"] == [one.__struct_config__.tag]


async def test_it_is_served(
    client: httpx.AsyncClient, house: House, make_company: Callable[..., Any]
):
    """
    To anybody, as the description of the routes is.
    """
    answer = await client.get("/asyncapi.json")

    assert answer.headers["content-type"] == "application/json"
    assert answer.json() == msgspec.to_builtins(asyncapi.described())
