"""Work in the queues, for people: how much there is, pausing it, and what was given up."""

from pista.letters import monitor_routes
from pista.letters.routes import routes as letter_routes

routes = [*letter_routes, *monitor_routes.routes]

__all__ = ["routes"]
