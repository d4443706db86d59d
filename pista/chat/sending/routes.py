"""Writing to people over HTTP, and how the numbers and bots fare that it goes out by."""

from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

from litestar import get, post, put
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath, HeaderParameter, JSONBody, QueryParameter

from pista import accounts
from pista.accounts import NOT_JSON, REFUSALS, Caller, Role, refused
from pista.accounts.audit import Action, Auditor
from pista.chat import inbox
from pista.chat.channels.model import ChannelNotFound
from pista.chat.inbox.model import Message
from pista.chat.model import ChannelId, ConversationId, MessageId
from pista.chat.sending import queries, reacting, service, templates
from pista.chat.sending.model import (
    React,
    Sending,
    SendMessage,
    Templates,
)
from pista.chat.sending.template_list import TemplateList
from pista.settings import Settings
from pista.store.postgres import Postgres

TAGS = ["Chat"]
CONVERSATION = "/api/chat/conversations/{conversation_id:uuid}"
UNREADABLE = {400: refused("`bad_request`: the body is not JSON, or there is no Idempotency-Key.")}
NO_CONVERSATION = {404: refused("`conversation_not_found`: there is none, or it is a colleague's.")}
NO_CHANNEL = {404: refused("`channel_not_found`: no such number or bot in this company.")}
CLOSED = "`window_closed`: send a template; `person_blocked`; `channel_held`; `channel_off`"

IdempotencyKey = Annotated[
    str,
    HeaderParameter(
        name="Idempotency-Key",
        min_length=8,
        max_length=200,
        description="New for each message; repeated, it is the same message and is sent once.",
    ),
]


