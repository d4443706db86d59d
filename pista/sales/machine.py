"""The one table of how a sale may go from one status to another.

The database holds every statement to the same rows (`sale_moves`), and docs/sales.md shows them;
tests compare all three.
"""

from typing import Literal, NamedTuple

from pista.sales.model import Status

Name = Literal[
    "report",
    "pay",
    "refund_part",
    "refund",
    "charge_back",
    "reverse",
    "cancel",
    "refuse",
    "expire",
]


class Move(NamedTuple):
    name: Name
    origins: tuple[Status, ...]
    """None: it is made."""
    to: Status


# Whose money came although nobody waited for it any more has paid all the same.
UNPAID: tuple[Status, ...] = ("pending", "expired", "canceled", "refused")
KEPT: tuple[Status, ...] = ("paid", "partly_refunded")
SETTLED: tuple[Status, ...] = (*KEPT, "refunded", "charged_back")
"""Those that were paid once, whatever came after."""

MOVES = (
    Move("report", (), "pending"),
    Move("pay", UNPAID, "paid"),
    Move("refund_part", KEPT, "partly_refunded"),
    Move("refund", KEPT, "refunded"),
    Move("charge_back", KEPT, "charged_back"),
    Move("reverse", ("charged_back",), "paid"),
    Move("reverse", ("charged_back",), "partly_refunded"),
    Move("cancel", ("pending", "expired", "refused"), "canceled"),
    Move("refuse", ("pending",), "refused"),
    Move("expire", ("pending",), "expired"),
)

_BY_NAME = {(move.name, move.to): move for move in MOVES}

REPORT = _BY_NAME["report", "pending"]
PAY = _BY_NAME["pay", "paid"]
CHARGE_BACK = _BY_NAME["charge_back", "charged_back"]
CANCEL = _BY_NAME["cancel", "canceled"]
REFUSE = _BY_NAME["refuse", "refused"]
EXPIRE = _BY_NAME["expire", "expired"]


def rows() -> set[tuple[str, str, str]]:
    """Move, from and to, as the database has them; what is made comes from ''."""
    return {(one.name, origin, one.to) for one in MOVES for origin in one.origins or ("",)}


def may(move: Move, status: Status) -> bool:
    return status in move.origins


def to_give_back(amount: int, refunded: int) -> Move:
    """A refund after which so much of the amount has gone back."""
    if refunded >= amount:
        return _BY_NAME["refund", "refunded"]
    return _BY_NAME["refund_part", "partly_refunded"]


def to_reverse(refunded: int) -> Move:
    """A chargeback was taken back, after which so much is still away."""
    return _BY_NAME["reverse", "partly_refunded" if refunded else "paid"]
