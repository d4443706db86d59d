"""The shop's lead desk: advisors who do not exist, what they did, and what they do now."""

from pista.demo.desk.setting import set_up
from pista.demo.desk.work import Work

__all__ = ["Work", "set_up"]
