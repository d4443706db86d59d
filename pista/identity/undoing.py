"""Takes a link back: whose the visitor is then, its other claims say."""

from datetime import datetime

from pista.identity import queries, rules, service
from pista.identity.model import ClaimId, ClaimNotFound, ClaimRow, Linked, NothingToUndo
from pista.identity.rules import Replayed
from pista.ids import TenantId, VisitorId
from pista.store.postgres import Tx


async def undo(tx: Tx, tenant: TenantId, claim_id: ClaimId, *, by: str, now: datetime) -> Linked:
    """Say that the visitor is not the contact that this claim linked it to.

    No claim that a person did not make links the two again. A second time changes nothing.
    """
    claim = await _known(tx, tenant, claim_id)
    await queries.lock_visitor(tx, tenant, claim.visitor_id)
    done = await queries.undone_by(tx, tenant, claim_id)
    if done is not None:
        return service.linked(done)
    if claim.outcome not in rules.BINDING or not await _stands(tx, tenant, claim):
        raise NothingToUndo
    row = service.taking_back(claim, "undone", by=by, now=now)
    await queries.add_claim(tx, tenant, row)
    for other in await _said_beside(tx, tenant, claim):
        also = service.taking_back(other, "undone", by=by, now=now)
        await queries.add_claim(tx, tenant, also)
    await rebuild(tx, tenant, claim.visitor_id)
    assert claim.root_id is not None
    await service.announce(tx, tenant, claim.visitor_id, claim.root_id, "undone", now)
    return service.linked(row)


async def rebuild(tx: Tx, tenant: TenantId, visitor: VisitorId) -> Replayed:
    """Write the links of a browser anew, as its claims say."""
    replayed = rules.replay(await queries.claims_of_visitor(tx, tenant, visitor))
    forks = await queries.forks(tx, tenant, [visitor])
    await queries.remove_links(tx, tenant, [visitor, *(fork.fork_id for fork in forks)])
    await queries.end_forks(tx, tenant, visitor)
    if replayed.base_claim is not None:
        await queries.add_link(tx, tenant, visitor, replayed.base_claim)
        # Who was on the browser second and is now its only one keeps the id that it was given.
        for fork in forks:
            if fork.root_id == replayed.base_claim.root_id:
                await queries.add_link(tx, tenant, fork.fork_id, replayed.base_claim)
    for claim in replayed.fork_claims.values():
        await service.write_fork(tx, tenant, claim)
    return replayed


async def _known(tx: Tx, tenant: TenantId, claim_id: ClaimId) -> ClaimRow:
    claim = await queries.claim(tx, tenant, claim_id)
    if claim is None:
        raise ClaimNotFound
    return claim


async def _said_beside(tx: Tx, tenant: TenantId, claim: ClaimRow) -> list[ClaimRow]:
    """Of each other contact that is shown as the same, the last claim that this visitor is it: what
    was said of it before does not link it either, also when the two are parted."""
    every = await queries.claims_of_visitor(tx, tenant, claim.visitor_id)
    last = {one.contact_id: one for one in rules.counting(every) if one.root_id == claim.root_id}
    return [one for contact, one in last.items() if contact != claim.contact_id]


async def _stands(tx: Tx, tenant: TenantId, claim: ClaimRow) -> bool:
    """Whether the visitor still is this contact."""
    state = await service.state_of(tx, tenant, claim.visitor_id)
    linked = {*state.forks, *([state.base.contact] if state.base else [])}
    return claim.root_id in linked
