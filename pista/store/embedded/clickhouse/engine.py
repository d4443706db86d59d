"""Runs statements in chDB: one short-lived connection each, so none sees another's settings."""

import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import IO

import msgspec

from pista.store.embedded.clickhouse import chdb, config, errors, statement
from pista.store.embedded.clickhouse.errors import ClickHouseError

HEAD = 1 << 20  # an INSERT's statement ends within its first MiB; the rest is data
CHUNK = 1 << 20
DATABASE = "data?config-file=config.xml"  # relative: a path may hold characters of a URL

# What the user for reading finds set, as a profile would; the values that Pista reads with.
READONLY_PROFILE: Mapping[str, str] = {
    # A heavy question leaves half of the machine to the writer.
    "max_threads": str(max(1, (os.cpu_count() or 1) // 2)),
    "date_time_output_format": "iso",
    "output_format_json_quote_64bit_integers": "0",
    "output_format_json_quote_denormals": "0",
}
# Where chDB, made for notebooks, is freer than a server.
LIKE_A_SERVER: Mapping[str, str] = {
    "implicit_select": "0",
    "allow_introspection_functions": "0",
    "allow_python_table_function": "0",
}
# What it may change nevertheless (ClickHouse calls this `changeable_in_readonly`): limits and
# shapes of the answer, never what may be reached.
_CHANGEABLE = re.compile(
    r"max_(execution_time|threads|result_rows|result_bytes|rows_to_read|bytes_to_read"
    r"|memory_usage|block_size)|(result|read|timeout)_overflow_mode|log_comment"
    r"|session_timezone|date_time_output_format|output_format_\w+"
)
_NAME = re.compile(r"\w+")
# `file('/etc/passwd')` is a plain function here, which `readonly` does not forbid. Its name may
# be written with escapes, and `apply` can take it without a trace in the syntax tree.
_MAY_NAME_FILE = re.compile(rb"file|\\", re.IGNORECASE)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "0": "\0"}
_TO_ESCAPE = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\0": "\\0"})
_READS_FILES = re.compile(rb"Function file\b|ColumnsApplyTransformer")


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """One request to the engine."""

    mark: str
    """Unique; begins the `log_comment`, by which a running statement is found."""
    query: bytes
    """The part of the statement that stood in the URL."""
    database: str
    format: str | None
    settings: dict[str, str]
    parameters: dict[str, str]
    readonly_user: bool
    may_write: bool
    spooled: bool = False
    """Whether the answer may be large, and goes to a file first."""


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What came of it."""

    body: bytes = b""
    file: IO[bytes] | None = None
    """The body instead, where it was asked to be spooled."""
    format: str | None = None
    read_rows: int = 0
    read_bytes: int = 0
    written_rows: int = 0
    written_bytes: int = 0
    result_rows: int = 0


class Engine:
    """The only one of this process; the folder must be the current one."""

    def __init__(self) -> None:
        config.write(Path())
        os.environ["TZ"] = "UTC"
        self._library = chdb.load()
        # The engine lives as long as one connection is open.
        self._keeper = self._library.connect(DATABASE)
        self._keeper.query(f"detach database {config.LOCAL_DATABASE}")
        self.version = self._one("select version()").decode()
        formats = self._one("select name from system.formats where is_input").split()
        self._formats = frozenset(name.decode() for name in formats)

    def close(self) -> None:
        self._keeper.close()

    def run(self, asked: Statement, body: IO[bytes]) -> Answer:
        """Run one statement to its end; raises `ClickHouseError`."""
        connection = self._library.connect(DATABASE)
        try:
            _prepare(connection, asked)
            return self._run(connection, asked, body)
        except RuntimeError as error:
            raise errors.from_engine(str(error)) from error
        except UnicodeDecodeError as error:
            # The engine's message quotes bytes of the data or the statement that are no UTF-8.
            raise errors.from_engine(error.object.decode("utf-8", "replace")) from error
        finally:
            connection.close()

    def kill(self, mark: str, only_reading: bool) -> None:
        """Stop a running statement, if it is there; it answers with an error soon after."""
        connection = self._library.connect(DATABASE)
        try:
            connection.query(
                "kill query where startsWith(Settings['log_comment'], {mark:String})"
                " and (query_kind = 'Select' or {all:UInt8}) async",
                "Null",
                params={"mark": mark, "all": str(int(not only_reading))},
            )
        finally:
            connection.close()

    def _one(self, sql: str) -> bytes:
        return self._keeper.query(sql, "TabSeparatedRaw").bytes().strip()

    def _run(self, connection: chdb.Connection, asked: Statement, body: IO[bytes]) -> Answer:
        prefix = asked.query + b"\n" if asked.query else b""
        start = prefix + body.read(HEAD)
        found = statement.insert(start, self._formats)
        if found and asked.readonly_user:
            raise _readonly()
        if found is None or not _has_data(asked, found):
            return _query(connection, asked, start + body.read(), inserts=found is not None)
        if found.input_at is not None:
            body.seek(0)
            return _insert_from_input(connection, asked, found, body, found.data_at - len(prefix))
        return _insert(connection, asked, found, start[found.data_at :], body)


def _prepare(connection: chdb.Connection, asked: Statement) -> None:
    if asked.database:
        connection.query("use " + _quoted(asked.database, "`"))
    comment = f"{asked.mark} {asked.settings.pop('log_comment', '')}"
    settings = {"log_comment": comment, **LIKE_A_SERVER}
    settings |= READONLY_PROFILE if asked.readonly_user else {}
    changeable = {n: v for n, v in asked.settings.items() if _changeable(asked, n)}
    _set(connection, settings | changeable)
    if asked.readonly_user:
        _set(connection, {"readonly": "1"})
    _set(connection, {n: v for n, v in asked.settings.items() if n not in changeable})
    if not asked.may_write and not asked.readonly_user:
        _set(connection, {"readonly": "2"})


def _changeable(asked: Statement, name: str) -> bool:
    return not asked.readonly_user or _CHANGEABLE.fullmatch(name) is not None


def _set(connection: chdb.Connection, settings: Mapping[str, str]) -> None:
    for name in settings:
        if not _NAME.fullmatch(name):
            raise ClickHouseError(115, f"Unknown setting '{name}'", "UNKNOWN_SETTING")
    if settings:
        pairs = (f"{name} = {_quoted(value, chr(39))}" for name, value in settings.items())
        connection.query("set " + ", ".join(pairs))


def _unescaped(value: str) -> str:
    """A parameter as `SET` takes it; a URL carries it with TSV's escapes."""
    return _ESCAPE.sub(lambda found: _ESCAPED.get(found[1], found[1]), value)


def _quoted(text: str, quote: str) -> str:
    return quote + text.replace("\\", "\\\\").replace(quote, "\\" + quote) + quote


def _query(connection: chdb.Connection, asked: Statement, sql: bytes, *, inserts: bool) -> Answer:
    _check(connection, asked, sql)
    format_name = asked.format or "TabSeparated"
    if asked.spooled and not inserts and not asked.readonly_user:
        return _spool(connection, asked, sql, format_name)
    result = connection.query(sql, format_name, params=asked.parameters)
    body = result.bytes()
    return Answer(
        body=body,
        format=None if inserts else statement.output_format(sql) or format_name,
        read_rows=result.storage_rows_read(),
        read_bytes=result.storage_bytes_read(),
        written_rows=result.rows_written(),
        written_bytes=result.bytes_written(),
        result_rows=result.rows_read(),
    )


def _spool(connection: chdb.Connection, asked: Statement, sql: bytes, format_name: str) -> Answer:
    """Run a SELECT of any size: its answer goes to a file without a name, and never to memory."""
    path = Path("tmp") / f"answer-{asked.mark}"
    try:
        result = connection.query(
            statement.into_file(sql, str(path), format_name), format_name, params=asked.parameters
        )
        file = path.open("rb")
    finally:
        path.unlink(missing_ok=True)
    return Answer(
        file=file,
        format=statement.output_format(sql) or format_name,
        read_rows=result.storage_rows_read(),
        read_bytes=result.storage_bytes_read(),
        result_rows=result.rows_read(),
    )


def _check(connection: chdb.Connection, asked: Statement, sql: bytes) -> None:
    """What ClickHouse's HTTP interface refuses, and chDB would do."""
    found = connection.classify_query(sql)
    kind = str(found["query_class"]).rpartition(".")[2]
    if kind == "UNKNOWN":
        raise _syntax_error(connection, sql)
    if found["statement_count"] != 1:
        raise ClickHouseError(
            errors.SYNTAX_ERROR, "Syntax error (Multi-statements are not allowed)"
        )
    if asked.readonly_user and kind != "READ_ONLY":
        raise _readonly()
    if kind == "CONTROL" and re.search(rb"\boutfile\b", sql, re.IGNORECASE):
        raise ClickHouseError(errors.NOT_IMPLEMENTED, "INTO OUTFILE is not allowed here")
    if asked.readonly_user and _MAY_NAME_FILE.search(sql):
        _check_tree(connection, sql)


def _syntax_error(connection: chdb.Connection, sql: bytes) -> ClickHouseError:
    """What the parser has against `sql`, which must not be run to learn it.

    chDB takes for a command of its terminal what is no statement: `exit`, `??` for an AI, and
    `\\i FILE`, which runs what stands in a file.
    """
    text = sql.decode("utf-8", "replace").translate(_TO_ESCAPE)
    if not text.strip():
        return ClickHouseError(errors.SYNTAX_ERROR, "Syntax error: Empty query")
    try:
        connection.query("select formatQuery({sql:String})", "Null", params={"sql": text})
    except RuntimeError as error:
        said = errors.from_engine(str(error))
        if said.code == errors.SYNTAX_ERROR:
            return said
    return ClickHouseError(errors.SYNTAX_ERROR, "Syntax error: this is no single statement")


def _check_tree(connection: chdb.Connection, sql: bytes) -> None:
    try:
        tree = connection.query(b"explain ast " + sql, "TabSeparatedRaw").bytes()
    except (RuntimeError, UnicodeDecodeError) as error:
        raise _readonly() from error
    if _READS_FILES.search(tree):
        raise _readonly()


def _readonly() -> ClickHouseError:
    return ClickHouseError(errors.READONLY, "pista_ro: Cannot execute query in readonly mode")


def _has_data(asked: Statement, found: statement.Insert) -> bool:
    """Whether data comes by itself. VALUES that name parameters are part of the statement."""
    if found.selects:
        return found.input_at is not None
    return not (asked.parameters and found.format == "Values")


def _insert(
    connection: chdb.Connection,
    asked: Statement,
    found: statement.Insert,
    start: bytes,
    rest: IO[bytes],
) -> Answer:
    format_name = found.format or asked.format or "Values"
    _set(
        connection, {f"param_{name}": _unescaped(value) for name, value in asked.parameters.items()}
    )
    opened = connection.send_insert(found.head, format_name)
    try:
        chunk = start or rest.read(CHUNK)
        while chunk:
            connection.insert_append(opened, chunk)
            chunk = rest.read(CHUNK)
    except BaseException:
        connection.insert_cancel(opened)
        raise
    result = connection.insert_done(opened)
    return Answer(written_rows=result.rows_written(), written_bytes=result.bytes_written())


def _insert_from_input(
    connection: chdb.Connection,
    asked: Statement,
    found: statement.Insert,
    body: IO[bytes],
    data_at: int,
) -> Answer:
    with ExitStack() as stack:
        if data_at > 0:
            body.seek(data_at)
            data = stack.enter_context(tempfile.TemporaryFile(dir="tmp"))
            shutil.copyfileobj(body, data, CHUNK)
            data.flush()
        else:
            data = body
        file = f"/proc/self/fd/{data.fileno()}"
        format_name = found.format or asked.format or "Values"
        sql = statement.reading_file(found, file, format_name)
        return _query(connection, asked, sql, inserts=True)
