"""The shop's tenant, site and admin; and what the demo remembers of itself."""

import secrets
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec

from pista import accounts
from pista.accounts import NewSite, Role, Site
from pista.demo import shop
from pista.store import postgres, runtime
from pista.store.postgres import Tx

ADMIN = "Sol Méndez"


class Talks(msgspec.Struct, kw_only=True):
    """What the shop's conversations need to go on in a later run."""

    began: datetime
    """When the first demo with conversations began: what was said before hangs on it."""
    whatsapp_secret: str
    telegram_secret: str
    told: bool = False
    """All that was said before is there."""

    def __repr__(self) -> str:
        return "Talks(…)"


class Kept(msgspec.Struct, kw_only=True):
    """What a later run has to know, in the data folder."""

    password: str
    grown_by: date
    """The shop grew until this day, the first of the demo."""
    sent_until: datetime
    """Everything that happened before is sent."""
    talks: Talks | None = None
    worked: bool = False
    """The desk has its rules, and what happened before is there."""
    crm: str | None = None
    """Where the shop's CRM tells of people, with the secret."""
    watched: bool = False
    """What the shop watches is set up."""

    def __repr__(self) -> str:
        return "Kept(…)"


class Shop(msgspec.Struct, frozen=True, kw_only=True):
    site: Site
    kept: Kept
    file: Path

    def keep(self) -> None:
        runtime.write_private(self.file, msgspec.json.encode(self.kept))


async def open_shop(database_url: str, data_dir: Path, begin: datetime, now: datetime) -> Shop:
    """The shop as it stands; made, with nothing sent yet, if it is not there."""
    pool = await postgres.open_pool(database_url, most=1)
    try:
        async with pool.transaction() as tx:
            site = await _site(tx, now)
            file = data_dir / "demo.json"
            kept = _kept(file)
            if kept is None:
                kept = Kept(
                    password=secrets.token_urlsafe(12),
                    grown_by=now.astimezone(ZoneInfo(shop.TIME_ZONE)).date(),
                    sent_until=site.last_event_at or begin,
                )
                await _admin(tx, site, kept.password, now)
            if kept.talks is None:
                kept.talks = Talks(
                    began=now,
                    whatsapp_secret=secrets.token_hex(16),
                    telegram_secret=secrets.token_hex(16),
                )
    finally:
        await pool.close()
    found = Shop(site=site, kept=kept, file=file)
    found.keep()
    return found


async def _site(tx: Tx, now: datetime) -> Site:
    try:
        tenant = await accounts.find_tenant(tx, shop.NAME)
    except accounts.TenantNotFound:
        tenant = await accounts.create_tenant(tx, shop.NAME, time_zone=shop.TIME_ZONE, now=now)
        request = NewSite(name="Tienda Sol", domains=[shop.DOMAIN])
        await accounts.create_site(tx, tenant.id, request, public_url="", now=now)
    return (await accounts.list_sites(tx, tenant.id, public_url=""))[0]


async def _admin(tx: Tx, site: Site, password: str, now: datetime) -> None:
    """Make the shop's admin; one that is there already gets this password."""
    try:
        await accounts.set_password(tx, site.tenant_id, shop.EMAIL, password, now=now)
    except accounts.UserNotFound:
        await accounts.create_user(
            tx,
            site.tenant_id,
            email=shop.EMAIL,
            name=ADMIN,
            role=Role.ADMIN,
            password=password,
            now=now,
        )


def _kept(file: Path) -> Kept | None:
    try:
        return msgspec.json.decode(file.read_bytes(), type=Kept)
    except (FileNotFoundError, msgspec.DecodeError):
        return None
