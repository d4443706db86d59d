"""`make chaos`: kill everything at random under load, then count; 1 if one event differs."""

import argparse
import asyncio
import random
import shutil
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec

from tests.chaos import batches, ledger, plan, report, verdict, watch
from tests.chaos.batches import Expected, Site
from tests.chaos.client import Config
from tests.chaos.faults import Havoc
from tests.chaos.ledger import Read
from tests.chaos.machine import Machine
from tests.chaos.plan import Asked, Role
from tests.chaos.report import Report, Waits
from tests.chaos.watch import Watch

PROGRESS_SECONDS = 10
DRAIN_SECONDS = 300
WARM_UP_SECONDS = 3
EMAIL, PASSWORD = "ana@tienda.example", "una-clave-de-prueba"


def main() -> None:
    asked = _arguments()
    folder = asked.results / f"{datetime.now(UTC):%Y-%m-%d-%H%M%S}-{asked.seed}"
    folder.mkdir(parents=True)
    home = Path(tempfile.mkdtemp(prefix="pista-chaos-"))
    home.chmod(0o755)
    print(f"seed {asked.seed}; ledgers, log and report in {folder}", flush=True)
    found = asyncio.run(Chaos(asked, folder, home).run())
    print("\n" + report.write(found, folder))
    if found.is_good:
        shutil.rmtree(home, ignore_errors=True)
        return
    sys.exit(f"What was acknowledged and what is counted differ; the data is kept in {home}.")


def _arguments() -> Any:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--minutes", type=float, default=15, help="in which the kills come")
    parser.add_argument(
        "--away", type=float, default=130, help="seconds that ClickHouse is away, beside them"
    )
    parser.add_argument("--no-hangs", action="store_true", help="leave nothing stopped for good")
    parser.add_argument("--only", type=Role, help="nothing but kills of this: " + ", ".join(Role))
    parser.add_argument("--clients", type=int, default=4, help="client processes")
    parser.add_argument("--tasks", type=int, default=3, help="batches under way in each")
    parser.add_argument("--pause", type=float, default=0.25, help="seconds between two batches")
    parser.add_argument("--web-workers", type=int, default=2)
    parser.add_argument("--results", type=Path, default=Path("chaos-results"))
    return parser.parse_args()


