"""Has Pista keep what was written to the shop before, as it keeps what webhooks say.

What is told of a person is kept in their own time; nobody is timed for it, and no screen moves.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from pista.accounts import Caller
from pista.chat import acquainting, keeping
from pista.chat import acquainting_queries as people
from pista.chat.heard import Heard, HeardMessage, HeardStart, Person
from pista.chat.inbox import desk, thread_queries
from pista.chat.inbox.model import MarkRead
from pista.chat.model import ChannelId, ConversationId
from pista.contacts.leads import LeadSource
from pista.demo.ads.talks import Said, Wrote
from pista.demo.came import Came
from pista.demo.chat.platforms import BOT, NUMBER
from pista.demo.chat.webhooks import user_id
from pista.store.postgres import Tx

CHANNELS: dict[LeadSource, str] = {"telegram": str(BOT), "whatsapp": NUMBER}


async def hear(
    tx: Tx, caller: Caller, channels: Mapping[str, ChannelId], wrote: Wrote, until: datetime
) -> Came | None:
    """What was said by then; None if it was heard of before."""
    said = [one for one in wrote.said if one.at < until]
    platform = "telegram" if wrote.platform == "telegram" else "whatsapp"
    heard = list(_heard(wrote, said))
    kept = await keeping.keep(tx, caller.tenant_id, platform, channels, heard, now=wrote.at)
    if len(said) == len(wrote.said):
        for conversation in kept.conversations:
            await close(tx, caller, conversation, until)
    for person in kept.strangers:
        row = await people.person(tx, caller.tenant_id, person)
        contact = row and await acquainting.introduce(tx, caller.tenant_id, row, now=wrote.at)
        if contact:
            return Came(
                contact_id=contact,
                key=wrote.key,
                at=wrote.at,
                source=wrote.platform,
                name=wrote.name,
                phone=f"+{wrote.number}" if platform == "whatsapp" else None,
                visitor_id=wrote.visitor_id,
                campaign=wrote.campaign,
                bought=wrote.bought,
            )
    return None


def _heard(wrote: Wrote, said: Iterable[Said]) -> Iterable[Heard]:
    channel = CHANNELS[wrote.platform]
    who = _person(wrote)
    for place, one in enumerate(said):
        name = f"{wrote.number}:{place + 1}" if wrote.start else f"wamid.DEMO.{wrote.key}.{place}"
        if place == 0 and wrote.start:
            yield HeardStart(
                channel=channel, person=who, at=one.at, external_id=name, payload=wrote.start
            )
        yield HeardMessage(
            channel=channel,
            person=who,
            at=one.at,
            echo=one.ours,
            external_id=name,
            kind="text",
            text=one.text,
        )


def _person(wrote: Wrote) -> Person:
    if wrote.platform == "telegram":
        return Person(platform="telegram", user_id=wrote.number, name=wrote.name)
    return Person(
        platform="whatsapp",
        user_id=user_id(wrote.number, wrote.language),
        phone=wrote.number,
        name=wrote.name,
    )


async def close(tx: Tx, caller: Caller, conversation: ConversationId, now: datetime) -> None:
    """It is answered, and nobody has to do anything."""
    [last] = await thread_queries.before(tx, caller.tenant_id, conversation, None, 1)
    await desk.mark_read(tx, caller, conversation, MarkRead(through=last.seq), now=now)
    await desk.set_status(tx, caller, conversation, "closed", now=now)
