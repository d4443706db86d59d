"""Conversations: what people write on WhatsApp and Telegram, and what is answered."""
