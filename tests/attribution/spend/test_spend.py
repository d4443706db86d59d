"""What advertisements cost is told by programs and files, once, and can be taken back."""

import asyncio
import csv
import io
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

MORE = "Day,Campaign,Campaign ID,Ad group,Ad,Cost\n"
FILE = MORE + "2026-11-01,Verano,77,G,Video,10.50\n2026-11-02,Verano,77,G,Video,4.00\n"


class Desk:
    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client

    async def upload(self, text: str) -> dict[str, Any]:
        answer = await self.client.post("/api/spend/imports?name=ads.csv", content=text.encode())
        assert answer.status_code == 201, answer.text
        return answer.json()

    async def post(self, made: dict[str, Any], what: str) -> Any:
        answer = await self.client.post(
            f"/api/spend/imports/{made['id']}/{what}", json=made["guessed"]
        )
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def imported(self, text: str) -> dict[str, Any]:
        made = await self.upload(text)
        return await self.post(made, "start") | {"guessed": made["guessed"]}

    async def told(self, cost: int, **names: str) -> None:
        line = {"day": "2026-11-01", "platform": "google", "currency": "PEN", "costCents": cost}
        answer = await self.client.put("/api/spend", json={"items": [line | names]})
        assert answer.status_code == 200, answer.text

    async def days(self) -> dict[str, int]:
        answer = await self.client.get("/api/spend?from=2026-10-01&to=2026-12-01")
        assert answer.status_code == 200, answer.text
        return {one["day"]: one["costCents"] for one in answer.json()["items"]}


@pytest.fixture
async def desk(make_client: Callable[..., Awaitable[httpx.AsyncClient]]) -> Desk:
    return Desk(await make_client())


async def test_a_file_is_looked_at_and_then_kept(desk: Desk):
    """
    The preview says what would be kept of all of it, and changes nothing.
    """
    made = await desk.upload(FILE)

    told = await desk.post(made, "preview")
    before = await desk.days()
    done = await desk.post(made, "start")

    assert (told["lines"], told["replaced"], told["totals"]) == (
        2,
        0,
        [{"currency": "PEN", "costCents": 1450}],
    )
    assert before == {}
    assert (done["state"], done["lines"]) == ("done", 2)
    assert await desk.days() == {"2026-11-01": 1050, "2026-11-02": 400}


async def test_the_same_file_again_counts_once(desk: Desk):
    """
    Two that are imported at once as well: the latest says what each day was.
    """
    one, other = await desk.upload(FILE), await desk.upload(FILE)

    await asyncio.gather(desk.post(one, "start"), desk.post(other, "start"))

    assert await desk.days() == {"2026-11-01": 1050, "2026-11-02": 400}


async def test_an_import_is_taken_back(desk: Desk):
    """
    What it took the place of counts again; what was said after it stays.
    """
    await desk.imported(FILE)
    names = {"campaign": "Verano", "campaignId": "77", "adset": "G", "ad": "Video"}
    later = await desk.imported(
        MORE + "2026-11-01,Verano,77,G,Video,99\n2026-11-03,Verano,77,G,Video,7\n"
        "2026-11-04,Verano,77,G,Video,8\n"
    )
    await desk.client.put(
        "/api/spend",
        json={
            "items": [
                {
                    **{"day": "2026-11-04", "platform": "google", "currency": "PEN"},
                    **{"costCents": 1, **names},
                }
            ]
        },
    )

    undone = await desk.post(later, "undo")

    assert later["guessed"]["platform"] == "google"
    assert await desk.days() == {"2026-11-01": 1050, "2026-11-02": 400, "2026-11-04": 1}
    assert (undone["state"], undone["takenBack"]) == ("undone", 2)


async def test_what_cannot_be_read_can_be_mended(desk: Desk):
    """
    The other rows are kept; these come as a file, with their numbers and why.
    """
    done = await desk.imported(
        FILE + "soon,Verano,77,G,Video,3\n2026-11-05,Verano,77,G,Video,many\n"
    )

    answer = await desk.client.get(f"/api/spend/imports/{done['id']}/problems")

    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert (done["lines"], done["refused"]) == (2, 2)
    assert [row[:2] for row in rows[1:]] == [["4", "bad_day"], ["5", "bad_cost"]]


async def test_programs_tell_it_again(desk: Desk):
    """
    The latest of the same names counts; other names are something else, however long they are.
    """
    await desk.told(500, campaign="Verano")
    await desk.told(700, campaign="Verano")
    await desk.told(10, campaign="ñ" * 200, adset="ñ" * 200, ad="ñ" * 200)

    assert await desk.days() == {"2026-11-01": 710}
    assert (await desk.client.get("/api/spend?to=0001-01-05")).json() == {"items": []}


async def test_the_same_days_in_another_detail_are_noticed(desk: Desk):
    """
    A campaign as a whole, and then by its advertisements: both would count, which is said before.
    """
    whole = "Day,Campaign,Ad group,Cost\n2026-11-01,Verano,,10\n"
    await desk.imported(whole + "2026-11-09,Verano,,10\n")
    again = await desk.upload(whole)
    finer = await desk.upload(FILE + "2026-11-01,Otra,78,G,Video,3\n")

    same, other = await desk.post(again, "preview"), await desk.post(finer, "preview")

    assert (same["replaced"], same["overlapping"]) == (1, 0)
    assert (other["replaced"], other["overlapping"]) == (0, 1)


async def test_what_was_renamed_is_the_same_one(desk: Desk):
    """
    By its id; in one request under both names as well. Without ids, names are all that there is.
    """
    await desk.imported(FILE)
    names = {"campaignId": "77", "adset": "G", "ad": "Video"}
    await desk.told(800, campaign="Verano 2", **names)
    await desk.told(900, **names)
    line = {"day": "2026-11-02", "platform": "google", "currency": "PEN", "costCents": 5} | names
    items = [line, line | {"campaign": "Verano 3"}]
    told = await desk.client.put("/api/spend", json={"items": items})

    await desk.told(1, campaign="a", ad="x")
    await desk.told(2, campaign="b", ad="x")

    assert told.json() == {"kept": 1}
    assert await desk.days() == {"2026-11-01": 903, "2026-11-02": 10}


@pytest.mark.parametrize(
    "line",
    [
        {"costCents": -1},
        {"costCents": 1.5},
        {"currency": "usd"},
        {"platform": "radio"},
        {"day": "2026-02-30"},
        {"campaign": "x" * 201},
        {"campaign": "a\0b"},
    ],
)
async def test_nonsense_is_refused(desk: Desk, line: dict[str, Any]):
    """
    All of the request with it.
    """
    good = {"day": "2026-11-01", "platform": "meta", "currency": "USD", "costCents": 5}

    answer = await desk.client.put("/api/spend", json={"items": [good, good | line]})

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert await desk.days() == {}


async def test_an_import_is_started_once(desk: Desk):
    """
    And a file without a column of days is not begun.
    """
    done = await desk.imported(FILE)
    made = await desk.upload("Campaign,Cost\nVerano,5\n")

    again = await desk.client.post(f"/api/spend/imports/{done['id']}/start", json=done["guessed"])
    blind = await desk.client.post(f"/api/spend/imports/{made['id']}/start", json=made["guessed"])

    assert (again.status_code, again.json()["code"]) == (409, "import_not_ready")
    assert (blind.status_code, blind.json()["code"]) == (422, "invalid")
