"""The links that somebody may come by, in memory, as they are now."""

import asyncio
import re
import time
from collections.abc import Sequence

import msgspec

from pista import logs
from pista.clicks import link_queries as queries
from pista.clicks.link_queries import LinkRow
from pista.clicks.model import Advertised, Kind, LinkId, Utm
from pista.ids import TenantId
from pista.store import postgres
from pista.store.postgres import Postgres

RELOAD_SECONDS = 10
# One that was made a moment ago is looked for, but wrong ones may not ask all the time.
LOOK_AGAIN_SECONDS = 0.25
LOOK_SECONDS = 0.3

log = logs.get()


class Leading(msgspec.Struct, frozen=True, kw_only=True):
    """A link, as the door needs to know it."""

    tenant_id: TenantId
    id: LinkId
    kind: Kind
    goal: str | None
    """The bot's name, the number or the page; None where there is none any more."""
    text: str | None
    paid: bool | None
    utm: Utm
    advertised: Advertised


class Registry:
    """Loaded at the start, when a change is announced, and by the clock.

    What was loaded last goes on to be true while PostgreSQL is away.
    """

    def __init__(self, pool: Postgres) -> None:
        self._postgres = pool
        self._links: dict[tuple[str, str], Leading] = {}
        self._owners: dict[str, TenantId] = {}
        self._has_many_companies = False
        self._loaded_at = 0.0
        """When the load began that is in use; 0 before the first."""
        self._loading = asyncio.Lock()
        self._changed = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._looking: asyncio.Task[None] | None = None

    async def start(self) -> None:
        await self._load_if_possible()
        self._task = asyncio.create_task(self._run(), name="links-registry")

    async def stop(self) -> None:
        tasks = [task for task in (self._task, self._looking) if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def changed(self) -> None:
        """A link was announced to have changed."""
        self._changed.set()

    @property
    def is_loaded(self) -> bool:
        return self._loaded_at > 0

    def is_own_domain(self, host: str) -> bool:
        return host in self._owners

    def is_shared(self, host: str) -> bool:
        """Whether other companies' links are on it, too."""
        return self._has_many_companies and host not in self._owners

    async def find(self, host: str, slug: str) -> Leading | None:
        """The link of this address; looked for again if it is not known, which is soon over."""
        found = self.known(host, slug)
        if found is None:
            await self._look_again()
            found = self.known(host, slug)
        return found

    def known(self, host: str, slug: str) -> Leading | None:
        found = self._links.get((host, slug))
        if found is not None:
            return found
        common = self._links.get(("", slug))
        # On a company's own domain nobody else's links lead anywhere.
        owner = self._owners.get(host)
        return common if common is None or owner in (None, common.tenant_id) else None

    async def load(self) -> None:
        # One after the other: what was read earlier must not replace what was read later.
        async with self._loading:
            began_at = time.monotonic()
            async with self._postgres.transaction() as tx:
                rows = await queries.leading(tx)
                domains = await queries.all_domains(tx)
            self._take(rows)
            self._owners = {row.domain: row.tenant_id for row in domains}
            self._loaded_at = began_at

    def _take(self, rows: Sequence[LinkRow]) -> None:
        self._links = {(row.domain, row.slug): leading(row) for row in rows}
        self._has_many_companies = len({row.tenant_id for row in rows}) > 1

    async def _look_again(self) -> None:
        """Load together with all who miss a link now, and only a few times a second."""
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._load_in_turn(), name="links-look")
        try:
            async with asyncio.timeout(LOOK_SECONDS + LOOK_AGAIN_SECONDS):
                await asyncio.shield(self._looking)
        except TimeoutError:
            return

    async def _load_in_turn(self) -> None:
        await asyncio.sleep(self._loaded_at + LOOK_AGAIN_SECONDS - time.monotonic())
        await self._load_if_possible()

    async def _load_if_possible(self) -> None:
        try:
            await self.load()
        except postgres.AWAY as error:
            log.warning("links_not_loaded", error=str(error))

    async def _run(self) -> None:
        while True:
            try:
                async with asyncio.timeout(RELOAD_SECONDS if self.is_loaded else 0.5):
                    await self._changed.wait()
            except TimeoutError:
                pass
            self._changed.clear()
            await self._load_if_possible()


def leading(row: LinkRow) -> Leading:
    """Where a link leads now; an archived one to its fallback."""
    archived = row.archived_at is not None
    return Leading(
        tenant_id=row.tenant_id,
        id=row.id,
        kind="page" if archived else row.kind,
        goal=row.fallback if archived else goal(row),
        text=row.text,
        paid=row.paid,
        utm=Utm(row.utm_source, row.utm_medium, row.utm_campaign, row.utm_content, row.utm_term),
        advertised=Advertised(row.campaign, row.adset, row.ad),
    )


def goal(row: LinkRow) -> str | None:
    """The bot's name, the number or the page; that of a channel as the channel has it now."""
    match row.kind:
        case "telegram":
            name = (row.channel_display or row.bot or "").removeprefix("@")
            return name if re.fullmatch(r"[A-Za-z0-9_]{3,64}", name) else None
        case "whatsapp":
            return re.sub(r"\D", "", row.channel_display or row.phone or "") or None
        case "page":
            return row.url
