"""How long clientes stay as they are, by the status that they left."""

from pista.desk.model import STATUSES, Status
from pista.desk.reports import queries
from pista.desk.reports.asking import Asked
from pista.desk.reports.model import LeftBy, Stay, StaysReport
from pista.desk.reports.pairs import both
from pista.desk.reports.queries import Left, Stayed
from pista.events.periods import Range
from pista.store.postgres import Postgres, Tx

Found = tuple[list[Stayed], list[Left]]


async def report(postgres: Postgres, asked: Asked) -> StaysReport:
    async def find(tx: Tx, period: Range) -> Found:
        where = (tx, asked.tenant, period.start, period.end, asked.narrowed)
        left = await queries.left(*where) if period is asked.period else []
        return await queries.stayed(*where), left

    here, then = await both(postgres, asked, find)
    return StaysReport(**asked.told, items=_stays(here), before=_stays(then))


def _stays(found: Found) -> list[Stay]:
    stayed = {row.status: row for row in found[0]}
    return [_stay(status, stayed.get(status), found[1]) for status in STATUSES]


def _stay(status: Status, row: Stayed | None, left: list[Left]) -> Stay:
    median, p90 = row.quantiles if row else (None, None)
    own = [LeftBy(move=one.move, clientes=one.clientes) for one in left if one.status == status]
    return Stay(
        status=status,
        stays=row.stays if row else 0,
        average_seconds=row.average if row else None,
        median_seconds=median,
        p90_seconds=p90,
        left_by=sorted(own, key=lambda one: (-one.clientes, one.move)),
    )
