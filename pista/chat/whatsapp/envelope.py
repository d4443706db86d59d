"""Whom a webhook is about, read fast and before anything else of it."""

import msgspec


class _Metadata(msgspec.Struct, gc=False):
    phone_number_id: str | None = None


class _Value(msgspec.Struct, gc=False):
    metadata: _Metadata | None = None


class _Change(msgspec.Struct, gc=False):
    value: _Value | None = None


class _Entry(msgspec.Struct, gc=False):
    id: str | None = None
    changes: list[_Change] = []


class _Envelope(msgspec.Struct, gc=False):
    entry: list[_Entry] = []


class Addressed(msgspec.Struct, frozen=True):
    """Phone number ids and WhatsApp Business Accounts."""

    numbers: set[str]
    accounts: set[str]


_decode = msgspec.json.Decoder(_Envelope).decode


def addressed(body: bytes) -> Addressed:
    """Nobody at all where it has not this shape."""
    try:
        envelope = _decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return Addressed(set(), set())
    numbers = {
        change.value.metadata.phone_number_id
        for entry in envelope.entry
        for change in entry.changes
        if change.value and change.value.metadata and change.value.metadata.phone_number_id
    }
    return Addressed(numbers, {entry.id for entry in envelope.entry if entry.id})
