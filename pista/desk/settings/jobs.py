"""Has what the company set hold by another clock."""

from pista.accounts import TimeZoneChanged
from pista.desk.settings import service
from pista.queue import Handlers, Job
from pista.store.postgres import Tx


async def follow_clock(tx: Tx, job: Job, _work: TimeZoneChanged) -> None:
    """It opens and closes at other moments now."""
    await service.set_anew(tx, job.tenant_id)


handlers: Handlers = {TimeZoneChanged: follow_clock}
