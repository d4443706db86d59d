"""The SQL of who writes: what people are known by, and two that turn out to be one."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec

from pista.chat.heard import Platform
from pista.chat.model import KeyKind, PersonId
from pista.chat.people import Key, Met
from pista.ids import TenantId
from pista.store.postgres import Tx


class KeyRow(msgspec.Struct, frozen=True):
    kind: KeyKind
    value: str
    person_id: PersonId


async def known(
    tx: Tx, tenant: TenantId, platform: Platform, keys: Iterable[Key]
) -> list[tuple[Key, PersonId]]:
    """All keys of everybody who is known by one of these."""
    kinds, values = _columns(keys)
    rows = await tx.all(
        KeyRow,
        """
        select kind, value, person_id
        from chat_person_keys
        where tenant_id = $1 and person_id in (
            select person_id
            from chat_person_keys
            where tenant_id = $1 and platform = $2
                and kind = any($3::text[]) and value = any($4::text[])
        )
        """,
        tenant,
        platform,
        sorted(set(kinds)),
        values,
    )
    return [(Key(row.kind, row.value), row.person_id) for row in rows]


async def add_people(
    tx: Tx, tenant: TenantId, platform: Platform, people: Sequence[PersonId], now: datetime
) -> None:
    await tx.execute(
        """
        insert into chat_people (tenant_id, id, platform, created_at)
        select $1, id, $2, $4 from unnest($3::uuid[]) as id
        """,
        tenant,
        platform,
        people,
        now,
    )


async def write_keys(
    tx: Tx, tenant: TenantId, platform: Platform, keys: dict[Key, PersonId], now: datetime
) -> None:
    kinds, values = _columns(keys)
    await tx.execute(
        """
        insert into chat_person_keys (tenant_id, platform, kind, value, person_id, since)
        select $1, $2, kind, value, person_id, $6
        from unnest($3::text[], $4::text[], $5::uuid[]) as k (kind, value, person_id)
        on conflict (tenant_id, platform, kind, value)
        do update set person_id = excluded.person_id, since = excluded.since
        """,
        tenant,
        platform,
        kinds,
        values,
        list(keys.values()),
        now,
    )


async def drop_keys(tx: Tx, tenant: TenantId, platform: Platform, keys: Iterable[Key]) -> None:
    kinds, values = _columns(keys)
    await tx.execute(
        """
        delete from chat_person_keys k
        using unnest($3::text[], $4::text[]) as gone (kind, value)
        where k.tenant_id = $1 and k.platform = $2
            and k.kind = gone.kind and k.value = gone.value
        """,
        tenant,
        platform,
        kinds,
        values,
    )


async def name_people(tx: Tx, tenant: TenantId, met: Sequence[Met]) -> None:
    """Note how people call themselves."""
    await tx.execute(
        """
        update chat_people p
        set name = coalesce(said.name, p.name), username = coalesce(said.username, p.username)
        from unnest($2::uuid[], $3::text[], $4::text[]) as said (id, name, username)
        where p.tenant_id = $1 and p.id = said.id and (
            coalesce(said.name, p.name) is distinct from p.name
            or coalesce(said.username, p.username) is distinct from p.username
        )
        """,
        tenant,
        [one.id for one in met],
        [one.person.name for one in met],
        [one.person.username for one in met],
    )


async def merge_person(tx: Tx, tenant: TenantId, one: PersonId, into: PersonId) -> None:
    """Give all of one person to the other, and forget the one."""
    for statement in _MERGING:
        await tx.execute(statement, tenant, one, into)


_MERGING = (
    # Where both have a conversation on a channel, one takes the other's messages.
    """
    update messages m
    set conversation_id = kept.id
    from conversations gone, conversations kept
    where gone.tenant_id = $1 and gone.person_id = $2
        and kept.tenant_id = $1 and kept.person_id = $3 and kept.channel_id = gone.channel_id
        and m.tenant_id = $1 and m.conversation_id = gone.id
    """,
    """
    update conversations kept
    set
        unread = kept.unread + gone.unread,
        status = case when gone.unread > 0 then 'open' else kept.status end,
        assigned_to = coalesce(kept.assigned_to, gone.assigned_to),
        preview = last.preview,
        preview_kind = last.preview_kind,
        preview_direction = last.preview_direction,
        last_message_at = greatest(kept.last_message_at, gone.last_message_at),
        last_inbound_at = greatest(kept.last_inbound_at, gone.last_inbound_at)
    from conversations gone, conversations last
    where gone.tenant_id = $1 and gone.person_id = $2
        and kept.tenant_id = $1 and kept.person_id = $3 and kept.channel_id = gone.channel_id
        and last.tenant_id = $1 and last.id = case
            when gone.last_message_at > coalesce(kept.last_message_at, '-infinity') then gone.id
            else kept.id
        end
    """,
    """
    delete from conversations gone
    using conversations kept
    where gone.tenant_id = $1 and gone.person_id = $2
        and kept.tenant_id = $1 and kept.person_id = $3 and kept.channel_id = gone.channel_id
    """,
    "update conversations set person_id = $3 where tenant_id = $1 and person_id = $2",
    "update messages set person_id = $3 where tenant_id = $1 and person_id = $2",
    "update chat_starts set person_id = $3 where tenant_id = $1 and person_id = $2",
    "update chat_memberships set person_id = $3 where tenant_id = $1 and person_id = $2",
    """
    update chat_people p
    set contact_id = coalesce(p.contact_id, gone.contact_id)
    from chat_people gone
    where p.tenant_id = $1 and p.id = $3 and gone.tenant_id = $1 and gone.id = $2
    """,
    "delete from chat_people where tenant_id = $1 and id = $2 and id <> $3::uuid",
)


def _columns(keys: Iterable[Key]) -> tuple[list[str], list[str]]:
    listed = list(keys)
    return [key.kind for key in listed], [key.value for key in listed]
