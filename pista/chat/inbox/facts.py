"""Conversations of a contact as facts for its timeline: when they began, and how much was said.

One fact a day and conversation, so that a long talk does not bury what else happened.
"""

from datetime import datetime

import msgspec

from pista import accounts
from pista.chat.heard import Platform
from pista.chat.model import ConversationId
from pista.contacts.facts import Before, Fact, Told
from pista.ids import ContactId, TenantId
from pista.store.postgres import Tx

# `days` goes from each day to the one before by the index, until there are enough.
FACTS = """
with recursive talks as materialized (
    select c.id, c.created_at, ch.platform, ch.name as channel
    from contact_family($1, $2) as member (id)
    join chat_people p on p.tenant_id = $1 and p.contact_id = member.id
    join conversations c on c.tenant_id = $1 and c.person_id = p.id
    join chat_channels ch on ch.tenant_id = $1 and ch.id = c.channel_id
    where c.last_message_at is not null
), days (conversation_id, day, number) as (
    select t.id, last.day, 1
    from talks t
    cross join lateral (
        select date_trunc('day', m.at, $6) as day
        from messages m
        where m.tenant_id = $1 and m.conversation_id = t.id and m.at <= $3
        order by m.at desc limit 1
    ) last
    union all
    select d.conversation_id, last.day, d.number + 1
    from days d
    cross join lateral (
        select date_trunc('day', m.at, $6) as day
        from messages m
        where m.tenant_id = $1 and m.conversation_id = d.conversation_id and m.at < d.day
        order by m.at desc limit 1
    ) last
    where d.number <= $5
), told as (
    select
        t.id::text || '.' || to_char(d.day at time zone $6, 'YYYY-MM-DD') as id,
        said.at, 'messages' as what, t.id as conversation_id, t.platform, t.channel,
        said.came, said.went
    from days d
    join talks t on t.id = d.conversation_id
    cross join lateral (
        select
            min(m.at) as at,
            count(*) filter (where m.direction = 'in') as came,
            count(*) filter (where m.direction = 'out') as went
        from messages m
        where m.tenant_id = $1 and m.conversation_id = t.id
            and m.at >= d.day and m.at < d.day + interval '1 day 2 hours'
            and date_trunc('day', m.at, $6) = d.day
    ) said
    union all
    select t.id::text || '.0', first.at, 'begun', t.id, t.platform, t.channel, 0, 0
    from talks t
    cross join lateral (
        select m.at
        from messages m
        where m.tenant_id = $1 and m.conversation_id = t.id
        order by m.at, m.seq limit 1
    ) first
)
select id, at, what, conversation_id, platform, channel, came, went
from told
where at <= $3 and (at, id collate "C") < ($3, $4)
order by at desc, id collate "C" desc
limit $5
"""


class _Row(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    at: datetime
    what: str
    conversation_id: ConversationId
    platform: Platform
    channel: str
    came: int
    went: int


async def facts(tx: Tx, tenant: TenantId, root: ContactId, before: Before, most: int) -> list[Told]:
    """Days begin at the company's midnight; each is at its first message.

    From day to day by the index: as many messages are read as the days shown have.
    """
    zone = (await accounts.tenant(tx, tenant)).time_zone
    rows = await tx.all(
        _Row,
        FACTS,
        tenant,
        root,
        before.at,
        before.id,
        most,
        zone,
    )
    return [Told(row.at, _fact(row, root)) for row in rows]


def _fact(row: _Row, root: ContactId) -> Fact:
    counts = {"in": str(row.came), "out": str(row.went)} if row.what == "messages" else {}
    return Fact(
        id=row.id,
        room="chat",
        what=row.what,
        contact_id=root,
        method=row.platform,
        evidence={
            "conversationId": str(row.conversation_id),
            "channel": row.channel,
            **counts,
        },
    )
