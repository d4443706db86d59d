"""API keys over HTTP; what they may do is the guard's, and making them the room's service's."""
