"""Makes or reopens the cliente of whoever made themselves heard."""

from collections.abc import Collection, Sequence

from pista import contacts
from pista.contacts.leads import Lead, LeadSource
from pista.desk import machine, moving
from pista.desk.clientes import service as clientes
from pista.desk.leads import queries
from pista.desk.leads.rules import LeadRules, reopens
from pista.desk.model import SYSTEM, MoveNotPossible
from pista.desk.moving import Going
from pista.desk.moving_queries import NewCliente
from pista.desk.rules import Attempt
from pista.ids import ContactId, TenantId
from pista.store.postgres import Tx


async def hear(tx: Tx, tenant: TenantId, leads: Sequence[Lead]) -> None:
    """A case that is open already stays as it is: whose it is sees what the person said."""
    rules = await queries.rules(tx, tenant)
    for lead in leads:
        if lead.source in rules.sources:
            await _follow(tx, tenant, lead, rules)


async def _follow(tx: Tx, tenant: TenantId, lead: Lead, rules: LeadRules) -> None:
    root = await contacts.root_of(tx, tenant, lead.contact_id)
    if root is None:
        return
    await queries.one_at_a_time(tx, tenant, root)
    newest = await queries.newest(tx, tenant, await contacts.family(tx, tenant, root))
    if newest is None:
        await _make(tx, tenant, lead, root)
    elif reopens(rules, newest.status, newest.age):
        try:
            going = Going(machine.REOPEN, None, lead.source)
            await moving.move(tx, tenant, newest.id, going, Attempt(SYSTEM))
        except MoveNotPossible:
            # A supervisor has just done it.
            return


async def hear_again(
    tx: Tx, tenant: TenantId, source: LeadSource, contacts: Collection[ContactId]
) -> None:
    """People who were heard of before: most have a case that is under way."""
    rules = await queries.rules(tx, tenant)
    if source in rules.sources:
        for contact in await queries.without_open_case(tx, tenant, contacts):
            await _follow(tx, tenant, Lead(contact, source), rules)


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
