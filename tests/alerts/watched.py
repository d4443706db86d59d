"""What happens, and what the rules made of it: shared by the tests of the watcher."""

from datetime import datetime, timedelta

from pista.alerts.model import MadeAlertRule
from tests.alerts.conftest import Company

SECOND = timedelta(seconds=1)


def spread(start: datetime, number: int, every: timedelta = SECOND) -> list[datetime]:
    return [start + every * n for n in range(number)]


async def states(company: Company, rule: MadeAlertRule) -> list[tuple[float, str | None]]:
    """Each firing's value and how it ended."""
    return [(one.value, one.ending) for one in await company.firings(rule_id=rule.id)]
