"""The event store: rows from the edge, the writer, partitions and statistics."""

from pista.events.backlog import Backlog, BufferStats, buffer_stats
from pista.events.partitions import Keeper, Partition, partitions
from pista.events.reports_routes import reports
from pista.events.routes import routes as statistics_routes
from pista.events.writer import Writer

routes = [*statistics_routes, *reports]

__all__ = [
    "Backlog",
    "BufferStats",
    "Keeper",
    "Partition",
    "Writer",
    "buffer_stats",
    "partitions",
    "routes",
]