class Chaos:
    def __init__(self, asked: Any, folder: Path, home: Path) -> None:
        self._asked = asked
        self._folder = folder
        self._machine = Machine(home, folder / "pista.log", asked.web_workers)
        self._havoc = Havoc(self._machine, self._say)
        self._borders = borders(datetime.now(UTC))
        self._began = time.monotonic()
        self._last = ""

    def _say(self, what: str) -> None:
        self._last = what

    async def run(self) -> Report:
        await self._machine.start()
        site, key = self._company()
        looking = Watch(self._machine.url, self._statistics_path(site), key)
        config = self._configured(site)
        path = self._folder / "client.json"
        path.write_bytes(msgspec.json.encode(config))
        self._began = time.monotonic()
        self._machine.start_clients(path, self._asked.clients)
        background = [
            asyncio.create_task(work)
            for work in (looking.run(), self._machine.tend(), self._progress(looking))
        ]
        try:
            await asyncio.sleep(WARM_UP_SECONDS)
            await self._havoc.wreak(self._steps())
            return await self._settle(config, looking, background)
        finally:
            for task in background:
                task.cancel()
            self._machine.stop()

    def _steps(self) -> list[plan.Step]:
        asked = self._asked
        return plan.steps(
            Asked(
                seed=asked.seed,
                kills=asked.kills,
                seconds=asked.minutes * 60,
                away_seconds=asked.away,
                hangs=not asked.no_hangs,
                only=asked.only,
            )
        )

    async def _settle(
        self, config: Config, looking: Watch, background: list[asyncio.Task[None]]
    ) -> Report:
        """End the load, wait until nothing waits any more, and count."""
        await asyncio.sleep(WARM_UP_SECONDS)
        ended = time.monotonic()
        background[1].cancel()
        if not await self._machine.end_clients(60):
            self._havoc.problems.append("a client could not finish what it had begun")
        drain = await self._drained(looking)
        reads = [ledger.read(config.ledger(number)) for number in range(self._asked.clients)]
        expected = self._expected(reads)
        engine = verdict.Engine(self._machine.running().urls.clickhouse_url)
        statistics = await looking.get(self._statistics_path(config.site))
        try:
            found = await verdict.judge(engine, expected, statistics)
        finally:
            await engine.close()
        return self._report(reads, looking, ended, drain, found)

    def _report(
        self, reads: list[Read], looking: Watch, ended: float, drain: float, found: verdict.Verdict
    ) -> Report:
        answers = [one for read in reads for one in read.acknowledged]
        faults = self._havoc.faults
        waits = Waits(
            ingestion=watch.gaps((one.at for one in answers), faults, ended)[:200],
            statistics=watch.gaps(looking.statistics, faults, ended)[:200],
            fresh=watch.gaps(looking.fresh, faults, ended)[:200],
        )
        supervisor = [fault for fault in faults if fault.role is Role.SUPERVISOR]
        return Report(
            date=f"{datetime.now(UTC):%Y-%m-%d}",
            seed=self._asked.seed,
            kills=self._havoc.kills,
            minutes=(ended - self._began) / 60,
            clients=self._asked.clients,
            batches=len(answers),
            longest_batch=max((one.waited for one in answers), default=0.0),
            drain=drain,
            restart=max((fault.ended - fault.began for fault in supervisor), default=0.0),
            verdict=found,
            waits=waits,
            faults=faults,
            problems=[*self._havoc.problems, *self._complaints(reads)],
        )

    def _complaints(self, reads: list[Read]) -> list[str]:
        found = [problem for read in reads for problem in read.problems]
        unfinished = sum(len(read.unfinished()) for read in reads)
        if unfinished:
            found.append(f"{unfinished} batches were never acknowledged")
        if self._machine.failed_clients:
            found.append(f"{self._machine.failed_clients} clients ended by themselves")
        return found

    def _expected(self, reads: list[Read]) -> Expected:
        expected = Expected()
        for client, read in enumerate(reads):
            for one in read.acknowledged:
                expected.add(batches.batch(self._asked.seed, client, one.number, self._borders))
        return expected

    async def _drained(self, looking: Watch) -> float:
        began = time.monotonic()
        while time.monotonic() - began < DRAIN_SECONDS:
            health = await looking.get("/tracking-v2/health")
            if health and health["buffer"] and health["buffer"]["currentSize"] == 0:
                return time.monotonic() - began
            await asyncio.sleep(0.1)
        self._havoc.problems.append(f"events still waited after {DRAIN_SECONDS} s")
        return time.monotonic() - began

    def _company(self) -> tuple[Site, str]:
        pista = self._machine.pista
        tenant = msgspec.json.decode(pista("tenant", "create", "Tienda", "--json"))["tenantId"]
        of_tenant = ("--tenant", tenant)
        site = pista("site", "create", *of_tenant, "--domain", "*", "--json")
        key = pista("apikey", "create", *of_tenant, "--scope", "admin", "--json")
        return msgspec.json.decode(site, type=Site), msgspec.json.decode(key)["key"]

    def _configured(self, site: Site) -> Config:
        return Config(
            url=self._machine.url,
            seed=self._asked.seed,
            site=site,
            borders=self._borders,
            folder=str(self._folder.absolute()),
            tasks=self._asked.tasks,
            pause=self._asked.pause,
        )

    def _statistics_path(self, site: Site) -> str:
        first, last = min(self._borders) - timedelta(days=2), max(self._borders)
        days = f"from={first:%Y-%m-%d}&to={last:%Y-%m-%d}"
        return f"/tracking-v2/stats/tenant/{site.tenant_id}?{days}"

    async def _progress(self, looking: Watch) -> None:
        while True:
            await asyncio.sleep(PROGRESS_SECONDS)
            seconds = round(time.monotonic() - self._began)
            print(
                f"{seconds // 60:3d}:{seconds % 60:02d}  {self._havoc.kills}/{self._asked.kills}"
                f" kills  {looking.waiting:,} events wait  last: {self._last}",
                flush=True,
            )


def borders(now: datetime) -> list[datetime]:
    """Around which the events happen: the start of last month, and that of last week."""
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    last_month = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    return [last_month, today - timedelta(days=today.weekday() + 7)]


if __name__ == "__main__":
    main()
