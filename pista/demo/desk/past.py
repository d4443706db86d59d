"""What happened at the desk in the days before: no I/O, no clock."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple

from pista.demo.acquaintance import AREAS, FIRST, LAST
from pista.demo.desk import script
from pista.desk import machine
from pista.desk.bringing import Then
from pista.desk.model import Actor
from pista.desk.moving_queries import NewCliente
from pista.ids import UserId

A_DAY = 26
OPENED = 14
"""Hours of a day in which leads come, from eight in the morning in the shop's summer."""
FIRST_HOUR_UTC = 14
TIMED_OUT = timedelta(seconds=300, milliseconds=40)


class Case(NamedTuple):
    new: NewCliente
    came_at: datetime
    moves: list[Then]


class Staff(NamedTuple):
    supervisor: UserId
    asesores: Sequence[UserId]


def cases(staff: Staff, days: int, now: datetime) -> list[Case]:
    """Of so many days until an hour ago, the same at every call of a day; the oldest first."""
    found: list[Case] = []
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    for day in range(days, -1, -1):
        begin = midnight - timedelta(days=day) + timedelta(hours=FIRST_HOUR_UTC)
        dice = Random(f"desk {begin.date()}")  # noqa: S311 - what happened in a demo
        for _ in range(dice.randint(A_DAY - 8, A_DAY + 8)):
            came_at = begin + timedelta(seconds=dice.uniform(0, OPENED * 3600))
            case = _case(dice, staff, came_at)
            last = case.moves[-1].at if case.moves else came_at
            if last < now - timedelta(hours=1):
                found.append(case)
    return sorted(found, key=lambda one: one.came_at)


def person(dice: Random, campaign: str | None, source: str) -> NewCliente:
    number = dice.randrange(100)
    return NewCliente(
        nombre=f"{dice.choice(FIRST)} {dice.choice(LAST)}",
        telefono=f"+1{dice.choice(AREAS)}55501{number:02}",
        email=None,
        contact_id=None,
        campaign=campaign,
        source=source,
        notas=None,
    )


def _case(dice: Random, staff: Staff, came_at: datetime) -> Case:
    new = person(dice, dice.choice(script.CAMPAIGNS), dice.choice(script.SOURCES))
    moves: list[Then] = []
    at = came_at
    for _ in range(4):
        at += timedelta(seconds=min(dice.expovariate(1 / 90), 3600))
        asesor = dice.choice(staff.asesores)
        by_rule = dice.random() < 0.6
        actor = (
            Actor(kind="system")
            if by_rule
            else Actor(kind="user", id=staff.supervisor, supervises=True)
        )
        why = "round_robin" if by_rule else None
        moves.append(Then(at, machine.DERIVE, asesor, actor, why))
        at = _worked(dice, moves, asesor, at)
        if moves[-1].move.to == "terminado" or dice.random() < 0.25:
            break
    return Case(new, came_at, moves)


def _worked(dice: Random, moves: list[Then], asesor: UserId, at: datetime) -> datetime:
    """Until it is done, or goes back."""
    own = Actor(kind="user", id=asesor)
    if dice.random() < 0.1:
        moves.append(Then(at + TIMED_OUT, machine.TIME_OUT))
        return moves[-1].at
    at += timedelta(seconds=dice.uniform(8, 240))
    moves.append(Then(at, machine.OPEN, asesor, own))
    fate = dice.random()
    if fate < 0.08:
        moves.append(Then(at + TIMED_OUT, machine.TIME_OUT))
    elif fate < 0.22:
        at += timedelta(seconds=dice.uniform(40, 280))
        moves.append(Then(at, machine.GIVE_BACK, None, own, dice.choice(script.WHY_BACK)))
    else:
        at += timedelta(seconds=dice.uniform(60, 290))
        [outcome] = dice.choices(script.OUTCOMES, weights=(5, 3, 2, 2))
        moves.append(Then(at, machine.COMPLETE, None, own, outcome, outcome))
    return moves[-1].at
