"""The address behind a request, and its country from a database that the user supplies."""

import asyncio
from collections.abc import AsyncGenerator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from pista.accounts import NewSite, service
from pista.collect import countries, whereabouts
from pista.collect.whereabouts import Place, Whereabouts
from pista.errors import StartError
from pista.events import rows
from pista.settings import Settings
from tests.collect.conftest import Served, serving
from tests.collect.reading import journaled
from tests.fakes import mmdb

LIMA, SAO_PAULO, SIX = "190.12.90.7", "200.147.3.9", "2001:1388::7"
PROXY = "10.1.2.3"
NETWORKS = {
    "190.12.0.0/16": mmdb.maxmind("PE"),
    "200.147.0.0/16": mmdb.maxmind("BR"),
    "2001:1388::/32": mmdb.maxmind("PE"),
    "10.0.0.0/8": mmdb.maxmind("AR"),
}
COUNTRY = 6
"""Where the country stands in a line of the journal."""
WHOLE = rows.STRUCTURE.count(",") + 1
"""How many columns each line has."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return mmdb.write(tmp_path / "countries.mmdb", NETWORKS)


def looked(file: Path, *trusted: str) -> Whereabouts:
    """Whereabouts after the looks of a start."""
    found = Whereabouts(trusted, file)
    found.look()
    found.look()
    return found


@pytest.mark.parametrize(
    ("record", "code"),
    [
        (mmdb.maxmind("PE"), "PE"),
        ({"country_code": "PE", "country": "Peru", "continent": "South America"}, "PE"),
        ({"country": "PE", "country_name": "Peru"}, "PE"),
        ({"country": "Peru"}, ""),
        ({"country": {"names": {"en": "Peru"}}}, ""),
        ({"country": ["PE"]}, ""),
        ({"country_code": "pe"}, ""),
        ({"autonomous_system_organization": "PE"}, ""),
        (None, ""),
        ("PE", ""),
    ],
)
def test_the_country_in_a_record(record: object, code: str):
    """MaxMind's and DB-IP's databases, and IPinfo's, name it differently."""
    assert countries.country_of(record) == code


@pytest.mark.parametrize(
    ("peer", "forwarded", "place"),
    [
        (LIMA, b"", Place(LIMA, "PE")),
        (f"::ffff:{LIMA}", b"", Place(LIMA, "PE")),
        (SIX, b"", Place(SIX, "PE")),
        (LIMA, SAO_PAULO.encode(), Place(LIMA, "PE")),  # anybody can write that header
        (PROXY, SAO_PAULO.encode(), Place(SAO_PAULO, "BR")),
        (f"::ffff:{PROXY}", SAO_PAULO.encode(), Place(SAO_PAULO, "BR")),
        (PROXY, f"{LIMA}, {SAO_PAULO}".encode(), Place(SAO_PAULO, "BR")),
        (PROXY, f"{LIMA}:49152".encode(), Place(LIMA, "PE")),
        (PROXY, f'"[{SIX}]:49152"'.encode(), Place(SIX, "PE")),
        (PROXY, b"::ffff:190.12.90.7", Place(LIMA, "PE")),
        (PROXY, b"unknown", Place("", "")),
        (PROXY, b"\xff\x00" * 9_000 + f", {LIMA}".encode(), Place(LIMA, "PE")),
        (PROXY, b"", Place(PROXY, "")),  # reserved, whatever a database says of it
        ("8.8.8.8", b"", Place("8.8.8.8", "")),
        ("fe80::1%eth0", b"", Place("fe80::1", "")),
        ("", b"", Place("", "")),
    ],
)
def test_where_a_request_comes_from(file: Path, peer: str, forwarded: bytes, place: Place):
    """The connection's address, or the one that a trusted proxy wrote."""
    assert looked(file, PROXY).of(peer, forwarded) == place


def test_without_a_database_there_is_no_country():
    assert Whereabouts((), None).of(LIMA, b"") == Place(LIMA, "")


def test_what_a_database_says_of_itself(file: Path):
    told = countries.described(file)

    assert told.kind == "Test-Country"
    assert told.built_at == datetime(2026, 1, 1, tzinfo=UTC)


