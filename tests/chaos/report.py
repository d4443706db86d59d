"""The table at the end, for people and for programs."""

from collections import Counter
from pathlib import Path
from typing import Any

import msgspec

from tests.chaos.faults import Fault
from tests.chaos.verdict import Verdict
from tests.chaos.watch import SEVERAL, Gap


class Waits(msgspec.Struct, frozen=True, kw_only=True):
    """The times without something, longest first."""

    ingestion: list[Gap]
    statistics: list[Gap]
    fresh: list[Gap]

    def longest(self, fault: str | None = None) -> tuple[float, float, float]:
        return tuple(  # pyright: ignore[reportReturnType] - always three
            max((gap.seconds for gap in some if fault in (None, gap.fault)), default=0.0)
            for some in (self.ingestion, self.statistics, self.fresh)
        )


class Report(msgspec.Struct, frozen=True, kw_only=True):
    date: str
    seed: int
    kills: int
    minutes: float
    clients: int
    batches: int
    longest_batch: float
    """Seconds from the first try of one batch to its answer."""
    drain: float
    restart: float
    """The longest start of `pista up` after a kill of the supervisor."""
    verdict: Verdict
    waits: Waits
    faults: list[Fault]
    problems: list[str]

    @property
    def is_good(self) -> bool:
        verdict = self.verdict
        return not (verdict.lost or verdict.doubled or verdict.differences or self.problems)


def write(report: Report, folder: Path) -> str:
    """Both files; the answer is the readable one."""
    text = markdown(report)
    (folder / "report.md").write_text(text)
    (folder / "report.json").write_bytes(msgspec.json.format(msgspec.json.encode(report)))
    return text


def markdown(report: Report) -> str:
    parts = [_outcome(report), _by_fault(report), _rollups(report), _remarks(report)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _outcome(report: Report) -> str:
    verdict = report.verdict
    ingestion, statistics, fresh = report.waits.longest()
    return table(
        ["", ""],
        [
            ["date, seed", f"{report.date}, {report.seed}"],
            ["kills", f"{report.kills} in {report.minutes:.1f} minutes"],
            ["batches", f"{report.batches:,} from {report.clients} client processes"],
            ["events acknowledged", f"{verdict.acknowledged:,}"],
            ["events counted", f"{verdict.counted:,}"],
            ["lost", f"{verdict.lost}"],
            ["doubled", f"{verdict.doubled}"],
            ["longest without any acknowledgement", f"{ingestion:.2f} s"],
            ["longest wait of one batch", f"{report.longest_batch:.2f} s"],
            ["longest without statistics", f"{statistics:.2f} s"],
            ["longest that statistics stood still", f"{fresh:.2f} s"],
            ["longest start after a kill of the supervisor", f"{report.restart:.2f} s"],
            ["drained after the load in", f"{report.drain:.2f} s"],
        ],
    )


def _by_fault(report: Report) -> str:
    times = Counter(fault.name for fault in report.faults)
    rows = [
        [name, str(count), *(f"{seconds:.2f}" for seconds in report.waits.longest(name))]
        for name, count in sorted(times.items())
    ]
    rows.append([SEVERAL, "", *(f"{seconds:.2f}" for seconds in report.waits.longest(SEVERAL))])
    titles = ["fault", "times", "no acknowledgement", "no statistics", "statistics stood still"]
    return "Longest seconds after each kind of fault:\n\n" + table(titles, rows)


def _rollups(report: Report) -> str:
    rows = [[name, str(differing)] for name, differing in report.verdict.rollups.items()]
    return table(["rollup", "rows that differ from the events"], rows)


def _remarks(report: Report) -> str:
    remarks = [f"{fault.name}: {fault.remark}" for fault in report.faults if fault.remark]
    bad = [f"**{line}**" for line in (*report.problems, *report.verdict.differences)]
    return "\n".join(f"- {line}" for line in (*bad, *remarks))


def table(titles: list[str], rows: list[list[Any]]) -> str:
    lines = [titles, ["---"] * len(titles), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
