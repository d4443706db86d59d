"""What this room holds of one person: to be handed over, or erased."""

from collections.abc import Mapping
from typing import LiteralString

from pista.contacts.rights import PERSON, Held, Person
from pista.store.postgres import Tx


async def erase(tx: Tx, person: Person) -> dict[str, int]:
    """With the conversations; what a group was told stays without who said it."""
    return {name: await tx.execute(sql, *person.given) for name, sql in ERASE.items()}


_OF: LiteralString = """
    select h.id from chat_people h, person p
    where h.tenant_id = p.tenant_id and h.contact_id = any (p.family)
"""

_TALKS: LiteralString = (
    """
    select c.id from conversations c, person p
    where c.tenant_id = p.tenant_id and c.person_id in ("""
    + _OF
    + ")"
)

_NAMED_IN_NEWS: LiteralString = (
    """
    where t.tenant_id = p.tenant_id and exists (
        select from chat_person_keys k
        where k.tenant_id = p.tenant_id and length(k.value) >= 6
            and position(k.value in t.value::text) > 0
            and k.person_id in ("""
    + _OF
    + "))"
)

SELECT: Mapping[str, LiteralString] = {
    "chat_people": PERSON
    + "select t.* from chat_people t, person p where t.tenant_id = p.tenant_id and t.id in ("
    + _OF
    + ")",
    "chat_keys": PERSON
    + "select t.* from chat_person_keys t, person p where t.tenant_id = p.tenant_id"
    + " and t.person_id in ("
    + _OF
    + ")",
    "chat_starts": PERSON
    + "select t.* from chat_starts t, person p where t.tenant_id = p.tenant_id"
    + " and t.person_id in ("
    + _OF
    + ")",
    "chat_memberships": PERSON
    + "select t.* from chat_memberships t, person p where t.tenant_id = p.tenant_id"
    + " and t.person_id in ("
    + _OF
    + ")",
    "messages": PERSON
    + "select t.* from messages t, person p where t.tenant_id = p.tenant_id"
    + " and (t.person_id in ("
    + _OF
    + ") or t.conversation_id in ("
    + _TALKS
    + ")) order by t.at, t.seq",
    # The files themselves are fetched by their ids.
    "chat_media": PERSON
    + """
    select t.id, t.message_id, t.state, t.mime_type, t.filename, t.bytes, t.created_at
    from chat_media t, person p, messages m
    where t.tenant_id = p.tenant_id and m.tenant_id = p.tenant_id and m.id = t.message_id
        and (m.person_id in ("""
    + _OF
    + ") or m.conversation_id in ("
    + _TALKS
    + "))",
    "chat_notes": PERSON
    + "select t.* from chat_notes t, person p where t.tenant_id = p.tenant_id"
    + " and t.conversation_id in ("
    + _TALKS
    + ")",
    "chat_news": PERSON + "select t.* from chat_news t, person p " + _NAMED_IN_NEWS,
}

_CHANGES: LiteralString = (
    PERSON
    + """
    delete from message_changes t using person p, messages m
    where t.tenant_id = p.tenant_id and m.tenant_id = p.tenant_id
        and t.channel_id = m.channel_id and t.external_id = m.external_id
        and (m.person_id in ("""
    + _OF
    + ") or m.conversation_id in ("
    + _TALKS
    + "))"
)

# One that waits is worked off in a moment, and is of others too.
_WEBHOOKS: LiteralString = (
    PERSON
    + """
    update chat_webhooks t set body = null, detail = null
    from person p
    where t.tenant_id = p.tenant_id and t.body is not null and t.state <> 'waiting'
        and exists (
            select from chat_person_keys k
            where k.tenant_id = p.tenant_id and length(k.value) >= 6
                and position(convert_to(k.value, 'UTF8') in t.body) > 0
                and k.person_id in ("""
    + _OF
    + "))"
)

ERASE: Mapping[str, LiteralString] = {
    "chatWebhooks": _WEBHOOKS,
    "chatNews": PERSON + "delete from chat_news t using person p " + _NAMED_IN_NEWS,
    "messageChanges": _CHANGES,
    # Their files are taken off the shelf a moment later.
    "messages": PERSON
    + "delete from messages t using person p where t.tenant_id = p.tenant_id"
    + " and (t.person_id in ("
    + _OF
    + ") or t.conversation_id in ("
    + _TALKS
    + "))",
    "conversations": PERSON
    + "delete from conversations t using person p where t.tenant_id = p.tenant_id"
    + " and t.id in ("
    + _TALKS
    + ")",
    # What it was known by, and through which links it came, goes with it.
    "chatPeople": PERSON
    + "delete from chat_people t using person p where t.tenant_id = p.tenant_id and t.id in ("
    + _OF
    + ")",
}

RIGHTS = Held(select=SELECT, erase=erase)
