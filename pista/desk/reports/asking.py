"""What a report is asked about: whose, of which days, and beside which days before."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from pista import accounts, events, texts
from pista.accounts import Caller, Role
from pista.desk.reports import queries
from pista.errors import Forbidden
from pista.events.periods import BadRange, Range, before
from pista.events.statistics import DateRange
from pista.ids import TenantId, UserId
from pista.store.postgres import Postgres

MOST = timedelta(days=400)
"""Of the history no more is read, however much there is: that, and as many days before."""


class Asked(NamedTuple):
    tenant: TenantId
    period: Range
    earlier: Range
    now: datetime
    goal: int
    asesor: UserId | None
    campaign: str | None
    source: str | None

    @property
    def narrowed(self) -> tuple[UserId | None, str | None, str | None]:
        return self.asesor, self.campaign, self.source

    @property
    def told(self) -> dict[str, Any]:
        """What every report says of its time."""
        return {
            "date_range": DateRange(start=self.period.start, end=self.period.end),
            "before_range": DateRange(start=self.earlier.start, end=self.earlier.end),
            "time_zone": self.period.zone.key,
        }


class Filters(NamedTuple):
    """As they came."""

    start: str | None = None
    end: str | None = None
    asesor: UserId | None = None
    campaign: str | None = None
    source: str | None = None


async def ask(postgres: Postgres, caller: Caller, filters: Filters, *, now: datetime) -> Asked:
    """An advisor asks about themselves."""
    tenant = caller.tenant_id
    async with postgres.transaction() as tx:
        zone = ZoneInfo((await accounts.tenant(tx, tenant)).time_zone)
        goal = await queries.goal(tx, tenant)
    period = events.read_range(filters.start, filters.end, zone, now)
    if period.end - period.start > MOST:
        raise BadRange(f"A report on the desk tells of {MOST.days} days at the most.")
    campaign, source = (texts.plain(text) or None for text in (filters.campaign, filters.source))
    return Asked(
        tenant=tenant,
        period=period,
        earlier=before(period, now),
        now=now,
        goal=goal,
        asesor=_whose(caller, filters.asesor),
        campaign=campaign,
        source=source,
    )


def _whose(caller: Caller, asked: UserId | None) -> UserId | None:
    if caller.user is None or caller.role != Role.ASESOR:
        return asked
    if asked not in (None, caller.user.id):
        raise Forbidden("An advisor's figures are for them and for supervisors.")
    return caller.user.id
