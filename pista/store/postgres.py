"""A thin coat over asyncpg: transactions, and rows that become Structs in one step."""

import asyncio
import copy
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any, LiteralString, TypeVar
from uuid import UUID

import asyncpg
import msgspec

from pista.ids import TenantId
from pista.store import apart

T = TypeVar("T")

Told = tuple[str, str]
"""A channel, and what is said there."""

AWAY = (
    OSError,
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    # Where the connection is cut in the very moment in which a statement begins.
    asyncpg.InternalClientError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.TooManyConnectionsError,
    asyncpg.InsufficientResourcesError,
    TimeoutError,
)
"""What asyncpg raises when the server is away, starting, stopping or full: try again later."""

NO_TEXT = (asyncpg.CharacterNotInRepertoireError, asyncpg.UntranslatableCharacterError)
"""What it raises for a text that PostgreSQL keeps none of: one with a NUL in it."""


TELLING_PAUSE_SECONDS = 0.01
"""Each notification wakes every connection that listens to anything."""


class Tx:
    """One open transaction."""

    def __init__(self, connection: Any) -> None:
        self.connection: asyncpg.Connection[asyncpg.Record] = connection
        self.to_tell: dict[Told, None] = {}

    def tell(self, channel: str, payload: str = "") -> None:
        """Notify once the transaction is committed; it may be missed.

        PostgreSQL commits transactions that notify one after the other, each waiting for the disk:
        said afterwards, it holds up nobody.
        """
        self.to_tell[channel, payload] = None

    async def act_for(self, tenant: TenantId) -> None:
        """From here on PostgreSQL shows this tenant's rows and no others."""
        await self.connection.execute(apart.ACT_FOR, str(tenant))

    async def execute(self, sql: LiteralString, *args: object) -> int:
        """Run a statement; the answer is how many rows it touched."""
        tag = await self.connection.execute(sql, *args)
        last = tag.rsplit(" ", 1)[-1]
        return int(last) if last.isdigit() else 0

    async def one_or_none(self, kind: type[T], sql: LiteralString, *args: object) -> T | None:
        record = await self.connection.fetchrow(sql, *args)
        return None if record is None else _row(kind, record)

    async def one(self, kind: type[T], sql: LiteralString, *args: object) -> T:
        found = await self.one_or_none(kind, sql, *args)
        if found is None:
            raise LookupError("the statement returned no row")
        return found

    async def all(self, kind: type[T], sql: LiteralString, *args: object) -> list[T]:
        return [_row(kind, record) for record in await self.connection.fetch(sql, *args)]

    async def value(self, sql: LiteralString, *args: object) -> Any:
        """The first column of the first row, or None."""
        return await self.connection.fetchval(sql, *args)


class Postgres:
    """The pool of one process: the house's own, which sees every row, or bound to a tenant."""

    def __init__(self, pool: Any, url: str) -> None:
        self._pool: asyncpg.Pool[asyncpg.Record] = pool
        self._herald = _Herald(pool)
        self.url = url
        self._tenant: TenantId | None = None

    def of(self, tenant: TenantId) -> "Postgres":
        """The same pool; PostgreSQL shows its transactions this tenant's rows and no others."""
        if self._tenant not in (None, tenant):
            raise ValueError("what is bound to a tenant cannot be bound to another")
        bound = copy.copy(self)
        bound._tenant = tenant
        return bound

    @asynccontextmanager
    async def transaction(self) -> AsyncGenerator[Tx]:
        async with self._pool.acquire() as connection:
            tx = Tx(connection)
            async with connection.transaction():
                if self._tenant is not None:
                    await tx.act_for(self._tenant)
                yield tx
        if tx.to_tell:
            self._herald.tell(tx.to_tell)

    @asynccontextmanager
    async def statement(self) -> AsyncGenerator[Tx]:
        """For one statement of the house's own, which is a transaction by itself: it is committed
        when it is answered, after one way to the server and back instead of three."""
        if self._tenant is not None:
            raise ValueError("what is bound to a tenant needs a transaction")
        async with self._pool.acquire() as connection:
            tx = Tx(connection)
            yield tx
        if tx.to_tell:
            self._herald.tell(tx.to_tell)

    async def close(self) -> None:
        await self._herald.silent()
        await self._pool.close()


