"""A company's own system, by a signed webhook."""
