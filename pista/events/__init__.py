"""The event store: rows from the edge, the writer, partitions and statistics."""

from pista.events import recent
from pista.events.backlog import Backlog, BufferStats, buffer_stats
from pista.events.partitions import Keeper, Partition, partitions
from pista.events.partitions_routes import routes as partition_routes
from pista.events.periods import BadRange, Range, read_range
from pista.events.removal import Remover
from pista.events.reports_routes import reports
from pista.events.routes import routes as statistics_routes
from pista.events.routes import zone_of
from pista.events.windows import (
    Figures,
    FirstHours,
    Window,
    first_hours,
    hourly,
    measure,
    stored_until,
)
from pista.events.writer import Writer

routes = [*statistics_routes, *reports, *partition_routes]

__all__ = [
    "Backlog",
    "BadRange",
    "BufferStats",
    "Figures",
    "FirstHours",
    "Keeper",
    "Partition",
    "Range",
    "Remover",
    "Window",
    "Writer",
    "buffer_stats",
    "first_hours",
    "hourly",
    "measure",
    "partitions",
    "read_range",
    "recent",
    "routes",
    "stored_until",
    "zone_of",
]
