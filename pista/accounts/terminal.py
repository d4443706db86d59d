"""What the commands of this room share: one transaction, one sentence when it fails, one output."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import asyncpg
import click
import msgspec

from pista import settings as environment
from pista.errors import PistaError, StartError
from pista.settings import Settings
from pista.store import postgres, runtime
from pista.store.postgres import Lead, Tx

T = TypeVar("T")


def run(work: Callable[[Tx], Awaitable[T]]) -> T:
    """Do this in one transaction; what can go wrong is one sentence and exit code 1."""
    try:
        return asyncio.run(_in_transaction(work, _database_url(environment.load())))
    except PistaError as wrong:
        raise click.ClickException(wrong.detail) from None
    except StartError as wrong:
        raise click.ClickException(str(wrong)) from None
    except asyncpg.UndefinedTableError:
        raise click.ClickException(
            "The database has no tables yet: start Pista, or run `pista migrate`."
        ) from None
    except (*postgres.AWAY, asyncpg.PostgresError) as away:
        # Its own text names the cause (refused, no such database) and never the password.
        raise click.ClickException(f"PostgreSQL cannot be used: {away}") from None


async def _in_transaction(work: Callable[[Tx], Awaitable[T]], url: str) -> T:
    connection: Any = await postgres.connect(url)
    try:
        async with Lead(connection).transaction() as tx:
            return await work(tx)
    finally:
        await connection.close()


def _database_url(settings: Settings) -> str:
    return settings.database_url or runtime.database_urls(settings).database_url


def public_url() -> str:
    """How visitors reach Pista: as configured, or as the running one says."""
    settings = environment.load()
    running = None if settings.public_url else runtime.find(settings.data_dir)
    return running.web_url if running else settings.url


def asked(as_json: bool) -> str | None:
    """The password that the person types; None if nobody is there, or wants one made."""
    if as_json or not sys.stdin.isatty():
        return None
    typed: str = click.prompt(
        "Password (empty: one is made)", hide_input=True, default="", show_default=False
    )
    return typed or None


def show(value: object, as_json: bool, *lines: str) -> None:
    """Print the value as JSON, or else these lines for a person."""
    if as_json:
        click.echo(msgspec.json.encode(value).decode())
        return
    for line in lines or ("None yet.",):
        click.echo(line)
