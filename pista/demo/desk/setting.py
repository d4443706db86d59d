"""The shop's desk: its people and its rules."""

import secrets
from datetime import datetime

from pista import accounts
from pista.accounts import Role
from pista.accounts.people import queries as people
from pista.demo import shop
from pista.demo.chat.setting import address_of
from pista.demo.desk import script
from pista.demo.desk.past import Staff
from pista.desk.goals.model import Escalation, Goals
from pista.desk.leads.rules import LeadRules
from pista.desk.settings import service as settings
from pista.desk.settings.model import SetDeskSettings
from pista.desk.sharing import queries as sharing
from pista.desk.sharing.model import ShareRule, ShareRules
from pista.ids import TenantId, UserId
from pista.store.postgres import Postgres, Tx

# The shop's form is for its news: who sends it wants nothing yet.
LEADS = LeadRules(sources=["whatsapp", "telegram", "crm"], reopen_after_days=1)
SETTINGS = SetDeskSettings(
    limit_seconds=300,
    warning_seconds=60,
    hours=[],
    wizard=script.WIZARD,
    outcomes=list(script.OUTCOMES),
    leads=LEADS,
    assigning=ShareRules(
        on=True,
        limit=3,
        returned_hours=2,
        rules=[
            ShareRule(
                name="Mayoreo",
                campaigns=[script.WHOLESALE],
                skills=["mayoreo"],
                method="least_loaded",
            )
        ],
    ),
    goals=Goals(assign_seconds=120, touch_seconds=240, warning_seconds=60),
    escalation=Escalation(after_returns=3),
)


async def staff(postgres: Postgres, tenant: TenantId, now: datetime) -> Staff:
    """Who works there; those who are missing are hired."""
    async with postgres.transaction() as tx:
        return await _staff(tx, tenant, now)


async def set_up(postgres: Postgres, tenant: TenantId) -> None:
    """The first time, after all that happened before: nobody is timed for that."""
    async with postgres.transaction() as tx:
        await settings.change(tx, tenant, SETTINGS)


async def _staff(tx: Tx, tenant: TenantId, now: datetime) -> Staff:
    known = {one.name: one.id for one in await people.people(tx, tenant)}
    for name in (script.SUPERVISOR, *script.ASESORES):
        if name not in known:
            known[name] = await _colleague(tx, tenant, name, now)
            await sharing.set_asesor(tx, tenant, known[name], None, script.SKILLS.get(name, []))
    return Staff(known[script.SUPERVISOR], [known[name] for name in script.ASESORES])


async def _colleague(tx: Tx, tenant: TenantId, name: str, now: datetime) -> UserId:
    """Nobody signs in as one of them."""
    made = await accounts.create_user(
        tx,
        tenant,
        email=f"{address_of(name)}@{shop.DOMAIN}",
        name=name,
        role=Role.GTR if name == script.SUPERVISOR else Role.ASESOR,
        password=secrets.token_urlsafe(24),
        now=now,
    )
    return made.id
