import asyncio
from datetime import timedelta
from typing import Any

import pytest

from pista.accounts import service, sessions
from pista.accounts.model import (
    ApiKeyId,
    ApiKeyNotFound,
    ChangeSite,
    ChangeTenant,
    EmailTaken,
    Login,
    NewSite,
    Role,
    SiteEvents,
    SiteNotFound,
    Tenant,
    TenantNotFound,
    UserNotFound,
)
from pista.errors import Invalid, StartError
from pista.ids import SiteId, uuid7
from pista.settings import Settings
from pista.store import postgres as store
from pista.store.postgres import Postgres, Tx
from tests.accounts.conftest import NOW

URL = "https://pista.example"


@pytest.fixture
async def tenant(tx: Tx) -> Tenant:
    return await service.create_tenant(tx, " Flores Lima ", now=NOW)


async def test_processes_that_start_at_once_make_one_tenant(postgres: Postgres):
    """Of several first starts one makes the accounts; the others find them made."""

    async def start() -> service.FirstStart | None:
        async with postgres.transaction() as tx:
            return await service.first_start(tx, Settings(), NOW)

    made = [first for first in await asyncio.gather(*(start() for _ in range(4))) if first]

    assert len(made) == 1
    async with postgres.transaction() as tx:
        assert [one.name for one in await service.list_tenants(tx)] == ["Mi empresa"]
        assert await service.first_snippet(tx, Settings()) == made[0].snippet
    assert made[0].email == "admin@pista.local"
    assert made[0].password is not None
    assert made[0].password not in repr(made[0])
    login = Login(email=made[0].email, password=made[0].password)
    session = await sessions.sign_in(postgres, login, "127.0.0.1", now=NOW)
    assert session.me.user.role is Role.ADMIN


async def test_the_first_site_takes_events_from_everywhere(tx: Tx):
    """The snippet of the start block works on any page without another step."""
    first = await service.first_start(tx, Settings(public_url=URL), NOW)

    assert first is not None
    site = await service.site(tx, first.tenant_id, first.site_id, public_url=URL)
    assert (site.name, site.domains, site.snippet) == ("Mi sitio", ["*"], first.snippet)
    assert f'src="{URL}/snip.js"' in site.snippet


async def test_the_first_admin_can_come_from_the_environment(tx: Tx):
    """A password that the person gave is not shown."""
    settings = Settings(admin_email="Ana@Example.com", admin_password="correct horse")

    first = await service.first_start(tx, settings, NOW)

    assert first is not None
    assert (first.email, first.password) == ("ana@example.com", None)


@pytest.mark.parametrize(
    ("settings", "name"),
    [
        (Settings(admin_email="ana"), "PISTA_ADMIN_EMAIL"),
        (Settings(admin_password="short"), "PISTA_ADMIN_PASSWORD"),
    ],
)
async def test_a_first_admin_that_cannot_be(tx: Tx, settings: Settings, name: str):
    """The start stops with a sentence that names the setting and not the password."""
    with pytest.raises(StartError, match=name) as refused:
        await service.first_start(tx, settings, NOW)
    assert "short" not in str(refused.value)


async def test_a_tenant_is_found_by_id_or_name(tx: Tx, tenant: Tenant):
    """A name that two tenants have is not guessed at."""
    assert await service.find_tenant(tx, str(tenant.id)) == tenant
    assert await service.find_tenant(tx, "Flores Lima") == tenant
    for unknown in ("flores lima", str(uuid7())):
        with pytest.raises(TenantNotFound):
            await service.find_tenant(tx, unknown)

    await service.create_tenant(tx, "Flores Lima", now=NOW)
    with pytest.raises(Invalid, match="2 tenants"):
        await service.find_tenant(tx, "Flores Lima")


async def test_what_is_left_out_stays(tx: Tx, tenant: Tenant):
    """A change names only what it changes."""
    site = await service.create_site(
        tx, tenant.id, NewSite(domains=["a.com"]), public_url=URL, now=NOW
    )

    zoned = await service.change_tenant(
        tx, tenant.id, ChangeTenant(time_zone="America/Lima"), now=NOW
    )
    renamed = await service.change_site(
        tx, tenant.id, site.id, ChangeSite(name="Tienda"), public_url=URL, now=NOW
    )
    moved = await service.change_site(
        tx, tenant.id, site.id, ChangeSite(domains=["b.com"]), public_url=URL, now=NOW
    )

    assert (zoned.name, zoned.time_zone) == ("Flores Lima", "America/Lima")
    assert (site.name, site.domains) == ("a.com", ["a.com"])
    assert (renamed.name, renamed.domains) == ("Tienda", ["a.com"])
    assert (moved.name, moved.domains) == ("Tienda", ["b.com"])
    assert moved.write_key == site.write_key


