"""Work and news between processes. So far: announcements, which may be missed."""

from pista.queue.announcements import CONFIG, NEWS, Listener, announce

__all__ = ["CONFIG", "NEWS", "Listener", "announce"]
