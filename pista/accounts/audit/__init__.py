"""What was changed in the accounts, by whom and when: written with the change, never altered."""

from pista.accounts.audit.model import TERMINAL, Action, Actor
from pista.accounts.audit.service import Auditor, record

__all__ = ["TERMINAL", "Action", "Actor", "Auditor", "record"]
