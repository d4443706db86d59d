"""Exports over HTTP."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from litestar import get, post, put
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, JSONBody
from litestar.response import File

from pista import accounts
from pista.accounts import NOT_JSON, REFUSALS, Caller, Role, refused
from pista.accounts.audit import Action, Auditor
from pista.exports import downloads, service
from pista.exports.model import (
    Export,
    ExportId,
    Exports,
    ExportSchedule,
    NewExport,
    NewExportSchedule,
)
from pista.paging import BeforeId
from pista.settings import Settings
from pista.store.postgres import Postgres

TAGS = ["Exports"]
BAD = {422: refused("`bad_export` or `invalid`.")}
NO_EXPORT = {404: refused("`export_not_found`: no such export in this company.")}
INVALID = {422: refused("`invalid`.")}


@get(
    "/api/exports",
    opt=accounts.may(Role.ADMIN),
    tags=TAGS,
    summary="The daily export, and all that were made",
    responses={**REFUSALS, **INVALID},
)
async def list_exports(
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    settings: NamedDependency[Settings],
    before: BeforeId = None,
) -> Exports:
    """The newest first, twenty at a time."""
    async with postgres.transaction() as tx:
        return await service.exports(
            tx,
            caller.tenant_id,
            ExportId(before) if before else None,
            s3_configured=settings.s3_configured,
        )


@put(
    "/api/exports/schedule",
    opt=accounts.may(Role.ADMIN),
    tags=TAGS,
    summary="Set the daily export",
    responses={**NOT_JSON, **REFUSALS, **BAD},
)
async def set_schedule(
    data: JSONBody[NewExportSchedule],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    settings: NamedDependency[Settings],
    auditor: NamedDependency[Auditor],
) -> ExportSchedule:
    """Each day at this hour of the company's time zone, the last whole day of UTC."""
    async with postgres.transaction() as tx:
        schedule = await service.set_schedule(
            tx,
            caller.tenant_id,
            data,
            s3_configured=settings.s3_configured,
            now=datetime.now(UTC),
        )
        await auditor.note(
            tx, Action.EXPORT_SCHEDULED, "", details={"enabled": str(schedule.enabled)}
        )
        return schedule


@post(
    "/api/exports",
    status_code=202,
    opt=accounts.may(Role.ADMIN),
    tags=TAGS,
    summary="Export days of events",
    responses={
        **NOT_JSON,
        **REFUSALS,
        409: refused("`too_many_exports`: ten wait or run already."),
        **BAD,
    },
)
async def request_export(
    data: JSONBody[NewExport],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    settings: NamedDependency[Settings],
    auditor: NamedDependency[Auditor],
) -> Export:
    """A worker does it; ask for it again to see how far it is."""
    async with postgres.transaction() as tx:
        export = await service.request(
            tx, caller, data, s3_configured=settings.s3_configured, now=datetime.now(UTC)
        )
        await auditor.note(tx, Action.EXPORT_ASKED, "", subject=export.id, details=_days(export))
        return export


@get(
    "/api/exports/{export_id:uuid}",
    opt=accounts.may(Role.ADMIN),
    tags=TAGS,
    summary="One export",
    responses={**REFUSALS, **NO_EXPORT},
)
async def get_export(
    export_id: FromPath[UUID],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> Export:
    """How far it is, and its files."""
    async with postgres.transaction() as tx:
        return await service.export(tx, caller.tenant_id, ExportId(export_id))


@post(
    "/api/exports/{export_id:uuid}/cancel",
    status_code=200,
    opt=accounts.may(Role.ADMIN),
    tags=TAGS,
    summary="Cancel an export",
    responses={
        **REFUSALS,
        **NO_EXPORT,
        409: refused("`export_finished`: it has ended already."),
    },
)
async def cancel_export(
    export_id: FromPath[UUID],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    auditor: NamedDependency[Auditor],
) -> Export:
    """Days that are finished stay."""
    now = datetime.now(UTC)
    async with postgres.transaction() as tx:
        export = await service.cancel(tx, caller.tenant_id, ExportId(export_id), now=now)
        await auditor.note(tx, Action.EXPORT_CANCELED, "", subject=export.id, details=_days(export))
        return export


@post(
    "/api/exports/{export_id:uuid}/retry",
    status_code=202,
    opt=accounts.may(Role.ADMIN),
    tags=TAGS,
    summary="Try an export again",
    responses={
        **REFUSALS,
        **NO_EXPORT,
        409: refused("`export_not_failed`: it has not failed, nor was it cancelled."),
    },
)
async def retry_export(
    export_id: FromPath[UUID],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    auditor: NamedDependency[Auditor],
) -> Export:
    """It goes on with the first day that is missing."""
    async with postgres.transaction() as tx:
        export = await service.retry(tx, caller.tenant_id, ExportId(export_id))
        await auditor.note(tx, Action.EXPORT_ASKED, "", subject=export.id, details=_days(export))
        return export


@get(
    "/api/exports/{export_id:uuid}/files/{name:str}",
    opt=accounts.may(Role.ADMIN),
    tags=TAGS,
    summary="Download a day's file",
    responses={
        200: ResponseSpec(
            bytes,
            description="The file.",
            media_type="application/octet-stream",
            generate_examples=False,
        ),
        **REFUSALS,
        404: refused("`export_not_found`, or `export_file_not_found`: not on this machine."),
    },
)
async def download(
    export_id: FromPath[UUID],
    name: FromPath[str],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    settings: NamedDependency[Settings],
) -> File:
    """One that lies in the folder; those in a bucket are fetched from there."""
    async with postgres.transaction() as tx:
        path = await downloads.find(
            tx, settings.data_dir, caller.tenant_id, ExportId(export_id), name
        )
    return File(path, filename=name, media_type="application/octet-stream")


def _days(export: Export) -> dict[str, str]:
    return {"from": str(export.first), "to": str(export.last)}


routes: list[Any] = [
    list_exports,
    set_schedule,
    request_export,
    get_export,
    cancel_export,
    retry_export,
    download,
]
