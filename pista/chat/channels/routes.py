"""Numbers and bots over HTTP, for the admins of a company."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from litestar import Request, delete, get, patch, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import UNSET

from pista import accounts
from pista.accounts import NOT_JSON, REFUSALS, Caller, Role, refused
from pista.accounts.answers import actor, public_url
from pista.chat.channels import asking, checking, queries, service
from pista.chat.channels.model import (
    AddSecret,
    BadChannel,
    ChangeChannel,
    Channel,
    ChannelRow,
    Channels,
    Check,
    MadeChannel,
    NewTelegram,
    NewWhatsApp,
    VerifyToken,
)
from pista.chat.channels.service import Found, Given
from pista.chat.model import ChannelId
from pista.chat.platforms import Platforms
from pista.chat.sealing import secret_of, token_of
from pista.chat.sending.service import resume
from pista.settings import Settings
from pista.store.postgres import Postgres
from pista.store.secrets import Sealer

TAGS = ["Chat"]
NO_CHANNEL = {404: refused("`channel_not_found`: no such number or bot in this company.")}
TAKEN = {409: refused("`channel_taken`: it is set up already; `too_many_channels`: 100 are.")}
BAD = {422: refused("`channel_refused`: by the platform; `bad_channel`; or `invalid`.")}
AWAY = {503: refused("`platform_away`: the platform does not answer; try again.")}

Incoming = Request[Any, Any, State]


@get(
    "/api/chat/channels",
    opt=accounts.may(Role.ADMIN),
    tags=TAGS,
    summary="The numbers and bots that people write to",
    responses=REFUSALS,
)
async def list_channels(
    request: Incoming,
    settings: NamedDependency[Settings],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> Channels:
    """The oldest first. What is secret in them is in no answer."""
    async with postgres.transaction() as tx:
        rows = await queries.channels(tx, caller.tenant_id)
    url = public_url(request, settings)
    return Channels(items=[service.shown(row, url) for row in rows])


@post(
    "/api/chat/channels/whatsapp",
    opt=accounts.may(Role.ADMIN),
    tags=TAGS,
    summary="Set up a WhatsApp number",
    responses={**NOT_JSON, **REFUSALS, **TAKEN, **BAD, **AWAY},
)
async def add_whatsapp(
    request: Incoming,
    data: JSONBody[NewWhatsApp],
    state: State,
    settings: NamedDependency[Settings],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> MadeChannel:
    """Meta is asked whose number it is. The answer has the verify token, this once."""
    found = await asking.number(state.platforms, data.token, data.phone_number_id)
    token = service.new_secret()
    given = Given(data.name, data.account_id, data.token, [data.app_secret], token)
    row = await _add(request, state.sealer, caller, postgres, found, given)
    if data.account_id is not None:
        # If Meta refuses, the connection check says why.
        await asking.subscribe(state.platforms, data.token, row.external_id, data.account_id)
    return service.made(row, public_url(request, settings), token)


@post(
    "/api/chat/channels/telegram",
    opt=accounts.may(Role.ADMIN),
    tags=TAGS,
    summary="Set up a Telegram bot",
    responses={**NOT_JSON, **REFUSALS, **TAKEN, **BAD, **AWAY},
)
async def add_telegram(
    request: Incoming,
    data: JSONBody[NewTelegram],
    state: State,
    settings: NamedDependency[Settings],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> MadeChannel:
    """Telegram is asked whose token it is, and told where to send updates."""
    found = await asking.bot(state.platforms, data.token)
    secret, url = service.new_secret(), public_url(request, settings)
    given = Given(data.name, None, data.token, [secret], None)
    row = await _add(request, state.sealer, caller, postgres, found, given)
    address = service.webhook_url("telegram", row.external_id, url)
    # If Telegram refuses the address, the connection check says why.
    await asking.set_webhook(state.platforms, data.token, address, secret)
    return service.made(row, url, None)


@patch(
    "/api/chat/channels/{channel_id:uuid}",
    opt=accounts.may(Role.ADMIN),
    tags=TAGS,
    summary="Change a number or bot, or switch it off",
    responses={**NOT_JSON, **REFUSALS, **NO_CHANNEL, **BAD, **AWAY},
)
async def change_channel(
    request: Incoming,
    channel_id: FromPath[UUID],
    data: JSONBody[ChangeChannel],
    state: State,
    settings: NamedDependency[Settings],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> Channel:
    """What is left out stays. A new token has to be of the same number or bot."""
    channel = ChannelId(channel_id)
    if data.token is not UNSET:
        row = await _known(postgres, caller, channel)
        await _check_token(state.platforms, row, data.token)
    by, now = actor(request, caller), datetime.now(UTC)
    async with postgres.transaction() as tx:
        row = await service.change(tx, state.sealer, caller.tenant_id, by, channel, data, now=now)
    return service.shown(row, public_url(request, settings))


@post(
    "/api/chat/channels/{channel_id:uuid}/secrets",
    status_code=200,
    opt=accounts.may(Role.ADMIN),
    tags=TAGS,
    summary="Begin to change the secret of webhooks",
    responses={
        **NOT_JSON,
        **REFUSALS,
        **NO_CHANNEL,
        409: refused("`too_many_secrets`: two are valid already."),
        **BAD,
        **AWAY,
    },
)
async def add_secret(
    request: Incoming,
    channel_id: FromPath[UUID],
    data: JSONBody[AddSecret],
    state: State,
    settings: NamedDependency[Settings],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> Channel:
    """The old one and the new one are valid until the old one is removed."""
    row = await _known(postgres, caller, ChannelId(channel_id))
    if (data.app_secret is None) == (row.platform == "whatsapp"):
        raise BadChannel("appSecret: WhatsApp's is given by Meta, Telegram's is made here.")
    secret = data.app_secret or service.new_secret()
    by, now = actor(request, caller), datetime.now(UTC)
    async with postgres.transaction() as tx:
        changed = await service.add_secret(
            tx, state.sealer, caller.tenant_id, by, row.id, secret, now=now
        )
    if row.platform == "telegram":
        await _connect(state, changed, public_url(request, settings))
    return service.shown(changed, public_url(request, settings))


@delete(
    "/api/chat/channels/{channel_id:uuid}/secrets",
    status_code=200,
    opt=accounts.may(Role.ADMIN),
    tags=TAGS,
    summary="End the change of the secret",
    responses={**REFUSALS, **NO_CHANNEL, 409: refused("`last_secret`: there is but one.")},
)
async def remove_secret(
    request: Incoming,
    channel_id: FromPath[UUID],
    settings: NamedDependency[Settings],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> Channel:
    """The older one opens nothing any more."""
    by, now = actor(request, caller), datetime.now(UTC)
    async with postgres.transaction() as tx:
        row = await service.remove_secret(tx, caller.tenant_id, by, ChannelId(channel_id), now=now)
    return service.shown(row, public_url(request, settings))


@post(
    "/api/chat/channels/{channel_id:uuid}/verify-token",
    status_code=200,
    opt=accounts.may(Role.ADMIN),
    tags=TAGS,
    summary="Make a new verify token for Meta's form",
    responses={**REFUSALS, **NO_CHANNEL, **BAD},
)
async def new_verify_token(
    request: Incoming,
    channel_id: FromPath[UUID],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> VerifyToken:
    """Meta asks for it once, when the address is entered there."""
    by, now = actor(request, caller), datetime.now(UTC)
    async with postgres.transaction() as tx:
        token = await service.new_verify_token(
            tx, caller.tenant_id, by, ChannelId(channel_id), now=now
        )
    return VerifyToken(verify_token=token)


@post(
    "/api/chat/channels/{channel_id:uuid}/connect",
    status_code=200,
    opt=accounts.may(Role.ADMIN),
    tags=TAGS,
    summary="Have the platform send webhooks here",
    responses={**REFUSALS, **NO_CHANNEL, **BAD, **AWAY},
)
async def connect_channel(
    request: Incoming,
    channel_id: FromPath[UUID],
    state: State,
    settings: NamedDependency[Settings],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> Check:
    """Telegram is told the address and the secret; WhatsApp's account is subscribed to."""
    row = await _known(postgres, caller, ChannelId(channel_id))
    url = public_url(request, settings)
    if not row.secrets and row.platform == "telegram":
        by, now = actor(request, caller), datetime.now(UTC)
        async with postgres.transaction() as tx:
            row = await service.add_secret(
                tx, state.sealer, caller.tenant_id, by, row.id, service.new_secret(), now=now
            )
    await _connect(state, row, url)
    return await _check(state, row, url)


