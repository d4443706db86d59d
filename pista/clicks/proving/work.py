"""A domain's record is looked for by itself, soon and then more and more seldom, for a week."""

from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec

from pista import queue
from pista.clicks.model import WhyUnproven
from pista.clicks.proving import dns, queries, service
from pista.clicks.proving.dns import Server
from pista.clicks.proving.queries import Claim
from pista.ids import TenantId
from pista.queue import Again, Errand, Handlers, Patience, Trip
from pista.store.postgres import Tx

PATIENCE = Patience(most=40, first_seconds=20.0, factor=1.6, longest_seconds=6 * 3600.0)


class ProveDomain(msgspec.Struct, frozen=True, kw_only=True, tag="clicks.prove_domain"):
    domain: str
    proof: str


async def begin(tx: Tx, tenant: TenantId, domain: str, proof: str, now: datetime) -> None:
    await queue.enqueue(tx, tenant, ProveDomain(domain=domain, proof=proof), now=now)


class Prover:
    def __init__(self, servers: Sequence[Server]) -> None:
        self._servers = servers

    def errand(self) -> Errand:
        return Errand(self.set_out, self.do, self.note, PATIENCE)

    async def set_out(self, tx: Tx, trip: Trip, work: ProveDomain) -> Claim | None:
        claim = await queries.claim(tx, trip.job.tenant_id, work.domain)
        if claim is None or claim.proven_at is not None or claim.proof != work.proof:
            return None
        return claim

    async def do(self, _trip: Trip, claim: Claim) -> WhyUnproven | None:
        return await service.look(claim, self._servers)

    async def note(self, tx: Tx, trip: Trip, claim: Claim, why: WhyUnproven | None) -> Again | None:
        left = await service.note(tx, trip.job.tenant_id, claim, why, now=datetime.now(UTC))
        return None if left is None or trip.last else Again(left)


def errands(name_servers: Sequence[tuple[str, int]]) -> Handlers:
    """What a worker does for domains."""
    return {ProveDomain: Prover(dns.servers(name_servers)).errand()}