class _Herald:
    """Tells what is committed, at once; what is shortly after something else, in one statement."""

    def __init__(self, pool: Any) -> None:
        self._pool: asyncpg.Pool[asyncpg.Record] = pool
        self._waiting: dict[Told, None] = {}
        self._telling: asyncio.Task[None] | None = None

    def tell(self, told: dict[Told, None]) -> None:
        self._waiting |= told
        if self._telling is None or self._telling.done():
            self._telling = asyncio.create_task(self._tell(), name="herald")

    async def silent(self) -> None:
        if self._telling is not None:
            await self._telling

    async def _tell(self) -> None:
        # Looked at again once the connection is given back: what came meanwhile has nobody else.
        while self._waiting:
            try:
                async with self._pool.acquire() as connection:
                    told, self._waiting = self._waiting, {}
                    await _notify(connection, told)
            except AWAY:
                # Whoever hears nothing looks by itself, a little later.
                self._waiting = {}
            # Each wakes everybody who listens: in a flood what comes meanwhile is told at once.
            await asyncio.sleep(TELLING_PAUSE_SECONDS)


async def _notify(connection: Any, told: dict[Told, None]) -> None:
    """In a transaction of its own, which PostgreSQL does not bring to the disk."""
    channels, payloads = [channel for channel, _ in told], [payload for _, payload in told]
    await connection.execute(NOTIFY, channels, payloads)


NOTIFY = """
select pg_notify(channel, payload) from unnest($1::text[], $2::text[]) as told (channel, payload)
"""


class Lead:
    """A connection that holds a lock: what is done through it is done by the holder alone."""

    def __init__(self, connection: Any) -> None:
        self._connection: asyncpg.Connection[asyncpg.Record] = connection

    @asynccontextmanager
    async def transaction(self) -> AsyncGenerator[Tx]:
        async with self._connection.transaction():
            tx = Tx(self._connection)
            yield tx
        if tx.to_tell:
            await _notify(self._connection, tx.to_tell)

    async def check(self) -> None:
        """Raise what the connection raises if it is gone, and the lead with it."""
        async with self.transaction() as tx:
            await tx.value("select 1")


async def open_pool(
    url: str, *, most: int = 8, durable: bool = True, by_index: bool = False
) -> Postgres:
    """Open the pool; connections are made when first needed.

    One that is not durable commits at once, and with a crash of the server's machine may lose what
    was committed in its last half second: all of it, or the end of it. One that reads by index
    takes the whole of a table only where there is no index, however small it seems to be.
    """
    how: dict[str, str] = {} if durable else {"synchronous_commit": "off"}
    if by_index:
        how["enable_seqscan"] = "off"
    pool = await asyncpg.create_pool(
        url,
        min_size=0,
        max_size=most,
        init=prepare,
        reset=_leave,
        command_timeout=30,
        timeout=10,
        server_settings=how,
    )
    return Postgres(pool, url)


async def _leave(_connection: object) -> None:
    """Everything goes through transactions, which leave nothing behind that would have to be
    reset: asyncpg would ask the server to, after each of them."""


async def connect(url: str) -> "asyncpg.Connection[asyncpg.Record]":
    """One connection of its own, for locks, LISTEN and the journal."""
    connection = await asyncpg.connect(url, timeout=10, command_timeout=30)
    await prepare(connection)
    return connection


async def prepare(connection: Any) -> None:
    # asyncpg's own UUID class is a subclass, which msgspec does not take for a UUID.
    await connection.set_type_codec(
        "uuid",
        schema="pg_catalog",
        format="binary",
        encoder=_uuid_bytes,
        decoder=_uuid,
    )
    await connection.set_type_codec(
        "jsonb",
        schema="pg_catalog",
        format="text",
        encoder=_json_text,
        decoder=msgspec.json.decode,
    )


def _row(kind: type[T], record: asyncpg.Record) -> T:
    return msgspec.convert(dict(record.items()), kind, strict=True)


def _uuid_bytes(value: UUID) -> bytes:
    return value.bytes


def _uuid(value: bytes) -> UUID:
    """As MessagePack, which msgspec reads four times as fast as a UUID makes itself of bytes."""
    return _decode_uuid(_SIXTEEN_BYTES + value)


_SIXTEEN_BYTES = b"\xc4\x10"
_decode_uuid = msgspec.msgpack.Decoder(UUID).decode


def _json_text(value: object) -> str:
    return msgspec.json.encode(value).decode()
