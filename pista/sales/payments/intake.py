"""Where gateways send to: proven on the very bytes, committed with its job, and then answered."""

from datetime import UTC, datetime
from typing import Any, cast
from uuid import UUID

from litestar import Request, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath

from pista import accounts as people
from pista import metrics
from pista.accounts import refused
from pista.crm import signature
from pista.errors import PistaError
from pista.ids import uuid7
from pista.sales.gateways import Gateways, Notice, Said
from pista.sales.gateways.all import ASKED
from pista.sales.gateways.model import NotAbout, NotProven, NotReadable
from pista.sales.model import AccountId, Wire
from pista.sales.payments import account_queries, accounts, notice_queries, work
from pista.sales.payments.account_queries import AccountRow
from pista.sales.payments.model import NoticeOutcome, NoticeRefused, PaymentAccountNotFound
from pista.store.postgres import Postgres, Tx
from pista.store.secrets import Sealer

MOST_BYTES = 64 * 2**10
UNREADABLE = "The body cannot be read."
NOT_ABOUT = "It is about something else than a payment."

Incoming = Request[Any, Any, State]
SETTINGS: dict[str, Any] = {
    "status_code": 200,
    "opt": people.public(),
    "tags": ["Sales"],
    "request_max_body_size": MOST_BYTES,
    "responses": {
        401: refused("`notice_refused`: nothing proves that it comes from the gateway."),
        404: refused("`payment_account_not_found`."),
        413: refused("`too_large`: more than 64 KiB."),
    },
}


class NoticeTaken(Wire, frozen=True, kw_only=True):
    """It is committed, and will be worked off in a moment."""

    taken: bool = True


@post(
    "/webhooks/payments/{gateway:str}/{account_id:uuid}",
    summary="A gateway tells of a payment, and signs it",
    **SETTINGS,
)
async def notified(
    gateway: FromPath[str],
    account_id: FromPath[UUID],
    request: Incoming,
    state: State,
    house_postgres: NamedDependency[Postgres],
) -> NoticeTaken:
    """What it says is a hint: the gateway is asked before anything changes."""
    return await _taken(request, state, house_postgres, gateway, account_id, None)


@post(
    "/webhooks/payments/{gateway:str}/{account_id:uuid}/{secret:str}",
    summary="A gateway tells of a payment, the secret in the address",
    **SETTINGS,
)
async def notified_by_path(
    gateway: FromPath[str],
    account_id: FromPath[UUID],
    secret: FromPath[str],
    request: Incoming,
    state: State,
    house_postgres: NamedDependency[Postgres],
) -> NoticeTaken:
    """For gateways that sign nothing."""
    return await _taken(request, state, house_postgres, gateway, account_id, secret)


async def _taken(
    request: Incoming,
    state: State,
    postgres: Postgres,
    gateway: str,
    account_id: UUID,
    secret: str | None,
) -> NoticeTaken:
    now, body = datetime.now(UTC), await request.body()
    kind = f"payment_{gateway}" if gateway in ASKED else "payment"
    given = secret or request.headers.get("x-webhook-secret")
    try:
        async with postgres.transaction() as tx:
            row = await account_queries.at_the_door(tx, AccountId(account_id))
            if row is None or row.gateway != gateway:
                raise PaymentAccountNotFound
            notice = Notice(
                body=body,
                headers={name.lower(): value for name, value in request.headers.items()},
                query={name: str(value) for name, value in request.query_params.items()},
                knows_path=signature.knows_secret(given, row.secret_hash),
                now=now,
            )
            await tx.act_for(row.tenant_id)
            outcome = await take(tx, row, notice, state)
    except PistaError as error:
        metrics.WEBHOOKS.labels(kind, error.code).inc()
        raise
    metrics.WEBHOOKS.labels(kind, outcome).inc()
    return NoticeTaken()


async def take(tx: Tx, row: AccountRow, notice: Notice, state: State) -> str:
    """Commit it with its job; what cannot be read, or is not for us, is kept for a person."""
    gateways, sealer = cast("Gateways", state.gateways), cast("Sealer", state.sealer)
    account = accounts.as_account(sealer, row)
    signed = account.secrets.webhook_secret is not None
    await account_queries.note_notice(tx, row.tenant_id, row.id, notice.now)
    try:
        said = gateways[row.gateway].read(account, notice)
    except NotProven:
        raise NoticeRefused from None
    except NotReadable:
        await _keep(tx, row, notice, "unreadable", UNREADABLE, signed)
        return "unreadable"
    except NotAbout:
        await _keep(tx, row, notice, "not_ours", NOT_ABOUT, signed)
        return "not_ours"
    return "taken" if await _queue(tx, row, notice, said, signed) else "repeated"


async def _queue(tx: Tx, row: AccountRow, notice: Notice, said: Said, signed: bool) -> bool:
    number = uuid7()
    added = await notice_queries.add(
        tx,
        row.tenant_id,
        number,
        row.id,
        said.key,
        None,
        signed=signed,
        outcome="waiting",
        detail=None,
        now=notice.now,
    )
    if added:
        await work.read(tx, row.tenant_id, number, row.id, said, notice.now)
    return added


async def _keep(
    tx: Tx, row: AccountRow, notice: Notice, outcome: NoticeOutcome, detail: str, signed: bool
) -> None:
    await notice_queries.add(
        tx,
        row.tenant_id,
        uuid7(),
        row.id,
        outcome,
        notice.body[:4096] if outcome == "unreadable" else None,
        signed=signed,
        outcome=outcome,
        detail=detail,
        now=notice.now,
    )


doors: list[Any] = [notified, notified_by_path]
