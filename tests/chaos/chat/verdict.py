"""Compares what was acknowledged with what is stored, shown and at the platform."""

from collections import Counter
from typing import Any, NamedTuple

import msgspec

from pista.ids import TenantId
from tests.chaos.chat.expected import Expected
from tests.chaos.chat.traffic import OTHER, OWN, Form, Sort, phone, user_id
from tests.fakes.whatsapp import WhatsApp

MOST_SHOWN = 10
INBOUND = """
select external_id, kind, text, person_id::text
from messages
where tenant_id = $1 and direction = 'in'
"""
KEYS = """
select person_id::text, kind, value from chat_person_keys where tenant_id = $1
"""
PEOPLE = """
select
    count(*), count(contact_id), count(distinct contact_id),
    (select count(*) from conversations c where c.tenant_id = $1)
from chat_people
where tenant_id = $1
"""
MISCOUNTED = """
select c.id::text, c.unread, count(m.id) filter (where m.direction = 'in'),
    c.last_message_at, max(m.at)
from conversations c
left join messages m on m.tenant_id = c.tenant_id and m.conversation_id = c.id
where c.tenant_id = $1
group by c.id, c.unread, c.last_message_at
having c.unread <> count(m.id) filter (where m.direction = 'in')
    or c.last_message_at is distinct from max(m.at)
"""
REACTIONS = """
select count(*) from message_changes where kind = 'reaction' and tenant_id = any($1::uuid[])
"""
OUTBOUND = """
select idempotency_key, id::text, status, failure::text, to_phone
from (
    select m.*, substring(k.value from 1) as to_phone
    from messages m
    join conversations c on c.tenant_id = m.tenant_id and c.id = m.conversation_id
    join chat_person_keys k
        on k.tenant_id = c.tenant_id and k.person_id = c.person_id and k.kind = 'phone'
    where m.tenant_id = $1 and m.direction = 'out'
) as written
order by seq
"""
MALFORMED = "select count(*) from chat_webhooks where state = 'malformed' and tenant_id = $1"
LEFT = """
select
    (select count(*) from jobs where state <> 'dead'),
    (select count(*) from jobs where state = 'dead'),
    (select count(*) from chat_webhooks where state = 'waiting'),
    (select count(*) from messages where status = 'queued')
"""
BACKWARDS = "select message::text, before, after from chaos_backwards order by at limit 20"
SETTLED = ("failed", "unknown")


class Verdict(msgspec.Struct, kw_only=True):
    messages: int
    """That were acknowledged and must be stored."""
    stored: int
    lost: int
    doubled: int
    written: int
    """Messages of the company that were acknowledged."""
    sent_once: int
    sent_twice: int
    out_of_order: int
    statuses: dict[str, int]
    people: int
    malformed: int
    differences: list[str]


class Rows(NamedTuple):
    """What is in the database."""

    inbound: dict[int, list[Any]]
    keys: dict[int, list[Any]]
    people: dict[int, Any]
    miscounted: list[Any]
    outbound: list[Any]
    reactions: int
    malformed: int
    backwards: list[Any]
    left: Any


async def rows(look: Any, tenants: list[TenantId]) -> Rows:
    """`look` asks the database past Pista."""
    companies = range(len(tenants))
    return Rows(
        inbound={one: await look(INBOUND, tenants[one]) for one in companies},
        keys={one: await look(KEYS, tenants[one]) for one in companies},
        people={one: (await look(PEOPLE, tenants[one]))[0] for one in companies},
        miscounted=[row for one in tenants for row in await look(MISCOUNTED, one)],
        outbound=await look(OUTBOUND, tenants[OWN]),
        reactions=(await look(REACTIONS, tenants))[0][0],
        malformed=sum([(await look(MALFORMED, one))[0][0] for one in tenants]),
        backwards=await look(BACKWARDS),
        left=(await look(LEFT))[0],
    )


def judge(expected: Expected, found: Rows, fake: WhatsApp) -> Verdict:
    inbound = _Inbound(expected, found)
    outbound = _Outbound(expected, found, fake)
    others = [
        *_people(expected, found),
        *(f"a status went back: {row}" for row in found.backwards),
        *_named("a conversation counts wrongly", found.miscounted),
        *_left(found),
        *_malformed(expected, found),
    ]
    if found.reactions != expected.reactions:
        others.append(f"there are {found.reactions} reactions and not {expected.reactions}")
    return Verdict(
        messages=len(expected.said),
        stored=inbound.stored,
        lost=len(inbound.lost),
        doubled=len(inbound.doubled),
        written=outbound.written,
        sent_once=outbound.once,
        sent_twice=len(outbound.twice),
        out_of_order=len(outbound.disordered),
        statuses=dict(outbound.statuses),
        people=sum(found.people[one][0] for one in found.people),
        malformed=found.malformed,
        differences=[*inbound.differences, *outbound.differences, *others],
    )


