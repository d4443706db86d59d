"""What failed for good, over HTTP: admins only."""

from typing import Annotated, Any

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter

from pista import accounts, queue
from pista.accounts import REFUSALS, Caller, Role, refused
from pista.accounts.audit import Action, Auditor
from pista.letters.model import (
    MOST_ID,
    ChosenLetters,
    DeadKind,
    DeadLetter,
    DeadLetterNotFound,
    DeadLetters,
    LettersDone,
    WholeLetter,
)
from pista.letters.origins import origin
from pista.queue import DeadJob, JobId
from pista.store.postgres import Postgres

MOST_LISTED = 50
TAGS = ["Queue"]
UNREADABLE = {
    400: refused("`bad_request`: the body is not JSON, or a parameter is wrong."),
    422: refused("`invalid`: the detail names the field."),
}
NAME = r"^[A-Za-z0-9._-]{1,100}\Z"
Kind = Annotated[
    str | None, QueryParameter(name="kind", pattern=NAME, description="Of this kind only.")
]
Queue = Annotated[
    str | None, QueryParameter(name="queue", pattern=NAME, description="Of this queue only.")
]
Before = Annotated[
    int | None,
    QueryParameter(name="before", ge=1, le=MOST_ID, description="`next` of a page."),
]


@get(
    "/api/dead-letters",
    opt=accounts.may(Role.ADMIN),
    tags=TAGS,
    summary="What failed for good",
    responses={**REFUSALS, **UNREADABLE},
)
async def list_letters(
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    kind: Kind = None,
    of_queue: Queue = None,
    before: Before = None,
) -> DeadLetters:
    """Work that was tried twelve times, cannot be done at all, or ended its process five times."""
    cursor = None if before is None else JobId(before)
    async with postgres.transaction() as tx:
        found = await queue.dead_letters(
            tx,
            caller.tenant_id,
            most=MOST_LISTED + 1,
            kind=kind,
            of_queue=of_queue,
            before=cursor,
        )
        kinds = await queue.dead_kinds(tx, caller.tenant_id)
    items = found[:MOST_LISTED]
    return DeadLetters(
        items=[shown(one) for one in items],
        kinds=[DeadKind(kind=kind, count=count) for kind, count in kinds.items()],
        next=items[-1].id if len(found) > len(items) else None,
    )


@get(
    "/api/dead-letters/{letter_id:int}",
    opt=accounts.may(Role.ADMIN),
    tags=TAGS,
    summary="A dead letter, with the webhook that it is about",
    responses={**REFUSALS, 404: refused("`dead_letter_not_found`: replayed or dropped, maybe.")},
)
async def get_letter(
    letter_id: FromPath[int],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> WholeLetter:
    """Request, messages, payload, error, and where in the program it failed."""
    if letter_id > MOST_ID:
        raise DeadLetterNotFound
    async with postgres.transaction() as tx:
        found = await queue.dead_letters(tx, caller.tenant_id, most=1, before=JobId(letter_id + 1))
        if not found or found[0].id != letter_id:
            raise DeadLetterNotFound
        webhook = await origin(tx, caller.tenant_id, found[0])
    return WholeLetter(**msgspec.structs.asdict(shown(found[0])), webhook=webhook)


@post(
    "/api/dead-letters/replay",
    status_code=200,
    opt=accounts.may(Role.ADMIN),
    tags=TAGS,
    summary="Try dead letters again",
    responses={**UNREADABLE, **REFUSALS},
)
async def replay_letters(
    data: JSONBody[ChosenLetters],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    auditor: NamedDependency[Auditor],
) -> LettersDone:
    """From the beginning, with all their attempts; those of one key in their order."""
    async with postgres.transaction() as tx:
        count = await queue.replay_jobs(tx, caller.tenant_id, _ids(data))
        await auditor.note(tx, Action.LETTERS_REPLAYED, "", details={"count": str(count)})
    return LettersDone(count=count)


@post(
    "/api/dead-letters/drop",
    status_code=200,
    opt=accounts.may(Role.ADMIN),
    tags=TAGS,
    summary="Drop dead letters",
    responses={**UNREADABLE, **REFUSALS},
)
async def drop_letters(
    data: JSONBody[ChosenLetters],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    auditor: NamedDependency[Auditor],
) -> LettersDone:
    """For good: what they were about is not done."""
    async with postgres.transaction() as tx:
        count = await queue.drop_jobs(tx, caller.tenant_id, _ids(data))
        await auditor.note(tx, Action.LETTERS_DROPPED, "", details={"count": str(count)})
    return LettersDone(count=count)


def shown(job: DeadJob) -> DeadLetter:
    return DeadLetter(
        id=job.id,
        kind=job.kind,
        queue=job.queue,
        payload=job.payload,
        attempts=job.attempts,
        error=job.error,
        stack=job.stack,
        enqueued_at=job.enqueued_at,
        died_at=job.died_at,
    )


def _ids(chosen: ChosenLetters) -> list[JobId]:
    return [JobId(one) for one in chosen.ids]


routes: list[Any] = [list_letters, get_letter, replay_letters, drop_letters]