@post(
    "/api/chat/channels/{channel_id:uuid}/check",
    status_code=200,
    opt=accounts.may(Role.ADMIN),
    tags=TAGS,
    summary="Ask the platform whether a number or bot is connected",
    responses={**REFUSALS, **NO_CHANNEL},
)
async def check_channel(
    request: Incoming,
    channel_id: FromPath[UUID],
    state: State,
    settings: NamedDependency[Settings],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> Check:
    """Who it is, where its webhooks go, when the last one came, and what is to be done. One that
    was held and is fine sends again."""
    row = await _known(postgres, caller, ChannelId(channel_id))
    found = await _check(state, row, public_url(request, settings))
    if found.state == "ok" and row.held_reason is not None:
        async with postgres.transaction() as tx:
            await resume(tx, caller.tenant_id, row.id, now=datetime.now(UTC))
    return found


@delete(
    "/api/chat/channels/{channel_id:uuid}",
    opt=accounts.may(Role.ADMIN),
    tags=TAGS,
    summary="Delete a number or bot",
    responses={**REFUSALS, **NO_CHANNEL},
)
async def delete_channel(
    request: Incoming,
    channel_id: FromPath[UUID],
    state: State,
    settings: NamedDependency[Settings],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> None:
    """Its secrets are gone; its conversations stay to be read."""
    by, now = actor(request, caller), datetime.now(UTC)
    async with postgres.transaction() as tx:
        row = await service.delete(tx, caller.tenant_id, by, ChannelId(channel_id), now=now)
    token = token_of(state.sealer, row.id, row.token)
    if row.platform == "telegram" and token is not None:
        url = service.webhook_url("telegram", row.external_id, public_url(request, settings))
        await asking.hang_up(state.platforms, token, url)


async def _known(postgres: Postgres, caller: Caller, channel: ChannelId) -> ChannelRow:
    async with postgres.transaction() as tx:
        return await service.known(tx, caller.tenant_id, channel)


async def _add(
    request: Incoming,
    sealer: Sealer,
    caller: Caller,
    postgres: Postgres,
    found: Found,
    given: Given,
) -> ChannelRow:
    by, now = actor(request, caller), datetime.now(UTC)
    async with postgres.transaction() as tx:
        return await service.add(tx, sealer, caller.tenant_id, by, found, given, now=now)


async def _check_token(platforms: Platforms, row: ChannelRow, token: str) -> None:
    if row.platform == "whatsapp":
        await asking.number(platforms, token, row.external_id)
        return
    found = await asking.bot(platforms, token)
    if found.external_id != row.external_id:
        raise BadChannel(f"token: it is the token of another bot, {found.display}.")


async def _connect(state: State, row: ChannelRow, url: str) -> None:
    """`ChannelRefused` or `PlatformAway` where the platform does not agree."""
    token = token_of(state.sealer, row.id, row.token)
    if token is None:
        raise BadChannel("token: enter one first.")
    if row.platform == "telegram":
        secret = secret_of(state.sealer, row.id, row.secrets[-1])
        address = service.webhook_url("telegram", row.external_id, url)
        why = await asking.set_webhook(state.platforms, token, address, secret)
    elif row.account_id is None:
        raise BadChannel("accountId: enter the WhatsApp Business Account first.")
    else:
        why = await asking.subscribe(state.platforms, token, row.external_id, row.account_id)
    if why is not None:
        raise asking.refusal(row.platform.capitalize(), why)


async def _check(state: State, row: ChannelRow, url: str) -> Check:
    token = token_of(state.sealer, row.id, row.token)
    address = service.webhook_url(row.platform, row.external_id, url)
    return await checking.check(state.platforms, row, token, address, now=datetime.now(UTC))


routes: list[Any] = [
    list_channels,
    add_whatsapp,
    add_telegram,
    change_channel,
    add_secret,
    remove_secret,
    new_verify_token,
    connect_channel,
    check_channel,
    delete_channel,
]
