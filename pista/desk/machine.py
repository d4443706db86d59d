"""The one table of how a cliente may go from one status to another.

The database holds every statement to the same rows (`desk_moves`), the screens are given them, and
docs/desk.md shows them; tests compare all four.
"""

from typing import Literal, NamedTuple

from pista.desk.model import Status

Name = Literal[
    "create",
    "derive",
    "reassign",
    "transfer",
    "withdraw",
    "open",
    "complete",
    "give_back",
    "time_out",
    "reopen",
    "take_back",
]
Who = Literal["gtr", "asesor", "holder", "system"]
"""A supervisor; its asesor; its asesor with the lock; Pista by itself. A supervisor may let Pista
do what supervisors may."""
MessageType = Literal[
    "CLIENT_CREATED",
    "CLIENT_UPDATED",
    "CLIENT_REASSIGNED",
    "CLIENT_IN_GESTION",
    "CLIENT_COMPLETED",
    "CLIENT_RETURNED_TO_GTR",
]


class Move(NamedTuple):
    name: Name
    origins: tuple[Status, ...]
    """None: it is made."""
    to: Status
    who: Who
    tells: MessageType
    reason: str | None = None
    """Why it came back, as it is told."""


WAITING: tuple[Status, ...] = ("nuevo", "no_gestionado")
ACTIVE: tuple[Status, ...] = ("derivado", "en_gestion")
DONE: tuple[Status, ...] = ("no_gestionado", "terminado")

MOVES = (
    Move("create", (), "nuevo", "gtr", "CLIENT_CREATED"),
    Move("derive", WAITING, "derivado", "gtr", "CLIENT_REASSIGNED"),
    Move("reassign", ACTIVE, "derivado", "gtr", "CLIENT_REASSIGNED"),
    Move("transfer", ACTIVE, "derivado", "asesor", "CLIENT_REASSIGNED"),
    Move("withdraw", ACTIVE, "nuevo", "gtr", "CLIENT_RETURNED_TO_GTR", "withdrawn"),
    Move("withdraw", ACTIVE, "no_gestionado", "gtr", "CLIENT_RETURNED_TO_GTR", "withdrawn"),
    Move("open", ("derivado",), "en_gestion", "holder", "CLIENT_IN_GESTION"),
    Move("complete", ("en_gestion",), "terminado", "holder", "CLIENT_COMPLETED"),
    Move("give_back", ACTIVE, "no_gestionado", "asesor", "CLIENT_RETURNED_TO_GTR", "given_back"),
    Move(
        "time_out",
        ACTIVE,
        "no_gestionado",
        "system",
        "CLIENT_RETURNED_TO_GTR",
        "timeout_no_gestionado",
    ),
    Move("reopen", DONE, "nuevo", "gtr", "CLIENT_UPDATED"),
    Move("reopen", DONE, "derivado", "gtr", "CLIENT_REASSIGNED"),
    # What an import reopened, once that is undone: told of all of them at once.
    Move(
        "take_back", ("nuevo", "derivado", "no_gestionado"), "terminado", "system", "CLIENT_UPDATED"
    ),
    Move("take_back", ("nuevo", "derivado"), "no_gestionado", "system", "CLIENT_UPDATED"),
)

_BY_NAME = {(move.name, move.to): move for move in MOVES}

CREATE = _BY_NAME["create", "nuevo"]
DERIVE = _BY_NAME["derive", "derivado"]
REASSIGN = _BY_NAME["reassign", "derivado"]
TRANSFER = _BY_NAME["transfer", "derivado"]
WITHDRAW = _BY_NAME["withdraw", "nuevo"]
WITHDRAW_UNMANAGED = _BY_NAME["withdraw", "no_gestionado"]
OPEN = _BY_NAME["open", "en_gestion"]
COMPLETE = _BY_NAME["complete", "terminado"]
GIVE_BACK = _BY_NAME["give_back", "no_gestionado"]
TIME_OUT = _BY_NAME["time_out", "no_gestionado"]
REOPEN = _BY_NAME["reopen", "nuevo"]
REOPEN_FOR = _BY_NAME["reopen", "derivado"]


def rows() -> set[tuple[str, str, str]]:
    """Move, from and to, as the database has them; what is made comes from ''."""
    return {(one.name, origin, one.to) for one in MOVES for origin in one.origins or ("",)}


def to_derive(status: Status) -> Move:
    """How a supervisor gives somebody a cliente that is so."""
    match status:
        case "terminado":
            return REOPEN_FOR
        case "derivado" | "en_gestion":
            return REASSIGN
        case _:
            return DERIVE


def to_renew(status: Status) -> Move:
    """How a supervisor makes it one that nobody has, and that waits as if it were new."""
    return WITHDRAW if status in ACTIVE else REOPEN
