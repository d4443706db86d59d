"""A known person's rights: all that is held of a contact in every room, handed over or erased."""

from pista.privacy.people.eraser import PeopleEraser
from pista.privacy.people.rooms import HELD

__all__ = ["HELD", "PeopleEraser"]
