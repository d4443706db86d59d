"""Random histories of clientes, as plain rows, and the same in the database."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import LiteralString

from pista.desk import machine
from pista.desk.machine import Move
from pista.ids import TenantId, UserId
from pista.store.postgres import Postgres

CAMPAIGNS = (None, "Mayo", "Día de la madre", "=1+1")
SOURCES = ("form", "whatsapp", "manual")
OUTCOMES = (None, "Venta", "No le interesa", "Volver a llamar")
REASONS = ("no contesta", "no es para mí", "=HYPERLINK(1)")

CLIENTE: LiteralString = """
insert into clientes (tenant_id, nombre, source, created_at, state_since)
values ($1, $2, 'test', $3, $3)
returning id
"""
LINES: LiteralString = """
insert into desk_history (
    tenant_id, cliente_id, move, from_status, to_status, at, seconds, actor_kind, asesor_before,
    asesor_after, why, campaign, source, outcome, came_at, touched
)
values ($1, $2, $3, $4, $5, $6, $7, 'user', $8, $9, $10, $11, $12, $13, $14, $15)
"""


@dataclass(frozen=True)
class Row:
    """A move, with what was so when it happened."""

    cliente: int
    move: str
    before: str
    after: str
    at: datetime
    seconds: float
    asesor: UserId | None
    next_asesor: UserId | None
    campaign: str | None
    source: str
    outcome: str | None
    why: str | None
    came_at: datetime
    touched: bool


def made_up(
    chance: random.Random, many: int, start: datetime, end: datetime, asesores: Sequence[UserId]
) -> list[Row]:
    """Clientes that come, are given, opened, lost, withdrawn, done and begun again."""
    length = (end - start).total_seconds()
    rows: list[Row] = []
    for cliente in range(many):
        at = start + timedelta(seconds=chance.uniform(0, length))
        rows += _life(chance, cliente, at, end, asesores)
    return rows


def _life(
    chance: random.Random, cliente: int, at: datetime, end: datetime, asesores: Sequence[UserId]
) -> list[Row]:
    rows: list[Row] = []
    move: Move = machine.CREATE
    status, asesor, came, opened, since = "", None, at, False, at
    source, campaign = chance.choice(SOURCES), chance.choice(CAMPAIGNS)
    former: tuple[datetime, bool] | None = None
    while at < end:
        if move.name == "reopen":
            former, came, opened = (came, opened), at, False
        after = _whose(chance, move, asesor, asesores)
        rows.append(
            Row(
                *(cliente, move.name, status, move.to, at, (at - since).total_seconds()),
                *(asesor, after, campaign, source),
                outcome=chance.choice(OUTCOMES) if move.name == "complete" else None,
                why=chance.choice(REASONS) if move.name == "give_back" else None,
                came_at=came,
                touched=move.name == "open" and not opened,
            )
        )
        opened = opened or move.name == "open"
        if move.name == "take_back" and former:
            came, opened = former
        former = None if opened or move.name == "take_back" else former
        status, asesor, since = move.to, after, at
        campaign = chance.choice(CAMPAIGNS) if chance.random() < 0.1 else campaign
        at += timedelta(seconds=chance.choice((300.0, 299.5, chance.expovariate(1 / 3_000))))
        # Only what began again and was not opened since is as it was before.
        moves = [one for one in machine.MOVES if status in one.origins]
        move = chance.choice([one for one in moves if former or one.name != "take_back"])
        if status == "terminado" and chance.random() < 0.7:
            break
    return rows


def _whose(
    chance: random.Random, move: Move, asesor: UserId | None, asesores: Sequence[UserId]
) -> UserId | None:
    if move is machine.OPEN:
        return asesor
    if move.to != "derivado":
        return None
    return chance.choice([one for one in asesores if one != asesor])


async def store(postgres: Postgres, tenant: TenantId, rows: Sequence[Row]) -> dict[int, int]:
    """The id of each cliente."""
    ids: dict[int, int] = {}
    async with postgres.transaction() as tx:
        for row in rows:
            if row.move == "create":
                name = f"Cliente {row.cliente}"
                ids[row.cliente] = await tx.value(CLIENTE, tenant, name, row.at)
        await tx.connection.executemany(
            LINES,
            [
                (
                    *(tenant, ids[row.cliente], row.move, row.before, row.after, row.at),
                    *(row.seconds, row.asesor, row.next_asesor, row.why, row.campaign),
                    *(row.source, row.outcome, row.came_at, row.touched),
                )
                for row in rows
            ],
        )
    return ids
