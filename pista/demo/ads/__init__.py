"""The shop's advertisements: who came by them, what was sold, what they cost, and who is told."""

from pista.demo.ads.buying import Buying
from pista.demo.ads.connecting import connect
from pista.demo.ads.following import Follower
from pista.demo.ads.setting import tell_costs

__all__ = ["Buying", "Follower", "connect", "tell_costs"]
