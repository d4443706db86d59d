"""Every route that is given an id, given one of another company's: it is as if there were none."""

import re
from typing import Any, cast
from uuid import uuid4

import httpx
import msgspec

from pista.app import openapi_json
from tests.audited import ELSEWHERE, WITHOUT_ID, named, to_be_told
from tests.companies import Company, companies, house
from tests.knocks import ENDLESS, KNOCKS, NO_ID, THINGS, WITHOUT_A_CALLER, Knock

__all__ = ["companies", "house"]


async def send(company: Company, knock: Knock, things: dict[str, Any]) -> httpx.Response:
    """Send it with these things in place of one's own."""
    method, _, pattern = knock.route.partition(" ")

    def of_path(found: re.Match[str]) -> str:
        owned = company.things if found[1] in knock.mine else things
        return str(owned[THINGS[found[1]]])

    path = re.sub(r"{(\w+)}", of_path, pattern)
    body, query = (_named(part, company.things, things) for part in (knock.body, knock.query))
    return await company.send(method, path, body, query)


def _named(part: Any, mine: dict[str, Any], things: dict[str, Any]) -> Any:
    if isinstance(part, str) and part.startswith("{my "):
        return mine[part[4:-1]]
    if isinstance(part, str) and part.startswith("{"):
        return things[part[1:-1]]
    if isinstance(part, dict):
        pairs = cast("dict[str, Any]", part)
        return {name: _named(value, mine, things) for name, value in pairs.items()}
    if isinstance(part, list):
        return [_named(one, mine, things) for one in cast("list[Any]", part)]
    return part


def made_up(things: dict[str, Any]) -> dict[str, Any]:
    """Ids of the same form, of nothing."""
    nothing: dict[str, Any] = {}
    for name, value in things.items():
        if isinstance(value, int):
            nothing[name] = value + 1_000_000
        elif value.startswith("cntct_"):
            nothing[name] = "cntct_" + "7" * (len(value) - 6)
        elif re.fullmatch(r"[0-9a-f-]{36}", value):
            nothing[name] = str(uuid4())
        else:
            nothing[name] = value if name in ("file", "secret") else value[::-1]
    return nothing


def told(answer: httpx.Response, things: dict[str, Any]) -> tuple[int, str]:
    """What an answer says, but for the ids that it was asked with."""
    changing = (
        r"urn:pista:request:\w+|\"id\":\d+|\d{4}-\d\d-\d\dT[\d:.]+Z|[0-9a-f]{64}|[0-9a-f-]{36}"
    )
    text = re.sub(changing, "", answer.text)
    for value in things.values():
        text = text.replace(str(value), "") if len(str(value)) > 8 else text
    return answer.status_code, text


def with_ids() -> set[tuple[str, str]]:
    """Where routes take ids, as their description says it."""
    description = msgspec.json.decode(openapi_json())

    def properties(schema: Any, before: str = "") -> set[str]:
        if "$ref" in schema:
            schema = description["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        found: set[str] = set()
        for part in (*schema.get("oneOf", ()), *schema.get("anyOf", ()), schema.get("items", {})):
            found |= properties(part, before) if part else set()
        for name, part in schema.get("properties", {}).items():
            if part.get("format") == "uuid" or re.search("[iI]ds?$", name):
                found.add(f"body:{before}{name}")
            found |= properties(part, f"{before}{name}.")
        return found

    found: set[tuple[str, str]] = set()
    for path, operations in description["paths"].items():
        for method, operation in operations.items():
            places: set[str] = set()
            for one in operation.get("parameters", ()):
                by_type = b"uuid" in msgspec.json.encode(one["schema"])
                if one["in"] == "path" or by_type or re.search("[iI]ds?$", one["name"]):
                    places.add(f"{one['in']}:{one['name']}")
            for content in operation.get("requestBody", {}).get("content", {}).values():
                places |= properties(content["schema"])
            if not path.startswith(WITHOUT_A_CALLER):
                found |= {(f"{method.upper()} {path}", place) for place in places - NO_ID}
    return found


def filled(body: dict[str, Any], before: str = "") -> set[str]:
    """Where a body holds something of the other company's."""
    found: set[str] = set()
    for name, value in body.items():
        if isinstance(value, dict):
            found |= filled(cast("dict[str, Any]", value), f"{before}{name}.")
        elif "{" in str(value):
            found.add(f"{before}{name}")
    return found


def test_every_id_is_tried():
    """
    A new route that takes an id is written down above, before it can be released.
    """
    tried: set[tuple[str, str]] = set()
    for knock in KNOCKS:
        names = set(re.findall(r"{(\w+)}", knock.route)) - set(knock.mine)
        places = {f"path:{name}" for name in names}
        places |= {
            f"query:{name}" for name, value in (knock.query or {}).items() if "{" in str(value)
        }
        places |= {f"body:{place}" for place in filled(knock.body or {})}
        tried |= {(knock.route, place) for place in places}

    assert with_ids() - tried == set()


async def test_another_companys_ids_are_of_nothing(companies: list[Company]):
    """
    The answer is that to an id which does not exist; nothing of theirs changes, and nothing of ours
    points to it.
    """
    ours, theirs = companies
    before, nothing = await theirs.rows(), made_up(theirs.things)
    wrong: list[str] = []

    for knock in KNOCKS:
        answer = told(await send(ours, knock, theirs.things), theirs.things)
        expected = told(await send(ours, knock, nothing), nothing)
        in_path = set(re.findall(r"{(\w+)}", knock.route)) - set(knock.mine) - {"visitor_id"}
        if answer != expected or (in_path and answer[0] < 400):
            wrong.append(f"{knock.route} {knock.query} {knock.body}: {answer} and {expected}")

    assert "\n".join(wrong) == ""
    assert await theirs.rows() == before
    known = {str(theirs.things[name]) for name in theirs.things if name not in ("file", "visitor")}
    rows = [row for table in (await ours.rows()).values() for row in table]
    assert [row for row in rows for one in known if len(one) > 8 and one in row] == []


async def test_the_company_itself_is_answered(companies: list[Company]):
    """
    The same requests work for who may send them: that others are refused is not for their form.
    What admins alone may change, the audit log tells.
    """
    _, theirs = companies
    wrong: list[str] = []
    told: set[str] = set()

    for knock in (knock for knock in [*WITHOUT_ID, *KNOCKS] if knock.owner != ENDLESS):
        before = await theirs.logged()
        answer = await send(theirs, knock, theirs.things)
        if answer.status_code != knock.owner:
            wrong.append(f"{knock.route} {knock.query}: {answer.status_code} {answer.text[:200]}")
        if await theirs.logged() > before:
            told.add(named(knock))

    assert "\n".join(wrong) == ""
    assert to_be_told() - told == ELSEWHERE
