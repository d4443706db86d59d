"""What a run found, for people and for programs."""

from collections import Counter
from pathlib import Path

import msgspec

from tests.chaos.chat.letters import Letters
from tests.chaos.chat.verdict import Verdict
from tests.chaos.faults import Fault
from tests.chaos.report import table


class Platform(msgspec.Struct, frozen=True, kw_only=True):
    """What WhatsApp did."""

    requests: int
    accepted: int
    failed: int
    refused: dict[int, int]
    lost: int
    swallowed: int
    told: int


class Report(msgspec.Struct, frozen=True, kw_only=True):
    date: str
    seed: int
    kills: int
    minutes: float
    webhooks: dict[str, int]
    refusals: dict[str, tuple[int, int]]
    """By code: how many had to be refused, and how many refusals the log counts."""
    longest_wait: float
    """Seconds from the first try of one webhook to its answer."""
    longest_gap: float
    """Seconds without any webhook being acknowledged."""
    drain: float
    letters: Letters
    platform: Platform
    verdict: Verdict
    faults: list[Fault]
    problems: list[str]

    @property
    def is_good(self) -> bool:
        return not (self.problems or self.letters.problems or self.verdict.differences)


def write(report: Report, folder: Path) -> str:
    """Both files; the answer is the readable one."""
    text = markdown(report)
    (folder / "chat.md").write_text(text)
    (folder / "chat.json").write_bytes(msgspec.json.format(msgspec.json.encode(report)))
    return text


def markdown(report: Report) -> str:
    parts = [_outcome(report), _faults(report), _remarks(report)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _outcome(report: Report) -> str:
    verdict, letters, platform = report.verdict, report.letters, report.platform
    refused = ", ".join(f"{count} with {code}" for code, count in sorted(platform.refused.items()))
    shown = ", ".join(f"{count:,} {status}" for status, count in sorted(verdict.statuses.items()))
    return table(
        ["", ""],
        [
            ["date, seed", f"{report.date}, {report.seed}"],
            ["kills", f"{report.kills} in {report.minutes:.1f} minutes"],
            *([f"webhooks: {sort}", f"{count:,}"] for sort, count in report.webhooks.items()),
            *(
                [f"refused as `{code}`", f"{found:,} in the log, of {due:,} that had to be"]
                for code, (due, found) in report.refusals.items()
            ),
            ["messages in them", f"{verdict.messages:,}"],
            ["stored", f"{verdict.stored:,}"],
            ["lost, doubled", f"{verdict.lost}, {verdict.doubled}"],
            ["people, each one contact and one conversation", f"{verdict.people:,}"],
            ["messages written", f"{verdict.written:,}"],
            ["at the platform once, twice", f"{verdict.sent_once:,}, {verdict.sent_twice}"],
            ["conversations out of order", f"{verdict.out_of_order}"],
            ["shown as", shown],
            ["requests to the platform", f"{platform.requests:,}"],
            ["of them failed, lost, swallowed", _three(platform)],
            ["refused by it", refused],
            ["webhooks with statuses", f"{platform.told:,}"],
            ["dead letters", f"{letters.listed}, {letters.poisoned} of them made on purpose"],
            ["longest wait of one webhook", f"{report.longest_wait:.2f} s"],
            ["longest without any acknowledgement", f"{report.longest_gap:.2f} s"],
            ["drained after the load in", f"{report.drain:.1f} s"],
        ],
    )


def _three(platform: Platform) -> str:
    return f"{platform.failed:,}, {platform.lost}, {platform.swallowed}"


def _faults(report: Report) -> str:
    times = Counter(fault.name for fault in report.faults)
    return table(["fault", "times"], [[name, str(count)] for name, count in sorted(times.items())])


def _remarks(report: Report) -> str:
    bad = (*report.problems, *report.letters.problems, *report.verdict.differences)
    others = Counter(report.letters.others)
    lines = [f"**{line}**" for line in bad]
    lines += [f"dead letter: {line} ({count})" for line, count in others.most_common(20)]
    return "\n".join(f"- {line}" for line in lines)