def _named(what: str, some: list[Any]) -> list[str]:
    shown = [f"{what}: {one}" for one in some[:MOST_SHOWN]]
    return shown + ([f"{what}: {len(some)} in all"] if len(some) > MOST_SHOWN else [])


class _Inbound:
    """Each message once, as it was said, and of whoever said it."""

    def __init__(self, expected: Expected, found: Rows) -> None:
        times = Counter(row[0] for some in found.inbound.values() for row in some)
        self.stored = times.total()
        self.lost = [message for message in expected.said if message not in times]
        self.doubled = [message for message, count in times.items() if count > 1]
        self.differences = [
            *_named("lost", self.lost),
            *_named("doubled", self.doubled),
            *_named("never said", [one for one in times if one not in expected.said]),
        ]
        for company, some in found.inbound.items():
            owners = {(row[0], row[2]) for row in found.keys[company]}
            self.differences += _named("not as it was", _odd(expected, company, some, owners))


def _odd(
    expected: Expected, company: int, some: list[Any], owners: set[tuple[str, str]]
) -> list[Any]:
    odd: list[Any] = []
    for message, kind, text, person in some:
        said = expected.said.get(message)
        if said is None:
            continue
        key = phone(said.person) if said.form is Form.PHONE else user_id(said.person)
        same = (kind, text) == (said.kind, expected.text_of(message))
        if not same or expected.companies[message] != company or (person, key) not in owners:
            odd.append((message, kind, text, person, said))
    return odd


class _Outbound:
    """Each once at the platform and in its order, or shown as failed or unknown."""

    def __init__(self, expected: Expected, found: Rows, fake: WhatsApp) -> None:
        texts = [one.body["text"]["body"] for one in fake.accepted]
        taken = Counter(texts)
        written = [key for keys in expected.written for key in keys]
        shown = {row[0]: row for row in found.outbound}
        self.written = len(written)
        self.once = sum(count == 1 for count in taken.values())
        self.twice = [key for key, count in taken.items() if count > 1]
        self.statuses = Counter[str](row[2] for row in found.outbound)
        self.disordered = _disordered(expected, texts, found)
        self.differences = [
            *_named("sent twice", self.twice),
            *_named("out of order", self.disordered),
            *_named("not kept", [key for key in written if key not in shown]),
            *_named("never written", sorted(set(shown) - set(written))),
            *_named("kept twice", _repeated([row[0] for row in found.outbound])),
            *_named("shown wrongly", [row for row in shown.values() if _wrong(row, taken, fake)]),
        ]


def _repeated(keys: list[str]) -> list[str]:
    return [key for key, count in Counter(keys).items() if count > 1]


def _disordered(expected: Expected, texts: list[str], found: Rows) -> list[str]:
    """Conversations in which the platform, or the screen, has another order."""
    at_platform = {text: place for place, text in enumerate(texts)}
    on_screen = {row[0]: place for place, row in enumerate(found.outbound)}
    wrong: list[str] = []
    for keys in expected.written:
        for places in (at_platform, on_screen):
            order = [places[key] for key in keys if key in places]
            if order != sorted(order):
                wrong.append(keys[0])
    return wrong


def _wrong(row: Any, taken: Counter[str], fake: WhatsApp) -> bool:
    key, _, status, failure, to = row
    if key not in taken:
        return status not in SETTLED or failure is None
    return status != ("failed" if to in fake.unreachable else "read")


def _people(expected: Expected, found: Rows) -> list[str]:
    differences: list[str] = []
    for company in (OWN, OTHER):
        people, known, contacts, conversations = found.people[company]
        due = expected.people(company)
        if (people, known, contacts, conversations) != (due, due, due, due):
            differences.append(
                f"company {company}: {people} people, {known} of them known as {contacts} contacts,"
                f" in {conversations} conversations, and not {due}"
            )
        differences += _split(expected, found.keys[company])
    return differences


def _split(expected: Expected, keys: list[Any]) -> list[str]:
    """Whoever was named by both is the same by the one and by the other."""
    owner = {value: person for person, _, value in keys}
    both = [person for person, forms in expected.forms.items() if Form.BOTH in forms]
    known = [person for person in both if user_id(person) in owner]
    apart = [one for one in known if owner[user_id(one)] != owner.get(phone(one))]
    return _named("two people", apart)


def _left(found: Rows) -> list[str]:
    names = ("jobs", "dead letters", "webhooks that wait", "messages that wait")
    return [
        f"{count} {name} are left" for name, count in zip(names, found.left, strict=True) if count
    ]


def _malformed(expected: Expected, found: Rows) -> list[str]:
    # Each was sent until it was acknowledged, some several times, and all of it is kept.
    due = expected.webhooks[Sort.TRUNCATED]
    return [] if found.malformed >= due else [f"{found.malformed} of {due} truncated ones are kept"]
