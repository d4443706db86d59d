"""Makes or reopens the cliente of whoever made themselves heard."""

from collections.abc import Collection, Sequence

from pista import contacts
from pista.contacts.leads import Lead, LeadSource
from pista.desk import machine, moving, moving_queries
from pista.desk.clientes import service as clientes
from pista.desk.leads import queries
from pista.desk.leads.rules import LeadRules, reopens
from pista.desk.model import SYSTEM, ClienteId, MoveNotPossible
from pista.desk.moving import Going
from pista.desk.moving_queries import NewCliente
from pista.desk.rules import Attempt
from pista.ids import ContactId, TenantId
from pista.store.postgres import Tx


async def hear(tx: Tx, tenant: TenantId, leads: Sequence[Lead]) -> None:
    """A case that is open already stays as it is: whose it is sees what the person said."""
    rules = await queries.rules(tx, tenant)
    await _follow(tx, tenant, [one for one in leads if one.source in rules.sources], rules)


async def hear_again(
    tx: Tx, tenant: TenantId, source: LeadSource, contacts: Collection[ContactId]
) -> None:
    """People who were heard of before: most have a case that is under way."""
    rules = await queries.rules(tx, tenant)
    if source in rules.sources:
        found = await queries.without_open_case(tx, tenant, contacts)
        await _follow(tx, tenant, [Lead(one, source) for one in found], rules)


async def _follow(tx: Tx, tenant: TenantId, leads: Sequence[Lead], rules: LeadRules) -> None:
    """People and cases are held in the order in which everybody holds them."""
    people = await _people(tx, tenant, leads)
    for root in sorted(people):
        await queries.one_at_a_time(tx, tenant, root)
    cases = {
        root: await queries.case_of(tx, tenant, await contacts.family(tx, tenant, root))
        for root in people
    }
    again = {root: case.id for root, case in cases.items() if case and reopens(rules, case)}
    await moving_queries.hold(tx, tenant, list(again.values()))
    for root, lead in people.items():
        if root in again:
            await _reopen(tx, tenant, again[root], lead)
        elif cases[root] is None:
            await _make(tx, tenant, lead, root)


async def _people(tx: Tx, tenant: TenantId, leads: Sequence[Lead]) -> dict[ContactId, Lead]:
    """Each with where they were heard of first."""
    people: dict[ContactId, Lead] = {}
    for lead in leads:
        root = await contacts.root_of(tx, tenant, lead.contact_id)
        if root is not None:
            people.setdefault(root, lead)
    return people


async def _reopen(tx: Tx, tenant: TenantId, cliente: ClienteId, lead: Lead) -> None:
    try:
        going = Going(machine.REOPEN, None, lead.source)
        await moving.move(tx, tenant, cliente, going, Attempt(SYSTEM))
    except MoveNotPossible:
        # A supervisor has just done it.
        return


async def _make(tx: Tx, tenant: TenantId, lead: Lead, root: ContactId) -> None:
    known = await contacts.contact(tx, tenant, root)
    new = NewCliente(
        nombre=(known.name or known.phone or known.email or "?")[:200],
        telefono=known.phone,
        email=known.email,
        contact_id=lead.contact_id,
        campaign=lead.campaign,
        source=lead.source,
        notas=None,
    )
    await clientes.add(tx, tenant, new, actor=SYSTEM, why=lead.source)
