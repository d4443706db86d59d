"""The numbers and bots that may be written to, in memory, as the configuration says them now."""

import asyncio
import hashlib
import hmac
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from pista import logs
from pista.chat import channel_queries as queries
from pista.chat.channel_queries import ChannelRow
from pista.chat.model import ChannelId
from pista.chat.sealing import secret_of
from pista.chat.whatsapp import signature
from pista.errors import Unavailable
from pista.ids import TenantId
from pista.store import postgres
from pista.store.postgres import Postgres
from pista.store.secrets import Sealer, SecretUnreadable

RELOAD_SECONDS = 10
UNTIL_LOADED_SECONDS = 0.5

log = logs.get()


class Listening(NamedTuple):
    """A channel, as the door needs to know it."""

    tenant: TenantId
    id: ChannelId
    external_id: str
    account_id: str | None


class Registry:
    """Loaded at the start, when a change is announced, and by the clock.

    Until it was loaded once nobody is refused as unknown: `Unavailable` has them come again.
    """

    def __init__(self, pool: Postgres, sealer: Sealer) -> None:
        self._postgres = pool
        self._sealer = sealer
        self._by_secret: dict[str, list[Listening]] = {}
        self._bots: dict[str, tuple[Listening, list[str]]] = {}
        self._verify_hashes: set[bytes] = set()
        self._is_loaded = False
        self._changed = asyncio.Event()
        self._loading = asyncio.Lock()
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        await self._load_if_possible()
        self._task = asyncio.create_task(self._run(), name="chat-registry")

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def changed(self) -> None:
        """The configuration was announced to have changed."""
        self._changed.set()

    def signed_by(self, body: bytes, header: str | None) -> list[Listening]:
        """The WhatsApp numbers that whoever signed this may speak for; none if nobody did."""
        self._check_loaded()
        found: dict[ChannelId, Listening] = {}
        for secret, channels in self._by_secret.items():
            if signature.is_signed(body, header, [secret]):
                found |= {channel.id: channel for channel in channels}
        return list(found.values())

    def has_bot(self, bot_id: str) -> bool:
        self._check_loaded()
        return bot_id in self._bots

    def bot(self, bot_id: str, secret: str | None) -> Listening | None:
        """The bot, if this is the secret that its webhooks carry."""
        found = self._bots.get(bot_id)
        if found is None or secret is None:
            return None
        given = secret.encode(errors="replace")
        known = [hmac.compare_digest(given, one.encode()) for one in found[1]]
        return found[0] if any(known) else None

    def knows(self, verify_token: str) -> bool:
        """Whether somebody here entered this token at Meta."""
        self._check_loaded()
        given = hashlib.sha256(verify_token.encode(errors="replace")).digest()
        return any(hmac.compare_digest(given, one) for one in self._verify_hashes)

    def _check_loaded(self) -> None:
        if not self._is_loaded:
            raise Unavailable

    async def load(self) -> None:
        # One after the other: what was read earlier must not replace what was read later.
        async with self._loading:
            await self._load()

    async def _load(self) -> None:
        async with self._postgres.transaction() as tx:
            rows = await queries.listening(tx)
        by_secret: defaultdict[str, list[Listening]] = defaultdict(list)
        bots: dict[str, tuple[Listening, list[str]]] = {}
        for row in rows:
            secrets = list(self._opened(row))
            channel = Listening(row.tenant_id, row.id, row.external_id, row.account_id)
            if row.platform == "telegram":
                bots[row.external_id] = channel, secrets
                continue
            for secret in secrets:
                by_secret[secret].append(channel)
        self._by_secret, self._bots = dict(by_secret), bots
        self._verify_hashes = {row.verify_hash for row in rows if row.verify_hash}
        self._is_loaded = True

    def _opened(self, row: ChannelRow) -> Iterable[str]:
        for sealed in row.secrets:
            try:
                yield secret_of(self._sealer, row.id, sealed)
            except SecretUnreadable:
                log.error("channel_secret_unreadable", channel=str(row.id))

    async def _load_if_possible(self) -> None:
        try:
            await self.load()
        except postgres.AWAY as error:
            # What was loaded last goes on to be true until PostgreSQL is back.
            log.warning("chat_registry_not_loaded", error=str(error))

    async def _run(self) -> None:
        while True:
            try:
                async with asyncio.timeout(
                    RELOAD_SECONDS if self._is_loaded else UNTIL_LOADED_SECONDS
                ):
                    await self._changed.wait()
            except TimeoutError:
                pass
            self._changed.clear()
            await self._load_if_possible()
