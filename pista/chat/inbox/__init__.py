"""The inbox: conversations as people at their desks read, share and answer them."""

from pista.chat.inbox.access import check
from pista.chat.inbox.conversation_routes import routes as conversation_routes
from pista.chat.inbox.desk_routes import routes as desk_routes
from pista.chat.inbox.facts import facts
from pista.chat.inbox.quick_routes import routes as quick_routes
from pista.chat.inbox.threads import message

routes = [*conversation_routes, *desk_routes, *quick_routes]

__all__ = ["check", "facts", "message", "routes"]
