"""What open screens are told: written in the transaction of its cause, and said once that is done.

Whoever misses what is said reads it in `desk_messages`.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

import msgspec

from pista.desk.model import Announced
from pista.ids import TenantId, UserId
from pista.store.postgres import Tx

CHANNEL = "pista_desk"
DUE_CHANNEL = "pista_desk_due"
# PostgreSQL passes on less than 8,000 bytes.
MOST_BYTES = 7_900
MOST_PASSED = 20


class Passed(msgspec.Struct, frozen=True, kw_only=True):
    """One message. Without a number it is of the moment, and kept nowhere."""

    seq: int | None
    audience: list[UserId]
    body: msgspec.Raw


class Said(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """The messages themselves."""

    tenant_id: TenantId
    messages: list[Passed]


class Written(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Between which numbers there are new ones: too many to say."""

    tenant_id: TenantId
    first: int
    last: int


def announce(tx: Tx, messages: Sequence[Announced]) -> None:
    """Pass on what was written, once it is committed."""
    for tenant, own in groupby(messages, key=lambda one: one.tenant_id):
        told = list(own)
        few = told[:MOST_PASSED]
        passed = [Passed(seq=one.seq, audience=one.audience, body=one.body) for one in few]
        if len(told) > len(few) or not _say(tx, tenant, passed):
            seqs = [one.seq for one in told]
            written = Written(tenant_id=tenant, first=min(seqs), last=max(seqs))
            tx.tell(CHANNEL, msgspec.json.encode(written).decode())


def mention(tx: Tx, tenant: TenantId, audience: Iterable[UserId], body: Mapping[str, Any]) -> None:
    """Of the moment: who misses it hears the next one."""
    raw = msgspec.Raw(msgspec.json.encode(body))
    _say(tx, tenant, [Passed(seq=None, audience=list(audience), body=raw)])


def wake_timer(tx: Tx, due_at: datetime | None) -> None:
    """A time that may come before the one that the timers sleep until."""
    if due_at is not None:
        tx.tell(DUE_CHANNEL, due_at.isoformat())


def wake_all(tx: Tx) -> None:
    """Times have changed: the timers look again."""
    tx.tell(DUE_CHANNEL)


def _say(tx: Tx, tenant: TenantId, messages: list[Passed]) -> bool:
    payload = msgspec.json.encode(Said(tenant_id=tenant, messages=messages))
    if len(payload) <= MOST_BYTES:
        tx.tell(CHANNEL, payload.decode())
        return True
    return False
