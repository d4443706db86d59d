"""Dead letters over HTTP and from the terminal: read, replayed, dropped, within one company."""

import asyncio
import json
import sys

import pytest
from click.testing import CliRunner

from pista.cli import cli
from tests.letters.conftest import LETTERS, Company


async def test_they_are_listed_page_by_page(
    companies: tuple[Company, Company], monkeypatch: pytest.MonkeyPatch
):
    """
    The newest first, with how many there are of each kind; a stranger sees none.
    """
    monkeypatch.setattr(sys.modules["pista.letters.routes"], "MOST_LISTED", 2)
    company, stranger = companies
    first, second, third = await company.dies("a", "b", "c")

    page = await company.listed(kind="test.send")
    rest = await company.listed(before=page["next"])

    assert [one["id"] for one in page["items"]] == [third, second]
    assert [one["id"] for one in rest["items"]] == [first]
    assert rest["next"] is None
    assert page["kinds"] == [{"kind": "test.send", "count": 3}]
    assert page["items"][0]["payload"] == {"type": "test.send", "to": "c"}
    assert page["items"][0]["error"] == "No way."
    assert (await stranger.listed())["items"] == []


@pytest.mark.parametrize(
    "query", [{"before": -(2**70)}, {"before": 2**70}, {"kind": "a\0"}, {"queue": "x" * 200}]
)
async def test_what_no_letter_can_have_is_refused(
    companies: tuple[Company, Company], query: dict[str, str]
):
    """
    By name, and before the database is asked.
    """
    company, _ = companies

    answer = await company.client.get(LETTERS, params=query)

    assert answer.status_code == 422
    assert next(iter(query)) in answer.json()["detail"]


async def test_an_id_beyond_all_ids_is_of_no_letter(companies: tuple[Company, Company]):
    """
    Not of one, and not to be tried again or dropped.
    """
    company, _ = companies

    one = await company.client.get(f"{LETTERS}/{2**70}")
    many = await company.client.post(f"{LETTERS}/drop", json={"ids": [2**70]})

    assert (one.status_code, one.json()["code"]) == (404, "dead_letter_not_found")
    assert (many.status_code, many.json()["code"]) == (422, "invalid")


async def test_chosen_ones_are_tried_again_in_their_order(companies: tuple[Company, Company]):
    """
    Those of one key one after the other; what is not there, or another company's, is left out.
    """
    company, stranger = companies
    ids = await company.dies("a", "b", key="ana")
    [other] = await stranger.dies("x")

    answer = await company.client.post(f"{LETTERS}/replay", json={"ids": [*reversed(ids), other]})

    assert answer.json() == {"count": 2}
    assert await company.states() == ["ready", "blocked"]
    assert await stranger.states() == ["dead"]


async def test_chosen_ones_are_dropped(companies: tuple[Company, Company]):
    """
    And no others; nothing chosen is refused.
    """
    company, stranger = companies
    first, _ = await company.dies("a", "b")
    [other] = await stranger.dies("x")

    answer = await company.client.post(f"{LETTERS}/drop", json={"ids": [first, other]})

    assert answer.json() == {"count": 1}
    assert (await company.states(), await stranger.states()) == (["dead"], ["dead"])
    assert (await company.client.post(f"{LETTERS}/drop", json={"ids": []})).status_code == 422


def _terminal(database: str, *arguments: str) -> str:
    said = CliRunner().invoke(
        cli, ["queue", "dead", *arguments], env={"DATABASE_URL": database}, catch_exceptions=False
    )
    return said.output


async def test_the_terminal_does_the_same(companies: tuple[Company, Company], database: str):
    """
    List, show, replay and drop, by number or all; in a thread, since it runs a loop of its own.
    """
    company, _ = companies
    first, second, third = await company.dies("a", "b", "c")

    async def say(*arguments: str) -> str:
        return await asyncio.to_thread(_terminal, database, *arguments)

    assert "No way." in await say("list", "--tenant", "flores")
    shown = json.loads(await say("show", "--tenant", "flores", str(second)))
    assert shown["payload"]["to"] == "b"
    assert "no dead letter" in await say("show", "--tenant", "flores", str(third + 1))
    assert "by their numbers" in await say("replay", "--tenant", "flores")
    assert await say("replay", "--tenant", "flores", str(first)) == "1 will be tried again.\n"
    assert await say("drop", "--tenant", "flores", "--all", "--yes") == "2 dropped.\n"
    assert await company.states() == ["ready"]
    assert "Nothing has failed" in await say("list", "--tenant", "flores")
