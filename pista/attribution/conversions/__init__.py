"""Conversions on their way to platforms: opened with their cause, sent once, and shown."""
