"""SQL of what a company has decided about the forms of its sites."""

from typing import Any

import msgspec

from pista.accounts.site_forms.model import Basis, ChangeSiteForms, Notices
from pista.ids import SiteId, TenantId
from pista.store.postgres import Tx


class FormsRow(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    enabled: bool
    basis: Basis | None
    notices: Notices


async def forms_make_contacts(tx: Tx, tenant: TenantId, site: SiteId) -> bool:
    """As it is at this moment, and not as some process remembers it."""
    found: Any = await tx.value(
        "select form_contacts from sites where tenant_id = $1 and id = $2", tenant, site
    )
    return bool(found)


async def forms(tx: Tx, tenant: TenantId, site: SiteId) -> FormsRow | None:
    return await tx.one_or_none(
        FormsRow,
        """
        select name, form_contacts as enabled, form_basis as basis, form_notices as notices
        from sites
        where tenant_id = $1 and id = $2
        """,
        tenant,
        site,
    )


async def change_forms(
    tx: Tx, tenant: TenantId, site: SiteId, asked: ChangeSiteForms
) -> FormsRow | None:
    return await tx.one_or_none(
        FormsRow,
        """
        update sites set form_contacts = $3, form_basis = $4, form_notices = $5
        where tenant_id = $1 and id = $2
        returning name, form_contacts as enabled, form_basis as basis, form_notices as notices
        """,
        tenant,
        site,
        asked.enabled,
        asked.basis,
        msgspec.to_builtins(asked.notices),
    )