async def test_what_another_tenant_owns_is_not_there(tx: Tx, tenant: Tenant):
    """Ids of another tenant are like ids that do not exist."""
    other = await service.create_tenant(tx, "Other", now=NOW)
    site = await service.create_site(tx, other.id, NewSite(domains=["*"]), public_url=URL, now=NOW)

    with pytest.raises(SiteNotFound):
        await service.site(tx, tenant.id, site.id, public_url=URL)
    with pytest.raises(SiteNotFound):
        await service.change_site(
            tx, tenant.id, site.id, ChangeSite(name="Mine"), public_url=URL, now=NOW
        )
    with pytest.raises(ApiKeyNotFound):
        await service.revoke_api_key(tx, tenant.id, ApiKeyId(uuid7()), now=NOW)
    with pytest.raises(UserNotFound):
        await service.set_password(tx, tenant.id, "nobody@example.com", "correct horse", now=NOW)
    assert await service.list_sites(tx, tenant.id, public_url=URL) == []
    assert [one.id for one in await service.site_configs(tx)] == [site.id]


async def test_an_email_has_one_user(tx: Tx, tenant: Tenant):
    """In any case of its letters, and in any tenant."""
    other = await service.create_tenant(tx, "Other", now=NOW)

    async def create(owner: Tenant, email: str) -> None:
        await service.create_user(
            tx, owner.id, email=email, name="Ana", role=Role.GTR, password="x" * 8, now=NOW
        )

    await create(tenant, "ana@example.com")
    for owner in (tenant, other):
        with pytest.raises(EmailTaken):
            await create(owner, "ANA@example.com")


async def test_a_sites_first_events_are_told_once(tx: Tx, tenant: Tenant):
    """The first arrival stays, the last moves forward only."""
    site = await service.create_site(tx, tenant.id, NewSite(domains=["*"]), public_url=URL, now=NOW)
    hour = timedelta(hours=1)

    def events(first: int, last: int) -> SiteEvents:
        return SiteEvents(
            tenant_id=tenant.id,
            site_id=site.id,
            first_at=NOW + first * hour,
            last_at=NOW + last * hour,
        )

    unknown = SiteEvents(tenant_id=tenant.id, site_id=SiteId(uuid7()), first_at=NOW, last_at=NOW)
    told = [await service.note_site_events(tx, [events(1, 5), unknown])]
    told += [await service.note_site_events(tx, [events(2, 3)])]

    shown = await service.site(tx, tenant.id, site.id, public_url=URL)
    assert told == [[events(1, 5)], []]
    assert (shown.first_event_at, shown.last_event_at) == (NOW + hour, NOW + 5 * hour)


async def test_changes_of_configuration_are_announced(database: str, postgres: Postgres):
    """Web processes hear of every change, and not of every flush."""
    heard: list[str] = []

    def hear(_connection: Any, _pid: int, channel: str, _payload: str) -> None:
        heard.append(channel)

    listener: Any = await store.connect(database)
    await listener.add_listener("pista_config", hear)

    async def told() -> int:
        await listener.execute("select 1")  # what was announced before arrives with the answer
        count, heard[:] = len(heard), []
        return count

    async with postgres.transaction() as tx:
        tenant = await service.create_tenant(tx, "Flores", now=NOW)
    assert await told() == 1
    async with postgres.transaction() as tx:
        site = await service.create_site(
            tx, tenant.id, NewSite(domains=["*"]), public_url=URL, now=NOW
        )
    assert await told() == 1
    async with postgres.transaction() as tx:
        await service.change_site(
            tx, tenant.id, site.id, ChangeSite(name="B"), public_url=URL, now=NOW
        )
        await service.change_tenant(tx, tenant.id, ChangeTenant(time_zone="America/Lima"), now=NOW)
    assert await told() == 1  # one transaction, one announcement
    async with postgres.transaction() as tx:
        stored = SiteEvents(tenant_id=tenant.id, site_id=site.id, first_at=NOW, last_at=NOW)
        await service.note_site_events(tx, [stored])
    assert await told() == 0
    await listener.close()
