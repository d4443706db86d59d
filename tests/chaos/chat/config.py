"""What the clients of a run have to know, in a file beside their ledgers."""

from pathlib import Path

import msgspec


class Config(msgspec.Struct, frozen=True, kw_only=True):
    url: str
    seed: int
    began: int
    """Unix time."""
    key: str
    """Of the company that writes back."""
    conversations: list[str]
    """Of those whom it writes to, by the number of the person."""
    folder: str
    tasks: int
    webhooks_a_second: float
    messages_a_second: float
    """Of one client each."""

    def metas_ledger(self, client: int) -> Path:
        return Path(self.folder) / f"meta-{client}.log"

    def agents_ledger(self, client: int) -> Path:
        return Path(self.folder) / f"agent-{client}.log"


def read(path: Path) -> Config:
    return msgspec.json.decode(path.read_bytes(), type=Config)
