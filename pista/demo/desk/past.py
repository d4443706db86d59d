"""What happened at the desk in the days before: no I/O, no clock."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple

from pista.demo.came import Came
from pista.demo.desk import script
from pista.desk import machine
from pista.desk.bringing import Then
from pista.desk.model import Actor
from pista.desk.moving_queries import NewCliente
from pista.ids import UserId

TIMED_OUT = timedelta(seconds=300, milliseconds=40)
TURNS = 4
GIVEN_UP = 0.25


class Case(NamedTuple):
    new: NewCliente
    came_at: datetime
    moves: list[Then]

    @property
    def over_at(self) -> datetime:
        return self.moves[-1].at


class Staff(NamedTuple):
    supervisor: UserId
    asesores: Sequence[UserId]


def case(staff: Staff, came: Came, *, lately: bool = False) -> Case:
    """Of somebody whom the shop heard of, the same at every call: done, but for a few who came
    lately and were given back."""
    dice = Random(f"{came.key} desk")  # noqa: S311 - what happened in a demo
    new = NewCliente(
        nombre=came.name,
        telefono=came.phone,
        email=came.email,
        contact_id=came.contact_id,
        campaign=came.campaign,
        source=came.source,
        notas=None,
    )
    came_at = came.at + timedelta(seconds=dice.uniform(1, 4))
    return Case(new, came_at, _moves(dice, staff, came, came_at, lately=lately))


def _moves(
    dice: Random, staff: Staff, came: Came, came_at: datetime, *, lately: bool
) -> list[Then]:
    moves: list[Then] = []
    at = came_at
    for turn in range(TURNS):
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
        at = _worked(dice, moves, asesor, at, bought=came.bought, done=turn == TURNS - 1)
        if moves[-1].move.to == "terminado" or (lately and dice.random() < GIVEN_UP):
            break
    return moves


def _worked(
    dice: Random, moves: list[Then], asesor: UserId, at: datetime, *, bought: bool, done: bool
) -> datetime:
    """Until it is done, or goes back."""
    own = Actor(kind="user", id=asesor)
    if not done and dice.random() < 0.1:
        moves.append(Then(at + TIMED_OUT, machine.TIME_OUT))
        return moves[-1].at
    at += timedelta(seconds=dice.uniform(8, 240))
    moves.append(Then(at, machine.OPEN, asesor, own))
    fate = 1.0 if done else dice.random()
    if fate < 0.08:
        moves.append(Then(at + TIMED_OUT, machine.TIME_OUT))
    elif fate < 0.22:
        at += timedelta(seconds=dice.uniform(40, 280))
        moves.append(Then(at, machine.GIVE_BACK, None, own, dice.choice(script.WHY_BACK)))
    else:
        at += timedelta(seconds=dice.uniform(60, 290))
        [unsold] = dice.choices(script.UNSOLD, weights=(3, 2, 2))
        outcome = script.SOLD if bought else unsold
        moves.append(Then(at, machine.COMPLETE, None, own, outcome, outcome))
    return moves[-1].at
