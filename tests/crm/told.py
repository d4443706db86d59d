"""What a CRM and pages say of one person whom nobody has heard of, and how it ends."""

from datetime import UTC, datetime
from typing import Any, NamedTuple

import msgspec

from pista import accounts, contacts, identity
from pista.accounts import NewSite
from pista.crm import claims, jobs, many, queries, receiving, service
from pista.crm.claims import DecideClaim
from pista.crm.model import NewWebhookSource, SourceRow, WebhookTaken
from pista.crm.receiving import ProcessWebhook
from pista.identity import queries as links
from pista.identity import review_queries
from pista.ids import ContactId, SiteId, TenantId, VisitorId
from pista.queue import Job
from pista.queue.model import JobId
from pista.store.postgres import Tx
from tests.contacts.conftest import found, new_tenant
from tests.fakes.crm import LOCATION, workflow

EMAIL = "ana@example.com"
CRM_ID = "ocQHyuzHvysMo5N5VsXc"
LONG_AGO = "2020-03-14T12:00:00.000Z"

Links = dict[str, str]
"""How certain it is of each visitor that it is the contact."""


class End(NamedTuple):
    """What everything comes to."""

    contacts: int
    links: Links
    asked: frozenset[str]
    """Of these visitors a person is asked whether they are the contact."""


class Told:
    """A company that is told of one person."""

    def __init__(
        self, tx: Tx, tenant: TenantId, source: SourceRow, site: SiteId, *, fresh: bool
    ) -> None:
        self.tx = tx
        self.tenant = tenant
        self.source = source
        self.site = site
        self.made = datetime.now(UTC).isoformat() if fresh else LONG_AGO
        self.together = True
        """Whether messages are worked off in groups, where they can be."""

    async def by_the_crm(self, visitor: str | None) -> str | None:
        """A signed message about the person, with the visitor or without; what became of it."""
        named = {"rstk_vid": visitor} if visitor else {}
        body = workflow(CRM_ID, email=EMAIL, phone="", date_created=self.made, customData=named)
        now = datetime.now(UTC)
        taken = await receiving.take(self.tx, self.source, msgspec.json.encode(body), now=now)
        assert isinstance(taken, WebhookTaken)
        work = ProcessWebhook(received_id=taken.id)
        if not self.together or await many.process(self.tx, self.tenant, [work]):
            await jobs.process(self.tx, a_job(self.tenant), work)
        said = "select linking from webhooks where tenant_id = $1 and id = $2"
        return await self.tx.value(said, self.tenant, taken.id)

    async def by_a_page(self, visitor: str, submission: str | None = None) -> None:
        """What GoHighLevel's form has told the page that holds it."""
        said = DecideClaim(
            visitor_id=visitor,
            contact_id=CRM_ID,
            location_id=LOCATION,
            submission_id=submission or f"submission-of-{visitor}",
            at=datetime.now(UTC),
            site_id=self.site,
        )
        await claims.decide(self.tx, a_job(self.tenant), said)

    async def undo(self, visitor: str) -> None:
        """A person says that the visitor is not the contact, if it is anybody's."""
        link = await links.link(self.tx, self.tenant, VisitorId(visitor))
        if link is not None:
            now = datetime.now(UTC)
            await identity.undo(self.tx, self.tenant, link.claim_id, by="Eva", now=now)

    async def contact(self) -> ContactId | None:
        return await contacts.contact_by(self.tx, self.tenant, contacts.Identity("crm", CRM_ID))

    async def end(self) -> End:
        count = "select count(*) from contacts where tenant_id = $1 and merged_into is null"
        people = await self.tx.value(count, self.tenant)
        contact = await self.contact()
        spans = await identity.visitors_of(self.tx, self.tenant, contact) if contact else []
        rows: Any = await self.tx.connection.fetch(
            """
            select visitor_id, contact_root(tenant_id, contact_id) as root
            from claim_reviews
            where tenant_id = $1 and decision is null
            """,
            self.tenant,
        )
        assert await review_queries.count_open(self.tx, self.tenant) == len(rows)
        assert {row["root"] for row in rows} <= {contact}
        linked: Links = {str(span.visitor_id): span.strength for span in spans}
        return End(people, linked, frozenset(row["visitor_id"] for row in rows))

    async def questions(self) -> int:
        """About contacts that may be one person."""
        open_ones = await contacts.list_reviews(
            self.tx, self.tenant, is_open=True, contact=None, before=None, most=50
        )
        return len(open_ones)


async def told(tx: Tx, *, fresh: bool, known: bool = False) -> Told:
    """`fresh`: the CRM says that it has made the contact just now. `known`: its e-mail is that of
    a contact who is there already."""
    now = datetime.now(UTC)
    tenant = await new_tenant(tx, "told")
    if known:
        await contacts.upsert(tx, tenant, found(email=EMAIL), now=now)
    site = await accounts.create_site(
        tx, tenant, NewSite(domains=["shop.example"]), public_url="", now=now
    )
    made = await service.create(tx, tenant, NewWebhookSource(kind="ghl", name="GHL"), now=now)
    source = await queries.source(tx, tenant, made.id)
    assert source is not None
    return Told(tx, tenant, source, site.id, fresh=fresh)


def expected(named: set[str], claimed: set[str], *, heard: bool, vouches: bool) -> End:
    """Whatever came first: `heard` is whether the CRM has told of the contact at all, `vouches`
    whether it has just made it, and Pista with it."""
    alone = claimed if len(claimed) == 1 and not named and (vouches or not heard) else set[str]()
    linked: Links = dict.fromkeys(alone, "provisional") | dict.fromkeys(named, "strong")
    return End(1 if heard or claimed else 0, linked, frozenset(claimed - linked.keys()))


def a_job(tenant: TenantId) -> Job:
    return Job(
        id=JobId(1),
        tenant_id=tenant,
        kind="crm",
        payload={},
        order_key=None,
        turn=0,
        runner=0,
        attempts=1,
        crashes=0,
        enqueued_at=datetime.now(UTC),
    )
