"""By which click somebody came who writes: what a start, a code or a referral of an ad says.

A start is tied in the very transaction that commits its webhook, and who that was is told by the
job that keeps it: whatever asks in between finds the click, and a moment later the person.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from pista import clicks
from pista.chat.heard import Heard, HeardMessage, HeardStart
from pista.chat.model import ChannelId, PersonId
from pista.chat.telegram import reading as telegram
from pista.clicks import Arrival, FromAd
from pista.ids import TenantId
from pista.store.postgres import Tx

_MIGHT_START = b"/start "
_AD = "ad"


def starts_in(body: bytes, bot: str, channel: ChannelId, received_at: datetime) -> list[Arrival]:
    """What a webhook of Telegram says of clicks; most say nothing, and are not read for it."""
    if _MIGHT_START not in body:
        return []
    heard = telegram.read(body, bot, received_at)
    found = (_of_start(one, channel, None) for one in heard if isinstance(one, HeardStart))
    return [one for one in found if one is not None]


async def keep_arrivals(
    tx: Tx, tenant: TenantId, channel: ChannelId, told: Sequence[tuple[Heard, PersonId | None]]
) -> set[PersonId]:
    """Tie those who wrote to the clicks that they name; who came by a click that is new to us."""
    named = [one for heard, person in told if person for one in _named(heard, channel, person)]
    came: set[PersonId] = set()
    if named:
        persons = {one.key: one.person_id for one in named}
        for arrived in await clicks.arrive_many(tx, [(tenant, one) for one in named]):
            if person := persons[arrived.key]:
                came.add(PersonId(person))
    for heard, person in told:
        if person and (ad := _ad(heard, channel, person)):
            await clicks.arrive_from_ad(tx, tenant, ad)
    return came


def _named(heard: Heard, channel: ChannelId, person: PersonId) -> Iterable[Arrival]:
    match heard:
        case HeardStart():
            start = _of_start(heard, channel, person)
            return () if start is None else (start,)
        case HeardMessage(echo=False, group=None, text=str(text), external_id=str(message)):
            return [
                Arrival(
                    key=f"code:{channel}:{message}:{code}",
                    method="code",
                    at=heard.at,
                    code=code,
                    channel_id=channel,
                    person_id=person,
                )
                for code in clicks.found_in(text)
            ]
        case _:
            return ()


def _of_start(heard: HeardStart, channel: ChannelId, person: PersonId | None) -> Arrival | None:
    if heard.payload is None or heard.group or not clicks.TOKEN.fullmatch(heard.payload):
        return None
    return Arrival(
        key=f"start:{channel}:{heard.external_id or heard.at.timestamp()}",
        method="start",
        at=heard.at,
        token=heard.payload,
        channel_id=channel,
        person_id=person,
    )


def _ad(heard: Heard, channel: ChannelId, person: PersonId) -> FromAd | None:
    if not isinstance(heard, HeardMessage) or heard.referral is None or heard.echo:
        return None
    said = heard.referral
    if said.ctwa_clid is None and said.source_type != _AD:
        return None
    return FromAd(
        key=f"ctwa:{channel}:{heard.external_id}",
        at=heard.at,
        ctwa_clid=said.ctwa_clid,
        ad=said.source_id,
        url=said.source_url,
        channel_id=channel,
        person_id=person,
    )
