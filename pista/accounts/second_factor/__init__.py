"""A second factor for signing in: codes of an app (RFC 6238), and recovery codes."""
