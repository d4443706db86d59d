"""The command line: `pista up` and the parts that also run alone."""

import importlib
import sys
from typing import TYPE_CHECKING

import click

import pista
from pista import logs, settings
from pista.errors import StartError
from pista.settings import Settings

if TYPE_CHECKING:
    from pista.store.admin import Result

GROUPS = {
    "tenant": ("pista.accounts.cli", "Companies: create and list them."),
    "site": ("pista.accounts.cli", "Web sites of a company, with their snippet lines."),
    "user": ("pista.accounts.cli", "People who may sign in."),
    "apikey": ("pista.accounts.cli", "Keys for programs."),
    "events": ("pista.exports.cli", "Stored events: by month, as files."),
    "queue": ("pista.letters.cli", "Queued work that failed for good."),
    "chat": ("pista.chat.channels.cli", "Numbers and bots that people write to."),
    "privacy": ("pista.privacy.cli", "A visitor's data: hand it over, or erase it."),
}
"""The rooms' own commands; a room is loaded only when one of them is used."""


class Commands(click.Group):
    """Pista's commands; those of other rooms are loaded when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*self.commands, *GROUPS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in GROUPS:
            return getattr(importlib.import_module(GROUPS[cmd_name][0]), cmd_name)
        return super().get_command(ctx, cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        own = [(name, command.get_short_help_str(70)) for name, command in self.commands.items()]
        with formatter.section("Commands"):
            formatter.write_dl([*own, *((name, told) for name, (_, told) in GROUPS.items())])


@click.group(cls=Commands)
@click.version_option(pista.__version__, prog_name="pista")
def cli() -> None:
    """Pista follows one person from the ad click to the sale."""


@cli.command()
def up() -> None:
    """Run everything on this machine."""
    from pista import supervisor

    config = _load()
    _expect_countries(config)
    supervisor.up(config)


@cli.command()
def web() -> None:
    """Run one web process."""
    import asyncio

    from pista import serve
    from pista.store import admin
    from pista.store.runtime import database_urls, find

    config = _load()
    # One that comes back while Pista runs goes on without countries rather than not at all.
    if find(config.data_dir) is None:
        _expect_countries(config)
    urls = database_urls(config)
    asyncio.run(admin.expect_postgres(urls))
    serve.run(config, urls)


@cli.command()
def worker() -> None:
    """Run one worker: it stores events and does queued work."""
    import asyncio

    from pista import worker
    from pista.store import admin
    from pista.store.runtime import database_urls

    config = _load()
    urls = database_urls(config)
    asyncio.run(admin.expect_postgres(urls))
    asyncio.run(admin.expect_clickhouse(urls))
    worker.run(config, urls)


@cli.command()
def migrate() -> None:
    """Bring both databases up to this program."""
    import asyncio

    from pista.store import admin

    for line in asyncio.run(admin.migrate(_load())):
        click.echo(line)


@cli.command()
def check() -> None:
    """Check settings, connections, versions and the disk."""
    import asyncio

    from pista.store import admin

    config = _load()
    results = [*asyncio.run(admin.check(config)), *_countries(config)]
    for result in results:
        click.echo(f"{'ok' if result.ok else 'problem':<9}{result.what}: {result.detail}")
    if not all(result.ok for result in results):
        sys.exit(1)


@cli.command()
@click.option("--days", default=30, show_default=True, help="How much past to replay.")
@click.option("--visits", default=1500, show_default=True, help="How many a day.")
@click.option("--once", is_flag=True, help="End after the past; do not go on live.")
def demo(days: int, visits: int, once: bool) -> None:
    """Fill a demo company with a shop's visits, to look around."""
    from pista import demo

    demo.run(_load(), days=days, visits=visits, live=not once)


@cli.command()
def openapi() -> None:
    """Print the description of the API."""
    from pista import app

    click.echo(app.openapi_json())


def _expect_countries(config: Settings) -> None:
    """Refuse to start with a country database that cannot be used; none at all is fine."""
    if config.geoip_db is not None:
        from pista import collect

        collect.describe_database(config.geoip_db)


def _countries(config: Settings) -> "list[Result]":
    """The country database, if there is to be one."""
    if config.geoip_db is None:
        return []
    from pista import collect
    from pista.store.admin import Result

    try:
        told = collect.describe_database(config.geoip_db)
    except StartError as error:
        return [Result("country database", False, str(error))]
    detail = f"{told.kind}, built {told.built_at:%Y-%m-%d}"
    return [Result("country database", True, detail)]


def _load() -> Settings:
    config = settings.load()
    logs.configure(config.log_level)
    return config


def main() -> None:
    """Run a command; what a person can mend is one sentence, without a trace."""
    try:
        cli()
    except StartError as error:
        click.echo(str(error), err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
