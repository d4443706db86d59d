"""A page's claim, a signed message with the visitor or without, before, with and after each other
or never: the end is the same. A contact that a page alone named is nobody's until its CRM tells."""

from itertools import combinations, permutations
from typing import NamedTuple

import pytest

from pista import contacts, identity
from pista.contacts import service
from pista.contacts.model import ChangeContact
from pista.store.postgres import Tx
from tests.contacts.conftest import NOON, found
from tests.crm.told import CRM_ID, EMAIL, Told, expected, told

V, W = "v1758565884546_x7Gk2Qp", "v1758565999999_other00"


class Step(NamedTuple):
    who: str
    visitor: str | None

    async def happen(self, company: Told) -> None:
        if self.who == "crm":
            await company.by_the_crm(self.visitor)
        elif self.visitor is not None:
            await company.by_a_page(self.visitor)


STEPS = (Step("crm", V), Step("crm", None), Step("page", V), Step("page", W))
TOGETHER = [some for most in range(1, 5) for some in combinations(STEPS, most)]


@pytest.mark.parametrize("fresh", [True, False], ids=["just made", "old in the CRM"])
@pytest.mark.parametrize("known", [False, True], ids=["unknown", "known by e-mail"])
@pytest.mark.parametrize("steps", TOGETHER, ids=lambda some: f"{len(some)} of them")
async def test_the_end_is_the_same_in_every_order(
    tx: Tx, steps: tuple[Step, ...], fresh: bool, known: bool
):
    """
    Everything once, and then everything once more.
    """
    named = {one.visitor for one in steps if one.who == "crm" and one.visitor}
    claimed = {one.visitor for one in steps if one.who == "page" and one.visitor}
    heard = any(one.who == "crm" for one in steps)
    end = expected(named, claimed, heard=heard, vouches=fresh and not known)
    if known:
        # The contact with the e-mail stands apart until the CRM has told whose id it is.
        end = end._replace(contacts=1 if heard or not claimed else 2)
    for order in permutations(steps):
        company = await told(tx, fresh=fresh, known=known)
        for step in order:
            await step.happen(company)
        assert await company.end() == end
        assert await company.questions() == 0
        if len(steps) < 4:
            for step in order:
                await step.happen(company)
            assert await company.end() == end


async def test_a_page_alone_makes_a_contact_known_by_nothing_else(tx: Tx):
    """
    Provisionally; the CRM takes it over, whoever it is, and its fields are filled.
    """
    company = await told(tx, fresh=True)
    await company.by_a_page(V)
    contact = await company.contact()
    assert contact is not None
    before = await contacts.detail(tx, company.tenant, contact)
    linking = await company.by_the_crm(None)
    after = await contacts.detail(tx, company.tenant, contact)

    known = [(one.kind, one.value, one.strength) for one in before.identities]
    assert known == [("crm", CRM_ID, "provisional")]
    assert (before.name, before.email, before.source) == (None, None, "ud")
    assert linking == "linked"
    assert {one.kind: one.strength for one in after.identities} == {
        "crm": "strong",
        "email": "strong",
    }
    assert (after.id, after.email, after.source) == (contact, EMAIL, "ghl")
    assert after.name == "Ana Quispe"


async def test_somebody_known_otherwise_is_whom_the_page_named(tx: Tx):
    """
    The page's contact is a part of theirs from then on, and taking that back leaves theirs whole.
    """
    company = await told(tx, fresh=True, known=True)
    await company.by_a_page(V)
    await company.by_the_crm(None)
    contact = await company.contact()
    assert contact is not None
    shown = await contacts.detail(tx, company.tenant, contact)
    [merge] = shown.merges
    await contacts.undo(tx, company.tenant, merge.id, by="Eva", now=NOON)

    assert (shown.email, shown.crm_id) == (EMAIL, CRM_ID)
    again = await contacts.detail(tx, company.tenant, contact)
    assert (again.email, again.crm_id) == (EMAIL, CRM_ID)
    assert merge.merged_by == "Pista"


async def test_what_a_person_added_to_it_is_not_taken_over(tx: Tx):
    """
    The CRM's id belongs to somebody else by now: a person is asked, as ever.
    """
    company = await told(tx, fresh=True)
    await company.by_a_page(V)
    named = await company.contact()
    assert named is not None
    change = ChangeContact(email="luz@example.com")
    await service.change(tx, company.tenant, named, change, now=NOON)
    await company.by_the_crm(None)

    contact = await company.contact()
    assert contact != named
    assert await company.questions() == 1
    assert (await company.end()).links == {}


@pytest.mark.parametrize("visitors", [{V}, {V, W}], ids=["linked", "asked about"])
async def test_what_was_merged_with_it_is_not_taken_over(tx: Tx, visitors: set[str]):
    """
    The CRM's id is somebody else's by now: whether a visitor is they is asked, and nobody linked.
    """
    company = await told(tx, fresh=False, known=True)
    for visitor in visitors:
        await company.by_a_page(visitor)
    named = await company.contact()
    assert named is not None
    other = await contacts.upsert(tx, company.tenant, found(crm_id="somebody"), now=NOON)
    await contacts.merge(tx, company.tenant, other.contact_id, named, by="Eva", now=NOON)
    await company.by_the_crm(None)

    end = await company.end()
    assert await company.contact() != named
    assert (end.links, end.asked) == ({}, visitors)
    assert await identity.visitors_of(tx, company.tenant, named) == []


async def test_an_import_takes_nothing_over(tx: Tx):
    """
    Whoever sits on the page's word alone is not let into what a file tells of the contact.
    """
    company = await told(tx, fresh=True)
    await company.by_a_page(V)
    done = await contacts.upsert(tx, company.tenant, found(crm_id=CRM_ID, email=EMAIL), now=NOON)

    assert (done.created, done.unproven) == (True, None)
    assert (await company.end()).links == {}
    assert await company.questions() == 1


async def test_one_submission_names_one_contact(tx: Tx):
    """
    Its id with another CRM's contact makes none.
    """
    company = await told(tx, fresh=True)
    await company.by_a_page(V, "one-submission")
    await company.by_a_page(W, "one-submission")

    end = await company.end()
    assert (end.contacts, end.links) == (1, {V: "provisional"})
