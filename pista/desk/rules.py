"""Decisions of the desk: no I/O, no clock."""

from typing import Literal, NamedTuple

from pista.desk.machine import Move
from pista.desk.model import Actor
from pista.desk.moving_queries import Standing

Refusal = Literal["unknown", "forbidden", "impossible", "changed", "locked", "elsewhere", "lost"]
"""Why not: as if there were none, not this person's to do, not from this status, changed since it
was read, in somebody else's hand, in one's own in another window, in nobody's any more."""


class Attempt(NamedTuple):
    """What somebody brings along who wants to change a cliente."""

    actor: Actor
    token: str | None = None
    break_lock: bool = False
    version: int | None = None


def may_move(now: Standing, move: Move, attempt: Attempt) -> Refusal | None:
    """Why this cliente does not go along this move; None: it does."""
    if refusal := may_touch(now, attempt, supervised=move.who in ("gtr", "system")):
        return refusal
    if now.status not in move.origins:
        return "impossible"
    if attempt.version is not None and attempt.version != now.version:
        return "changed"
    if move.who in ("gtr", "system"):
        return _kept_by_another(now, attempt)
    return has_lock(now, attempt) if move.who == "holder" else _in_hand(now, attempt)


def may_touch(now: Standing, attempt: Attempt, *, supervised: bool) -> Refusal | None:
    """Whether it is this person's to change: a supervisor's, or its asesor's."""
    actor = attempt.actor
    own = now.asesor is not None and now.asesor == actor.id
    if actor.supervises if supervised else own and not now.overdue:
        return None
    if supervised and own:
        return "forbidden"
    if own:
        return "impossible"
    return "impossible" if actor.supervises or now.was_theirs else "unknown"


def may_work(now: Standing, attempt: Attempt, *, locked: bool) -> Refusal | None:
    """Whether its asesor may do something with it that does not move it: with the lock, or as long
    as nobody else has it in hand."""
    if refusal := may_touch(now, attempt, supervised=False):
        return refusal
    return has_lock(now, attempt) if locked else _in_hand(now, attempt)


def may_edit(now: Standing, attempt: Attempt) -> Refusal | None:
    """Its asesor while nobody else has it in hand, and a supervisor likewise."""
    own = now.asesor is not None and now.asesor == attempt.actor.id
    if own or not attempt.actor.supervises:
        refusal = may_work(now, attempt, locked=False)
    else:
        refusal = _kept_by_another(now, attempt)
    changed = attempt.version not in (None, now.version)
    return refusal or ("changed" if changed else None)


def has_lock(now: Standing, attempt: Attempt) -> Refusal | None:
    """Whether this person has it in hand; with a token, in this very window."""
    if now.holder is None:
        return "lost"
    if now.holder != attempt.actor.id:
        return "locked"
    return None if attempt.token in (None, now.token) else "elsewhere"


def _in_hand(now: Standing, attempt: Attempt) -> Refusal | None:
    """Its asesor may do this without having it in hand, but not while somebody else has."""
    if attempt.token is not None or now.holder not in (None, attempt.actor.id):
        return has_lock(now, attempt)
    return None


def _kept_by_another(now: Standing, attempt: Attempt) -> Refusal | None:
    kept = now.holder not in (None, attempt.actor.id) and not attempt.break_lock
    return "locked" if kept and attempt.actor.kind != "system" else None
