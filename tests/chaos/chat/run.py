"""A run from its first process to its verdict."""

import asyncio
import re
import time
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec

from tests.chaos import ledger, plan
from tests.chaos.chat import company, letters, verdict
from tests.chaos.chat.company import Companies
from tests.chaos.chat.config import Config
from tests.chaos.chat.expected import Expected, expected
from tests.chaos.chat.letters import Letters
from tests.chaos.chat.meta import PATH
from tests.chaos.chat.platform import Moody
from tests.chaos.chat.report import Platform, Report
from tests.chaos.chat.traffic import CODES
from tests.chaos.faults import Havoc
from tests.chaos.ledger import Read
from tests.chaos.machine import Machine
from tests.chaos.plan import Asked
from tests.fakes import whatsapp

PROGRESS_SECONDS = 10
WARM_UP_SECONDS = 1
END_SECONDS = 120
DRAIN_SECONDS = 600
LOOK_SECONDS = 0.5
LINES = re.compile(r'\{[^{}]*"event": "(?:job_died|webhook_refused)"[^{}]*\}')
WORKING = """
select (select count(*) from jobs where state <> 'dead')
    + (select count(*) from chat_webhooks w where w.state = 'waiting' and not exists (
        select from jobs j where j.state = 'dead' and j.payload ->> 'webhook_id' = w.id::text
    ))
"""


