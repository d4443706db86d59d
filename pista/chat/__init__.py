"""Conversations: what people write on WhatsApp and Telegram, and what is answered."""

from pista.chat import channels, inbox, media, sending, webhooks
from pista.chat.channels import first_number
from pista.chat.describe import describe
from pista.chat.doors import PATH, TELEGRAM_PATH, TelegramDoor, WhatsAppDoor
from pista.chat.inbox import facts
from pista.chat.jobs import handlers
from pista.chat.mailbox import Mailbox
from pista.chat.media import Fetcher as MediaFetcher
from pista.chat.media import FileForgetter, ObjectForgetter, Shelves
from pista.chat.platforms import Platforms
from pista.chat.registry import Registry
from pista.chat.sending import errands
from pista.chat.talks import Talk, talks_of
from pista.chat.webhooks import WebhookPruner

routes = [*channels.routes, *media.routes, *webhooks.routes, *inbox.routes, *sending.routes]

__all__ = [
    "PATH",
    "TELEGRAM_PATH",
    "FileForgetter",
    "Mailbox",
    "MediaFetcher",
    "ObjectForgetter",
    "Platforms",
    "Registry",
    "Shelves",
    "Talk",
    "TelegramDoor",
    "WebhookPruner",
    "WhatsAppDoor",
    "describe",
    "errands",
    "facts",
    "first_number",
    "handlers",
    "routes",
    "talks_of",
]
