"""Works off who a visitor is, as a page or a program says without proof.

It makes a contact that is not there yet, or finds one and changes nothing of it. The link is
provisional, and only to a contact that nobody has vouched for; to any other it waits for that.
"""

from datetime import UTC, datetime

from pista import collect, contacts, identity
from pista.collect import Introduced
from pista.contacts import BadContact, FoundContact, leads
from pista.contacts.leads import Lead
from pista.crm import unproven
from pista.identity import Claim
from pista.queue import Job
from pista.store.postgres import Tx


class ManyContacts(Exception):
    """So many contacts were made of what nobody signed at this site that this waits its turn."""


async def meet(tx: Tx, job: Job, work: Introduced) -> None:
    """Once: its row goes with the job. Where too many are made already it comes again later."""
    said = await collect.introduction(tx, job.tenant_id, work.introduction_id)
    if said is None:
        return
    await collect.forget_introduction(tx, job.tenant_id, said.id)
    person, now = said.person, datetime.now(UTC)
    found = FoundContact(
        source=said.method,
        trusted=False,
        name=person.name,
        email=person.email,
        phone=person.phone,
        user_id=person.user_id,
        attributes=dict(person.traits),
    )
    try:
        contact = await contacts.meant(tx, job.tenant_id, found)
    except BadContact:
        # Placeholders name nobody, and whoever typed them is not there to be told.
        return
    if contact is None and not await unproven.may_make(tx, job.tenant_id, said.site_id, now):
        raise ManyContacts(ManyContacts.__doc__)
    upserted = await contacts.upsert(tx, job.tenant_id, found, now=now)
    claim = Claim(
        visitor_id=said.visitor_id,
        method=said.method,
        key=said.key,
        at=said.said_at,
        contact_id=upserted.contact_id,
        fresh=upserted.created or await unproven.is_nobodys(tx, job.tenant_id, upserted.contact_id),
        evidence={"site": str(said.site_id)},
    )
    await identity.link(tx, job.tenant_id, claim, now=now)
    if said.method == "form":
        await leads.tell(tx, job.tenant_id, [Lead(upserted.contact_id, "form")])
