"""What webhooks said is kept once, whatever the order, the grouping and the repeats."""

import random
from typing import Any

import pytest
from msgspec import structs

from pista.chat import keeping
from pista.chat.heard import (
    HeardCallback,
    HeardDelete,
    HeardEdit,
    HeardMembership,
    HeardNews,
    HeardPersonChange,
    HeardStart,
    Invite,
    Media,
    Person,
    Reaction,
    Referral,
)
from pista.chat.model import ChannelId
from pista.ids import TenantId
from pista.store.postgres import Tx
from tests.chat.conftest import (
    ANA,
    NOON,
    NUMBER,
    OTHER_NUMBER,
    SECOND,
    Keep,
    new_channel,
    rows,
    said,
    sent,
    status,
)
from tests.contacts.conftest import new_tenant

STATE = """
    select external_id, direction, kind, text, status, edited_at, deleted_at
    from messages order by external_id
"""
CONVERSATIONS = """
    select unread, status, preview, preview_kind, last_message_at, last_inbound_at, group_id
    from conversations order by last_message_at
"""


async def test_a_message_is_there_once_however_often_it_comes(tx: Tx, keep: Keep):
    """
    Meta sends again for seven days: the id decides, and a repeat leaves the unread count alone.
    """
    first = await keep(said(), said())
    again = await keep(said(), now=NOON + 600_000 * SECOND)

    assert (first.new, again.new) == (1, 0)
    assert await rows(tx, CONVERSATIONS) == [(1, "open", "Hola", "text", NOON, NOON, None)]


async def test_who_wrote_is_told_once(tx: Tx, keep: Keep):
    """
    Of whoever said something to us that was not there before; not of what we said elsewhere.
    """
    await keep(said())

    again = await keep(said())
    ours = await keep(said("wamid.2", echo=True))
    more = await keep(said("wamid.3"), said("wamid.4"))

    assert (again.wrote, ours.wrote, len(more.wrote)) == (set(), set(), 1)


async def test_two_equal_texts_with_different_ids_are_two_messages(tx: Tx, keep: Keep):
    """
    Saying "ok" twice within a second is normal.
    """
    kept = await keep(said("wamid.1", text="ok"), said("wamid.2", text="ok"))

    assert kept.new == 2
    assert await rows(tx, "select unread from conversations") == [(2,)]


async def test_the_last_of_one_second_is_what_a_list_shows(tx: Tx, keep: Keep):
    """
    In one group or in two; platforms tell the second and no more.
    """
    await keep(said("wamid.1", text="Hola"), said("wamid.2", text="¿Tienen rosas?"))
    first = await rows(tx, "select preview from conversations")
    await keep(said("wamid.3", text="¿Y claveles?"))

    assert first == [("¿Tienen rosas?",)]
    assert await rows(tx, "select preview from conversations") == [("¿Y claveles?",)]


async def test_only_what_has_no_id_is_known_by_what_is_in_it(tx: Tx, keep: Keep):
    """
    The same content within five seconds is the same, in one group or in two; later it is another.
    """
    near = said(None, at=NOON + 5 * SECOND)

    kept = [await keep(said(None), near), await keep(near), await keep(said(None, text="Otra"))]
    later = await keep(said(None, at=NOON + 11 * SECOND))

    assert [one.new for one in (*kept, later)] == [1, 0, 1, 1]


@pytest.mark.parametrize(
    ("order", "ends"),
    [
        (("sent", "delivered", "read"), "read"),
        (("read", "delivered", "sent"), "read"),
        (("delivered", "sent"), "delivered"),
        (("failed", "sent"), "failed"),
        (("failed", "delivered"), "delivered"),
        (("played", "read", "sent"), "played"),
    ],
)
async def test_what_is_told_late_takes_nothing_back(
    tx: Tx, tenant: TenantId, channel: ChannelId, keep: Keep, order: Any, ends: str
):
    """
    How far a message got is the furthest that was told of it.
    """
    await keep(said())
    await sent(tx, tenant, channel, "wamid.out")

    for word in order:
        await keep(status(word))

    assert await rows(tx, "select status from messages where direction = 'out'") == [(ends,)]


async def test_a_status_that_carries_our_id_tells_what_was_never_answered(
    tx: Tx, tenant: TenantId, channel: ChannelId, keep: Keep
):
    """
    A request timed out and the message was sent all the same: its status names both ids.
    """
    await keep(said())
    message = await sent(tx, tenant, channel)

    await keep(status("delivered", callback_data=str(message)))

    found = await rows(tx, "select external_id, status from messages where id = $1", message)
    assert found == [("wamid.out", "delivered")]


async def test_another_channels_status_cannot_name_our_message(
    tx: Tx, tenant: TenantId, channel: ChannelId, keep: Keep
):
    """
    An id of ours counts only on the number that it was sent from.
    """
    other = await new_channel(tx, tenant, OTHER_NUMBER)
    await keep(said())
    message = await sent(tx, tenant, channel)

    wrong = status("read", channel=OTHER_NUMBER, callback_data=str(message))
    await keep(wrong, **{OTHER_NUMBER: other})

    assert await rows(tx, "select external_id from messages where id = $1", message) == [(None,)]


