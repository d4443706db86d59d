"""Whether two that name an order by the same number mean the same one.

Each names orders in a list of its own: the company (its programs and people, and the Pix that are
asked for), and every shop that tells by webhook. A shop whose mapping says that its numbers are
shared names orders in both lists at once. Nothing but the number counts: two orders of the same
amount in the same minute are two.
"""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

COMPANY = UUID(int=0)
"""Stands for the company among those that name orders."""


class Numbered(NamedTuple):
    """A sale of a certain number, and by whom it is named so."""

    id: UUID
    named_by: Sequence[UUID]


def same_order(of_number: Sequence[Numbered], names: Sequence[UUID]) -> Numbered | None:
    """The one that is meant by whoever names it: what was theirs before goes first."""
    return next((one for name in names for one in of_number if name in one.named_by), None)


def unnamed(of_number: Sequence[Numbered], names: Sequence[UUID]) -> list[UUID]:
    """Those of the names by which no sale of this number is known yet."""
    return [name for name in names if not any(name in one.named_by for one in of_number)]
