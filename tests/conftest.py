"""Both engines, real: started once, and a database of its own for each test that asks for one.

- `tx`: a transaction that is rolled back, on a migrated database that all tests share.
- `database`, `postgres`: the URL of, and a pool on, a fresh migrated PostgreSQL database.
- `clickhouse_database`, `clickhouse`: the same for ClickHouse.
"""

import asyncio
import itertools
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any, NamedTuple, cast

import asyncpg
import msgspec
import pytest
import structlog
from argon2 import PasswordHasher
from hypothesis import HealthCheck, settings

from pista.accounts import passwords
from pista.store import migrate, reach
from pista.store import postgres as store
from pista.store.clickhouse import ClickHouse
from pista.store.embedded import clickhouse as embedded_clickhouse
from pista.store.embedded import postgres as embedded
from pista.store.embedded.account import serving_account
from pista.store.embedded.process import dies_with_parent, free_port
from pista.store.postgres import Postgres, Tx
from tests.ahead import Ahead

PASSWORD = "only-for-tests"
# How fast an example is made says how busy the machine is, and nothing of the program.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")
_numbers = itertools.count(1)


# Begun first, as they take minutes: whoever came to them last would let the others wait.
LONGEST = (
    "tests/web/test_screens.py",
    "tests/chaos",
    "tests/journeys",
    "tests/web",
    "tests/test_cli.py",
    "tests/privacy/test_people.py",
    "tests/events",
    "tests/test_supervisor.py",
    "tests/test_sockets.py",
    "tests/snippet",
    "tests/exports",
    "tests/timeline",
    "tests/crm",
    "tests/desk",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    def place(item: pytest.Item) -> int:
        named = (at for at, name in enumerate(LONGEST) if item.nodeid.startswith(name))
        return next(named, len(LONGEST))

    items.sort(key=place)


@pytest.fixture(scope="session")
def _log_as_found() -> Generator[dict[str, Any]]:
    """A logger that keeps the set-up of its first use could not be read by a later test."""
    configure = structlog.configure

    def without_cache(**given: Any) -> None:
        given["cache_logger_on_first_use"] = False
        configure(**given)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(structlog, "configure", without_cache)
        yield structlog.get_config()


@pytest.fixture(autouse=True)
def _log_is_restored(_log_as_found: dict[str, Any]) -> Generator[None]:
    """A house that a test starts sets up the log of this process, which is the tests' too."""
    yield
    structlog.configure(**_log_as_found)


@pytest.fixture(scope="session", autouse=True)
def _password_hasher() -> Generator[PasswordHasher]:
    """As cheap as it gets: passwords of tests protect nothing. It gives the real one."""
    dear = passwords.HASHER
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(passwords, "HASHER", PasswordHasher(1, 8, 1))
        yield dear


@pytest.fixture
def dear_passwords(_password_hasher: PasswordHasher, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes cost what they cost outside of tests."""
    monkeypatch.setattr(passwords, "HASHER", _password_hasher)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes that nobody can read are called by their argument's name.

    All processes must find the same tests, and in what is packed stands the second it was packed
    in. Who wants a better name gives one: `pytest.param(..., id="packed")`.
    """
    unreadable = isinstance(val, bytes) and not (val.isascii() and val.decode().isprintable())
    return argname if unreadable else None


class ClickHouseServer(NamedTuple):
    url: str
    readonly_url: str


@contextmanager
def reachable_folder() -> Generator[Path]:
    """A folder that PostgreSQL's own user can enter, unlike pytest's `tmp_path` as root."""
    folder = Path(tempfile.mkdtemp(prefix="pista-test-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def open_folder() -> Generator[Path]:
    with reachable_folder() as folder:
        yield folder


@contextmanager
def running(
    command: list[str], *, end: signal.Signals = signal.SIGTERM, **options: Any
) -> Generator["subprocess.Popen[bytes]"]:
    child: Any = subprocess.Popen(
        command,
        preexec_fn=dies_with_parent(),  # noqa: PLW1509 - calls the kernel and no more
        **options,
    )
    try:
        yield child
    finally:
        child.send_signal(end)
        child.wait(20)


@pytest.fixture(scope="session")
async def postgres_server() -> AsyncGenerator[str]:
    """The URL of the role `pista`, which may create databases, on the embedded server."""
    with reachable_folder() as folder:
        cluster = embedded.Cluster(
            folder=folder / "postgres",
            port=free_port(),
            password=PASSWORD,
            account=serving_account(),
        )
        embedded.prepare(cluster)
        # Nothing here must survive the machine.
        (cluster.folder / "local.conf").write_text("fsync = off\nfull_page_writes = off\n")
        (cluster.folder / "local.conf").chmod(0o644)
        with running(embedded.command(cluster), end=signal.SIGINT, **embedded.launch(cluster)):
            await reach.postgres(cluster.url, patience=60)
            yield cluster.url


@pytest.fixture(scope="session")
async def clickhouse_server() -> AsyncGenerator[ClickHouseServer]:
    """The URLs of the embedded engine: one that may do all, one that may only read."""
    with reachable_folder() as folder:
        port = free_port()
        secrets = {
            "PISTA_CLICKHOUSE_PASSWORD": PASSWORD,
            "PISTA_CLICKHOUSE_READONLY_PASSWORD": f"{PASSWORD}-readonly",
        }
        command = embedded_clickhouse.command(str(folder / "clickhouse"), port)
        server = ClickHouseServer(
            url=f"http://pista:{PASSWORD}@127.0.0.1:{port}",
            readonly_url=f"http://pista_ro:{PASSWORD}-readonly@127.0.0.1:{port}",
        )
        with running(command, env=os.environ | secrets):
            await reach.clickhouse(server.url, patience=60)
            yield server


@pytest.fixture(scope="session")
async def template_database(postgres_server: str) -> str:
    """The name of a migrated database that nobody is connected to."""
    await _statement(postgres_server, "create database template_pista")
    connection = await store.connect(_on(postgres_server, "template_pista"))
    await migrate.migrate_postgres(connection)
    await connection.close()
    return "template_pista"


@pytest.fixture(scope="session")
def _databases(postgres_server: str, template_database: str) -> Generator[Ahead]:
    async def make() -> str:
        name = f"test_{next(_numbers)}"
        await _clone(postgres_server, template_database, name)
        return name

    ahead = Ahead(make, lambda name: _drop(postgres_server, name))
    yield ahead
    ahead.close()


@pytest.fixture
async def database(postgres_server: str, _databases: Ahead) -> AsyncGenerator[str]:
    """The URL of a fresh, migrated PostgreSQL database."""
    name = await _databases.take()
    yield _on(postgres_server, name)
    _databases.give_back(name)


@pytest.fixture
async def postgres(database: str) -> AsyncGenerator[Postgres]:
    pool = await store.open_pool(database)
    yield pool
    await pool.close()


@pytest.fixture(scope="session")
async def _shared(postgres_server: str, template_database: str) -> AsyncGenerator[Any]:
    await _clone(postgres_server, template_database, "test_shared")
    connection = await store.connect(_on(postgres_server, "test_shared"))
    yield connection
    await connection.close()


@pytest.fixture
async def tx(_shared: Any) -> AsyncGenerator[Tx]:
    """A transaction that is rolled back after the test."""
    transaction = _shared.transaction()
    await transaction.start()
    yield Tx(_shared)
    await transaction.rollback()


APPLIED = "template_pista.schema_migrations"


class _Made(msgspec.Struct, frozen=True):
    """How a table or a view was made."""

    create_table_query: str


@pytest.fixture(scope="session")
async def clickhouse_template(clickhouse_server: ClickHouseServer) -> list[str]:
    """What makes a migrated ClickHouse database, in fewer steps than the migrations take."""
    async with _client(clickhouse_server.url) as server:
        await server.execute("create database template_pista")
    async with _client(f"{clickhouse_server.url}/template_pista") as template:
        await migrate.migrate_clickhouse(template)
        made = await template.all(
            _Made,
            """
            select create_table_query
            from system.tables
            where database = 'template_pista'
            order by engine = 'MaterializedView', name
            """,
        )
    return [one.create_table_query for one in made]


@pytest.fixture(scope="session")
def _clickhouse_databases(
    clickhouse_server: ClickHouseServer, clickhouse_template: list[str]
) -> Generator[Ahead]:
    async def make() -> str:
        name = f"test_{next(_numbers)}"
        applied = f"insert into {name}.schema_migrations select * from {APPLIED}"
        async with _client(clickhouse_server.url) as server:
            await server.execute(cast("Any", f"create database {name}"))
            for statement in clickhouse_template:
                await server.execute(cast("Any", statement.replace("template_pista.", f"{name}.")))
            await server.execute(cast("Any", applied))
        return name

    async def drop(name: str) -> None:
        async with _client(clickhouse_server.url) as server:
            await server.execute(cast("Any", f"drop database {name} sync"))

    ahead = Ahead(make, drop)
    yield ahead
    ahead.close()


@pytest.fixture
async def clickhouse_database(
    clickhouse_server: ClickHouseServer, _clickhouse_databases: Ahead
) -> AsyncGenerator[str]:
    """The URL of a fresh, migrated ClickHouse database."""
    name = await _clickhouse_databases.take()
    yield f"{clickhouse_server.url}/{name}"
    _clickhouse_databases.give_back(name)


@pytest.fixture
async def clickhouse(clickhouse_database: str) -> AsyncGenerator[ClickHouse]:
    async with _client(clickhouse_database) as client:
        yield client


@asynccontextmanager
async def _client(url: str) -> AsyncGenerator[ClickHouse]:
    client = ClickHouse(url)
    try:
        yield client
    finally:
        await client.close()


async def _clone(server: str, template: str, name: str) -> None:
    # Copying files beats writing them to the log, where nothing must survive.
    await _statement(server, f"create database {name} template {template} strategy file_copy")


async def _drop(server: str, name: str) -> None:
    """Whoever is still connected is sent away; the server's own vacuuming has to be waited for."""
    statement = f"drop database {name} with (force)"
    for _ in range(50):
        try:
            await _statement(server, statement)
            return
        except asyncpg.InsufficientPrivilegeError:
            await asyncio.sleep(0.1)
    await _statement(server, statement)


async def _statement(url: str, sql: str) -> None:
    connection = await store.connect(url)
    try:
        await connection.execute(sql)
    finally:
        await connection.close()


def _on(url: str, database: str) -> str:
    return f"{url.rsplit('/', 1)[0]}/{database}"
