"""Who is given which cliente, worked out a second time by brute force."""

from collections import Counter
from uuid import UUID

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from pista.desk.model import ClienteId
from pista.desk.presence.model import Presence
from pista.desk.sharing.model import Asesor, Given, Method, ShareRule, ShareRules, Waiting
from pista.desk.sharing.rules import Table, ways
from pista.ids import UserId

STATES: list[Presence] = ["available", "available", "available", "paused", "away"]
METHODS: list[Method] = ["round_robin", "least_loaded"]
SKILLS = ["a", "b"]
PEOPLE = [UserId(UUID(int=n)) for n in range(5)]

some_skills = st.frozensets(st.sampled_from(SKILLS))


@st.composite
def staffs(draw: st.DrawFn) -> list[Asesor]:
    many = draw(st.integers(0, len(PEOPLE)))
    turns = draw(st.permutations(range(many)))
    return [
        Asesor(
            id=PEOPLE[n],
            name=f"{n}",
            state=draw(st.sampled_from(STATES)),
            load=draw(st.integers(0, 4)),
            limit=draw(st.integers(0, 5)),
            skills=draw(some_skills),
            turn=turns[n],
        )
        for n in range(many)
    ]


company_rules = st.builds(
    ShareRules,
    rules=st.lists(
        st.builds(
            ShareRule,
            name=st.just("x"),
            skills=some_skills.map(sorted),
            method=st.sampled_from(METHODS),
        ),
        min_size=1,
        max_size=3,
    ),
    method=st.sampled_from(METHODS),
)
queues = st.lists(st.tuples(st.integers(0, 3), st.none() | st.sampled_from(PEOPLE)), max_size=12)


@given(staffs(), company_rules, queues)
def test_each_is_given_as_by_hand(
    staff: list[Asesor],
    rules: ShareRules,
    queue: list[tuple[int, UserId | None]],
):
    """
    One after the other: to whom it may be, whose turn it is, and nobody beyond their limit.
    """
    by = ways(rules)
    waiting = [
        Waiting(id=ClienteId(n), way=way % len(by), let_go_by=who)
        for n, (way, who) in enumerate(queue)
    ]

    told = Table(staff).give(waiting, by)

    expected: list[Given] = []
    people = {one.id: one for one in staff}
    turn = max((one.turn for one in staff), default=0)
    for one in waiting:
        way = by[one.way]
        able = [
            who
            for who in people.values()
            if who.state == "available" and way.skills.issubset(who.skills)
        ]
        others = [who for who in able if who.id != one.let_go_by]
        free = [who for who in others or able if who.load < who.limit]
        if not free:
            continue
        if way.method == "least_loaded":
            least = min(who.load for who in free)
            free = [who for who in free if who.load == least]
        chosen = min(free, key=lambda who: who.turn)
        turn += 1
        people[chosen.id] = msgspec.structs.replace(chosen, load=chosen.load + 1, turn=turn)
        expected.append(Given(cliente=one.id, asesor=chosen.id, why=way.why))
    assert told == expected


@given(st.integers(1, 5), st.integers(0, 40))
def test_the_turn_goes_round(many: int, clientes: int):
    """
    Among those who may all have it nobody is ahead of anybody by more than one.
    """
    staff = [
        Asesor(
            id=PEOPLE[n],
            name=f"{n}",
            state="available",
            load=0,
            limit=100,
            skills=frozenset(),
            turn=0,
        )
        for n in range(many)
    ]
    waiting = [Waiting(id=ClienteId(n), way=0, let_go_by=None) for n in range(clientes)]

    told = Counter(one.asesor for one in Table(staff).give(waiting, ways(ShareRules())))

    shares = [told[one.id] for one in staff]
    assert sum(shares) == clientes
    assert max(shares) - min(shares) <= 1
