"""A contact's rights over HTTP."""

from datetime import UTC, datetime
from typing import Any

from litestar import Request, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.openapi import ResponseSpec
from litestar.params import FromPath, JSONBody
from litestar.response import Stream

from pista import accounts, texts
from pista.accounts import ADMINS_ONLY, NOT_JSON, Caller, Role, refused
from pista.accounts.answers import actor
from pista.ids import ContactId
from pista.privacy import auditing
from pista.privacy.people import handover, service
from pista.privacy.people.handover import ContactExport
from pista.privacy.people.model import ContactErasure, ContactErasures, EraseContact
from pista.store.postgres import Postgres

TAGS = ["Privacy"]
NO_CONTACT = {404: refused("`contact_not_found`: no such contact in this company.")}


@get(
    "/api/privacy/contacts/{contact_id:str}",
    opt=accounts.may(Role.ADMIN),
    tags=TAGS,
    summary="Everything that is held of a contact",
    responses={
        **ADMINS_ONLY,
        **NO_CONTACT,
        200: ResponseSpec(
            ContactExport, description="As a file to download.", generate_examples=False
        ),
        503: refused("`unavailable`: the statistics are away; try again in a moment."),
    },
)
async def hand_over_contact(
    contact_id: FromPath[str],
    state: State,
    caller: NamedDependency[Caller],
    house_postgres: NamedDependency[Postgres],
) -> Stream:
    """With those merged into it, its visitors and their events, and what webhooks told of it."""
    # What waits to be stored lies in one journal for all companies.
    async with house_postgres.transaction() as tx:
        # A NUL, which PostgreSQL takes in no text, is in no id either.
        contact = ContactId(texts.plain(contact_id))
        begun = await handover.begin(tx, state.clickhouse, caller.tenant_id, contact)
    return Stream(
        handover.written(state.clickhouse, begun),
        media_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{begun.export.contact_id}.json"'},
    )


@post(
    "/api/privacy/contact-erasures",
    status_code=202,
    opt=accounts.may(Role.ADMIN),
    tags=TAGS,
    summary="Erase all that is held of a contact",
    responses={
        **NOT_JSON,
        **ADMINS_ONLY,
        **NO_CONTACT,
        422: refused("`invalid`: this is no contact's id."),
    },
)
async def erase_contact(
    request: Request[Any, Any, State],
    data: JSONBody[EraseContact],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> ContactErasure:
    """With those merged into it. The worker does it, within seconds mostly; it cannot be undone."""
    tenant, now = caller.tenant_id, datetime.now(UTC)
    async with postgres.transaction() as tx:
        asked = await service.ask(
            tx,
            tenant,
            ContactId(data.contact_id),
            by=caller.user.id if caller.user else caller.key,
            name=caller.user.name if caller.user else "API",
            now=now,
        )
        await auditing.note(tx, tenant, actor(request, caller), asked.id, "contact", now=now)
    return asked


@get(
    "/api/privacy/contact-erasures",
    opt=accounts.may(Role.ADMIN),
    tags=TAGS,
    summary="Which contacts were asked to be erased",
    responses=ADMINS_ONLY,
)
async def list_contact_erasures(
    caller: NamedDependency[Caller], postgres: NamedDependency[Postgres]
) -> ContactErasures:
    """The latest 200, each with how far it is. Of one that is done, who it was is forgotten."""
    async with postgres.transaction() as tx:
        return ContactErasures(items=await service.erasures(tx, caller.tenant_id))


routes: list[Any] = [hand_over_contact, erase_contact, list_contact_erasures]
