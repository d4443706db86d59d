"""The figures of reports, told from plain rows in plain Python."""

import statistics
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from pista.ids import UserId
from tests.desk.reports.world import Row

ENDS = ("complete", "give_back", "time_out", "withdraw", "reassign", "transfer")
RETURNS = ("give_back", "time_out")


@dataclass(frozen=True)
class Model:
    rows: Sequence[Row]
    start: datetime
    end: datetime
    zone: ZoneInfo
    goal: int
    now: datetime
    asesor: UserId | None = None
    campaign: str | None = None
    source: str | None = None

    def fits(self, row: Row) -> bool:
        return (
            self.asesor in (None, row.asesor)
            and self.campaign in (None, row.campaign)
            and self.source in (None, row.source)
        )

    def left(self, *moves: str) -> list[Row]:
        """What happened in the time."""
        inside = (row for row in self.rows if self.start <= row.at < self.end)
        return [row for row in inside if self.fits(row) and (not moves or row.move in moves)]

    def touched(self) -> list[Row]:
        inside = (row for row in self.rows if row.touched and self.start <= row.came_at < self.end)
        return [row for row in inside if self.fits(row)]

    def began(self) -> list[Row]:
        """Unless it did not after all."""
        back = {(row.cliente, row.came_at) for row in self.rows if row.move == "take_back"}
        came = self.left("create", "reopen")
        return [row for row in came if (row.cliente, row.at) not in back]

    def unopened(self) -> list[Row]:
        opened = {(row.cliente, row.came_at) for row in self.rows if row.touched}
        return [row for row in self.began() if (row.cliente, row.at) not in opened]

    def handed_over(self) -> list[Row]:
        return [row for row in self.left() if row.before == "derivado" and row.move != "take_back"]

    def missed(self) -> list[Row]:
        """Of hand-overs: not opened in time."""
        return [
            row
            for row in self.handed_over()
            if row.seconds > self.goal or row.move in (*RETURNS, "transfer")
        ]

    def came(self, part: Callable[[datetime], bool]) -> dict[str, Any]:
        young = self.now - timedelta(seconds=self.goal)
        opened = [row for row in self.touched() if part(row.came_at)]
        waited = [(row.at - row.came_at).total_seconds() for row in opened]
        if self.asesor is not None:
            return told(len(opened), waited, 0, self.goal)
        began = [row for row in self.began() if part(row.at)]
        seen = {(row.cliente, row.came_at) for row in self.rows if row.touched}
        undecided = sum(row.at > young and (row.cliente, row.at) not in seen for row in began)
        return told(len(began), waited, undecided, self.goal)

    def given(self) -> dict[str, Any]:
        ended = self.handed_over()
        waited = [row.seconds for row in ended if row.move == "open"]
        away = [row for row in ended if row.move in ("withdraw", "reassign")]
        undecided = sum(row.seconds <= self.goal for row in away)
        return told(len(ended), waited, undecided, self.goal)

    def stays(self, status: str) -> dict[str, Any]:
        rows = [row for row in self.left() if row.before == status]
        seconds = [row.seconds for row in rows]
        return {
            "status": status,
            "stays": len(rows),
            "averageSeconds": statistics.fmean(seconds) if seconds else None,
            "medianSeconds": quantile(seconds, 0.5),
            "p90Seconds": quantile(seconds, 0.9),
            "leftBy": ordered("move", Counter(row.move for row in rows)),
        }

    def returns(self, part: Callable[[Row], bool]) -> dict[str, Any]:
        ended = [row for row in self.left(*ENDS) if part(row)]
        back = sum(row.move in RETURNS for row in ended)
        return {"ended": len(ended), "returned": back, "share": share(back, len(ended))}

    def outcomes(self, key: Callable[[Row], Any]) -> dict[Any, dict[str, Any]]:
        rows = self.left("complete", *RETURNS)
        return {
            of: self._outcomes([row for row in rows if key(row) == of])
            for of in set(map(key, rows))
        }

    def _outcomes(self, rows: Sequence[Row]) -> dict[str, Any]:
        done = [row for row in rows if row.move == "complete"]
        return {
            "completed": len(done),
            "returned": len(rows) - len(done),
            "averageSeconds": statistics.fmean(row.seconds for row in done) if done else None,
            "outcomes": ordered("outcome", Counter(row.outcome for row in done)),
        }


def told(cases: int, waited: list[float], undecided: int, goal: int) -> dict[str, Any]:
    in_time = sum(seconds <= goal for seconds in waited)
    return {
        "cases": cases,
        "opened": len(waited),
        "undecided": undecided,
        "inTime": in_time,
        "shareInTime": share(in_time, cases - undecided),
        "medianSeconds": quantile(waited, 0.5),
        "p90Seconds": quantile(waited, 0.9),
    }


def quantile(values: list[float], part: float) -> float | None:
    """Between two values, in proportion."""
    if not values:
        return None
    values, place = sorted(values), (len(values) - 1) * part
    low = int(place)
    high = min(low + 1, len(values) - 1)
    return values[low] + (values[high] - values[low]) * (place - low)


def share(part: int, whole: int) -> float | None:
    return round(part / whole, 6) if whole else None


def ordered(name: str, counts: Counter[Any]) -> list[dict[str, Any]]:
    found = sorted(counts.items(), key=lambda one: (-one[1], one[0] or ""))
    return [{name: value, "clientes": number} for value, number in found]


def keys(rows: Iterable[Row]) -> list[tuple[int, str, datetime]]:
    return sorted((row.cliente, row.move, row.at) for row in rows)
