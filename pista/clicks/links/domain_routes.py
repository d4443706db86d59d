"""The company's own domains for links, over HTTP."""

from datetime import UTC, datetime

from litestar import delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from pista import accounts
from pista.accounts import NOT_JSON, REFUSALS, Caller, Role, refused
from pista.accounts.audit import Action, Auditor
from pista.clicks.links import service
from pista.clicks.links.model import LinkDomains, NewLinkDomain
from pista.settings import Settings
from pista.store.postgres import Postgres

TAGS = ["Links"]


@get(
    "/api/link-domains",
    opt=accounts.may(Role.GTR),
    tags=TAGS,
    summary="The company's own domains for links",
    responses=REFUSALS,
)
async def list_link_domains(
    caller: NamedDependency[Caller], postgres: NamedDependency[Postgres]
) -> LinkDomains:
    """Beside this Pista's own address, which is always there."""
    async with postgres.transaction() as tx:
        return LinkDomains(items=await service.domains(tx, caller.tenant_id))


@post(
    "/api/link-domains",
    opt=accounts.may(Role.ADMIN),
    tags=TAGS,
    summary="Have a domain for links",
    responses={
        **NOT_JSON,
        **REFUSALS,
        409: refused("`domain_taken`, or `too_many_links`: there are 20 already."),
        422: refused("`bad_link`: this is no domain of one's own."),
    },
)
async def add_link_domain(
    data: JSONBody[NewLinkDomain],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    settings: NamedDependency[Settings],
    auditor: NamedDependency[Auditor],
) -> LinkDomains:
    """Have it lead to this Pista, with a certificate of its own."""
    now = datetime.now(UTC)
    async with postgres.transaction() as tx:
        own = await service.add_domain(tx, caller.tenant_id, data.domain, settings.url, now=now)
        await auditor.note(tx, Action.LINK_DOMAIN_ADDED, data.domain)
    return LinkDomains(items=own)


@delete(
    "/api/link-domains/{domain:str}",
    opt=accounts.may(Role.ADMIN),
    tags=TAGS,
    summary="Give a domain up",
    responses={
        **REFUSALS,
        404: refused("`domain_not_found`."),
        409: refused("`domain_in_use`: links are on it."),
    },
)
async def delete_link_domain(
    domain: FromPath[str],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    auditor: NamedDependency[Auditor],
) -> None:
    """Once no link is on it."""
    async with postgres.transaction() as tx:
        await service.delete_domain(tx, caller.tenant_id, domain)
        await auditor.note(tx, Action.LINK_DOMAIN_DELETED, domain)


routes = [list_link_domains, add_link_domain, delete_link_domain]
