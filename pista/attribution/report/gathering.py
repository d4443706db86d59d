"""Finds, for many people at once, what happened with them and which clicks they are tied to."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple, TypeVar
from uuid import UUID

from pista import chat, clicks, contacts, desk, identity, sales
from pista.attribution import crediting
from pista.attribution.credit import Result
from pista.attribution.report.model import Kind
from pista.clicks import Candidate, Click
from pista.identity import VisitorSpan
from pista.ids import ContactId, TenantId, VisitorId
from pista.sales import NamedClick
from pista.store.postgres import Tx

T = TypeVar("T")

FOREVER = datetime(9999, 1, 1, tzinfo=UTC)


class Happened(NamedTuple):
    """Something that may be credited to a click."""

    kind: Kind
    id: str
    result: Result
    contact_id: ContactId | None
    value_cents: int = 0
    refunded_cents: int = 0
    currency: str = ""


class Subject(NamedTuple):
    """One person, as far as is known, with all that happened and every click they are tied to."""

    happened: list[Happened]
    candidates: list[Candidate]
    spans: list[VisitorSpan]
    """Of its browsers, the times at which they were this person."""
    persons: set[UUID]
    """Who writes and is this person."""

    def tied(self, result: Result) -> list[Candidate]:
        """Clicks that this result can be of: whom a sale names besides is of that sale alone."""
        persons = {*self.persons, result.person_id} - {None}
        visitors = {*(span.visitor_id for span in self.spans), result.visitor_id} - {None}
        return [
            one
            for one in self.candidates
            if one.method == "token" or one.person_id in persons or one.visitor_id in visitors
        ]


class Given(NamedTuple):
    """What is to be looked at: ids of each kind, as they were noted."""

    contacts: set[ContactId]
    persons: set[UUID]
    visitors: set[VisitorId]
    sales: set[UUID]
    leads: set[int]


class Gathered(NamedTuple):
    subjects: list[Subject]
    tokens: dict[str, Click]
    """Clicks that sales name."""
    hidden: list[ContactId]
    """Contacts that are shown as part of another: they count as that one."""


class _One:
    """What is found of one person."""

    def __init__(self) -> None:
        self.happened: list[Happened] = []
        self.persons: set[UUID] = set()
        self.named: set[UUID] = set()
        """By their sales: who may be somebody else."""
        self.visitors: set[VisitorId] = set()
        self.spans: list[VisitorSpan] = []
        self.told: list[NamedClick] = []


def given(subjects: Sequence[str]) -> Given:
    """As the database's triggers write them."""
    found = Given(set(), set(), set(), set(), set())
    for subject in subjects:
        kind, _, name = subject.partition(":")
        match kind:
            case "contact":
                found.contacts.add(ContactId(name))
            case "person":
                found.persons.add(UUID(name))
            case "visitor":
                found.visitors.add(VisitorId(name))
            case "sale":
                found.sales.add(UUID(name))
            case "lead":
                found.leads.add(int(name))
            case _:
                raise ValueError(subject)
    return found


async def gather(tx: Tx, tenant: TenantId, asked: Given) -> Gathered:
    """In some dozen statements, however many they are."""
    named = set(asked.contacts)
    if asked.visitors:
        named |= set(await identity.contacts_of(tx, tenant, sorted(asked.visitors)))
    alone, owners = await _alone(tx, tenant, asked, named)
    kin = await contacts.kin(tx, tenant, sorted(named | owners))
    roots = {one.id: one.root_id for one in kin}
    whole = {roots[one] for one in named if one in roots}
    found: dict[object, _One] = defaultdict(_One)
    for one in kin:
        if one.id == one.root_id:
            result = Result(at=one.created_at)
            found[one.id].happened.append(Happened("contact", one.id, result, one.id))
    await _add_talks(tx, tenant, roots, alone, found)
    await _add_leads(tx, tenant, roots, alone, found)
    named_by_sales = await _add_sales(tx, tenant, roots, alone, found)
    for told in await sales.clicks_named_by(tx, tenant, sorted(roots)):
        found[roots[told.contact_id]].told.append(told)
        named_by_sales.add(told.token)
    tokens = {
        one.token: one for one in await clicks.clicks_of_tokens(tx, tenant, sorted(named_by_sales))
    }
    await _add_visitors(tx, tenant, roots, found)
    for key, one in found.items():
        if key in roots and key not in whole:
            one.happened = [thing for thing in one.happened if _is_asked(thing, asked)]
    subjects = await _with_clicks(tx, tenant, list(found.values()), tokens)
    hidden = [one.id for one in kin if one.id != one.root_id]
    return Gathered(subjects, tokens, hidden)


def _is_asked(thing: Happened, asked: Given) -> bool:
    """Whether it is this very thing that changed: its contact's others stay as they are."""
    match thing.kind:
        case "sale":
            return UUID(thing.id) in asked.sales
        case "lead":
            return int(thing.id) in asked.leads
        case _:
            return False


