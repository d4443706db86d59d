"""Meta's Conversions API: what it is sent, and what its answers mean."""
