"""WhatsApp, by the Cloud API: its webhooks as they are read, and its client."""
