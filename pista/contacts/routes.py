"""Contacts over HTTP."""

from datetime import UTC, datetime
from typing import Annotated

from litestar import Response, get, patch, post, put
from litestar.di import NamedDependency
from litestar.openapi import ResponseSpec
from litestar.params import FromPath, JSONBody, QueryParameter
from msgspec import structs

from pista import accounts, texts
from pista.accounts import NOT_JSON, REFUSALS, Caller, Role, refused
from pista.accounts.audit import Action, Auditor
from pista.contacts import listing, merging, queries, rules, service
from pista.contacts.listing import Filters
from pista.contacts.model import (
    ChangeContact,
    ChangeContactSettings,
    ContactDetail,
    Contacts,
    ContactSettings,
    FoundContact,
    Kind,
    MadeContact,
    MergeContact,
    NewContact,
)
from pista.errors import Invalid
from pista.ids import ContactId
from pista.paging import Before, Limit
from pista.store.postgres import Postgres

TAGS = ["Contacts"]
NO_CONTACT = {404: refused("`contact_not_found`: no such contact in this company.")}
NO_PARAMETER = {422: refused("`invalid`: the detail names the parameter.")}
BAD_CONTACT = {422: refused("`bad_contact`: the detail says what; `invalid`: names the field.")}
KNOWN = ResponseSpec(MadeContact, description="It was known already.", generate_examples=False)

Search = Annotated[
    str,
    QueryParameter(
        name="q",
        max_length=listing.MOST_SEARCHED,
        description="Words that begin those of the name, the e-mails, phones and ids.",
    ),
]
Tagged = Annotated[str | None, QueryParameter(name="tag", max_length=64)]
From = Annotated[str | None, QueryParameter(name="source", max_length=40)]
Has = Annotated[Kind | None, QueryParameter(name="has", description="Known by at least one.")]


@get(
    "/api/contacts",
    opt=accounts.may(Role.ASESOR),
    tags=TAGS,
    summary="Search contacts",
    responses={**REFUSALS, **NO_PARAMETER},
)
async def list_contacts(
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    search: Search = "",
    tag: Tagged = None,
    source: From = None,
    has: Has = None,
    before: Before = None,
    limit: Limit = 50,
) -> Contacts:
    """The newest first. Case and accents do not matter; all words must be there."""
    filters = Filters(search, tag, source, has)
    async with postgres.transaction() as tx:
        return await listing.listed(tx, caller.tenant_id, filters, before=before, limit=limit)


@post(
    "/api/contacts",
    opt=accounts.may(Role.GTR),
    tags=TAGS,
    summary="Add a contact, or add to one that is known",
    responses={**NOT_JSON, **REFUSALS, **BAD_CONTACT, 200: KNOWN},
)
async def add_contact(
    data: JSONBody[NewContact],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> Response[MadeContact]:
    """201 if it is new. Placeholders and what is another contact's are `ignored`."""
    found = FoundContact(**structs.asdict(data), trusted=True)
    now = datetime.now(UTC)
    async with postgres.transaction() as tx:
        done = await service.upsert(tx, caller.tenant_id, found, now=now)
        shown = await listing.detail(tx, caller.tenant_id, done.contact_id)
    made = MadeContact(**structs.asdict(shown), created=done.created, ignored=done.ignored)
    return Response(made, status_code=201 if done.created else 200)


@get(
    "/api/contacts/{contact_id:str}",
    opt=accounts.may(Role.ASESOR),
    tags=TAGS,
    summary="A contact",
    responses={**REFUSALS, **NO_CONTACT},
)
async def get_contact(
    contact_id: FromPath[str],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> ContactDetail:
    """The answer to a contact that was merged is the one that it was merged into."""
    async with postgres.transaction() as tx:
        return await listing.detail(tx, caller.tenant_id, _id(contact_id))


@patch(
    "/api/contacts/{contact_id:str}",
    opt=accounts.may(Role.GTR),
    tags=TAGS,
    summary="Change a contact",
    responses={
        **NOT_JSON,
        **REFUSALS,
        **NO_CONTACT,
        409: refused("`identity_taken`: another contact is known by this."),
        **BAD_CONTACT,
    },
)
async def change_contact(
    contact_id: FromPath[str],
    data: JSONBody[ChangeContact],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> ContactDetail:
    """What is left out stays. A new e-mail, phone or CRM id takes the old one's place."""
    now = datetime.now(UTC)
    async with postgres.transaction() as tx:
        changed = await service.change(tx, caller.tenant_id, _id(contact_id), data, now=now)
        return await listing.detail(tx, caller.tenant_id, changed)


@post(
    "/api/contacts/{contact_id:str}/merge",
    status_code=200,
    opt=accounts.may(Role.GTR),
    tags=TAGS,
    summary="Merge another contact into this one",
    responses={
        **NOT_JSON,
        **REFUSALS,
        **NO_CONTACT,
        409: refused("`one_already`: the two are one contact already."),
        **NO_PARAMETER,
    },
)
async def merge_contact(
    contact_id: FromPath[str],
    data: JSONBody[MergeContact],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> ContactDetail:
    """The two are shown as one; the merge can be undone."""
    into, now = _id(contact_id), datetime.now(UTC)
    async with postgres.transaction() as tx:
        other = ContactId(data.contact_id)
        await merging.merge(tx, caller.tenant_id, other, into, by=caller.name, now=now)
        return await listing.detail(tx, caller.tenant_id, into)


@get(
    "/api/contacts/settings",
    opt=accounts.may(Role.ASESOR),
    tags=TAGS,
    summary="How phone numbers are read",
    responses=REFUSALS,
)
async def get_settings(
    caller: NamedDependency[Caller], postgres: NamedDependency[Postgres]
) -> ContactSettings:
    """The country chosen, or else that of the company's time zone."""
    async with postgres.transaction() as tx:
        return ContactSettings(default_country=await service.country(tx, caller.tenant_id))


@put(
    "/api/contacts/settings",
    opt=accounts.may(Role.ADMIN),
    tags=TAGS,
    summary="Choose the country of phone numbers without a country's code",
    responses={**NOT_JSON, **REFUSALS, **NO_PARAMETER},
)
async def change_settings(
    data: JSONBody[ChangeContactSettings],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    auditor: NamedDependency[Auditor],
) -> ContactSettings:
    """Of contacts that come from now on; those that are there stay as they are."""
    if data.default_country is not None and not rules.known_country(data.default_country):
        raise Invalid("defaultCountry: This country has no phone numbers of its own.")
    async with postgres.transaction() as tx:
        await queries.set_default_country(tx, caller.tenant_id, data.default_country)
        country = await service.country(tx, caller.tenant_id)
        await auditor.note(
            tx, Action.SETTINGS_CHANGED, "contacts", details={"country": country or ""}
        )
        return ContactSettings(default_country=country)


def _id(text: str) -> ContactId:
    return ContactId(texts.plain(text))


routes = [
    list_contacts,
    add_contact,
    get_settings,
    change_settings,
    get_contact,
    change_contact,
    merge_contact,
]
