"""Who a visitor is, as a page or a program says: committed with its job, and gone after it.

Nobody signs it, so it proves nothing; what it comes to, the rooms above decide.
"""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from pista import queue
from pista.collect import queries
from pista.collect.model import Described, Introduced, Introduction, Said, StoredIntroduction
from pista.collect.segment import rules
from pista.ids import TenantId, uuid7
from pista.store.postgres import Postgres, Tx

AT_ONCE = 200
MOST_TRAITS = 50
MOST_CHARACTERS = 254


def described(
    *,
    name: Any = None,
    email: Any = None,
    phone: Any = None,
    user_id: Any = None,
    traits: Mapping[str, Any] | None = None,
) -> Described:
    """What may be kept of it: who somebody is, and of all else only what tells nobody apart."""
    given = _text(user_id)
    if given and "@" in given:
        # Many take the e-mail address for the user's id.
        email, given = email or given, None
    others, _ = rules.impersonal(dict(traits or {}))
    kept = {key[:64]: _value(value) for key, value in others.items() if _is_value(value)}
    return Described(
        name=_text(name),
        email=_text(email),
        phone=_text(phone),
        user_id=given,
        traits=dict(list(kept.items())[:MOST_TRAITS]),
    )


async def introduce(tx: Tx, tenant: TenantId, said: Introduction, *, now: datetime) -> bool:
    """Commit it with its job; False if this was said before, in the last seven days."""
    new = uuid7()
    parts = f"{said.site_id}:{said.method}:{said.visitor_id}:{said.key}"
    same = hashlib.sha256(parts.encode()).hexdigest()[:32]
    work = Introduced(introduction_id=new)
    if await queue.enqueue(tx, tenant, work, now=now, dedup=same) is None:
        return False
    await queries.add_introduction(tx, tenant, new, said, now)
    return True


async def introduce_all(
    postgres: Postgres, tenant: TenantId, said: Sequence[Introduction], *, now: datetime
) -> None:
    """The same of many, some at a time."""
    for start in range(0, len(said), AT_ONCE):
        async with postgres.of(tenant).transaction() as tx:
            for one in said[start : start + AT_ONCE]:
                await introduce(tx, tenant, one, now=now)


async def introduction(
    tx: Tx, tenant: TenantId, introduction_id: UUID
) -> StoredIntroduction | None:
    """What was said, for the job; nobody else works it off meanwhile."""
    return await queries.introduction(tx, tenant, introduction_id)


async def forget_introduction(tx: Tx, tenant: TenantId, introduction_id: UUID) -> None:
    await queries.forget_introduction(tx, tenant, introduction_id)


async def forget_introductions(tx: Tx, before: datetime) -> int:
    """Let go of those that could not be worked off for as long as this, of every company."""
    return await queries.forget_introductions(tx, before)


def _text(given: Any) -> str | None:
    if isinstance(given, bool) or not isinstance(given, str | int | float):
        return None
    return str(given).replace("\0", "").strip()[:MOST_CHARACTERS] or None


def _is_value(value: Any) -> bool:
    return isinstance(value, str | int | float | bool)


def _value(value: Said) -> Said:
    return value.replace("\0", "")[:1000] if isinstance(value, str) else value
