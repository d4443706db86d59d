"""What platforms sent, as it came: to be looked at and worked off again, and forgotten in time."""

from pista.chat.webhooks.pruning import WebhookPruner
from pista.chat.webhooks.routes import routes

__all__ = ["WebhookPruner", "routes"]
