"""ClickHouse's errors, as its HTTP interface words and numbers them."""

import re

BAD_ARGUMENTS = 36
NOT_IMPLEMENTED = 48
SYNTAX_ERROR = 62
READONLY = 164
TOO_MANY_SIMULTANEOUS_QUERIES = 202
QUERY_WAS_CANCELLED = 394
INCORRECT_DATA = 117
AUTHENTICATION_FAILED = 516
UNKNOWN_COMPRESSION_METHOD = 89
CANNOT_DECOMPRESS = 271

NAMES = {
    BAD_ARGUMENTS: "BAD_ARGUMENTS",
    NOT_IMPLEMENTED: "NOT_IMPLEMENTED",
    SYNTAX_ERROR: "SYNTAX_ERROR",
    UNKNOWN_COMPRESSION_METHOD: "UNKNOWN_COMPRESSION_METHOD",
    CANNOT_DECOMPRESS: "CANNOT_DECOMPRESS",
    INCORRECT_DATA: "INCORRECT_DATA",
    READONLY: "READONLY",
    TOO_MANY_SIMULTANEOUS_QUERIES: "TOO_MANY_SIMULTANEOUS_QUERIES",
    QUERY_WAS_CANCELLED: "QUERY_WAS_CANCELLED",
    AUTHENTICATION_FAILED: "AUTHENTICATION_FAILED",
}

# The server's own table: what the caller wrote wrong, what does not exist, what took too long.
_STATUS: dict[int, int] = (
    dict.fromkeys(
        [
            6,
            25,
            26,
            27,
            33,
            36,
            38,
            41,
            43,
            53,
            62,
            69,
            72,
            89,
            117,
            130,
            167,
            177,
            267,
            271,
            457,
            467,
        ],
        400,
    )
    | dict.fromkeys([192, 193, 497, 516], 403)
    | dict.fromkeys([46, 47, 50, 56, 60, 63, 73, 81, 115], 404)
    | {159: 408, 168: 413, 48: 501, 202: 503, 209: 503, 439: 503}
)

_PREFIX = re.compile(r"\ACode: (\d+)\. DB::Exception: ")
_NAME = re.compile(r"\.? \(([A-Z][A-Z0-9_]+)\)\s*\Z")
_VERSION = re.compile(r"\s*\(version [^)]*\)\.?\s*\Z")


class ClickHouseError(Exception):
    """What ClickHouse answers instead of a result."""

    def __init__(self, code: int, text: str, name: str | None = None) -> None:
        self.code = code
        self.text = text
        self.name = name or NAMES.get(code, "UNKNOWN_EXCEPTION")
        super().__init__(text)

    @property
    def status(self) -> int:
        return _STATUS.get(self.code, 500)

    def body(self, version: str) -> bytes:
        line = f"Code: {self.code}. DB::Exception: {self.text}. ({self.name}) (version {version})\n"
        return line.encode("utf-8", "surrogateescape")


def from_engine(message: str) -> ClickHouseError:
    """The engine's message, which may carry its prefix and its name twice, taken apart."""
    code, name, text = 0, None, message.strip()
    while prefix := _PREFIX.search(text):
        code = int(prefix.group(1))
        text = text[prefix.end() :]
    while True:
        shorter = _VERSION.sub("", text)
        if found := _NAME.search(shorter):
            name = name or found.group(1)
            shorter = shorter[: found.start()]
        if shorter == text:
            return ClickHouseError(code or 1000, text, name or "UNKNOWN_EXCEPTION")
        text = shorter
