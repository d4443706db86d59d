"""Forms of a site that make contacts, over HTTP."""

from datetime import UTC, datetime
from uuid import UUID

from litestar import get, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from pista.accounts.answers import CHANGES, REFUSALS, Incoming, actor, refused
from pista.accounts.guards import may
from pista.accounts.model import Caller, Role
from pista.accounts.site_forms import service
from pista.accounts.site_forms.model import ChangeSiteForms, SiteForms
from pista.ids import SiteId
from pista.store.postgres import Postgres

PATH = "/api/sites/{site_id:uuid}/forms"
NO_SITE = refused("`site_not_found`: no such site in this company.")


@get(
    PATH,
    opt=may(Role.ASESOR),
    summary="Whether a site's forms make contacts",
    tags=["Company"],
    responses=REFUSALS | {404: NO_SITE},
)
async def site_forms(
    site_id: FromPath[UUID],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> SiteForms:
    """On which basis, and what the visitors are told; off by default."""
    async with postgres.transaction() as tx:
        return await service.forms(tx, caller.tenant_id, SiteId(site_id))


@put(
    PATH,
    opt=may(Role.ADMIN),
    summary="Let a site's forms make contacts, or not",
    tags=["Company"],
    responses=CHANGES
    | {404: NO_SITE, 422: refused("`bad_site_forms`, or `invalid`: the detail says what.")},
)
async def change_site_forms(
    request: Incoming,
    site_id: FromPath[UUID],
    data: JSONBody[ChangeSiteForms],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> SiteForms:
    """When it is off, the door refuses what forms say, whatever stands in the pages."""
    now = datetime.now(UTC)
    async with postgres.transaction() as tx:
        return await service.change(
            tx, caller.tenant_id, SiteId(site_id), data, by=actor(request, caller), now=now
        )