async def _alone(
    tx: Tx, tenant: TenantId, asked: Given, named: set[ContactId]
) -> tuple[Given, set[ContactId]]:
    """Those of whom no contact is known, and the contacts of whom only a sale or lead is asked;
    `named` gets the contacts of all others."""
    alone, owners = Given(set(), set(), set(), set(), set()), set[ContactId]()
    for talk in await chat.talks_of(tx, tenant, [], sorted(asked.persons)):
        _sort(talk.contact_id, talk.person_id, named, alone.persons)
    for lead in await desk.leads_of(tx, tenant, [], sorted(asked.leads)):
        _sort(lead.contact_id, int(lead.id), owners, alone.leads)
    sold = await sales.paid_sales_of(
        tx, tenant, [], sorted(asked.persons), sorted(asked.visitors), sorted(asked.sales)
    )
    of_persons = sorted({one.person_id for one in sold if one.person_id and not one.contact_id})
    talks = {one.person_id: one for one in await chat.talks_of(tx, tenant, [], of_persons)}
    for sale in sold:
        talk = talks.get(sale.person_id) if sale.person_id else None
        contact = sale.contact_id or (talk.contact_id if talk else None)
        if contact is None and talk is not None:
            alone.persons.add(talk.person_id)
        else:
            _sort(contact, sale.id, owners if sale.id in asked.sales else named, alone.sales)
    return alone, owners


def _sort(contact: ContactId | None, one: T, named: set[ContactId], alone: set[T]) -> None:
    if contact is None:
        alone.add(one)
    else:
        named.add(contact)


async def _add_talks(
    tx: Tx,
    tenant: TenantId,
    roots: dict[ContactId, ContactId],
    alone: Given,
    found: dict[object, _One],
) -> None:
    for talk in await chat.talks_of(tx, tenant, sorted(roots), sorted(alone.persons)):
        root = roots.get(talk.contact_id) if talk.contact_id else None
        one = found[root or talk.person_id]
        one.persons.add(talk.person_id)
        if talk.conversation_id is not None and talk.began_at is not None:
            result = Result(at=talk.began_at, person_id=talk.person_id, channel_id=talk.channel_id)
            one.happened.append(Happened("conversation", str(talk.conversation_id), result, root))


async def _add_leads(
    tx: Tx,
    tenant: TenantId,
    roots: dict[ContactId, ContactId],
    alone: Given,
    found: dict[object, _One],
) -> None:
    for lead in await desk.leads_of(tx, tenant, sorted(roots), sorted(alone.leads)):
        root = roots.get(lead.contact_id) if lead.contact_id else None
        one = found[root or int(lead.id)]
        one.happened.append(Happened("lead", str(lead.id), Result(at=lead.created_at), root))


async def _add_sales(
    tx: Tx,
    tenant: TenantId,
    roots: dict[ContactId, ContactId],
    alone: Given,
    found: dict[object, _One],
) -> set[str]:
    """The tokens of clicks that they name."""
    owners = {person: key for key, one in found.items() for person in one.persons}
    sold = await sales.paid_sales_of(
        tx, tenant, sorted(roots), sorted(owners), [], sorted(alone.sales)
    )
    for sale in sold:
        root = roots.get(sale.contact_id) if sale.contact_id else None
        if sale.contact_id and root is None:
            # It was talked about with one of these people, and sold to somebody else.
            continue
        key = root or (owners.get(sale.person_id) if sale.person_id else None) or sale.id
        one = found[key]
        one.named |= {sale.person_id} if sale.person_id else set()
        one.visitors |= {sale.visitor_id} if sale.visitor_id else set()
        result = Result(
            at=sale.paid_at,
            person_id=sale.person_id,
            channel_id=sale.channel_id,
            token=sale.click_token,
            visitor_id=sale.visitor_id,
        )
        owner = key if isinstance(key, str) else None
        one.happened.append(
            Happened(
                "sale",
                str(sale.id),
                result,
                ContactId(owner) if owner else None,
                sale.amount_cents,
                sale.refunded_cents,
                sale.currency,
            )
        )
    return {sale.click_token for sale in sold if sale.click_token}


async def _add_visitors(
    tx: Tx, tenant: TenantId, roots: dict[ContactId, ContactId], found: dict[object, _One]
) -> None:
    families: dict[ContactId, list[ContactId]] = defaultdict(list)
    for member, root in roots.items():
        families[root].append(member)
    for root, spans in (await identity.visitors_of_many(tx, tenant, families)).items():
        found[root].spans += spans
        found[root].visitors |= {span.visitor_id for span in spans}


async def _with_clicks(
    tx: Tx, tenant: TenantId, people: Sequence[_One], tokens: Mapping[str, Click]
) -> list[Subject]:
    persons = sorted({person for one in people for person in one.persons | one.named})
    visitors = sorted({visitor for one in people for visitor in one.visitors})
    known = await clicks.of_people(tx, tenant, persons, visitors, FOREVER)
    by_person: dict[UUID, list[Candidate]] = defaultdict(list)
    by_visitor: dict[VisitorId, list[Candidate]] = defaultdict(list)
    for one in known:
        if one.person_id is not None:
            by_person[one.person_id].append(one)
        if one.visitor_id is not None:
            by_visitor[one.visitor_id].append(one)
    return [
        Subject(
            one.happened,
            [*_theirs(one, by_person, by_visitor), *crediting.named(one.told, tokens)],
            one.spans,
            one.persons,
        )
        for one in people
    ]


def _theirs(
    one: _One,
    by_person: dict[UUID, list[Candidate]],
    by_visitor: dict[VisitorId, list[Candidate]],
) -> list[Candidate]:
    """Each way in which one of these is tied to a click, once."""
    persons = one.persons | one.named
    written = [tie for person in persons for tie in by_person[person]]
    browsed = [
        tie
        for visitor in one.visitors
        for tie in by_visitor[visitor]
        if tie.person_id not in persons
    ]
    return [*written, *browsed]
