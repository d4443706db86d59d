"""The demo from its first line to Ctrl-C."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

import click
import httpx
import msgspec

from pista import accounts, sales
from pista.chat import channels
from pista.demo import acquaintance, ads, chat, desk, shop, traffic, watching
from pista.demo.chat import Stage, Talk
from pista.demo.opening import Shop, open_shop
from pista.demo.sending import Sender
from pista.demo.traffic import Happening, Scale
from pista.errors import PistaError, StartError
from pista.ids import TenantId
from pista.settings import Settings
from pista.store import postgres, runtime
from pista.store.embedded.process import dies_with_parent
from pista.store.runtime import Running
from pista.store.secrets import Sealer

STEP = timedelta(hours=6)
LIVE_SECONDS = 2.0
START_SECONDS = 90
DRAIN_SECONDS = 60


def run(settings: Settings, *, days: int, visits: int, live: bool) -> None:
    """Replay the past days, then go on with the present until Ctrl-C."""
    with _running(settings) as place:
        try:
            asyncio.run(_play(settings, place, days=days, visits=visits, live=live))
        except KeyboardInterrupt:
            click.echo("\n  The demo has stopped. `make demo` goes on where it left off.")
        except PistaError as wrong:
            raise StartError(wrong.detail) from wrong


class Place(NamedTuple):
    """Where Pista is, and where WhatsApp and Telegram are for it; None: not on this machine."""

    url: str
    stage: Stage | None


@contextmanager
def _running(settings: Settings) -> Generator[Place]:
    """The Pista of this data folder; one that we started ends with us."""
    running = runtime.find(settings.data_dir)
    if running is not None:
        yield Place(_address(settings, running), chat.stage_of(settings))
        return
    stage = chat.open_stage()
    with _up(settings, stage.environment) as url:
        if not asyncio.run(_others_talk(settings)):
            yield Place(url, stage)
            return
    # Somebody's own number must reach the real platforms, and not the demo's.
    with _up(settings, {}) as url:
        yield Place(url, None)


@contextmanager
def _up(settings: Settings, environment: dict[str, str]) -> Generator[str]:
    # A session of its own: Ctrl-C is for us, and we pass it on once.
    up = subprocess.Popen(
        [sys.executable, "-m", "pista.cli", "up"],
        # What it goes on to say would push the way in off the screen.
        env={"PISTA_LOG_LEVEL": "warning"} | os.environ | environment,
        start_new_session=True,
        preexec_fn=dies_with_parent(signal.SIGTERM),  # noqa: PLW1509 - calls the kernel and no more
    )
    try:
        yield _started(settings, up)
    finally:
        up.terminate()
        up.wait()


async def _others_talk(settings: Settings) -> bool:
    """Whether a company that is not the demo's has a number or a bot."""
    pool = await postgres.open_pool(runtime.database_urls(settings).database_url, most=1)
    try:
        async with pool.transaction() as tx:
            try:
                own = (await accounts.find_tenant(tx, shop.NAME)).id
            except accounts.TenantNotFound:
                own = TenantId(UUID(int=0))
            return await channels.others_have_any(tx, own)
    finally:
        await pool.close()


def _started(settings: Settings, up: "subprocess.Popen[bytes]") -> str:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if up.poll() is not None:
            raise StartError("The demo needs a running Pista, and it did not start.")
        running = runtime.find(settings.data_dir)
        if running is not None and _is_ready(_local(settings)):
            return _local(settings)
        time.sleep(0.1)
    raise StartError("Pista did not become ready in time: its log says why.")


def _address(settings: Settings, running: Running) -> str:
    """Where it answers from here: what it calls itself may be for the world outside."""
    for url in (running.web_url, _local(settings)):
        if _is_ready(url):
            return url
    raise StartError(f"Pista runs, and does not answer at {running.web_url}: its log says why.")


def _local(settings: Settings) -> str:
    return msgspec.structs.replace(settings, public_url=None).url


def _is_ready(url: str) -> bool:
    try:
        # Not through a proxy: it is on this machine.
        return httpx.get(f"{url}/health/ready", timeout=5, trust_env=False).status_code == 200
    except httpx.TransportError:
        return False


