"""Links as a company makes them: where they lead, what came through them, and their pictures."""

from pista.clicks.links.click_routes import routes as click_routes
from pista.clicks.links.domain_routes import routes as domain_routes
from pista.clicks.links.routes import routes as link_routes
from pista.clicks.proving.routes import check_link_domain
from pista.clicks.visit_routes import routes as visit_routes

routes = [*link_routes, *domain_routes, check_link_domain, *click_routes, *visit_routes]

__all__ = ["routes"]
