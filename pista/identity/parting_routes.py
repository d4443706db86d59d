"""Taking a merge of contacts back, over HTTP: here, since it may change whose browsers are."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from litestar import delete
from litestar.di import NamedDependency
from litestar.params import FromPath

from pista import accounts, contacts, texts
from pista.accounts import REFUSALS, Caller, Role, refused
from pista.contacts import ContactDetail, MergeId, MergeNotFound
from pista.identity import parting
from pista.ids import ContactId
from pista.store.postgres import Postgres


@delete(
    "/api/contacts/{contact_id:str}/merge/{merge_id:uuid}",
    status_code=200,
    opt=accounts.may(Role.GTR),
    tags=["Contacts"],
    summary="Undo a merge",
    responses={
        **REFUSALS,
        404: refused("`contact_not_found`, or `merge_not_found`: no such merge into it."),
    },
)
async def undo_merge(
    contact_id: FromPath[str],
    merge_id: FromPath[UUID],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> ContactDetail:
    """Both are what they were, with what they have become known by and whose visitors they have
    been said to be since."""
    merge, now = MergeId(merge_id), datetime.now(UTC)
    into = ContactId(texts.plain(contact_id))
    async with postgres.transaction() as tx:
        shown = await contacts.detail(tx, caller.tenant_id, into)
        if merge not in {one.id for one in shown.merges}:
            raise MergeNotFound
        await parting.unmerge(tx, caller.tenant_id, merge, by=caller.name, now=now)
        return await contacts.detail(tx, caller.tenant_id, shown.id)


parting_routes: list[Any] = [undo_merge]
