"""`pista up`: the processes of one machine, started in order, kept alive and stopped cleanly."""

from pista.supervisor.house import Programs
from pista.supervisor.run import up

__all__ = ["Programs", "up"]
