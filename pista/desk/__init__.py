"""The lead desk: clientes, whose they are, who has them in hand, and when they go back."""

from pista.desk import (
    assigning,
    clientes,
    imports,
    locks,
    presence,
    reports,
    settings,
    sharing,
    views,
    wizard,
)
from pista.desk.access import sees_all
from pista.desk.describing_bodies import describe
from pista.desk.goals import GoalTimer
from pista.desk.imports import TABLES as IMPORTS
from pista.desk.imports.model import ClienteImportChanged
from pista.desk.leads import hear as hear_lead
from pista.desk.leads import hear_again as hear_leads_again
from pista.desk.leads.known import KnownLead, leads_of
from pista.desk.live import MESSAGES, Resume, Resumed, Resync, Tail, Told, missed
from pista.desk.presence import note_windows
from pista.desk.sharing import Sharer
from pista.desk.timer import FollowUpTimer, Pruner
from pista.queue import Handlers

routes = [
    *assigning.routes,
    *clientes.routes,
    *locks.routes,
    *wizard.routes,
    *settings.routes,
    *presence.routes,
    *sharing.routes,
    *views.routes,
    *reports.routes,
    *imports.routes,
]

handlers: Handlers = {**imports.handlers, **settings.handlers}
"""Who does which job of this room."""

__all__ = [
    "IMPORTS",
    "MESSAGES",
    "ClienteImportChanged",
    "FollowUpTimer",
    "GoalTimer",
    "KnownLead",
    "Pruner",
    "Resume",
    "Resumed",
    "Resync",
    "Sharer",
    "Tail",
    "Told",
    "describe",
    "handlers",
    "hear_lead",
    "hear_leads_again",
    "leads_of",
    "missed",
    "note_windows",
    "routes",
    "sees_all",
]
