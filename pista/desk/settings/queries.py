"""The SQL of a company's settings of its desk."""

from collections.abc import Sequence
from typing import Any

import msgspec

from pista import texts
from pista.desk.settings.model import OpeningHours, Pause, SetDeskSettings, WizardStep
from pista.ids import TenantId, UserId
from pista.store.postgres import Tx


class SettingsRow(msgspec.Struct, frozen=True, kw_only=True):
    limit_seconds: int
    warning_seconds: int
    hours: list[OpeningHours]
    wizard: list[WizardStep]
    outcomes: list[str]
    assign_goal_seconds: int | None
    touch_goal_seconds: int | None
    goal_warning_seconds: int
    escalate_after: int | None
    escalate_to: UserId | None
    pauses: list[Pause]


async def settings(tx: Tx, tenant: TenantId) -> SettingsRow | None:
    return await tx.one_or_none(
        SettingsRow,
        """
        select
            limit_seconds, warning_seconds, hours, wizard, outcomes, assign_goal_seconds,
            touch_goal_seconds, goal_warning_seconds, escalate_after, escalate_to, pauses
        from desk_settings
        where tenant_id = $1
        """,
        tenant,
    )


async def store(tx: Tx, tenant: TenantId, asked: SetDeskSettings) -> None:
    told: dict[str, Any] = texts.plain(msgspec.to_builtins(asked))
    await tx.execute(
        """
        insert into desk_settings
            (tenant_id, limit_seconds, warning_seconds, hours, wizard, outcomes, updated_at)
        values ($1, $2, $3, $4, $5, $6, clock_timestamp())
        on conflict (tenant_id) do update
        set limit_seconds = excluded.limit_seconds, warning_seconds = excluded.warning_seconds,
            hours = excluded.hours, wizard = excluded.wizard, outcomes = excluded.outcomes,
            updated_at = excluded.updated_at
        """,
        tenant,
        asked.limit_seconds,
        asked.warning_seconds,
        told["hours"],
        told["wizard"],
        told["outcomes"],
    )


async def set_pauses(tx: Tx, tenant: TenantId, pauses: Sequence[Pause]) -> None:
    """The settings must be there."""
    await tx.execute(
        "update desk_settings set pauses = $2 where tenant_id = $1",
        tenant,
        texts.plain(msgspec.to_builtins(pauses)),
    )


async def set_due_anew(tx: Tx, tenant: TenantId) -> int:
    """Of all that somebody has: by the settings as they are now."""
    return await tx.execute(
        """
        update clientes c
        set due_at = desk_due_of(c.tenant_id, c.asesor_asignado, c.last_activity)
        from (
            select id
            from clientes
            where tenant_id = $1 and seguimiento_status in ('derivado', 'en_gestion')
            order by id
            for no key update
        ) held
        where c.tenant_id = $1 and c.id = held.id
            and c.seguimiento_status in ('derivado', 'en_gestion')
        """,
        tenant,
    )
