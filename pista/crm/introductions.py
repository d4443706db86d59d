"""Works off who a visitor is, as a page or a program says without proof.

It makes a contact that is not there yet, or finds one and changes nothing of it. The link is
provisional, and only to a contact that nobody has vouched for; to any other it waits for that.
"""

from datetime import UTC, datetime

from pista import collect, contacts, identity
from pista.collect import Introduced
from pista.contacts import BadContact, FoundContact
from pista.identity import Claim
from pista.ids import ContactId, TenantId
from pista.queue import Job
from pista.store.postgres import Tx

MOST_VISITORS = 5
"""So many browsers a contact that was only typed gets by itself; strangers may type it, too."""


async def meet(tx: Tx, job: Job, work: Introduced) -> None:
    """Once: its row goes with the job."""
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
        upserted = await contacts.upsert(tx, job.tenant_id, found, now=now)
    except BadContact:
        # Placeholders name nobody, and whoever typed them is not there to be told.
        return
    claim = Claim(
        visitor_id=said.visitor_id,
        method=said.method,
        key=said.key,
        at=said.said_at,
        contact_id=upserted.contact_id,
        fresh=upserted.created or await _is_nobodys(tx, job.tenant_id, upserted.contact_id),
        evidence={"site": str(said.site_id)},
    )
    await identity.link(tx, job.tenant_id, claim, now=now)


async def _is_nobodys(tx: Tx, tenant: TenantId, contact: ContactId) -> bool:
    """Nothing of anybody's is to be had from it: all that is known of it was typed."""
    if not await contacts.only_typed(tx, tenant, contact):
        return False
    return len(await identity.visitors_of(tx, tenant, contact)) < MOST_VISITORS
