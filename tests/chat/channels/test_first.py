"""The first number comes from the environment, and what a person did stays."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest
from click.testing import CliRunner
from msgspec import structs

from pista import accounts, chat
from pista.accounts.audit import TERMINAL
from pista.chat.channels import service
from pista.chat.channels.cli import chat as command
from pista.chat.channels.model import ChangeChannel
from pista.chat.model import ChannelId
from pista.chat.sealing import purpose
from pista.ids import TenantId
from pista.settings import FirstNumber, Settings
from pista.store.postgres import Postgres, Tx
from pista.store.secrets import Sealer
from tests.chat.conftest import NOON, rows
from tests.contacts.conftest import new_tenant
from tests.fakes import whatsapp as fake
from tests.fakes.whatsapp import WhatsApp

NUMBER = FirstNumber(
    phone_number_id=fake.NUMBER, token=fake.TOKEN, app_secret="first", verify_token="verify"
)


@pytest.fixture
def given(tmp_path: Any) -> Settings:
    return Settings(data_dir=tmp_path, first_number=NUMBER)


@pytest.fixture
async def first(tx: Tx) -> TenantId:
    await tx.execute("update tenants set created_at = created_at + interval '1 day'")
    return (await accounts.create_tenant(tx, "first", now=datetime(2000, 1, 1, tzinfo=UTC))).id


async def opened(
    tx: Tx, settings: Settings, tenant: TenantId
) -> list[tuple[str | None, list[str]]]:
    """Tokens and secrets of the company's numbers."""
    sealer = Sealer((), settings.data_dir)
    stored = await rows(
        tx, "select id, token, secrets from chat_channels where tenant_id = $1", tenant
    )
    return [
        (
            token and sealer.open(token, purpose(channel, "token")),
            [sealer.open(one, purpose(channel, "secret")) for one in secrets],
        )
        for channel, token, secrets in stored
    ]


async def test_it_is_set_up_once(tx: Tx, given: Settings, first: TenantId):
    """
    Of the first company, at every start the same.
    """
    await new_tenant(tx, "second")

    for _ in range(3):
        await chat.first_number(tx, given, NOON)

    assert await opened(tx, given, first) == [(fake.TOKEN, ["first"])]
    told = "select action, actor_kind from audit_log where action like 'channel%'"
    assert await rows(tx, told) == [("channel_added", "terminal")]


async def test_a_new_value_is_taken_over_until_somebody_changes_it(
    tx: Tx, given: Settings, first: TenantId
):
    """
    The environment rules, then a person does.
    """
    await chat.first_number(tx, given, NOON)
    renewed = structs.replace(given, first_number=structs.replace(NUMBER, app_secret="second"))
    await chat.first_number(tx, renewed, NOON)
    assert await opened(tx, given, first) == [(fake.TOKEN, ["second"])]

    [(channel,)] = await rows(tx, "select id from chat_channels where tenant_id = $1", first)
    await service.change(
        tx,
        Sealer((), given.data_dir),
        first,
        TERMINAL,
        ChannelId(channel),
        ChangeChannel(enabled=False),
        now=NOON,
    )
    await chat.first_number(tx, given, NOON)

    assert await opened(tx, given, first) == [(fake.TOKEN, ["second"])]
    off = "select enabled from chat_channels where tenant_id = $1"
    assert await rows(tx, off, first) == [(False,)]


async def test_what_was_deleted_stays_deleted(tx: Tx, given: Settings, first: TenantId):
    """
    Though the environment still has it.
    """
    await chat.first_number(tx, given, NOON)
    [(channel,)] = await rows(tx, "select id from chat_channels where tenant_id = $1", first)
    await service.delete(tx, first, TERMINAL, ChannelId(channel), now=NOON)

    await chat.first_number(tx, given, NOON)

    assert await opened(tx, given, first) == [(None, [])]


async def test_another_companys_number_stays_theirs(tx: Tx, given: Settings, first: TenantId):
    """
    The start goes on, and the log says it.
    """
    other = structs.replace(given, first_number=None)
    second = await new_tenant(tx, "second")
    await tx.execute(
        """
        insert into chat_channels (tenant_id, id, platform, external_id, name, created_at)
        values ($1, gen_random_uuid(), 'whatsapp', $2, 'theirs', now())
        """,
        second,
        fake.NUMBER,
    )

    await chat.first_number(tx, given, NOON)
    await chat.first_number(tx, other, NOON)

    assert await opened(tx, given, first) == []


def test_the_settings_do_not_tell_the_secrets(given: Settings):
    """
    Not even where they are printed by mistake.
    """
    assert fake.TOKEN not in repr(given)


async def test_from_the_terminal(
    postgres: Postgres, whatsapp: WhatsApp, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
):
    """
    Secrets are asked for and not in the command; the verify token is shown once.
    """
    async with postgres.transaction() as tx:
        await new_tenant(tx, "flores")
    for name, value in {
        "DATABASE_URL": postgres.url,
        "PISTA_DATA_DIR": str(tmp_path),
        "PISTA_META_GRAPH_URL": whatsapp.url,
        "PISTA_PUBLIC_URL": "https://pista.test",
    }.items():
        monkeypatch.setenv(name, value)

    def called(*words: str, typed: str = "") -> str:
        done = CliRunner().invoke(command, ["channels", *words, "--tenant", "flores"], input=typed)
        assert done.exit_code == 0, done.output
        return done.output

    typed = f"{fake.TOKEN}\n{fake.APP_SECRET}\n"
    added = await asyncio.to_thread(called, "add-whatsapp", "--number-id", fake.NUMBER, typed=typed)
    listed = await asyncio.to_thread(called, "list")

    assert "+1 555-078-3881" in added
    assert "Verify token (shown once): " in added
    assert fake.TOKEN not in added + listed
    assert "+1 555-078-3881" in listed
