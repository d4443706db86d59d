"""The lead desk: clientes, whose they are, who has them in hand, and when they go back."""

from pista.desk import clientes, locks, wizard
from pista.desk.timer import FollowUpTimer, Pruner

routes = [*clientes.routes, *locks.routes, *wizard.routes]

__all__ = ["FollowUpTimer", "Pruner", "routes"]
