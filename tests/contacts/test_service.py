"""Which contact a message is about."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from pista import contacts
from pista.contacts import (
    BadContact,
    Identity,
    MergeId,
    Upserted,
    listing,
    merging,
    reviews,
    service,
)
from pista.contacts.listing import Filters
from pista.contacts.model import ChangeContact
from pista.ids import ContactId, TenantId
from pista.store.postgres import Postgres, Tx
from tests.contacts.conftest import NOON, Find, found, new_tenant, somebody_waits
from tests.events.writing import until

ANA: dict[str, Any] = {
    "name": "Ana",
    "email": "ana@tienda.pe",
    "phone": "987612345",
    "crm_id": "a1",
}


async def about(tx: Tx, tenant: TenantId) -> list[tuple[str, str | None]]:
    """The open items, oldest first: why, and about what."""
    items = await contacts.list_reviews(
        tx, tenant, is_open=True, contact=None, before=None, most=100
    )
    return [(item.reason, item.value) for item in reversed(items)]


async def test_the_same_again_changes_nothing(tx: Tx, tenant: TenantId, find: Find):
    """
    Whatever comes twice is one contact, and has not changed.
    """
    first = await find(**ANA, tags=["vip"], attributes={"plan": "gold"})
    before = await contacts.detail(tx, tenant, first.contact_id)

    again = await find(NOON + timedelta(days=1), **ANA, tags=["vip"], attributes={"plan": "gold"})

    assert (first.created, again.created) == (True, False)
    assert await contacts.detail(tx, tenant, again.contact_id) == before
    assert {(one.kind, one.value) for one in before.identities} == {
        ("crm", "a1"),
        ("email", "ana@tienda.pe"),
        ("phone", "+51987612345"),
    }


async def test_any_one_of_them_finds_the_contact(find: Find):
    """
    By e-mail, by phone however written, by the CRM's id.
    """
    ana = await find(**ANA)

    said: list[dict[str, Any]] = [
        {"email": "ANA@tienda.pe"},
        {"phone": "+51 987 612 345"},
        {"crm_id": "a1"},
        {"email": "ana@tienda.pe", "phone": "0000000", "name": "Ana López"},
    ]
    again = [await find(**one) for one in said]

    assert {one.contact_id for one in again} == {ana.contact_id}
    assert [(one.kind, one.why) for one in again[-1].ignored] == [("phone", "blocked")]


async def test_what_is_nobody_makes_no_contact(find: Find):
    """
    A form full of placeholders is no person.
    """
    with pytest.raises(BadContact, match=r"email: This is a placeholder"):
        await find(name="Ana", email="test@test.com", phone="999999999")


async def test_two_crm_ids_are_two_people(tx: Tx, tenant: TenantId, find: Find):
    """
    Even with the same e-mail, which stays where it was; a person is asked, once.
    """
    ana = await find(crm_id="a1", email="ana@tienda.pe")

    other = await find(crm_id="b2", email="ana@tienda.pe")
    again = await find(crm_id="b2", email="ana@tienda.pe")

    assert other.created
    assert other.contact_id != ana.contact_id
    assert again.contact_id == other.contact_id
    assert [(one.kind, one.why) for one in other.ignored] == [("email", "taken")]
    assert await about(tx, tenant) == [("shared_identity", "ana@tienda.pe")]


async def test_two_contacts_are_never_made_one(tx: Tx, tenant: TenantId, find: Find):
    """
    Who has the e-mail of one and the phone of another is a question for a person.
    """
    one = await find(email="ana@tienda.pe")
    two = await find(phone="987612345")

    both = await find(email="ana@tienda.pe", phone="987612345")

    assert both.contact_id == one.contact_id != two.contact_id
    assert await about(tx, tenant) == [("shared_identity", "+51987612345")]


async def test_ids_that_are_all_somebody_s(tx: Tx, tenant: TenantId, find: Find):
    """
    Contradiction makes no contact that nothing is known of, however often it comes.
    """
    one = await find(crm_id="a1", user_id="u1")
    await find(crm_id="b2", user_id="u2")

    for _ in range(2):
        assert (await find(crm_id="a1", user_id="u2")).contact_id == one.contact_id
    assert await about(tx, tenant) == [("shared_identity", "u2")]


async def test_more_than_a_person_has(tx: Tx, tenant: TenantId, find: Find):
    """
    The sixth phone of one contact is looked at before it counts.
    """
    said = [await find(crm_id="a1", phone=f"98761234{n}") for n in range(6)]

    last = said[-1]
    assert [(one.kind, one.why) for one in last.ignored] == [("phone", "too_many")]
    assert await about(tx, tenant) == [("too_many_identities", "+51987612345")]
    assert (await find(phone="987612345")).contact_id != last.contact_id


async def test_what_is_typed_adds_nothing_to_a_contact(tx: Tx, tenant: TenantId, find: Find):
    """
    Whoever knows an e-mail can put neither his phone nor his name beside it.
    """
    ana = await find(**ANA)
    before = await contacts.detail(tx, tenant, ana.contact_id)

    typed = await find(
        trusted=False,
        name="Eve",
        email="ana@tienda.pe",
        phone="912345671",
        tags=["eve"],
        attributes={"plan": "none"},
    )

    assert (typed.contact_id, typed.created) == (ana.contact_id, False)
    assert await contacts.detail(tx, tenant, ana.contact_id) == before


async def test_what_was_typed_first_gives_way(tx: Tx, tenant: TenantId, find: Find):
    """
    An e-mail that somebody typed before its owner came is the owner's, who gets nothing else of it.
    """
    eve = await find(trusted=False, email="ana@tienda.pe", phone="912345671")

    ana = await find(**ANA)

    assert ana.created
    assert ana.contact_id != eve.contact_id
    shown = await contacts.detail(tx, tenant, ana.contact_id)
    assert {one.value for one in shown.identities} == {"a1", "ana@tienda.pe", "+51987612345"}
    assert {one.strength for one in shown.identities} == {"strong"}
    left = await contacts.detail(tx, tenant, eve.contact_id)
    assert [one.value for one in left.identities] == ["+51912345671"]
    assert await about(tx, tenant) == [("shared_identity", "ana@tienda.pe")]


async def test_a_merge_shows_both_and_can_be_taken_back(tx: Tx, tenant: TenantId, find: Find):
    """
    Merged they answer as one, under either id; undone each is what it was.
    """
    one = (await find(name="Ana", email="ana@tienda.pe", tags=["a"])).contact_id
    two = (await find(phone="987612345", tags=["b"], attributes={"plan": "gold"})).contact_id
    three = (await find(crm_id="c3")).contact_id
    before = [await contacts.contact(tx, tenant, each) for each in (one, two, three)]

    first = await contacts.merge(tx, tenant, two, one, by="Ana", now=NOON)
    second = await contacts.merge(tx, tenant, two, three, by="Ana", now=NOON)

    assert second.contact_id == one  # what `two` is part of
    shown = {each: await contacts.contact(tx, tenant, each) for each in (one, two, three)}
    assert len(set(map(repr, shown.values()))) == 1
    both = shown[one]
    assert (both.id, both.name, both.phone, both.crm_id) == (three, "Ana", "+51987612345", "c3")
    assert (sorted(both.tags), both.attributes) == (["a", "b"], {"plan": "gold"})
    said = await find(NOON + timedelta(days=1), phone="987612345", email="new@tienda.pe")
    assert said.contact_id == two  # itself, so that the undo gives it its own
    assert (await contacts.contact_by(tx, tenant, Identity("email", "new@tienda.pe"))) == three
    with pytest.raises(merging.OneAlready):
        await contacts.merge(tx, tenant, two, three, by="Ana", now=NOON)

    for made in (first, second, second):
        await contacts.undo(tx, tenant, made.id, by="Ana", now=NOON)
    after = [await contacts.contact(tx, tenant, each) for each in (one, two, three)]
    assert (after[0], after[2]) == (before[0], before[2])
    assert (after[1].email, after[1].phone) == ("new@tienda.pe", "+51987612345")


async def test_a_tag_that_another_brings_is_taken_off_until_they_are_parted(
    tx: Tx, tenant: TenantId, find: Find
):
    """
    It stays off whatever is told of the other, and no search finds it; parted, it is the other's
    again. One that is put back is there.
    """
    one = (await find(name="Ana", email="ana@tienda.pe", tags=["a"])).contact_id
    two = (await find(phone="987612345", tags=["b", "c"])).contact_id
    three = (await find(crm_id="c3", tags=["b"])).contact_id
    merged = await contacts.merge(tx, tenant, two, one, by="Ana", now=NOON)

    async def tag(contact: ContactId, *tags: str) -> list[str]:
        wanted = ChangeContact(tags=list(tags))
        await service.change(tx, tenant, contact, wanted, now=NOON)
        return (await contacts.contact(tx, tenant, contact)).tags

    async def tagged(name: str) -> set[ContactId]:
        found = await listing.listed(tx, tenant, Filters(tag=name), before=None, limit=9)
        return {item.id for item in found.items}

    assert await tag(two, "a", "d", "c") == ["a", "d", "c"]
    await find(NOON + timedelta(days=1), phone="987612345", tags=["b", "e"])
    assert sorted((await contacts.contact(tx, tenant, one)).tags) == ["a", "c", "d", "e"]
    assert await tagged("b") == {three}
    above = await contacts.merge(tx, tenant, one, three, by="Ana", now=NOON)
    # What is the upper one's own, nobody took off it.
    assert sorted((await contacts.contact(tx, tenant, three)).tags) == ["a", "b", "c", "d", "e"]
    await contacts.undo(tx, tenant, above.id, by="Ana", now=NOON)
    assert await tag(one, "b", "c") == ["b", "c"]
    assert await tag(one, "c") == ["c"]

    await contacts.undo(tx, tenant, merged.id, by="Ana", now=NOON)

    assert (await contacts.contact(tx, tenant, one)).tags == []
    assert sorted((await contacts.contact(tx, tenant, two)).tags) == ["b", "c", "e"]
    assert await tagged("b") == {two, three}


async def test_a_search_finds_what_is_merged(tx: Tx, tenant: TenantId, find: Find):
    """
    By words of either, accents or not, and by tags; after the undo each by its own again.
    """
    one = (await find(name="Ana Núñez", email="ana@tienda.pe")).contact_id
    two = (await find(phone="987612345", tags=["muy vip"])).contact_id

    async def ids(**given: Any) -> list[ContactId]:
        page = await listing.listed(tx, tenant, Filters(**given), before=None, limit=10)
        return [shown.id for shown in page.items]

    merge = await contacts.merge(tx, tenant, two, one, by="Ana", now=NOON)
    found_by: list[dict[str, Any]] = [{"search": "nunez an"}, {"search": "987 612"}]
    for given in (*found_by, {"tag": "muy vip"}, {}):
        assert await ids(**given) == [one], given
    assert await ids(search="+51 987612345", has="email") == [one]
    assert await ids(search="nadie") == await ids(tag="vip") == await ids(search="?!") == []

    await contacts.undo(tx, tenant, merge.id, by="Ana", now=NOON)
    assert await ids(search="987612345") == await ids(tag="muy vip") == [two]
    assert await ids(search="ana", source="test") == await ids(has="email") == [one]


async def test_companies_do_not_know_each_other(tx: Tx, tenant: TenantId, find: Find):
    """
    The same e-mail is another person in another company; ids of one find nothing in the other.
    """
    ana = await find(**ANA)
    other = await new_tenant(tx, "rivales")

    theirs = await contacts.upsert(tx, other, found(**ANA), now=NOON)

    assert theirs.created
    with pytest.raises(contacts.ContactNotFound):
        await contacts.detail(tx, other, ana.contact_id)
    with pytest.raises(contacts.ContactNotFound):
        await contacts.merge(tx, other, ana.contact_id, theirs.contact_id, by="Eve", now=NOON)
    page = await listing.listed(tx, other, Filters("ana"), before=None, limit=10)
    assert [shown.id for shown in page.items] == [theirs.contact_id]


async def test_many_at_once_make_one_contact(postgres: Postgres):
    """
    Messages that share an e-mail or a phone, over real connections: one contact, or each refused
    one told; never two that are known by the same.
    """
    async with postgres.transaction() as tx:
        tenant = await new_tenant(tx)

    async def one(n: int) -> Upserted:
        message = found(email="ana@tienda.pe", phone="987612345", crm_id="a1", name=f"Ana {n}")
        async with postgres.transaction() as tx:
            return await contacts.upsert(tx, tenant, message, now=NOON)

    done = await asyncio.gather(*(one(n) for n in range(24)))

    assert len({each.contact_id for each in done}) == 1
    assert sum(each.created for each in done) == 1
    async with postgres.transaction() as tx:
        assert await tx.value("select count(*) from contacts") == 1
        assert await tx.value("select count(*) from contact_identities") == 3


async def test_merges_at_once_make_no_circle(postgres: Postgres):
    """
    Each of three into each other at the same moment, over real connections: all of it is one
    contact in the end, and every merge that was made can be taken back.
    """
    async with postgres.transaction() as tx:
        tenant = await new_tenant(tx)
        three = [
            (await contacts.upsert(tx, tenant, found(crm_id=f"c{n}"), now=NOON)).contact_id
            for n in range(3)
        ]
        before = [await contacts.contact(tx, tenant, each) for each in three]

    async def one(contact: ContactId, into: ContactId) -> MergeId | None:
        try:
            async with postgres.transaction() as tx:
                return (await contacts.merge(tx, tenant, contact, into, by="Ana", now=NOON)).id
        except merging.OneAlready:
            return None

    pairs = [(a, b) for a in three for b in three if a != b] * 2
    made = [done for done in await asyncio.gather(*(one(*pair) for pair in pairs)) if done]

    async with postgres.transaction() as tx:
        assert len(made) == 2
        assert len({await contacts.root_of(tx, tenant, each) for each in three}) == 1
        for merge in made:
            await contacts.undo(tx, tenant, merge, by="Ana", now=NOON)
        assert [await contacts.contact(tx, tenant, each) for each in three] == before


async def test_a_merge_and_a_message_about_both_do_not_wait_for_each_other(
    postgres: Postgres, monkeypatch: pytest.MonkeyPatch
):
    """
    A message has the row of one and comes to that of the other, whose typed e-mail is its own, when
    a person merges the two: the merge waits before it has either.
    """
    async with postgres.transaction() as tx:
        tenant = await new_tenant(tx)
        made = [
            (await contacts.upsert(tx, tenant, found(user_id=f"u{n}"), now=NOON)).contact_id
            for n in range(2)
        ]
        # Merging takes the rows in this order.
        typed, signed = sorted(made)
        known = "insert into contact_identities values ($1, 'email', $2, $3, $4, 'test', $5)"
        await tx.execute(known, tenant, "ana@tienda.pe", typed, "provisional", NOON)
        await tx.execute(known, tenant, "otra@tienda.pe", signed, "strong", NOON)
    has_the_row, go_on = asyncio.Event(), asyncio.Event()
    ask = reviews.open_review

    async def asking(*args: Any, **given: Any) -> None:
        has_the_row.set()
        await go_on.wait()
        await ask(*args, **given)

    async def message() -> Upserted:
        both = found(email="ana@tienda.pe", user_id="u0" if signed == made[0] else "u1", name="Ana")
        async with postgres.transaction() as tx:
            return await contacts.upsert(tx, tenant, both, now=NOON)

    async def merge() -> None:
        async with postgres.transaction() as tx:
            await contacts.merge(tx, tenant, typed, signed, by="Eva", now=NOON)

    monkeypatch.setattr(reviews, "open_review", asking)
    told = asyncio.create_task(message())
    await has_the_row.wait()
    merged = asyncio.create_task(merge())
    await until(lambda: somebody_waits(postgres), 60)
    go_on.set()
    done, _ = await asyncio.gather(told, merged)

    assert done.contact_id == signed
    async with postgres.transaction() as tx:
        assert await contacts.root_of(tx, tenant, typed) == signed
