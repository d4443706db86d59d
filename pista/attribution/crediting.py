"""Decides from what is stored now which click earned a result, and keeps it with its reasons."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from msgspec import structs

from pista import clicks, contacts, identity, sales
from pista.attribution import credit_queries as queries
from pista.attribution.credit import WINDOW, Credit, Result, Rules, credit
from pista.attribution.credit_queries import CreditRow
from pista.clicks import Candidate, Click
from pista.identity import VisitorSpan
from pista.ids import ContactId, TenantId, VisitorId
from pista.sales import NamedClick, SaleFacts
from pista.store.postgres import Tx


async def credit_sale(tx: Tx, tenant: TenantId, sale: SaleFacts, *, now: datetime) -> Credit:
    """Until it is paid, the time at which it happened is the one that counts."""
    result = Result(
        at=sale.paid_at or sale.occurred_at,
        person_id=sale.person_id,
        channel_id=sale.channel_id,
        token=sale.click_token,
        visitor_id=sale.visitor_id,
    )
    found = await decide(tx, tenant, result, sale.contact_id, sale.persons, sale.visitors)
    await keep(
        tx,
        tenant,
        "sale",
        str(sale.id),
        result.at,
        found,
        now=now,
        value_cents=sale.amount_cents,
        currency=sale.currency,
    )
    return found


async def decide(
    tx: Tx,
    tenant: TenantId,
    result: Result,
    contact: ContactId | None,
    persons: Sequence[UUID],
    visitors: Sequence[VisitorId],
) -> Credit:
    """For a result of any kind: all that is tied to these people and browsers is looked at."""
    rules = Rules(window=await queries.window(tx, tenant) or WINDOW)
    until = result.at + rules.late
    found = await clicks.of_people(tx, tenant, list(persons), list(visitors), until)
    if contact is not None:
        found = its_own(await identity.visitors_of(tx, tenant, contact), result, found)
        family = [one.id for one in await contacts.kin(tx, tenant, [contact])]
        told = await sales.clicks_named_by(tx, tenant, family)
        known = await clicks.clicks_of_tokens(tx, tenant, [one.token for one in told])
        found += named(told, {one.token: one for one in known})
    given = await clicks.click_of_token(tx, tenant, result.token) if result.token else None
    return credit(result, found, rules, given=given)


async def keep(
    tx: Tx,
    tenant: TenantId,
    kind: str,
    result_id: str,
    at: datetime,
    found: Credit,
    *,
    now: datetime,
    value_cents: int | None = None,
    currency: str | None = None,
) -> None:
    """Keep it in the place of what was decided before: reports show the newest."""
    kept = row(kind, result_id, at, found, now=now)
    kept = structs.replace(kept, value_cents=value_cents, currency=currency)
    await queries.store_many(tx, tenant, [kept])


def row(kind: str, result_id: str, at: datetime, found: Credit, *, now: datetime) -> CreditRow:
    """As it is stored; a sale has its value besides."""
    click = found.click
    return CreditRow(
        kind=kind,
        result_id=result_id,
        at=at,
        click_id=click.id if click else None,
        method=found.method,
        why=msgspec.to_builtins(found.steps),
        click_at=click.at if click else None,
        link_id=click.link_id if click else None,
        campaign=click.campaign if click else None,
        adset=click.adset if click else None,
        ad=click.ad if click else None,
        touches=list(found.touches),
        value_cents=None,
        currency=None,
        decided_at=now,
    )


def named(told: Iterable[NamedClick], known: Mapping[str, Click]) -> list[Candidate]:
    """Clicks that a contact is tied to, since sales of theirs came with them."""
    return [
        Candidate(
            click=known[one.token],
            method="token",
            at=one.at,
            channel_id=None,
            person_id=None,
            visitor_id=None,
        )
        for one in told
        if one.token in known
    ]


def its_own(
    spans: Iterable[VisitorSpan], result: Result, found: Iterable[Candidate]
) -> list[Candidate]:
    """Without what others clicked on a browser that they share with the contact; `spans` are of the
    contact's browsers."""
    times: dict[VisitorId, list[tuple[datetime | None, datetime | None]]] = defaultdict(list)
    for span in spans:
        times[span.visitor_id].append((span.since, span.until))

    def is_its_own(one: Candidate) -> bool:
        visitor = one.visitor_id
        if one.person_id is not None or visitor is None or visitor == result.visitor_id:
            return True
        return visitor not in times or any(
            (since is None or since <= one.at) and (until is None or one.at < until)
            for since, until in times[visitor]
        )

    return [one for one in found if is_its_own(one)]