def test_a_database_that_cannot_be_used_prevents_the_start(tmp_path: Path, file: Path):
    """The sentence names the variable and the file, and says what to do."""
    half, text, other = (tmp_path / f"{name}.mmdb" for name in ("half", "text", "asn"))
    half.write_bytes(file.read_bytes()[:-40])
    text.write_text("<html>Sign in to download</html>")
    mmdb.write(other, {"190.12.0.0/16": {"autonomous_system_number": "7"}}, kind="Test-ASN")

    for path, why in (
        (tmp_path / "none.mmdb", "cannot be read .*No such file"),
        (tmp_path, "cannot be read .*directory"),
        (half, "is not a whole database"),
        (text, "is not a whole database"),
        (other, "is of the type 'Test-ASN' and names no countries"),
    ):
        with pytest.raises(StartError, match=f"PISTA_GEOIP_DB: {path} {why}.*; name a country"):
            countries.described(path)


def test_an_unusable_file_leaves_the_old_one_in_use(file: Path, monkeypatch: pytest.MonkeyPatch):
    """It is tried once; a good one that follows is taken up when it lies still."""
    opened: list[Path] = []
    opening = countries.opened

    def counting(path: Path) -> Any:
        opened.append(path)
        return opening(path)

    monkeypatch.setattr(countries, "opened", counting)
    found = looked(file)

    # In place, as a careless script does: the mapped file must not be this one.
    file.write_bytes(b"half of")
    for _ in range(4):
        found.look()
    assert found.of(LIMA, b"") == Place(LIMA, "PE")
    assert len(opened) == 2

    mmdb.write(file, {"190.12.0.0/16": mmdb.maxmind("BR")})
    found.look()
    assert found.of(LIMA, b"") == Place(LIMA, "PE")
    found.look()
    assert found.of(LIMA, b"") == Place(LIMA, "BR")

    file.unlink()
    for _ in range(4):
        found.look()
    assert found.of(LIMA, b"") == Place(LIMA, "BR")
    assert len(opened) == 4


def test_a_file_that_changes_while_it_is_read_is_read_again(
    file: Path, monkeypatch: pytest.MonkeyPatch
):
    """What was read may be half of the one and half of the other."""
    found = looked(file)
    mmdb.write(file, {"190.12.0.0/16": mmdb.maxmind("BR")})
    opening = countries.opened

    def changing(path: Path) -> Any:
        monkeypatch.setattr(countries, "opened", opening)
        reader = opening(path)
        mmdb.write(path, {"190.12.0.0/16": mmdb.maxmind("CL")})
        return reader

    monkeypatch.setattr(countries, "opened", changing)
    found.look()
    found.look()
    assert found.of(LIMA, b"").country == "PE"
    found.look()
    found.look()
    assert found.of(LIMA, b"").country == "CL"


def test_a_damaged_database_knows_nothing(tmp_path: Path, file: Path):
    """Whatever stands in the file: a request is answered, and no byte of it ends the process."""
    content = bytearray(file.read_bytes())
    damaged = tmp_path / "damaged.mmdb"
    end = content.rindex(b"MaxMind.com") - 3
    told: set[str] = set()
    for at in range(end - 120, end):
        damaged.write_bytes(content[:at] + b"\xff" + content[at + 1 :])
        found = looked(damaged)
        told |= {found.of(address, b"").country for address in (LIMA, SAO_PAULO, SIX)}

    assert {"", "PE", "BR"} <= told


