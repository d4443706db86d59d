"""Reads and changes a company's settings of its desk."""

from msgspec import UNSET

from pista import accounts
from pista.desk import announcing, moving
from pista.desk.goals import queries as goals
from pista.desk.goals.model import NO_ESCALATION, NO_GOALS, Escalation, Goals
from pista.desk.leads import queries as leads
from pista.desk.leads.rules import NONE
from pista.desk.settings import queries, rules
from pista.desk.settings.model import (
    LIMIT_SECONDS,
    WARNING_SECONDS,
    BadDeskSettings,
    DeskSettings,
    SetDeskSettings,
)
from pista.desk.sharing import queries as sharing
from pista.desk.sharing.model import OFF
from pista.ids import TenantId
from pista.store.postgres import Tx


async def settings(tx: Tx, tenant: TenantId) -> DeskSettings:
    zone = (await accounts.tenant(tx, tenant)).time_zone
    row = await queries.settings(tx, tenant)
    if row is None:
        return DeskSettings(
            limit_seconds=LIMIT_SECONDS,
            warning_seconds=WARNING_SECONDS,
            hours=[],
            wizard=[],
            outcomes=[],
            leads=NONE,
            assigning=OFF,
            goals=NO_GOALS,
            escalation=NO_ESCALATION,
            pauses=[],
            time_zone=zone,
        )
    return DeskSettings(
        limit_seconds=row.limit_seconds,
        warning_seconds=row.warning_seconds,
        hours=row.hours,
        wizard=row.wizard,
        outcomes=row.outcomes,
        leads=await leads.rules(tx, tenant),
        assigning=await sharing.rules(tx, tenant),
        goals=Goals(
            assign_seconds=row.assign_goal_seconds,
            touch_seconds=row.touch_goal_seconds,
            warning_seconds=row.goal_warning_seconds,
        ),
        escalation=Escalation(after_returns=row.escalate_after, asesor_id=row.escalate_to),
        pauses=row.pauses,
        time_zone=zone,
    )


async def change(tx: Tx, tenant: TenantId, asked: SetDeskSettings) -> DeskSettings:
    """They hold at once, also for what somebody has already."""
    if wrong := rules.wrong(asked):
        raise BadDeskSettings(wrong)
    before = await settings(tx, tenant)
    await queries.store(tx, tenant, asked)
    await _store_rules(tx, tenant, asked)
    if (before.limit_seconds, before.hours) != (asked.limit_seconds, asked.hours):
        await queries.set_due_anew(tx, tenant)
        announcing.wake_all(tx)
    if before.hours != asked.hours or asked.goals not in (UNSET, before.goals):
        await goals.set_anew(tx, tenant)
    await _tell(tx, tenant)
    return await settings(tx, tenant)


async def set_anew(tx: Tx, tenant: TenantId) -> None:
    """What is under way, by the settings and the clock as they are now."""
    await queries.set_due_anew(tx, tenant)
    announcing.wake_all(tx)
    await goals.set_anew(tx, tenant)
    await _tell(tx, tenant)


async def _tell(tx: Tx, tenant: TenantId) -> None:
    everybody = await moving.colleagues(tx, tenant)
    announcing.mention(tx, tenant, sorted(everybody), {"type": "DESK_SETTINGS"})


async def _store_rules(tx: Tx, tenant: TenantId, asked: SetDeskSettings) -> None:
    """What is left out stays as it is."""
    if asked.leads is not UNSET:
        await leads.set_rules(tx, tenant, asked.leads)
    if asked.assigning is not UNSET:
        await sharing.set_rules(tx, tenant, asked.assigning)
    if asked.goals is not UNSET:
        await goals.set_goals(tx, tenant, asked.goals)
    if asked.escalation is not UNSET:
        if asked.escalation.asesor_id is not None:
            await moving.check_colleague(tx, tenant, asked.escalation.asesor_id)
        await goals.set_escalation(tx, tenant, asked.escalation)
    if asked.pauses is not UNSET:
        await queries.set_pauses(tx, tenant, asked.pauses)
