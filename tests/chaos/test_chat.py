"""What `make chaos-chat` relies on, and a small run: kills while people write and are answered."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.chaos.chat import traffic, verdict
from tests.chaos.chat.__main__ import arguments
from tests.chaos.chat.expected import Expected
from tests.chaos.chat.run import Run
from tests.chaos.chat.traffic import OTHER, OWN, PEOPLE, Sort, phone, user_id
from tests.chaos.chat.verdict import Rows
from tests.chaos.plan import Kind
from tests.fakes.whatsapp import Accepted, WhatsApp

BEGAN = 1_795_000_000
SMALL = (
    *("--webhooks", "300", "--messages", "60", "--kills", "7", "--minutes", "0.15"),
    *("--away", "0", "--kills-only", "--silence", "1", "--people", "12", "--metas", "2"),
)
KEYS = [["k1", "k2", "k3"], ["k4"]]


def test_a_webhook_can_be_made_again_and_has_what_may_go_wrong():
    """
    A client that was killed goes on with the very webhook that it had begun; each sort comes.
    """
    some = [traffic.webhook(7, 0, number, BEGAN) for number in range(1, 600)]

    assert some == [traffic.webhook(7, 0, number, BEGAN) for number in range(1, 600)]
    assert {one.sort for one in some} == {*Sort}
    assert {one.company for one in some} == {OWN, OTHER}
    assert all(any(getattr(one, name) for one in some) for name in ("edited", "reactions", "twice"))
    ids = Counter(said.id for one in some for said in one.said)
    assert max(ids.values()) == 1
    order = [traffic.order(7, 0, number) for number in range(1, 601)]
    assert sorted(order) == [*range(1, 601)] != order


def told() -> Expected:
    due = Expected(written=KEYS)
    for number in range(1, 200):
        due.add(traffic.webhook(7, 0, number, BEGAN))
    return due


def kept(due: Expected) -> Rows:
    """A database in which all is as it must be; people are called by their numbers."""
    rows: dict[int, list[Any]] = {OWN: [], OTHER: []}
    for one in due.said.values():
        rows[due.companies[one.id]].append((one.id, one.kind, due.text_of(one.id), str(one.person)))
    keys: dict[int, list[Any]] = {OWN: [], OTHER: []}
    for person in due.forms:
        company = person // PEOPLE
        keys[company] += [(str(person), "phone", phone(person))]
        keys[company] += [(str(person), "user_id", user_id(person))]
    return Rows(
        inbound=rows,
        keys=keys,
        people={company: (due.people(company),) * 4 for company in rows},
        miscounted=[],
        outbound=[
            ("k1", "1", "read", None, "519"),
            ("k2", "2", "failed", '{"todo": "never"}', "519"),
            ("k3", "3", "read", None, "519"),
            ("k4", "4", "unknown", '{"todo": "again"}', "518"),
        ],
        reactions=due.reactions,
        malformed=due.webhooks[Sort.TRUNCATED],
        backwards=[],
        left=(0, 0, 0, 0),
    )


def platform(*texts: str) -> WhatsApp:
    fake = WhatsApp()
    fake.accepted = [Accepted(text, "519", {"text": {"body": text}}, 0.0) for text in texts]
    return fake


def test_what_is_as_it_must_be_is_found_good():
    """
    Nothing lost, doubled or out of order; what is not at the platform is shown as such.
    """
    due = told()

    found = verdict.judge(due, kept(due), platform("k1", "k3"))

    assert found.differences == []
    assert found.stored == found.messages > 200
    assert (found.sent_once, found.sent_twice, found.out_of_order) == (2, 0, 0)


def _without_one(rows: Rows) -> Rows:
    return rows._replace(inbound={**rows.inbound, OWN: rows.inbound[OWN][1:]})


def _with_one_twice(rows: Rows) -> Rows:
    return rows._replace(inbound={**rows.inbound, OWN: [*rows.inbound[OWN], rows.inbound[OWN][0]]})


def _with_another_text(rows: Rows) -> Rows:
    first = (*rows.inbound[OWN][0][:2], "another", rows.inbound[OWN][0][3])
    return rows._replace(inbound={**rows.inbound, OWN: [first, *rows.inbound[OWN][1:]]})


def _in_the_other_company(rows: Rows) -> Rows:
    moved = [*rows.inbound[OTHER], rows.inbound[OWN][0]]
    return rows._replace(inbound={OWN: rows.inbound[OWN][1:], OTHER: moved})


def _shown(place: int, status: str) -> Callable[[Rows], Rows]:
    def change(rows: Rows) -> Rows:
        changed = [*rows.outbound]
        changed[place] = (*changed[place][:2], status, None, "519")
        return rows._replace(outbound=changed)

    return change


WRONG: list[tuple[str, Callable[[Rows], Rows]]] = [
    ("lost", _without_one),
    ("doubled", _with_one_twice),
    ("not as it was", _with_another_text),
    ("not as it was", _in_the_other_company),
    ("shown wrongly", _shown(0, "unknown")),
    ("shown wrongly", _shown(1, "queued")),
    ("not kept", lambda rows: rows._replace(outbound=rows.outbound[1:])),
    ("out of order", lambda rows: rows._replace(outbound=rows.outbound[::-1])),
    ("a status went back", lambda rows: rows._replace(backwards=[("1", "read", "sent")])),
    ("counts wrongly", lambda rows: rows._replace(miscounted=[("c", 2, 1)])),
    ("reactions", lambda rows: rows._replace(reactions=0)),
    ("truncated", lambda rows: rows._replace(malformed=0)),
    ("jobs are left", lambda rows: rows._replace(left=(1, 0, 0, 0))),
    ("company 0", lambda rows: rows._replace(people={**rows.people, OWN: (9, 9, 8, 9)})),
]


@pytest.mark.parametrize(("what", "change"), WRONG)
def test_what_is_wrong_is_seen(what: str, change: Callable[[Rows], Rows]):
    """
    One row more, less or otherwise in the database.
    """
    due = told()

    found = verdict.judge(due, change(kept(due)), platform("k1", "k3"))

    assert any(what in line for line in found.differences), found.differences


@pytest.mark.parametrize(
    ("what", "texts"), [("sent twice", ("k1", "k3", "k1")), ("out of order", ("k3", "k1"))]
)
def test_what_is_wrong_at_the_platform_is_seen(what: str, texts: tuple[str, ...]):
    """
    Sent two times, or after what was written later.
    """
    due = told()

    found = verdict.judge(due, kept(due), platform(*texts))

    assert any(what in line for line in found.differences), found.differences


@pytest.mark.chaos
@pytest.mark.timeout(180)
async def test_each_message_is_there_once_whoever_is_killed(open_folder: Path):
    """
    Seven kills while some hundred webhooks come, with garbage between them, and sixty messages go
    out by a platform that fails, throttles and goes silent.
    """
    asked = arguments([*SMALL, "--seed", "11", "--results", str(open_folder)])

    found = await Run(asked, open_folder, open_folder).run()

    assert found.is_good, msgspec.json.format(msgspec.json.encode(found)).decode()
    assert Counter(fault.kind for fault in found.faults)[Kind.KILL] == 7
    assert found.verdict.messages > 300
    assert found.verdict.sent_once > 30
    assert found.letters.listed >= 2
