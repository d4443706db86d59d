"""Telegram, by the Bot API: its webhooks as they are read, and its client."""
