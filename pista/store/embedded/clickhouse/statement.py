"""Where a statement ends and its data begins, as ClickHouse's own parser would say it.

The engine reads data that follows an INSERT only up to an empty line, and feeds none of it to
`input()`. So the two are parted here, and the data goes in by a door that takes any bytes.
"""

import re
from collections.abc import Container, Iterator

import msgspec

_TOKEN = re.compile(
    rb"""
      (?P<space> \s+ | --[^\n]* | \#[!\ ][^\n]* | /\*.*?\*/ )
    | (?P<quoted> '(?:[^'\\]|\\.|'')*' | "(?:[^"\\]|\\.|"")*" | `(?:[^`\\]|\\.|``)*`
                | \$(?P<tag>\w*)\$.*?\$(?P=tag)\$ )
    | (?P<word> [A-Za-z_]\w* )
    | (?P<other> . )
    """,
    re.VERBOSE | re.DOTALL,
)
_BEFORE_DATA = re.compile(rb"[ \t\f]*;?[ \t\f]*\r?\n?")


class Insert(msgspec.Struct, frozen=True, kw_only=True):
    """An INSERT statement, parted from its data."""

    head: bytes
    """The statement without its FORMAT clause."""
    format: str | None
    """The format that the statement names, if it names one."""
    data_at: int
    """Where its data begins."""
    selects: bool
    """Whether it takes its rows from a SELECT."""
    input_at: int | None
    """Where in `head` the `input(` is that the data feeds."""


class _Token(msgspec.Struct, frozen=True):
    kind: str
    text: bytes
    start: int
    end: int

    @property
    def word(self) -> bytes:
        return self.text.lower() if self.kind == "word" else b""


def _tokens(sql: bytes) -> Iterator[_Token]:
    for match in _TOKEN.finditer(sql):
        kind = match.lastgroup or "other"
        if kind != "space":
            yield _Token("quoted" if kind == "tag" else kind, match.group(), *match.span())


def first_word(sql: bytes) -> bytes:
    for token in _tokens(sql):
        if token.text != b"(":
            return token.word
    return b""


def insert(sql: bytes, formats: Container[str]) -> Insert | None:
    """The parts of `sql` if it is an INSERT; `formats` are those that can be read."""
    if first_word(sql) != b"insert":
        return None
    selects, depth, input_at = False, 0, None
    before: _Token | None = None
    for token in _tokens(sql):
        if depth == 0 and not selects and token.word == b"values":
            return _parted(sql, token.start, "Values", token.end, selects, input_at)
        if before and before.word == b"format" and depth == 0 and token.kind == "word":
            name = token.text.decode()
            if name in formats:
                return _parted(sql, before.start, name, token.end, selects, input_at)
        if selects and before and before.word == b"input" and token.text == b"(":
            input_at = before.start
        if depth == 0 and token.word in {b"select", b"with"}:
            selects = True
        depth += (token.text == b"(") - (token.text == b")")
        before = token
    return _parted(sql, len(sql), None, len(sql), selects, input_at)


def _parted(
    sql: bytes, head_end: int, name: str | None, end: int, selects: bool, input_at: int | None
) -> Insert:
    gap = _BEFORE_DATA.match(sql, end)
    return Insert(
        head=sql[:head_end],
        format=name,
        data_at=gap.end() if gap and name != "Values" else end,
        selects=selects,
        input_at=input_at,
    )


def reading_file(found: Insert, file: str, format_name: str) -> bytes:
    """The statement with `input('…')` replaced by the same rows read from `file`."""
    at = found.input_at or 0
    opening = found.head.index(b"(", at)
    read = f"file('{file}', '{format_name}', ".encode()
    return found.head[:at] + read + found.head[opening + 1 :]


_FORMAT_CLAUSE = re.compile(rb"\bformat\s+(\w+)(?:\s+settings\b[^']*)?[\s;]*\Z", re.IGNORECASE)


def output_format(sql: bytes) -> str | None:
    """The format that a SELECT asks for at its end."""
    found = _FORMAT_CLAUSE.search(sql[-2000:])
    return found.group(1).decode() if found else None


def into_file(sql: bytes, file: str, format_name: str) -> bytes:
    """The SELECT with its answer written to `file`, in the format that it asks for."""
    found = _FORMAT_CLAUSE.search(sql)
    start = sql[: found.start()] if found else sql.rstrip(b"; \t\r\n")
    form = found.group() if found else f"format {format_name}".encode()
    return start + f"\ninto outfile '{file}'\n".encode() + form
