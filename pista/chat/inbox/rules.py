"""Decisions of the inbox: no I/O, no clock."""

from pista.chat.inbox.access import Sight
from pista.ids import UserId


def may_assign(seen: Sight, holder: UserId | None, expected: UserId | None) -> bool:
    """Whether who has it may be changed: by whoever knows who that is, and sees it."""
    return holder == expected and seen.sees(holder)