async def test_what_happens_to_a_message_may_be_told_before_it(tx: Tx, keep: Keep):
    """
    An edit, a removal and a reaction wait for their message; of edits the last one counts.
    """
    said_so: Any = {"channel": NUMBER, "person": ANA, "external_id": "wamid.1"}
    await keep(
        HeardEdit(**said_so, at=NOON + 9 * SECOND, text="Hola, Luis"),
        HeardEdit(**said_so, at=NOON + 3 * SECOND, text="Hola, Lu"),
        HeardDelete(**said_so, at=NOON + 20 * SECOND),
        said("wamid.r", kind="reaction", text=None, reaction=Reaction(to="wamid.1", emoji="❤")),
    )
    await keep(said())

    found = await rows(
        tx, "select text, content ->> 'firstText', edited_at, deleted_at from messages"
    )
    assert found == [("Hola, Luis", "Hola", NOON + 9 * SECOND, NOON + 20 * SECOND)]
    reactions = "select detail ->> 'emoji' from message_changes where kind = 'reaction'"
    assert await rows(tx, reactions) == [("❤",)]


async def test_an_older_reaction_does_not_come_back(tx: Tx, keep: Keep):
    """
    Somebody has one reaction to a message: their last, which may be none.
    """

    def reaction(emoji: str | None, seconds: int) -> Any:
        at = NOON + seconds * SECOND
        what = Reaction(to="wamid.1", emoji=emoji)
        return said(f"wamid.{seconds}", kind="reaction", at=at, text=None, reaction=what)

    await keep(said(), reaction(None, 9))
    await keep(reaction("❤", 3))

    found = await rows(tx, "select detail ->> 'emoji' from message_changes")
    assert found == [(None,)]
    assert await rows(tx, "select unread from conversations") == [(1,)]


async def test_a_person_is_known_by_the_id_first(tx: Tx, keep: Keep):
    """
    Half of the keys will do, and a number in other hands is another person.
    """
    by_number = Person(platform="whatsapp", phone=ANA.phone)
    by_id = Person(platform="whatsapp", user_id=ANA.user_id)
    heir = Person(platform="whatsapp", user_id="PE.9", phone=ANA.phone, name="Otra")

    await keep(said("wamid.1", person=by_number))
    await keep(said("wamid.2"))
    await keep(said("wamid.3", person=by_id))
    await keep(said("wamid.4", person=heir))
    await keep(said("wamid.5", person=by_number))

    found = await rows(
        tx,
        """
        select p.name, array_agg(m.external_id order by m.external_id)
        from messages m join chat_people p on p.id = m.person_id
        group by p.id, p.name order by 2
        """,
    )
    assert found == [
        ("Ana", ["wamid.1", "wamid.2", "wamid.3"]),
        ("Otra", ["wamid.4", "wamid.5"]),
    ]


@pytest.mark.parametrize("news_first", [True, False])
async def test_a_conversation_goes_on_through_a_new_number(tx: Tx, keep: Keep, news_first: bool):
    """
    Whether the platform says so before or after the first message from it.
    """
    moved = Person(platform="whatsapp", user_id="PE.new", phone="51911111111")
    change = HeardPersonChange(channel=NUMBER, previous=ANA, now=moved, at=NOON)
    message = said("wamid.2", person=moved, at=NOON + SECOND)
    await keep(said())

    for one in (change, message) if news_first else (message, change):
        await keep(one)

    assert await rows(tx, "select count(*) from chat_people") == [(1,)]
    assert await rows(tx, "select unread, last_message_at from conversations") == [
        (2, NOON + SECOND)
    ]
    keys = await rows(tx, "select kind, value from chat_person_keys order by kind, value")
    assert keys == [("phone", "51911111111"), ("user_id", "PE.1349"), ("user_id", "PE.new")]


async def test_what_the_business_writes_on_its_phone_is_ours(tx: Tx, keep: Keep):
    """
    An echo goes out, leaves nothing unread and does not open WhatsApp's 24 hours.
    """
    await keep(said(echo=True, text="Le escribo desde el celular"))

    found = await rows(tx, "select direction, status, person_id from messages")
    assert found == [("out", "sent", None)]
    assert await rows(tx, "select unread, last_inbound_at from conversations") == [(0, None)]


async def test_a_group_is_one_conversation_of_many(tx: Tx, keep: Keep):
    """
    Who said what is kept with each message.
    """
    luis = Person(platform="whatsapp", user_id="PE.2", name="Luis")

    await keep(said("wamid.1", group="g1"), said("wamid.2", person=luis, group="g1"))

    assert await rows(tx, "select group_id, person_id, unread from conversations") == [
        ("g1", None, 2)
    ]
    assert await rows(tx, "select count(distinct person_id) from messages") == [(2,)]


