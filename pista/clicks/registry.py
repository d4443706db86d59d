"""The links that somebody may come by, in memory, as they are now."""

import asyncio
import re
import time
from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec

from pista import logs
from pista.clicks import link_queries as queries
from pista.clicks.link_queries import LinkRow
from pista.clicks.model import Advertised, Kind, LinkId, Utm
from pista.ids import TenantId
from pista.store import postgres
from pista.store.postgres import Postgres

RELOAD_SECONDS = 10
AT_A_TIME = 250
"""Links that are taken up before others have their turn: nobody waits for thousands."""
# One that was made a moment ago is looked for, but wrong ones may not ask all the time.
LOOK_AGAIN_SECONDS = 0.25
LOOK_SECONDS = 0.3
MOST_LOOKED_FOR = 1_000
_SLUG = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")

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
        self._seen: dict[tuple[str, str], int] = {}
        """Of what each link was made, as a hash."""
        self._owners: dict[str, TenantId] = {}
        self._companies: set[TenantId] = set()
        self._loaded_at = 0.0
        """When the load began that is in use; 0 before the first."""
        self._loading = asyncio.Lock()
        self._changed = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._turn: _Turn | None = None
        self._looking: set[asyncio.Task[None]] = set()
        self._looked_at = 0.0

    async def start(self) -> None:
        await self._load_if_possible()
        self._task = asyncio.create_task(self._run(), name="links-registry")

    async def stop(self) -> None:
        tasks = [*self._looking, *([] if self._task is None else [self._task])]
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
        return len(self._companies) > 1 and host not in self._owners

    async def find(self, host: str, slug: str) -> Leading | None:
        """The link of this address; looked for again if it is not known, which is soon over."""
        found = self.known(host, slug)
        if found is None and _SLUG.fullmatch(slug):
            await self._look_again(host, slug)
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
                domains = await queries.domains(tx)
            await self._take(rows)
            self._owners = {row.domain: row.tenant_id for row in domains}
            self._loaded_at = began_at

    async def _take(self, rows: Sequence[Any]) -> None:
        """Those that are as they were stay what was made of them."""
        links: dict[tuple[str, str], Leading] = {}
        seen: dict[tuple[str, str], int] = {}
        for start in range(0, len(rows), AT_A_TIME):
            for row in rows[start : start + AT_A_TIME]:
                place, digest = (row["domain"], row["slug"]), hash(row)
                known = self._links.get(place) if self._seen.get(place) == digest else None
                links[place] = known or leading(LinkRow(**dict(row)))
                seen[place] = digest
            await asyncio.sleep(0)
        self._links, self._seen = links, seen
        self._companies = {one.tenant_id for one in links.values()}

    async def _look_again(self, host: str, slug: str) -> None:
        """Ask together with all who miss a link now, and only a few times a second."""
        turn = self._turn = self._turn or self._next_turn()
        if len(turn.wanted) < MOST_LOOKED_FOR:
            turn.wanted.add((host if host.isascii() and "\0" not in host else "", slug))
        try:
            async with asyncio.timeout(LOOK_SECONDS + LOOK_AGAIN_SECONDS):
                await asyncio.shield(turn.task)
        except TimeoutError:
            return

    def _next_turn(self) -> "_Turn":
        wanted: set[tuple[str, str]] = set()
        turn = _Turn(wanted, asyncio.create_task(self._look(wanted), name="links-look"))
        self._looking.add(turn.task)
        turn.task.add_done_callback(self._looking.discard)
        return turn

    async def _look(self, wanted: set[tuple[str, str]]) -> None:
        await asyncio.sleep(self._looked_at + LOOK_AGAIN_SECONDS - time.monotonic())
        # Who comes from here on is asked for in the next turn.
        self._turn, self._looked_at = None, time.monotonic()
        if not self.is_loaded:
            await self._load_if_possible()
            return
        hosts, slugs = [host for host, _ in wanted], [slug for _, slug in wanted]
        try:
            async with self._postgres.transaction() as tx:
                rows = await queries.looked_for(tx, hosts, slugs)
                domains = await queries.domains(tx, hosts)
            self._owners |= {row.domain: row.tenant_id for row in domains}
            for row in rows:
                self._links[row.domain, row.slug] = leading(row)
                self._seen.pop((row.domain, row.slug), None)
                self._companies.add(row.tenant_id)
        except postgres.AWAY as error:
            log.warning("links_not_looked_for", error=str(error))

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


class _Turn(NamedTuple):
    """Those who look for links together: for which, by host and end."""

    wanted: set[tuple[str, str]]
    task: asyncio.Task[None]


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
