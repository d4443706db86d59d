"""The stored months over HTTP: what there is, and asking for one to be removed."""

import re
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from litestar import delete, get
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter

from pista import accounts, logs
from pista.accounts import ADMINS_ONLY, Caller, Role, refused
from pista.accounts.audit import Action, Auditor
from pista.errors import NotFound, PistaError
from pista.events import removal_queries
from pista.events.partitions import Partition, last_due, oldest_month, partitions
from pista.events.removal_queries import Asked
from pista.ids import uuid7
from pista.settings import Settings
from pista.store.clickhouse import ClickHouse
from pista.store.postgres import Postgres

AWAY = refused("`unavailable`: the statistics are away; try again in a moment.")

log = logs.get()

Confirm = Annotated[
    str, QueryParameter(name="confirm", max_length=64, description="The month once more.")
]


class PartitionNotFound(NotFound):
    """No events of this month are stored; months are written as `2026-03`."""

    code = "partition_not_found"


class PartitionNotConfirmed(PistaError):
    """Send the month once more as `confirm`: what is removed does not come back."""

    status = 422
    code = "partition_not_confirmed"


class _Wire(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    pass


class TableSize(_Wire, frozen=True, kw_only=True):
    table: str
    rows: int
    bytes: int


class Month(_Wire, frozen=True, kw_only=True):
    """One month of UTC."""

    month: str
    """YYYY-MM."""
    events: int
    """The tenant's own, bots included."""
    rows: int | None
    """In all tables; null if other tenants' rows are among them."""
    bytes: int | None
    tables: list[TableSize]
    current: bool
    accepted: bool
    """Events of this month are still taken, late ones too."""


class Disk(_Wire, frozen=True, kw_only=True):
    free: int
    total: int


class Removal(_Wire, frozen=True, kw_only=True):
    """A month that somebody has asked to remove, and how far that is."""

    id: UUID
    month: str
    state: Literal["waiting", "running", "done", "failed"]
    asked_by: str
    asked_at: datetime
    finished_at: datetime | None
    events: int | None
    """How many there were."""
    bytes: int | None
    parts_left: int | None
    error: str | None


class Partitions(_Wire, frozen=True, kw_only=True):
    items: list[Month]
    """The newest first."""
    bytes: int | None
    """Of all months together."""
    disk: Disk | None
    tenant_only: bool
    """Other tenants have events here too: then sizes are nobody's to see, and removing a month
    removes this tenant's rows of it."""
    retention_months: int
    cleanup_older_than_months: int
    auto_cleanup: bool
    next_cleanup_at: datetime | None
    removals: list[Removal]
    """The latest first."""


class _Events(msgspec.Struct, frozen=True):
    month: int
    events: int


class _Number(msgspec.Struct, frozen=True):
    n: int


@get(
    "/api/partitions",
    opt=accounts.may(Role.ADMIN),
    tags=["Events"],
    summary="The stored months and their sizes",
    responses={**ADMINS_ONLY, 503: AWAY},
)
async def list_partitions(
    state: State,
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    settings: NamedDependency[Settings],
) -> Partitions:
    """With what is kept for how long, and the removals that were asked for."""
    clickhouse: ClickHouse = state.clickhouse
    async with postgres.transaction() as tx:
        asked = await removal_queries.of_tenant(tx, caller.tenant_id)
    months = await clickhouse.all(_Events, MONTHS, tenant=caller.tenant_id)
    others = await clickhouse.one(_Number, OTHERS, tenant=caller.tenant_id)
    stored = [] if others.n else await partitions(clickhouse)
    tracking, now = settings.tracking, datetime.now(UTC)
    oldest = int(oldest_month(now, tracking.retention_months))
    return Partitions(
        items=[_month(found, stored, now, oldest, shared=others.n > 0) for found in months],
        bytes=None if others.n else sum(part.bytes_on_disk for part in stored),
        disk=None if others.n else await _disk(clickhouse),
        tenant_only=others.n > 0,
        retention_months=tracking.retention_months,
        cleanup_older_than_months=tracking.cleanup_older_than_months,
        auto_cleanup=tracking.auto_cleanup_enabled,
        next_cleanup_at=_next_cleanup() if tracking.auto_cleanup_enabled else None,
        removals=[_removal(one) for one in asked],
    )


@delete(
    "/api/partitions/{month:str}",
    status_code=202,
    opt=accounts.may(Role.ADMIN),
    tags=["Events"],
    summary="Remove a month of events",
    responses={
        **ADMINS_ONLY,
        404: refused("`partition_not_found`: no events of this month are stored."),
        422: refused("`partition_not_confirmed`, or `invalid`: the month is to be sent twice."),
        503: AWAY,
    },
)
async def remove_partition(
    month: FromPath[str],
    confirm: Confirm,
    state: State,
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    auditor: NamedDependency[Auditor],
) -> Removal:
    """The tenant's events of the month and their statistics, for ever. The worker does it, within
    seconds where no other tenant has events; asking again meanwhile changes nothing."""
    number = _read_month(month)
    if confirm != month:
        raise PartitionNotConfirmed
    async with postgres.transaction() as tx:
        asked = await removal_queries.open_of(tx, caller.tenant_id, number)
    if asked is None:
        months = await state.clickhouse.all(_Events, MONTHS, tenant=caller.tenant_id)
        if number not in {found.month for found in months}:
            raise PartitionNotFound
        asked = await _ask(postgres, caller, number, auditor)
    return _removal(asked)


async def _ask(postgres: Postgres, caller: Caller, month: int, auditor: Auditor) -> Asked:
    asked = Asked(
        id=uuid7(),
        tenant_id=caller.tenant_id,
        month=month,
        asked_by=caller.user.id if caller.user else caller.key,
        asked_by_name=caller.user.name if caller.user else "API",
        asked_at=datetime.now(UTC),
    )
    async with postgres.transaction() as tx:
        await removal_queries.ask(tx, asked)
        await auditor.note(tx, Action.MONTH_REMOVED, _written(month), subject=asked.id)
        # Somebody else may have asked for it a moment earlier.
        known = await removal_queries.open_of(tx, caller.tenant_id, month)
    log.info(
        "month_removal_asked", tenant=str(asked.tenant_id), month=month, by=str(asked.asked_by)
    )
    return known or asked


def _read_month(month: str) -> int:
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", month, re.ASCII):
        raise PartitionNotFound
    return int(month.replace("-", ""))


def _written(month: int) -> str:
    return f"{month // 100:04d}-{month % 100:02d}"


def _month(
    found: _Events, stored: list[Partition], now: datetime, oldest: int, *, shared: bool
) -> Month:
    parts = [part for part in stored if part.month == str(found.month)]
    return Month(
        month=_written(found.month),
        events=found.events,
        rows=None if shared else sum(part.rows for part in parts),
        bytes=None if shared else sum(part.bytes_on_disk for part in parts),
        tables=[
            TableSize(table=part.table, rows=part.rows, bytes=part.bytes_on_disk) for part in parts
        ],
        current=found.month == now.year * 100 + now.month,
        accepted=found.month >= oldest,
    )


def _removal(asked: Asked) -> Removal:
    return Removal(
        id=asked.id,
        month=_written(asked.month),
        state=_state(asked),
        asked_by=asked.asked_by_name,
        asked_at=asked.asked_at,
        finished_at=asked.finished_at,
        events=asked.events,
        bytes=asked.bytes,
        parts_left=asked.parts_left,
        error=asked.error,
    )


def _state(asked: Asked) -> Literal["waiting", "running", "done", "failed"]:
    if asked.finished_at is not None:
        return "failed" if asked.error else "done"
    return "waiting" if asked.started_at is None else "running"


async def _disk(clickhouse: ClickHouse) -> Disk | None:
    """Where the events lie on one disk."""
    disks = await clickhouse.all(Disk, DISKS)
    return disks[0] if len(disks) == 1 else None


def _next_cleanup() -> datetime:
    """As the worker reckons, if it is on this machine or in its time zone."""
    here = datetime.now().astimezone()
    return last_due(here) + timedelta(days=1)


MONTHS = """
select toYYYYMM(hour) as month, sum(events) as events
from events_hourly
where tenant_id = {tenant:UUID}
group by month
having events > 0
order by month desc
"""

OTHERS = """
select count() as n
from (select 1 from events_hourly where tenant_id != {tenant:UUID} limit 1)
"""

DISKS = """
select free_space as free, total_space as total
from system.disks
where name in (
    select disk_name from system.parts
    where active and database = currentDatabase() and table = 'events'
)
"""

routes: list[Any] = [list_partitions, remove_partition]