async def _play(settings: Settings, place: Place, *, days: int, visits: int, live: bool) -> None:
    now = datetime.now(UTC)
    database_url = runtime.database_urls(settings).database_url
    opened = await open_shop(database_url, settings.data_dir, now - timedelta(days=days), now)
    scale = Scale(visits_a_day=visits, grown_by=opened.kept.grown_by)
    pool = await postgres.open_pool(database_url, most=3)
    try:
        async with httpx.AsyncClient(base_url=place.url, timeout=30, trust_env=False) as client:
            tenant = opened.site.tenant_id
            sealer = Sealer(settings.secret_keys, settings.data_dir)
            follower = await ads.Follower.open(pool, sealer, tenant, scale, place.url, now)
            sales.register(follower.hear)
            staff = await desk.staff(pool, tenant, now)
            leading = desk.Leading(pool, tenant, staff, now, waits=not opened.kept.worked)
            player = Player(Sender(client, opened.site), opened, scale, follower, leading)
            await _replay(player, now)
            await ads.tell_costs(pool, tenant, scale, days, now)
            await _drained(client)
            visitor = acquaintance.stranger(scale, now)
            if not opened.kept.worked:
                await desk.set_up(pool, tenant)
                await leading.go_on()
            if not opened.kept.watched:
                await watching.watch(pool, sealer, tenant, scale, days, now)
            crm = opened.kept.crm or await desk.connect(pool, tenant, now)
            opened.kept.worked = opened.kept.watched = True
            opened.kept.crm = crm
            opened.keep()
            conversations = chat.talking(client, pool, settings, opened, place.stage, visitor)
            async with conversations as talk:
                account = await ads.connect(pool, settings, tenant, talk.platforms, now)
                buying = ads.Buying(client, talk, pool, tenant, account)
                click.echo(_block(place, opened, live=live))
                if live:
                    await _go_on(player, talk, desk.Work(client, crm, pool, tenant, staff), buying)
    finally:
        await pool.close()


async def _go_on(player: "Player", talk: Talk, work: desk.Work, buying: ads.Buying) -> None:
    async with asyncio.TaskGroup() as group:
        group.create_task(player.go_on())
        group.create_task(talk.go_on())
        group.create_task(work.go_on())
        group.create_task(buying.go_on())


class Player(NamedTuple):
    """Lets happen in Pista what happens in the shop."""

    sender: Sender
    opened: Shop
    scale: Scale
    ads: ads.Follower
    desk: desk.Leading

    async def play_until(self, end: datetime) -> None:
        """All up to `end`, and remember that; until then a repeat does no harm."""
        kept = self.opened.kept
        happenings = traffic.between(self.scale, kept.sent_until, end)
        async with asyncio.TaskGroup() as group:
            sending = group.create_task(self.sender.send(happenings))
            group.create_task(self._follow(happenings, kept.sent_until, end))
        kept.sent_until = end
        if sending.result():
            self.opened.keep()

    async def _follow(self, happenings: list[Happening], start: datetime, end: datetime) -> None:
        await self.desk.lead(await self.ads.follow(happenings, start, end))

    async def go_on(self) -> None:
        """The present, as it happens."""
        while True:
            await asyncio.sleep(LIVE_SECONDS)
            await self.play_until(datetime.now(UTC))


async def _replay(player: Player, now: datetime) -> None:
    """All that happened since the last run, with a bar if it takes a while."""
    kept = player.opened.kept
    missing = now - kept.sent_until
    steps = int(missing / STEP) + 1
    label = f"Replaying {missing.days} days" if missing.days > 0 else "Replaying the past hours"
    with click.progressbar(length=steps, label=label, file=sys.stderr) as bar:
        while kept.sent_until < now:
            await player.play_until(min(now, kept.sent_until + STEP))
            bar.update(1)


async def _drained(client: httpx.AsyncClient) -> None:
    """Wait until the statistics have it all; whoever has traffic of their own waits no longer."""
    until = time.monotonic() + DRAIN_SECONDS
    while time.monotonic() < until:
        buffer = (await client.get("/tracking-v2/health")).json()["buffer"]
        if buffer and buffer["currentSize"] == 0:
            return
        await asyncio.sleep(0.2)


def _block(place: Place, opened: Shop, *, live: bool) -> str:
    lines = [
        ("Open", place.url),
        ("E-mail", shop.EMAIL),
        ("Password", opened.kept.password),
    ]
    if live and place.stage is not None:
        lines.append(("Answer", f"{place.url}/inbox; customers write, and answer you"))
    if live:
        lines.append(("Report", f"{place.url}/; ads are clicked on, and what comes of them counts"))
        lines.append(("Desk", f"{place.url}/desk; leads come, and advisors work on them"))
        lines.append(("Failed", f"{place.url}/settings/letters; one job that nobody can read"))
        lines.append(("Stop", "Ctrl-C; until then visitors go on coming"))
    rows = "\n".join(f"  {name:<10}{value}" for name, value in lines)
    return f"\n  {shop.NAME} is open.\n\n{rows}\n"