class Run:
    def __init__(self, asked: Any, folder: Path, home: Path) -> None:
        self._asked = asked
        self._folder = folder
        self._home = home
        self._fake = Moody(asked.seed, asked.silence)
        self._problems: list[str] = []
        self._began = self._ended = self._drain = 0.0
        self._last = ""

    async def run(self) -> Report:
        async with whatsapp.running(self._fake), AsyncExitStack() as stack:
            log = self._folder / "pista.log"
            self._machine = machine = Machine(
                self._home, log, self._asked.web_workers, PISTA_META_GRAPH_URL=self._fake.url
            )
            self._havoc = Havoc(machine, self._say)
            stack.callback(machine.stop)
            await machine.start()
            companies = await company.found(machine)
            config = await self._configured(companies)
            await company.look(machine, company.WATCH)
            async with self._fake.telling_all(f"{machine.url}{PATH}"):
                await self._load(config)
                await self._drained()
                metas, agents = self._reads(config)
                due = expected(config, metas, agents)
                dead = await self._letters(companies, due)
                await self._drained()
            await self._drained()
            rows = await verdict.rows(self._look, companies.tenants)
            found = verdict.judge(due, rows, self._fake)
            return self._report(due, dead, found, metas, agents)

    def _say(self, what: str) -> None:
        self._last = what

    async def _look(self, sql: str, *args: object) -> list[Any]:
        return await company.look(self._machine, sql, *args)

    async def _configured(self, companies: Companies) -> Config:
        asked, began = self._asked, int(time.time())
        seconds = asked.minutes * 60
        names = await company.introduced(self._machine, companies.own, asked.people, began)
        config = Config(
            url=self._machine.url,
            seed=asked.seed,
            began=began,
            key=companies.key,
            conversations=names,
            folder=str(self._folder.absolute()),
            tasks=asked.tasks,
            webhooks_a_second=asked.webhooks / seconds / asked.metas,
            messages_a_second=asked.messages / seconds / asked.agents,
        )
        (self._folder / "config.json").write_bytes(msgspec.json.encode(config))
        return config

    async def _load(self, config: Config) -> None:
        """All that comes and goes, until it was enough and nobody is killed any more."""
        path, asked, machine = self._folder / "config.json", self._asked, self._machine
        self._began = time.monotonic()
        machine.start_clients(path, asked.metas, "tests.chaos.chat.meta")
        machine.start_clients(path, asked.agents, "tests.chaos.chat.agent", str(asked.agents))
        background = [
            asyncio.create_task(work) for work in (machine.tend(), self._progress(config))
        ]
        try:
            await asyncio.sleep(WARM_UP_SECONDS)
            await self._havoc.wreak(self._steps())
            await self._enough(config)
        finally:
            for task in background:
                task.cancel()
        if not await machine.end_clients(END_SECONDS):
            self._problems.append("a client could not finish what it had begun")
        self._ended = time.monotonic()

    def _steps(self) -> list[plan.Step]:
        asked = self._asked
        terms = Asked(
            seed=asked.seed,
            kills=asked.kills,
            seconds=max(asked.minutes * 60 - asked.away, 1),
            away_seconds=asked.away,
            hangs=not asked.no_hangs,
            others=not asked.kills_only,
            only=asked.only,
        )
        return plan.steps(terms)

    def _counted(self, config: Config) -> tuple[int, int]:
        """What was acknowledged until now."""
        metas, agents = self._paths(config)
        return sum(_done(path) for path in metas), sum(_done(path) for path in agents)

    def _is_enough(self, config: Config) -> bool:
        webhooks, messages = self._counted(config)
        return webhooks >= self._asked.webhooks and messages >= self._asked.messages

    async def _enough(self, config: Config) -> None:
        while not self._is_enough(config):  # noqa: ASYNC110 - it is in files of others
            await asyncio.sleep(LOOK_SECONDS)
        # Whoever was killed last is there again.
        await asyncio.sleep(WARM_UP_SECONDS)

    def _paths(self, config: Config) -> tuple[list[Path], list[Path]]:
        metas = [config.metas_ledger(number) for number in range(self._asked.metas)]
        return metas, [config.agents_ledger(number) for number in range(self._asked.agents)]

    def _reads(self, config: Config) -> tuple[list[Read], list[Read]]:
        metas, agents = self._paths(config)
        return [ledger.read(path) for path in metas], [ledger.read(path) for path in agents]

    async def _drained(self) -> None:
        """Until nothing is to be done any more; statuses may still be on their way."""
        began, left = time.monotonic(), 0
        while time.monotonic() - began < DRAIN_SECONDS:
            [(left,)] = await self._look(WORKING)
            if left == 0 and not self._fake.pending:
                self._drain = self._drain or time.monotonic() - self._ended
                return
            self._say(f"{left} to be done")
            await asyncio.sleep(LOOK_SECONDS)
        self._problems.append(f"{left} were still to be done after {DRAIN_SECONDS} s")

    async def _letters(self, companies: Companies, due: Expected) -> Letters:
        """Read what failed for good, and have it tried again when nothing is in its way."""
        async with letters.admin(self._machine, companies.key) as client:
            found = await letters.read(client)
            dead = {row[0] for row in await self._look(letters.ALL, companies.own)}
            judged = letters.judge(found, dead, self._log(), due)
            await self._look(company.LET)
            await letters.replay(client, found)
        return judged

    def _log(self) -> list[Any]:
        """The lines that matter here."""
        lines: list[Any] = []
        with (self._folder / "pista.log").open(errors="replace") as log:
            for line in log:
                # After half a line of somebody who was killed there may be a whole one.
                lines += [msgspec.json.decode(found[0]) for found in LINES.finditer(line)]
        return lines

    def _report(
        self, due: Expected, dead: Letters, found: verdict.Verdict, metas: list[Read], agents: Any
    ) -> Report:
        counted = dict.fromkeys(CODES.values(), 0)
        for line in self._log():
            if line["event"] == "webhook_refused":
                counted[line["code"]] = counted.get(line["code"], 0) + 1
        answers = sorted(one.at for read in metas for one in read.acknowledged)
        fake, reads = self._fake, [*metas, *agents]
        return Report(
            date=f"{datetime.now(UTC):%Y-%m-%d}",
            seed=self._asked.seed,
            kills=self._havoc.kills,
            minutes=(self._ended - self._began) / 60,
            webhooks=dict(due.webhooks),
            refusals={code: (due.refused[code], count) for code, count in counted.items()},
            longest_wait=max(one.waited for read in metas for one in read.acknowledged),
            longest_gap=max(b - a for a, b in pairwise(answers)),
            drain=self._drain,
            letters=dead,
            platform=Platform(
                requests=fake.requests,
                accepted=len(fake.accepted),
                failed=fake.failed,
                refused=dict(fake.refused),
                lost=fake.lost,
                swallowed=fake.swallowed,
                told=fake.told,
            ),
            verdict=found,
            faults=self._havoc.faults,
            problems=[*self._problems, *self._complaints(reads), *_uncounted(due, counted)],
        )

    def _complaints(self, reads: list[Read]) -> list[str]:
        found = [*self._havoc.problems, *(problem for read in reads for problem in read.problems)]
        if unfinished := sum(len(read.unfinished()) for read in reads):
            found.append(f"{unfinished} were begun and never acknowledged")
        if self._machine.failed_clients:
            found.append(f"{self._machine.failed_clients} clients ended by themselves")
        return found

    async def _progress(self, config: Config) -> None:
        while True:
            await asyncio.sleep(PROGRESS_SECONDS)
            seconds = round(time.monotonic() - self._began)
            webhooks, messages = self._counted(config)
            print(
                f"{seconds // 60:3d}:{seconds % 60:02d}  {self._havoc.kills}/{self._asked.kills}"
                f" kills  {webhooks:,} webhooks  {messages:,} messages"
                f" ({len(self._fake.accepted):,} sent)  last: {self._last}",
                flush=True,
            )


def _done(path: Path) -> int:
    return path.read_bytes().count(b"done ") if path.exists() else 0


def _uncounted(due: Expected, counted: dict[str, int]) -> list[str]:
    """A refusal is in the log before its answer; more are of tries that heard none."""
    return [
        f"{count} refusals as {code} are counted of {due.refused[code]}"
        for code, count in counted.items()
        if count < due.refused[code]
    ]
