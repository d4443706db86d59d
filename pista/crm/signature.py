"""Who sends a webhook: whoever knows its source's secret, or signs with GoHighLevel's key."""

import base64
import binascii
import hashlib
import hmac
import secrets

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key, load_pem_public_key

from pista.crm.model import BadWebhookSource

RAW_KEY_BYTES = 32
NOT_A_KEY = "publicKey is no Ed25519 key: paste it as PEM or base64."


def new_secret() -> str:
    return f"whs_{secrets.token_urlsafe(32)}"


def hashed(secret: str) -> bytes:
    # As random as the hash is long, so that neither salt nor slowness would add anything.
    return hashlib.sha256(secret.encode()).digest()


def knows_secret(given: str | None, secret_hash: bytes) -> bool:
    return given is not None and hmac.compare_digest(hashed(given), secret_hash)


def is_signed(body: bytes, signature: str | None, public_key: str | None) -> bool:
    """Whether these very bytes carry the signature of this key's owner."""
    if not signature or not public_key:
        return False
    try:
        read_key(public_key).verify(base64.b64decode(signature, validate=True), body)
    except (InvalidSignature, binascii.Error, ValueError, BadWebhookSource):
        return False
    return True


def read_key(text: str) -> Ed25519PublicKey:
    """The key; `BadWebhookSource` if it is none."""
    try:
        key = _loaded(text.strip())
    except (ValueError, TypeError, binascii.Error):
        raise BadWebhookSource(NOT_A_KEY) from None
    if not isinstance(key, Ed25519PublicKey):
        raise BadWebhookSource(NOT_A_KEY)
    return key


def _loaded(text: str) -> object:
    if text.startswith("-----BEGIN"):
        return load_pem_public_key(text.encode())
    key = base64.b64decode("".join(text.split()), validate=True)
    if len(key) == RAW_KEY_BYTES:
        return Ed25519PublicKey.from_public_bytes(key)
    return load_der_public_key(key)
