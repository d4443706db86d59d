"""The shop's lead desk: advisors who do not exist, what they did, and what they do now."""

from pista.demo.desk.crm import connect
from pista.demo.desk.leading import Leading
from pista.demo.desk.past import Staff
from pista.demo.desk.setting import set_up, staff
from pista.demo.desk.work import Work

__all__ = ["Leading", "Staff", "Work", "connect", "set_up", "staff"]
