"""Which fault comes when: decided by the seed before anything is started."""

import random
from collections.abc import Iterator
from enum import StrEnum

import msgspec


class Kind(StrEnum):
    KILL = "kill -9"
    PAUSE = "pause"
    """SIGSTOP, and SIGCONT some seconds later."""
    HANG = "hang"
    """SIGSTOP for good: the supervisor has to notice."""
    RESTART = "clean restart"
    AWAY = "away"


class Role(StrEnum):
    WEB = "web"
    WORKER = "worker"
    LEADER = "leading worker"
    POSTGRES = "postgres"
    BACKEND = "postgres backend"
    CLICKHOUSE = "clickhouse"
    CLIENT = "client"
    SUPERVISOR = "supervisor"


class Step(msgspec.Struct, frozen=True, kw_only=True):
    wait: float
    """Seconds from the step before."""
    kind: Kind
    role: Role
    pick: int
    """Which of several is meant, modulo their number."""
    seconds: float = 0.0
    """How long it lasts."""

    @property
    def name(self) -> str:
        return f"{self.kind}: {self.role}"


SHARES = {
    Role.WEB: 0.26,
    Role.WORKER: 0.2,
    Role.POSTGRES: 0.15,
    Role.BACKEND: 0.12,
    Role.CLICKHOUSE: 0.19,
    Role.CLIENT: 0.05,
    Role.SUPERVISOR: 0.03,
}
PAUSED = (Role.WEB, Role.LEADER, Role.POSTGRES, Role.BACKEND, Role.CLICKHOUSE)
PAUSES_OF_EACH = 2
PAUSE_SECONDS = (2.0, 9.0)
HUNG = (Role.WEB, Role.LEADER, Role.CLICKHOUSE, Role.POSTGRES)
RESTARTS = 4
WITHOUT_CLICKHOUSE = (Role.CLIENT, Role.WORKER, Role.WEB)


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    seed: int
    kills: int
    seconds: float
    """In which the faults come, beside the time that ClickHouse is away."""
    away_seconds: float
    hangs: bool = True
    others: bool = True
    """Pauses, hangs and restarts beside the kills."""
    only: Role | None = None
    """Nothing but kills of this role."""


def steps(asked: Asked) -> list[Step]:
    dice = random.Random(asked.seed)
    if asked.only:
        kills = [(Kind.KILL, asked.only)] * asked.kills
        return list(_apart(dice, kills, asked.seconds / asked.kills))
    faults = [*_kills(dice, asked.kills), *_others(asked)]
    dice.shuffle(faults)
    away = _bearable(faults, asked)
    for fault in away:
        faults.remove(fault)
    middle = len(faults) // 2
    apart = asked.seconds / len(faults)
    apart_away = asked.away_seconds / (len(away) + 1)
    return [
        *_apart(dice, faults[:middle], apart),
        Step(wait=apart, kind=Kind.AWAY, role=Role.CLICKHOUSE, pick=0, seconds=asked.away_seconds),
        *_apart(dice, away, apart_away),
        # What comes next must not shorten it.
        *_after(dice, faults[middle:], apart, apart_away),
    ]


def _bearable(faults: list[tuple[Kind, Role]], asked: Asked) -> list[tuple[Kind, Role]]:
    """What is killed while ClickHouse is away: nothing without which none can acknowledge."""
    found = [fault for fault in faults if fault[0] is Kind.KILL and fault[1] in WITHOUT_CLICKHOUSE]
    share = asked.away_seconds / (asked.seconds + asked.away_seconds)
    return found[: int(len(faults) * share)]


def _kills(dice: random.Random, kills: int) -> list[tuple[Kind, Role]]:
    certain = [role for role, share in SHARES.items() for _ in range(int(share * kills))]
    roles = certain + dice.choices(list(SHARES), list(SHARES.values()), k=kills - len(certain))
    return [(Kind.KILL, role) for role in roles]


def _others(asked: Asked) -> list[tuple[Kind, Role]]:
    if not asked.others:
        return []
    pauses = [(Kind.PAUSE, role) for role in PAUSED for _ in range(PAUSES_OF_EACH)]
    restarts = [(Kind.RESTART, Role.POSTGRES)] * RESTARTS
    return pauses + restarts + [(Kind.HANG, role) for role in HUNG if asked.hangs]


def _apart(dice: random.Random, faults: list[tuple[Kind, Role]], apart: float) -> Iterator[Step]:
    for kind, role in faults:
        yield Step(
            wait=dice.uniform(0.05, 2 * apart),
            kind=kind,
            role=role,
            pick=dice.randrange(1000),
            seconds=dice.uniform(*PAUSE_SECONDS) if kind is Kind.PAUSE else 0.0,
        )


def _after(
    dice: random.Random, faults: list[tuple[Kind, Role]], apart: float, first: float
) -> Iterator[Step]:
    for place, step in enumerate(_apart(dice, faults, apart)):
        yield step if place else msgspec.structs.replace(step, wait=step.wait + first)