@post(
    f"{CONVERSATION}/messages",
    opt=accounts.may(Role.ASESOR),
    tags=TAGS,
    summary="Write to somebody",
    responses={
        **UNREADABLE,
        **REFUSALS,
        404: refused("`conversation_not_found`, or `media_not_found`: no such upload."),
        409: refused(f"{CLOSED}; `idempotency_key_reused`."),
        422: refused("`bad_message`, `bad_template`, `not_on_platform`, or `invalid`."),
    },
)
async def send_message(
    conversation_id: FromPath[UUID],
    data: JSONBody[SendMessage],
    key: IdempotencyKey,
    state: State,
    settings: NamedDependency[Settings],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> Message:
    """It is `queued` when this answers, and sent after what was written before it. WhatsApp takes
    nothing but templates from somebody who has not written for 24 hours."""
    conversation, now = ConversationId(conversation_id), datetime.now(UTC)
    tenant, author = caller.tenant_id, caller.user_id
    async with postgres.transaction() as tx:
        await inbox.check(tx, caller, conversation)
    known = None
    if data.template is not None:
        known = await _templates(state, postgres, caller).of_conversation(conversation, now=now)
    async with postgres.transaction() as tx:
        message = await service.send(tx, tenant, author, conversation, key, data, known, now=now)
        return await inbox.message(tx, tenant, message)


@post(
    f"{CONVERSATION}/messages/{{message_id:uuid}}/resend",
    status_code=200,
    opt=accounts.may(Role.ASESOR),
    tags=TAGS,
    summary="Send a message again",
    responses={
        **REFUSALS,
        404: refused("`conversation_not_found` or `message_not_found`."),
        409: refused(f"`not_resendable`; `too_early_to_resend`; {CLOSED}."),
    },
)
async def resend_message(
    conversation_id: FromPath[UUID],
    message_id: FromPath[UUID],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> Message:
    """One that failed, or that is unknown for a minute: it may then arrive twice, and whoever asks
    accepts that."""
    conversation, now = ConversationId(conversation_id), datetime.now(UTC)
    async with postgres.transaction() as tx:
        await inbox.check(tx, caller, conversation)
        message = await service.resend(
            tx, caller.tenant_id, conversation, MessageId(message_id), now=now
        )
        return await inbox.message(tx, caller.tenant_id, message)


@put(
    f"{CONVERSATION}/messages/{{message_id:uuid}}/reaction",
    opt=accounts.may(Role.ASESOR),
    tags=TAGS,
    summary="React to a message",
    responses={
        **NOT_JSON,
        **REFUSALS,
        404: refused("`conversation_not_found` or `message_not_found`."),
        409: refused(f"`not_reactable`; {CLOSED}."),
        422: refused("`invalid`: the detail names the field."),
    },
)
async def react_to_message(
    conversation_id: FromPath[UUID],
    message_id: FromPath[UUID],
    data: JSONBody[React],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> Message:
    """With one emoji; the company has one reaction to a message, whoever of it reacts. The person
    sees it a moment later; where the platform refuses it is what it was before."""
    conversation, now = ConversationId(conversation_id), datetime.now(UTC)
    message, tenant = MessageId(message_id), caller.tenant_id
    async with postgres.transaction() as tx:
        await inbox.check(tx, caller, conversation)
        await reacting.react(tx, tenant, conversation, message, data.emoji, now=now)
        return await inbox.message(tx, tenant, message)


@get(
    "/api/chat/sending",
    opt=accounts.may(Role.ASESOR),
    tags=TAGS,
    summary="How numbers and bots send right now",
    responses=REFUSALS,
)
async def list_sending(
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    settings: NamedDependency[Settings],
) -> Sending:
    """Held, paused or fine, and what waits."""
    async with postgres.transaction() as tx:
        items = await service.states(tx, caller.tenant_id, now=datetime.now(UTC))
    return Sending(items=items, media_max_bytes=settings.media_max_bytes)


@post(
    "/api/chat/channels/{channel_id:uuid}/resume",
    status_code=200,
    opt=accounts.may(Role.ADMIN),
    tags=TAGS,
    summary="Send by a number or bot again",
    responses={**REFUSALS, **NO_CHANNEL},
)
async def resume_channel(
    channel_id: FromPath[UUID],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    settings: NamedDependency[Settings],
    auditor: NamedDependency[Auditor],
) -> Sending:
    """Somebody has looked at why it was held: what waits is sent now."""
    channel, now, tenant = ChannelId(channel_id), datetime.now(UTC), caller.tenant_id
    async with postgres.transaction() as tx:
        account = await queries.account(tx, tenant, channel)
        if account is None:
            raise ChannelNotFound
        await service.resume(tx, tenant, channel, now=now)
        await auditor.note(
            tx,
            Action.CHANNEL_CHANGED,
            account.external_id,
            subject=channel,
            details={"sending": "resumed"},
        )
        items = await service.states(tx, tenant, now=now)
    return Sending(items=items, media_max_bytes=settings.media_max_bytes)


@get(
    "/api/chat/channels/{channel_id:uuid}/templates",
    opt=accounts.may(Role.ASESOR),
    tags=TAGS,
    summary="The templates of a WhatsApp number",
    responses={
        **REFUSALS,
        **NO_CHANNEL,
        409: refused("`channel_off`: it has no token, or no account is named."),
        422: refused("`not_on_platform`: Telegram has none; `channel_refused`: by WhatsApp."),
        503: refused("`platform_away`: WhatsApp does not answer."),
    },
)
async def list_templates(
    channel_id: FromPath[UUID],
    state: State,
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    fresh: Annotated[bool, QueryParameter(name="fresh", description="Ask WhatsApp now.")] = False,
) -> Templates:
    """As WhatsApp lists them; ten minutes old at most."""
    channel, now = ChannelId(channel_id), datetime.now(UTC)
    found = await _templates(state, postgres, caller).of(channel, now=now, fresh=fresh)
    return Templates(items=[templates.listed(one) for one in found.templates], fetched_at=found.at)


def _templates(state: State, postgres: Postgres, caller: Caller) -> TemplateList:
    return TemplateList(postgres, state.platforms, state.sealer, caller.tenant_id)


routes: list[Any] = [
    send_message,
    resend_message,
    react_to_message,
    list_sending,
    resume_channel,
    list_templates,
]
