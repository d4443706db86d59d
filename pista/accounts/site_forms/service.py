"""What a company decides about the forms of a site."""

from datetime import datetime

from pista.accounts import audit
from pista.accounts.audit import Action, Actor
from pista.accounts.model import SiteNotFound
from pista.accounts.site_forms import queries
from pista.accounts.site_forms.model import BadSiteForms, ChangeSiteForms, SiteForms
from pista.accounts.site_forms.queries import FormsRow
from pista.ids import SiteId, TenantId
from pista.store.postgres import Tx


async def forms(tx: Tx, tenant: TenantId, site: SiteId) -> SiteForms:
    return _shown(await queries.forms(tx, tenant, site))


async def change(
    tx: Tx,
    tenant: TenantId,
    site: SiteId,
    asked: ChangeSiteForms,
    *,
    by: Actor,
    now: datetime,
) -> SiteForms:
    """From the commit on the door takes what forms say, or refuses it."""
    if asked.enabled and (asked.basis is None or not asked.notices.tell):
        raise BadSiteForms
    row = await queries.change_forms(tx, tenant, site, asked)
    shown = _shown(row)
    assert row is not None
    told = {"form_contacts": str(asked.enabled), "form_basis": asked.basis or ""}
    await audit.record(
        tx, tenant, by, Action.SITE_CHANGED, subject=site, name=row.name, now=now, details=told
    )
    return shown


def _shown(row: FormsRow | None) -> SiteForms:
    if row is None:
        raise SiteNotFound
    return SiteForms(enabled=row.enabled, basis=row.basis, notices=row.notices)
