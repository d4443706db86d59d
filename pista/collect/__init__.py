"""The public front door: what browsers send, checked, enriched and written to the journal."""
