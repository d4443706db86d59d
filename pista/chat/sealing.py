"""What opens a number or bot, sealed: its token, and the secrets that prove its webhooks."""

from pista.chat.model import ChannelId
from pista.store.secrets import Sealer, SecretUnreadable


def seal_token(sealer: Sealer, channel: ChannelId, token: str | None) -> bytes | None:
    return None if token is None else sealer.seal(token, purpose(channel, "token"))


def token_of(sealer: Sealer, channel: ChannelId, sealed: bytes | None) -> str | None:
    """None: it has none, or one that cannot be read any more."""
    try:
        return None if sealed is None else sealer.open(sealed, purpose(channel, "token"))
    except SecretUnreadable:
        return None


def seal_secret(sealer: Sealer, channel: ChannelId, secret: str) -> bytes:
    return sealer.seal(secret, purpose(channel, "secret"))


def secret_of(sealer: Sealer, channel: ChannelId, sealed: bytes) -> str:
    """`SecretUnreadable` if the key that sealed it is not here."""
    return sealer.open(sealed, purpose(channel, "secret"))


def purpose(channel: ChannelId, what: str) -> str:
    """The one place in which a channel's sealed secret opens."""
    return f"chat {what} {channel}"
