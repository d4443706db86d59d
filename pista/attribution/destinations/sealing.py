"""The secrets of destinations: sealed together, and opened only to be sent."""

from collections.abc import Mapping

import msgspec

from pista.attribution.conversions.model import DestinationId, DestinationRow
from pista.store.secrets import Sealer


def sealed(sealer: Sealer, destination: DestinationId, secrets: Mapping[str, str]) -> bytes:
    return sealer.seal(msgspec.json.encode(secrets).decode(), _purpose(destination))


def opened(sealer: Sealer, destination: DestinationRow) -> dict[str, str]:
    """`SecretUnreadable` if the key that sealed them is not here."""
    if destination.secrets is None:
        return {}
    text = sealer.open(destination.secrets, _purpose(destination.id))
    return msgspec.json.decode(text, type=dict[str, str])


def _purpose(destination: DestinationId) -> str:
    return f"destination:{destination}"
