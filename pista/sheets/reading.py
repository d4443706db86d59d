"""Reads files as people's programs write them: no network, no database."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import IO, NamedTuple

from pista.sheets.model import MOST_COLUMNS, MOST_ROWS, BadFile, FileTooLarge

LOOKED_AT = 256 * 1024
SEPARATORS = (",", ";", "\t")
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
LONGEST_CELL = 2_000

Cells = list[str]


class Shape(NamedTuple):
    """How a file is written."""

    encoding: str
    separator: str


def shape_of(file: IO[bytes]) -> Shape:
    """A mark at its beginning says the encoding; or else it is UTF-8, if all of it can be."""
    file.seek(0)
    head = file.read(LOOKED_AT)
    marked = next((name for mark, name in BOMS if head.startswith(mark)), None)
    encoding = marked or _unmarked(file, head)
    text = head.decode(encoding, "replace")
    return Shape(encoding, _separator(text))


def rows_of(file: IO[bytes], shape: Shape) -> Iterator[Cells]:
    """The rows that are not empty, each as long as it is."""
    file.seek(0)
    text = io.TextIOWrapper(file, encoding=shape.encoding, errors="replace", newline="")
    lines = (line.replace("\0", "") for line in text)
    count = 0
    try:
        for row in csv.reader(lines, delimiter=shape.separator):
            if not any(cell.strip() for cell in row):
                continue
            count += 1
            if count > MOST_ROWS:
                raise FileTooLarge
            if len(row) > MOST_COLUMNS:
                raise BadFile(f"It has more than {MOST_COLUMNS} columns.")
            yield [cell.strip()[:LONGEST_CELL] for cell in row]
    except csv.Error as error:
        raise BadFile(f"Row {count + 1} cannot be read: {error}.") from None
    finally:
        text.detach()


def pieces(rows: Iterator[Cells], size: int) -> Iterator[list[Cells]]:
    while piece := list(islice(rows, size)):
        yield piece


def _unmarked(file: IO[bytes], head: bytes) -> str:
    # Every second byte of Latin letters is zero.
    if head[1:200:2].count(0) > len(head[1:200:2]) // 2:
        return "utf-16-le"
    if head[0:200:2].count(0) > len(head[0:200:2]) // 2:
        return "utf-16-be"
    decoder = codecs.getincrementaldecoder("utf-8")()
    file.seek(0)
    try:
        while piece := file.read(LOOKED_AT):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        # What old spreadsheets of the western world write.
        return "cp1252"
    return "utf-8"


def _separator(text: str) -> str:
    """That with which most rows have the same number of cells, and more than one."""
    return max(SEPARATORS, key=lambda one: _regular(text, one))


def _regular(text: str, separator: str) -> tuple[int, int]:
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    widths = Counter(_widths(rows))
    width, times = max(widths.items(), key=lambda one: (one[1], one[0]), default=(1, 0))
    return (times if width > 1 else 0, width)


def _widths(rows: "Iterator[Sequence[str]]") -> list[int]:
    try:
        return [len(row) for row in islice(rows, 50) if row]
    except csv.Error:
        return []
