"""Conversations: what people write on WhatsApp and Telegram, and what is answered."""

from pista.chat.describe import describe
from pista.chat.doors import PATH, WhatsAppDoor
from pista.chat.jobs import handlers
from pista.chat.mailbox import Mailbox
from pista.chat.registry import Registry

__all__ = ["PATH", "Mailbox", "Registry", "WhatsAppDoor", "describe", "handlers"]
