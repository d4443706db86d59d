"""What a client began and what was acknowledged, in a file that outlives a kill of the client."""

import os
from collections.abc import Iterator
from pathlib import Path

import msgspec


class Acknowledged(msgspec.Struct, frozen=True):
    number: int
    at: float
    """By the machine's monotonic clock, which all its processes share."""
    waited: float
    """Seconds from the first try."""


class Read(msgspec.Struct, frozen=True, kw_only=True):
    begun: list[int]
    acknowledged: list[Acknowledged]
    problems: list[str]

    def unfinished(self) -> list[int]:
        done = {one.number for one in self.acknowledged}
        return [number for number in self.begun if number not in done]


class Ledger:
    """Written without a buffer of its own: what is written is there after kill -9."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def begin(self, number: int) -> None:
        self._write(f"begin {number}")

    def acknowledge(self, number: int, at: float, waited: float) -> None:
        self._write(f"done {number} {at:.4f} {waited:.4f}")

    def complain(self, text: str) -> None:
        self._write(f"problem {text}")

    def _write(self, line: str) -> None:
        os.write(self._file, line.replace("\n", " ").encode() + b"\n")


def read(path: Path) -> Read:
    found = Read(begun=[], acknowledged=[], problems=[])
    for word, rest in _lines(path):
        match word:
            case "begin":
                found.begun.append(int(rest))
            case "done":
                number, at, waited = rest.split()
                found.acknowledged.append(Acknowledged(int(number), float(at), float(waited)))
            case _:
                found.problems.append(rest)
    return found


def _lines(path: Path) -> Iterator[tuple[str, str]]:
    if path.exists():
        for line in path.read_text().splitlines():
            word, _, rest = line.partition(" ")
            yield word, rest