@pytest.fixture
async def behind_a_proxy(
    database: str, file: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncGenerator[Served]:
    """A house whose proxy is on loopback, as the tests are."""
    monkeypatch.setattr(whereabouts, "LOOK_SECONDS", 0.02)
    settings = Settings(trusted_proxies=("127.0.0.1",), geoip_db=file)
    async with serving(database, settings) as house:
        yield house


async def test_a_database_is_replaced_under_load(behind_a_proxy: Served, file: Path):
    """
    No request fails, whatever lies at the path in between, and the new one is in use in a moment.
    """
    changed = asyncio.Event()
    unusable = (b"", b"half of", mmdb.database(NETWORKS)[:-30])

    async def send() -> None:
        while not changed.is_set():
            answer = await behind_a_proxy.post(behind_a_proxy.batch(), X_Forwarded_For=LIMA)
            assert answer.status_code == 202

    async def replace() -> None:
        for content in unusable:
            await asyncio.to_thread(file.write_bytes, content)
            await asyncio.sleep(0.1)
        mmdb.write(file, {"190.12.0.0/16": mmdb.maxmind("BR")})
        await asyncio.sleep(0.3)
        changed.set()

    await asyncio.gather(replace(), *(send() for _ in range(4)))

    told = [line[COUNTRY] for line in await journaled(behind_a_proxy)]
    assert set(told) == {"PE", "BR"}
    assert told[0] == "PE"
    assert told[-1] == "BR"


async def test_who_writes_the_header_without_being_a_proxy_gets_no_country(
    database: str, file: Path
):
    """
    Nor does an address in the body count.
    """
    async with serving(database, Settings(geoip_db=file)) as house:
        event = house.event(metadata={"ip": LIMA, "country": "PE"})
        await house.post(house.batch(event), X_Forwarded_For=LIMA, X_Real_IP=LIMA)

        (line,) = await journaled(house)
        assert line[COUNTRY] == ""


async def test_segments_doors_tell_the_country_of_pages_alone(behind_a_proxy: Served):
    """
    A library on a server sends for visitors whose address nobody sees here.
    """
    house = behind_a_proxy
    message = {"type": "track", "event": "Bought", "anonymousId": "v1", "context": {"ip": LIMA}}
    for origin in ({}, {"Origin": "https://shop.example.com"}):
        answer = await house.client.post(
            "/v1/track",
            json=message,
            auth=(house.site.write_key, ""),
            headers={"X-Forwarded-For": SAO_PAULO, **origin},
        )
        assert answer.status_code == 200

    assert sorted(line[COUNTRY] for line in await journaled(house)) == ["", "BR"]


async def test_an_address_is_stored_for_whom_says_so_from_then_on(behind_a_proxy: Served):
    """
    Not for the company beside it, nor for the page's own events before and after.
    """
    ours, theirs = behind_a_proxy, await neighbour(behind_a_proxy)

    async def send() -> None:
        for house in (ours, theirs):
            answer = await house.post(house.batch(), X_Forwarded_For=f"::ffff:{LIMA}")
            assert answer.status_code == 202

    async def store(store_ip: bool) -> None:
        change = {"storeIp": store_ip}
        changed = await ours.client.patch("/api/tenant", json=change, headers=ours.admin)
        assert changed.json()["storeIp"] is store_ip
        await asyncio.sleep(0.2)

    await send()
    await store(True)
    await send()
    await store(False)
    await send()

    lines = await journaled(ours)
    assert [line[WHOLE:] for line in lines if line[0] == str(ours.tenant.id)] == [[], [LIMA], []]
    assert [line[WHOLE:] for line in lines if line[0] == str(theirs.tenant.id)] == [[], [], []]


async def test_segments_doors_store_the_address_of_pages_alone(behind_a_proxy: Served):
    house = behind_a_proxy
    await house.client.patch("/api/tenant", json={"storeIp": True}, headers=house.admin)
    await asyncio.sleep(0.2)
    message = {"type": "track", "event": "Bought", "anonymousId": "v1"}
    for origin in ({}, {"Origin": "https://shop.example.com"}):
        headers = {"X-Forwarded-For": SIX, **origin}
        auth = (house.site.write_key, "")
        await house.client.post("/v1/track", json=message, auth=auth, headers=headers)

    assert sorted(line[WHOLE:] for line in await journaled(house)) == [[], [SIX]]


async def neighbour(house: Served) -> Served:
    """Another company in the same house."""
    async with house.house.postgres.transaction() as tx:
        now = datetime.now(UTC)
        tenant = await service.create_tenant(tx, "Rivales", now=now)
        site = await service.create_site(
            tx, tenant.id, NewSite(domains=["*"]), public_url="http://pista.test", now=now
        )
    return msgspec.structs.replace(house, tenant=tenant, site=site)
