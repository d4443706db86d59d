"""`pista chat channels`: numbers and bots from the terminal."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import TypeVar

import click
import msgspec

from pista import accounts
from pista import settings as environment
from pista.accounts.audit import TERMINAL
from pista.accounts.terminal import public_url, run, show
from pista.chat.channels import asking, queries, service
from pista.chat.channels.model import (
    Channel,
    ChannelRow,
    NewTelegram,
    NewWhatsApp,
)
from pista.chat.channels.service import Found, Given
from pista.chat.platforms import Platforms
from pista.errors import PistaError
from pista.store.postgres import Tx
from pista.store.secrets import Sealer

T = TypeVar("T")

of_tenant = click.option("--tenant", required=True, help="The tenant's id or its exact name.")
as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON and nothing else.")
# Asked for where nobody sees it: what stands in a command is in the shell's history.
token = click.option("--token", prompt=True, hide_input=True, help="You are asked without it.")


@click.group("chat")
def chat() -> None:
    """Conversations on WhatsApp and Telegram."""


@chat.group("channels")
def channels() -> None:
    """The numbers and bots that people write to."""


@channels.command("list")
@of_tenant
@as_json
def listed(tenant: str, as_json: bool) -> None:
    """The oldest first."""

    async def look(tx: Tx) -> list[Channel]:
        owner = await accounts.find_tenant(tx, tenant)
        rows = await queries.channels(tx, owner.id)
        return [service.shown(row, public_url()) for row in rows]

    found = run(look)
    show(found, as_json, *(_line(one) for one in found))


@channels.command("add-whatsapp")
@of_tenant
@click.option("--number-id", required=True, help="Meta's id of the number.")
@click.option("--account-id", default=None, help="The WhatsApp Business Account.")
@click.option("--name", default=None, help="Without one, as Meta names it.")
@token
@click.option("--app-secret", prompt=True, hide_input=True, help="You are asked without it.")
@as_json
def add_whatsapp(
    tenant: str,
    number_id: str,
    account_id: str | None,
    name: str | None,
    token: str,
    app_secret: str,
    as_json: bool,
) -> None:
    """Set up a WhatsApp number; its verify token is shown once."""
    terms = {
        "phoneNumberId": number_id,
        "token": token,
        "appSecret": app_secret,
        "accountId": account_id,
        "name": name,
    }
    asked, verify_token = _asked(terms, NewWhatsApp), service.new_secret()
    found = _ask(lambda platforms: asking.number(platforms, asked.token, asked.phone_number_id))
    given = Given(name, account_id, token, [app_secret], verify_token)
    row = _add(tenant, found, given)
    if account_id is not None:
        _ask(lambda platforms: asking.subscribe(platforms, token, number_id, account_id))
    _show(row, verify_token, as_json)


@channels.command("add-telegram")
@of_tenant
@click.option("--name", default=None, help="Without one, as Telegram names it.")
@token
@as_json
def add_telegram(tenant: str, name: str | None, token: str, as_json: bool) -> None:
    """Set up a Telegram bot, and have its updates sent here."""
    asked = _asked({"token": token, "name": name}, NewTelegram)
    found = _ask(lambda platforms: asking.bot(platforms, asked.token))
    secret = service.new_secret()
    row = _add(tenant, found, Given(name, None, token, [secret], None))
    url = service.webhook_url("telegram", row.external_id, public_url())
    why = _ask(lambda platforms: asking.set_webhook(platforms, token, url, secret))
    if why is not None:
        click.echo(f"Telegram does not send to {url}: {why.refusal.text}", err=True)
    _show(row, None, as_json)


def _asked(terms: dict[str, str | None], shape: type[T]) -> T:
    try:
        return msgspec.convert(terms, shape)
    except msgspec.ValidationError as wrong:
        raise click.ClickException(str(wrong)) from None


def _ask(question: Callable[[Platforms], Awaitable[T]]) -> T:
    async def ask() -> T:
        platforms = Platforms(environment.load())
        try:
            return await question(platforms)
        finally:
            await platforms.close()

    try:
        return asyncio.run(ask())
    except PistaError as wrong:
        raise click.ClickException(wrong.detail) from None


def _add(tenant: str, found: Found, given: Given) -> ChannelRow:
    settings = environment.load()
    sealer = Sealer(settings.secret_keys, settings.data_dir)

    async def work(tx: Tx) -> ChannelRow:
        owner = await accounts.find_tenant(tx, tenant)
        now = datetime.now(UTC)
        return await service.add(tx, sealer, owner.id, TERMINAL, found, given, now=now)

    return run(work)


def _show(row: ChannelRow, verify_token: str | None, as_json: bool) -> None:
    channel = service.shown(row, public_url())
    lines = [_line(channel), f"Webhook address: {channel.webhook_url}"]
    if verify_token is not None:
        lines.append(f"Verify token (shown once): {verify_token}")
    show(service.made(row, public_url(), verify_token), as_json, *lines)


def _line(one: Channel) -> str:
    state = "on" if one.enabled else "off"
    return f"{one.id}  {one.platform}  {one.display or one.external_id}  {one.name}  {state}"
