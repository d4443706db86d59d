"""The second factor over HTTP."""

from datetime import UTC, datetime
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from pista.accounts.answers import (
    INVALID,
    NOT_SIGNED_IN,
    REFUSALS,
    TOO_MANY,
    UNREADABLE,
    Incoming,
    actor,
    person,
    refused,
)
from pista.accounts.guards import COOKIE, may, signed_in
from pista.accounts.model import Caller, Role
from pista.accounts.second_factor import service
from pista.accounts.second_factor.model import (
    Confirm,
    ProvePassword,
    RecoveryCodes,
    SecondFactorState,
    Setup,
)
from pista.errors import Forbidden
from pista.ids import UserId
from pista.store.postgres import Postgres

TAGS = ["Session"]
PATH = "/api/me/second-factor"
PROVES = {
    400: UNREADABLE,
    401: NOT_SIGNED_IN,
    403: refused("`wrong_password`: the password is not right; or as everywhere."),
    422: INVALID,
    429: TOO_MANY,
}
ON = refused("`second_factor_on`: switch it off first.")
OFF = refused("`second_factor_off`: set it up first.")


@get(
    PATH,
    opt=signed_in(before_second_factor=True),
    summary="Your second factor",
    tags=TAGS,
    responses=REFUSALS,
)
async def state(
    caller: NamedDependency[Caller], postgres: NamedDependency[Postgres]
) -> SecondFactorState:
    """Whether it is on, and how many recovery codes are left."""
    async with postgres.transaction() as tx:
        return await service.state(tx, caller.tenant_id, person(caller))


@post(
    PATH,
    opt=signed_in(before_second_factor=True),
    summary="Begin to set it up",
    tags=TAGS,
    responses=PROVES | {409: ON},
)
async def propose(
    request: Incoming,
    data: JSONBody[ProvePassword],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> Setup:
    """A secret for an app. Nothing changes until a code of the app confirms it."""
    user, now = person(caller), datetime.now(UTC)
    await service.prove(postgres, caller.tenant_id, user, data.password, now=now)
    async with postgres.transaction() as tx:
        sealer = request.app.state.sealer
        return await service.propose(tx, caller.tenant_id, user, sealer=sealer, now=now)


@post(
    f"{PATH}/confirm",
    status_code=200,
    opt=signed_in(before_second_factor=True),
    summary="Switch it on",
    tags=TAGS,
    responses={
        400: UNREADABLE,
        **REFUSALS,
        409: refused("`second_factor_on`, or `second_factor_off`: set it up first."),
        422: refused("`code_wrong`; `invalid`: the detail names the field."),
        429: TOO_MANY,
    },
)
async def confirm(
    request: Incoming,
    data: JSONBody[Confirm],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> RecoveryCodes:
    """From now on signing in takes a code. Your other sessions end. The answer is the only one that
    holds the recovery codes.
    """
    user, now = person(caller), datetime.now(UTC)
    await service.count_guess(postgres, user, now=now)
    async with postgres.transaction() as tx:
        return await service.confirm(
            tx,
            caller.tenant_id,
            user,
            data.code,
            request.cookies[COOKIE],
            sealer=request.app.state.sealer,
            by=actor(request, caller),
            now=now,
        )


@post(
    f"{PATH}/recovery",
    status_code=200,
    opt=signed_in(),
    summary="New recovery codes",
    tags=TAGS,
    responses=PROVES | {409: OFF},
)
async def renew_codes(
    request: Incoming,
    data: JSONBody[ProvePassword],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> RecoveryCodes:
    """Those of before are void."""
    user, now = person(caller), datetime.now(UTC)
    await service.prove(postgres, caller.tenant_id, user, data.password, now=now)
    async with postgres.transaction() as tx:
        by = actor(request, caller)
        return await service.renew_codes(tx, caller.tenant_id, user, by=by, now=now)


@post(
    f"{PATH}/off",
    status_code=204,
    opt=signed_in(),
    summary="Switch it off",
    tags=TAGS,
    responses=PROVES,
)
async def switch_off(
    request: Incoming,
    data: JSONBody[ProvePassword],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> None:
    """Signing in takes the password alone again."""
    user, now = person(caller), datetime.now(UTC)
    await service.prove(postgres, caller.tenant_id, user, data.password, now=now)
    async with postgres.transaction() as tx:
        by = actor(request, caller)
        await service.switch_off(tx, caller.tenant_id, user.id, by=by, now=now)


@post(
    "/api/users/{user_id:uuid}/second-factor/off",
    status_code=204,
    opt=may(Role.ADMIN),
    summary="Switch a user's second factor off",
    tags=["People"],
    responses=REFUSALS | {404: refused("`user_not_found`: no such user in this company.")},
)
async def switch_off_of(
    request: Incoming,
    user_id: FromPath[UUID],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> None:
    """For somebody whose phone is lost, and the recovery codes too. One's own takes the password:
    `POST /api/me/second-factor/off`.
    """
    if caller.user is not None and caller.user.id == user_id:
        raise Forbidden("Switch your own off under My account, with your password.")
    by, now = actor(request, caller), datetime.now(UTC)
    async with postgres.transaction() as tx:
        await service.switch_off(tx, caller.tenant_id, UserId(user_id), by=by, now=now)


handlers: list[ControllerRouterHandler] = [
    state,
    propose,
    confirm,
    renew_codes,
    switch_off,
    switch_off_of,
]
