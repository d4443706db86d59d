"""What happens on the desk, as open screens hear it: each message once, in order, and what was
missed while a socket was away."""

from pista.desk.live.messages import MESSAGES
from pista.desk.live.model import Resume, Resumed, Resync, Told
from pista.desk.live.resuming import missed
from pista.desk.live.tail import Tail

__all__ = ["MESSAGES", "Resume", "Resumed", "Resync", "Tail", "Told", "missed"]
