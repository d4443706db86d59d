"""The event store: rows from the edge, the writer, partitions and statistics."""
