"""What JSON's grammar allows and a decoder refuses, put right so that the good events are kept; and
what is no business of theirs, taken out."""

import re

# Looking through a body token by token is slow, and only an attack is both deep and long.
MAX_PARTED = 2**17

_LONE = re.compile(rb"\\u[dD][89a-fA-F]")
_ESCAPE = re.compile(
    rb"""
    \\ (?: u[dD][89abAB][0-9a-fA-F]{2} \\u[dD][c-fC-F][0-9a-fA-F]{2}  # a pair, as it should be
       | (?P<lone> u[dD][89a-fA-F][0-9a-fA-F]{2} )
       | . )
    """,
    re.DOTALL | re.VERBOSE,
)
_OF_CLICK = re.compile(rb"(\?)pista=[0-9a-f]{32}&|[?&]pista=[0-9a-f]{32}(?![\w%-])")
_TOKEN = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"|[\[\]{},:]', re.DOTALL)


def without_lone_surrogates(body: bytes) -> bytes:
    r"""Half a character becomes U+FFFD, as every browser would encode it.

    `text.slice(0, 100)` cuts an emoji in two, and `JSON.stringify` then writes `\ud83d`.
    """
    if _LONE.search(body) is None:
        return body
    return _ESCAPE.sub(lambda found: rb"\ufffd" if found["lone"] else found[0], body)


def without_click_tokens(metadata: bytes) -> bytes:
    """Addresses without what ties a visitor to a click: whoever reads events could come by it.

    Pages take it out themselves, but not before their first view is told.
    """
    return _OF_CLICK.sub(rb"\1", metadata) if b"pista=" in metadata else metadata


def parted(body: bytes) -> tuple[bytes, list[bytes]]:
    """The batch without its events, and its events one by one, however deep they are nested."""
    if len(body) > MAX_PARTED:
        return body, []
    depth, start, opened = 0, -1, 0
    before = (b"", b"")
    events: list[bytes] = []
    for found in _TOKEN.finditer(body):
        token = found[0]
        if token in (b"[", b"{"):
            depth += 1
            if depth == 2 and token == b"[" and before == (b'"events"', b":"):
                start = opened = found.end()
                events = []
        elif start >= 0 and depth == 2 and token in (b",", b"]"):
            events.append(body[start : found.start()])
            start = found.end()
            if token == b"]":
                return body[:opened] + body[found.start() :], events
        if token in (b"]", b"}"):
            depth -= 1
        before = (before[1], token)
    return body, []
