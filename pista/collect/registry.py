"""The sites that may send events, in memory, as the configuration says them now."""

import asyncio
import hmac
import math
import time
from collections import defaultdict
from collections.abc import Callable
from hashlib import blake2b

from pista import accounts, logs
from pista.collect import queries, throttling
from pista.collect.intake import Site
from pista.collect.model import UnknownSite
from pista.collect.throttling import Throttle
from pista.ids import TenantId
from pista.store import postgres
from pista.store.postgres import Postgres

RELOAD_SECONDS = 10
# A site that was made a moment ago is looked for, but wrong keys may not ask all the time.
LOOK_AGAIN_SECONDS = 0.25
# Who was refused is refused again at once for so long: a page with an old snippet never stops.
UNKNOWN_SECONDS = 2.0
MOST_UNKNOWN = 10_000

log = logs.get()


class Registry:
    """Loaded at the start, when a change is announced, and by the clock."""

    def __init__(self, pool: Postgres, *, throttled: bool) -> None:
        self._postgres = pool
        self._throttled = throttled
        self._sites: dict[tuple[str, str], Site] = {}
        self._by_key: dict[str, Site] = {}
        self._loaded_at = 0.0
        """When the load began that is in use: what was committed before is in it."""
        self._loading = asyncio.Lock()
        self._changed = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._looking: asyncio.Task[None] | None = None
        self._unknown: dict[bytes, float] = {}
        """What names no site, by its hash, with when it was last looked for; the oldest first."""

    async def start(self) -> None:
        try:
            await self.load()
        except postgres.AWAY as error:
            log.warning("registry_not_loaded", error=str(error))
        self._task = asyncio.create_task(self._run(), name="registry")

    async def stop(self) -> None:
        tasks = [task for task in (self._task, self._looking) if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def changed(self) -> None:
        """The configuration was announced to have changed."""
        self._unknown.clear()
        self._changed.set()

    async def find(self, tenant_id: str, site_id: str, write_key: str) -> Site:
        """The site that these three name together; `UnknownSite` if they name none."""
        if (site := self._match(tenant_id, site_id, write_key)) is not None:
            return site
        named = (tenant_id, site_id, write_key)
        return await self._sought(named, lambda: self._match(*named), UnknownSite())

    async def find_by_key(self, write_key: str) -> Site:
        """The site that this key alone names, for clients that know nothing but a key."""
        if (site := self._by_key.get(write_key)) is not None:
            return site
        refusal = UnknownSite("No site has this write key; copy it from Settings, Sites.")
        return await self._sought((write_key,), lambda: self._by_key.get(write_key), refusal)

    async def _sought(
        self, named: tuple[str, ...], find: Callable[[], Site | None], refusal: UnknownSite
    ) -> Site:
        """Look again for what is not there, unless that was done a moment ago."""
        asked_at = time.monotonic()
        # A hash, since what a request names may be as long as a request.
        name = blake2b("\0".join(named).encode("utf-8", "replace"), digest_size=16).digest()
        if self._unknown.get(name, -math.inf) > asked_at - UNKNOWN_SECONDS:
            raise refusal
        while (site := find()) is None:
            if self._loaded_at > asked_at:
                self._remember_unknown(name)
                raise refusal
            await self._look_again()
        return site

    def _remember_unknown(self, name: bytes) -> None:
        self._unknown.pop(name, None)
        self._unknown[name] = self._loaded_at
        if len(self._unknown) > MOST_UNKNOWN:
            del self._unknown[next(iter(self._unknown))]

    async def _look_again(self) -> None:
        """Load together with all who miss a site now, and only a few times a second."""
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._load_in_turn(), name="registry-look")
        await asyncio.shield(self._looking)

    async def _load_in_turn(self) -> None:
        await asyncio.sleep(self._loaded_at + LOOK_AGAIN_SECONDS - time.monotonic())
        await self.load()

    def _match(self, tenant_id: str, site_id: str, write_key: str) -> Site | None:
        site = self._sites.get((tenant_id, site_id))
        if site is None or not hmac.compare_digest(site.write_key.encode(), write_key.encode()):
            return None
        return site

    async def load(self) -> None:
        async with self._loading:
            began_at = time.monotonic()
            async with self._postgres.transaction() as tx:
                sites = await accounts.site_configs(tx)
                own: defaultdict[TenantId, dict[str, Throttle]] = defaultdict(dict)
                for row in await queries.all_throttles(tx):
                    own[row.tenant_id][row.event_type] = Throttle(
                        sampling_rate=row.sampling_rate, always_keep=row.always_keep
                    )
            throttles = {tenant: {**throttling.DEFAULTS, **own[tenant]} for tenant in own}
            self._sites = {
                (str(site.tenant_id), str(site.id)): Site(
                    id=site.id,
                    tenant_id=site.tenant_id,
                    write_key=site.write_key,
                    domains=tuple(site.domains),
                    store_ip=site.store_ip,
                    throttles=throttles.get(site.tenant_id, throttling.DEFAULTS)
                    if self._throttled
                    else {},
                )
                for site in sites
            }
            self._by_key = {site.write_key: site for site in self._sites.values()}
            self._loaded_at = began_at

    async def _run(self) -> None:
        while True:
            try:
                async with asyncio.timeout(RELOAD_SECONDS):
                    await self._changed.wait()
            except TimeoutError:
                pass
            self._changed.clear()
            try:
                await self.load()
            except postgres.AWAY as error:
                # What was loaded last goes on to be true until PostgreSQL is back.
                log.warning("registry_not_loaded", error=str(error))
