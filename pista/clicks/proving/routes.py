"""Has a domain's record looked for now."""

from datetime import UTC, datetime

from litestar import post
from litestar.di import NamedDependency
from litestar.params import FromPath

from pista import accounts
from pista.accounts import REFUSALS, Caller, Role, refused
from pista.clicks.links import queries as links
from pista.clicks.links.model import DomainNotFound, LinkDomains
from pista.clicks.proving import dns, queries, service
from pista.settings import Settings
from pista.store.postgres import Postgres


@post(
    "/api/link-domains/{domain:str}/check",
    status_code=200,
    opt=accounts.may(Role.ADMIN),
    tags=["Links"],
    summary="Look whether a domain is proven",
    responses={**REFUSALS, 404: refused("`domain_not_found`.")},
)
async def check_link_domain(
    domain: FromPath[str],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    settings: NamedDependency[Settings],
) -> LinkDomains:
    """Asks name servers for its record. What is proven stays proven."""
    tenant = caller.tenant_id
    async with postgres.transaction() as tx:
        claim = await queries.claim(tx, tenant, domain)
    if claim is None:
        raise DomainNotFound
    if claim.proven_at is None:
        why = await service.look(claim, dns.servers(settings.name_servers))
        async with postgres.transaction() as tx:
            await service.note(tx, tenant, claim, why, now=datetime.now(UTC))
    async with postgres.transaction() as tx:
        return LinkDomains(items=await links.domains(tx, tenant))
