"""Our client for ClickHouse, against the real engine."""

import asyncio
from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import msgspec
import pytest

from pista.store import frames
from pista.store.clickhouse import ClickHouse, ClickHouseAway, ClickHouseError
from pista.store.embedded.process import free_port

ID = UUID("0190a000-0000-7000-8000-000000000001")


class Row(msgspec.Struct, frozen=True):
    value: Any


@pytest.mark.parametrize(
    ("kind", "value", "back"),
    [
        ("String", "plain", "plain"),
        ("String", "", ""),
        ("String", "it's \\ \t \n {x:String} ñ 🦊", "it's \\ \t \n {x:String} ñ 🦊"),
        ("Int64", 2**62, 2**62),
        ("Bool", True, True),
        ("UUID", ID, str(ID)),
        ("Array(Int64)", [], []),
        ("Array(Int64)", [-1, 2**40], [-1, 2**40]),
        ("Array(String)", ["a,b", "it's", "\\", "ñ"], ["a,b", "it's", "\\", "ñ"]),
        ("Array(UUID)", [ID], [str(ID)]),
        ("Nullable(String)", None, None),
        (
            "DateTime64(6, 'UTC')",
            datetime(2026, 3, 14, 12, 0, 0, 123456, tzinfo=UTC),
            "2026-03-14T12:00:00.123456Z",
        ),
        (
            "DateTime64(6, 'UTC')",
            datetime(2026, 3, 14, 7, tzinfo=timezone(timedelta(hours=-5))),
            "2026-03-14T12:00:00.000000Z",
        ),
    ],
)
async def test_a_parameter_arrives_as_it_was_given(
    clickhouse: ClickHouse, kind: str, value: Any, back: Any
):
    """
    Whatever stands in it: a parameter is a value and never a part of the statement.
    """
    sql: Any = f"select {{value:{kind}}} as value"

    assert (await clickhouse.one(Row, sql, value=value)).value == back


class Times(msgspec.Struct):
    a: datetime
    b: datetime


async def test_times_come_back_aware(clickhouse: ClickHouse):
    """
    UTC, from both of ClickHouse's types.
    """
    found = await clickhouse.one(
        Times,
        """
        select toDateTime('2026-03-14 12:00:00', 'UTC') as a,
            toDateTime64('2026-03-14 12:00:00.5', 3, 'UTC') as b
        """,
    )

    noon = datetime(2026, 3, 14, 12, tzinfo=UTC)
    assert (found.a, found.b) == (noon, noon + timedelta(seconds=0.5))


async def test_rows_go_in_packed_or_as_they_are(clickhouse: ClickHouse):
    """
    Several frames laid end to end are one body.
    """
    await clickhouse.execute("create table t (value Int64) engine = MergeTree order by value")
    insert = "insert into t format JSONEachRow"
    packed = frames.pack(b'{"value":2}\n') + frames.pack(b'{"value":3}\n')

    await clickhouse.insert(insert, b'{"value":1}\n')
    await clickhouse.insert(insert, packed, encoding=frames.ENCODING)

    found = await clickhouse.all(Row, "select value from t order by value")
    assert [row.value for row in found] == [1, 2, 3]


async def test_one_row_is_one_row(clickhouse: ClickHouse):
    """
    None and two are mistakes.
    """
    for rows in (0, 2):
        with pytest.raises(LookupError):
            await clickhouse.one(
                Row, "select number as value from numbers({rows:UInt64})", rows=rows
            )


async def test_errors_carry_clickhouses_number(clickhouse: ClickHouse):
    """
    What is wrong with the statement stays wrong; what passes is `ClickHouseAway`.
    """
    with pytest.raises(ClickHouseError) as unknown:
        await clickhouse.execute("select * from nowhere")
    with pytest.raises(ClickHouseAway):
        await clickhouse.execute(
            "select count() from numbers(1e12) where sipHash64(number) = 1",
            settings={"max_execution_time": 1},
        )

    assert unknown.value.code == 60


async def test_nobody_there_is_away_at_once():
    """
    And the next call tries again.
    """
    nobody = ClickHouse(f"http://default:x@127.0.0.1:{free_port()}")
    async with asyncio.timeout(20):
        for _ in range(2):
            with pytest.raises(ClickHouseAway):
                await nobody.version()
    await nobody.close()


async def test_a_wrong_password_is_no_absence(clickhouse_database: str):
    """
    Waiting would not help.
    """
    place = clickhouse_database.rpartition("@")[2]
    stranger = ClickHouse(f"http://default:wrong@{place}")

    with pytest.raises(ClickHouseError) as refused:
        await stranger.version()
    await stranger.close()

    assert refused.value.code == 516


async def test_a_large_answer_comes_bit_by_bit(clickhouse: ClickHouse):
    """
    Parameters and formats are those of any statement.
    """
    said = bytearray()
    sizes: list[int] = []

    statement = "select number, {word:String} as w from numbers({rows:UInt64}) format CSV"
    async with clickhouse.stream(statement, word="it's\n🦊", rows=300_000) as chunks:
        async for chunk in chunks:
            sizes.append(len(chunk))
            said += chunk

    assert bytes(said) == b"".join(b'%d,"it\'s\n%b"\n' % (n, "🦊".encode()) for n in range(300_000))
    assert max(sizes) < 2 * 2**20


async def test_a_large_answer_fails_before_it_begins(clickhouse: ClickHouse):
    """
    What comes is the whole answer, or none of it.
    """
    statement = "select throwIf(number = 900000) from numbers(1000000) format CSV"

    with pytest.raises(ClickHouseError) as refused:
        async with clickhouse.stream(statement):
            pytest.fail("it has begun")

    assert refused.value.code == 395


async def test_much_data_goes_in_bit_by_bit(clickhouse: ClickHouse):
    """
    The statement and its parameters come apart from the data.
    """
    await clickhouse.execute("create table sent (id UUID, n UInt64) engine = MergeTree order by n")

    async def lines() -> AsyncGenerator[bytes]:
        for start in range(0, 100_000, 10_000):
            yield b"".join(b"%d\n" % n for n in range(start, start + 10_000))

    await clickhouse.send(
        "insert into sent select {id:UUID}, n from input('n UInt64') format CSV", lines(), id=ID
    )

    found = await clickhouse.one(
        Row, "select [toString(sum(n)), toString(any(id))] as value from sent"
    )
    assert found.value == [str(sum(range(100_000))), str(ID)]