async def test_starts_buttons_and_memberships_are_kept(tx: Tx, keep: Keep):
    """
    What an advertisement is credited by is there with the message, once.
    """
    ours: Any = {"channel": NUMBER, "person": ANA, "at": NOON}
    heard: list[Any] = [
        said("7:1", text="/start abc"),
        HeardStart(**ours, external_id="7:1", payload="abc"),
        HeardCallback(**ours, id="77", external_id="7:0", data="si"),
        HeardMembership(**ours, change="joined", group="-100", invite=Invite(name="verano")),
        HeardMembership(**ours, change="blocked"),
        HeardNews(channel=NUMBER, field="account_update", value={"event": "x"}, at=NOON),
    ]

    first, again = await keep(*heard), await keep(*heard)

    assert (first.new, again.new) == (6, 0)
    assert await rows(tx, "select payload, at from chat_starts") == [("abc", NOON)]
    assert await rows(tx, "select blocked from chat_people") == [(True,)]
    assert await rows(tx, "select invite from chat_memberships where group_id <> ''") == [
        ("verano",)
    ]
    pressed = "select content -> 'reply' ->> 'payload' from messages where kind = 'button'"
    assert await rows(tx, pressed) == [("si",)]


async def test_who_is_new_or_came_from_an_advertisement_is_told(tx: Tx, keep: Keep):
    """
    Which contact somebody is, is found out once, and again when an advertisement brought them.
    """
    first = await keep(said("wamid.1"))
    second = await keep(said("wamid.2"))
    third = await keep(said("wamid.3", referral=Referral(ctwa_clid="clid")))

    assert (len(first.strangers), len(second.strangers)) == (1, 0)
    assert third.strangers == first.strangers


async def test_another_companys_number_is_passed_over(tx: Tx, keep: Keep):
    """
    Nothing is kept of a channel that is not the company's own.
    """
    kept = await keep(said(channel=OTHER_NUMBER))

    assert kept.new == 0
    assert await rows(tx, "select count(*) from messages") == [(0,)]


async def test_all_that_a_message_holds_is_kept(tx: Tx, keep: Keep):
    """
    A picture with its caption, and what nobody knows yet, whole.
    """
    picture = said("wamid.1", kind="image", text="Mi jardín", media=Media(id="m1", bytes=12))
    unknown = said("wamid.2", kind="unknown", text=None, raw={"type": "hologram", "x": [1]})

    await keep(picture, unknown)

    assert await rows(tx, "select content from messages order by external_id") == [
        ({"media": {"id": "m1", "bytes": 12}},),
        ({"raw": {"type": "hologram", "x": [1]}},),
    ]


SCRIPT: list[Any] = [
    said("wamid.1"),
    said("wamid.2", at=NOON + SECOND, text="¿Precio?"),
    said("wamid.3", at=NOON + 2 * SECOND, person=Person(platform="whatsapp", phone="51961508274")),
    said("wamid.4", at=NOON + 3 * SECOND, echo=True, text="100 soles"),
    said("wamid.5", person=Person(platform="whatsapp", user_id="PE.2", name="Luis"), group="g1"),
    status("read", "wamid.4", at=NOON + 5 * SECOND),
    status("delivered", "wamid.4", at=NOON + 4 * SECOND),
    HeardEdit(
        channel=NUMBER, person=ANA, external_id="wamid.2", at=NOON + 6 * SECOND, text="¿Costo?"
    ),
    HeardEdit(
        channel=NUMBER, person=ANA, external_id="wamid.2", at=NOON + 7 * SECOND, text="¿Total?"
    ),
    HeardDelete(channel=NUMBER, person=ANA, external_id="wamid.1", at=NOON + 8 * SECOND),
    structs.replace(said("wamid.6"), kind="reaction", reaction=Reaction(to="wamid.4", emoji="👍")),
]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 22])
async def test_order_grouping_and_repeats_make_no_difference(tx: Tx, size: int):
    """
    However what was said is shuffled, cut into groups and repeated, it comes to the same.
    """
    for seed in range(12):
        told = [*SCRIPT, *SCRIPT]
        random.Random(seed).shuffle(told)
        await _kept_in_groups(tx, told, size, f"number {seed}")


async def _kept_in_groups(tx: Tx, told: list[Any], size: int, number: str) -> None:
    tenant = await new_tenant(tx)
    channel = await new_channel(tx, tenant, number)
    here = [structs.replace(one, channel=number) for one in told]
    for start in range(0, len(here), size):
        group = here[start : start + size]
        await keeping.keep(tx, tenant, "whatsapp", {number: channel}, group, now=NOON)
    messages = await rows(tx, STATE.replace("order", "where tenant_id = $1 order"), tenant)
    talks = await rows(tx, CONVERSATIONS.replace("order", "where tenant_id = $1 order"), tenant)

    assert messages == [
        ("wamid.1", "in", "text", "Hola", None, None, NOON + 8 * SECOND),
        ("wamid.2", "in", "text", "¿Total?", None, NOON + 7 * SECOND, None),
        ("wamid.3", "in", "text", "Hola", None, None, None),
        ("wamid.4", "out", "text", "100 soles", "read", None, None),
        ("wamid.5", "in", "text", "Hola", None, None, None),
    ]
    assert [(talk[0], talk[2], talk[4], talk[6]) for talk in talks] == [
        (1, "Hola", NOON, "g1"),
        (3, "100 soles", NOON + 3 * SECOND, None),
    ]
