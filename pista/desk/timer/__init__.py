"""The follow-up timer: what its asesor did nothing with goes back, in the second it is due."""

from pista.desk.timer.pruning import Pruner
from pista.desk.timer.timer import FollowUpTimer

__all__ = ["FollowUpTimer", "Pruner"]
