"""A store that throttles, fails, forgets to answer and is gone: an object is whole or not there."""

import os
from typing import Any

import pytest

from pista.exports import packing
from pista.exports.bucket import Bucket
from pista.exports.export import Job, export_day
from pista.exports.model import ExportFormat, Outcome
from pista.store.clickhouse import ClickHouse
from pista.store.places import PlaceAway, PlaceError
from pista.store.s3 import S3
from tests.events.conftest import flushed
from tests.exports.conftest import FIRST, Company, Pista, at, line, store_days
from tests.fakes import s3 as fake

FILE = "data/date=2026-03-14/part-2026-03-14.ndjson.gz"
MANIFEST = "data/date=2026-03-14/_manifest-ndjson.json"
SMALL_PART = 1_000


@pytest.fixture
async def job(
    store: fake.Store,
    clickhouse: ClickHouse,
    company: Company,
    monkeypatch: pytest.MonkeyPatch,
) -> Any:
    """An export of a day that is several parts of an upload."""
    monkeypatch.setattr(packing, "GATHERED", 20_000)
    lines = [line(company, at(0), n, metadata={"n": os.urandom(300).hex()}) for n in range(500)]
    await flushed(clickhouse, *lines)
    place = Bucket(
        S3(fake.settings_for(store), fake.BUCKET, first_pause=0.001), "data", part_bytes=SMALL_PART
    )
    yield Job(clickhouse=clickhouse, tenant=company.tenant, form=ExportFormat.NDJSON, place=place)
    await place.close()


TROUBLES = [
    ("put", "slow_down", 3),
    ("begin", "error", 2),
    ("begin", "cut", 1),
    ("part", "slow_down", 4),
    ("part", "cut", 1),
    ("part", "lost", 2),
    ("part", "slow", 1),
    ("complete", "error", 1),
    ("complete", "in_the_body", 2),
    # It is completed, and nobody hears it.
    ("complete", "lost", 1),
    ("uploads", "error", 1),
    ("get", "slow_down", 1),
    ("delete", "cut", 1),
]


async def test_a_store_in_trouble_is_asked_again(store: fake.Store, job: Job):
    """
    What passes is waited for: the object is the same as without trouble, and no upload stays.
    """
    await export_day(job, FIRST)
    calm = store.objects[FILE]
    assert store.heard.count("part") > 1
    for what, how, times in TROUBLES:
        store.objects.clear()
        store.fail(what, how, times)

        done = await export_day(job, FIRST)

        assert (done.outcome, done.events) == (Outcome.EXPORTED, 500), (what, how)
        assert store.objects[FILE] == calm, (what, how)
        assert not any(store.faults.values()), (what, how)
        assert store.uploads == {}, (what, how)


async def test_a_store_that_stays_away_gets_nothing(store: fake.Store, job: Job):
    """
    In the middle of an upload: the error says so, no object appears, and the next run is whole.
    """
    store.fail("part", "error", 100)

    with pytest.raises(PlaceAway, match="InternalError"):
        await export_day(job, FIRST)

    assert store.objects == {}
    assert store.uploads == {}
    store.faults.clear()
    assert (await export_day(job, FIRST)).events == 500
    assert sorted(store.objects) == [MANIFEST, FILE]


async def test_abandoned_uploads_are_aborted(store: fake.Store, job: Job):
    """
    What a killed export has begun is aborted by the next one, and others' uploads are not; a key
    that may not list uploads exports all the same.
    """
    for may_list in (False, True):
        store.objects.clear()
        store.allow_listing_uploads = may_list
        abandoned, other = store.new_upload(FILE), store.new_upload(f"{FILE}.other")

        await export_day(job, FIRST)

        assert FILE in store.objects
        assert other in store.uploads
        assert (abandoned in store.uploads) is not may_list


async def test_finished_days_are_kept_there_too(store: fake.Store, job: Job):
    """
    An object that is not as its manifest says is not finished.
    """
    await export_day(job, FIRST)
    store.heard.clear()

    kept = await export_day(job, FIRST)
    heard = list(store.heard)
    store.objects[FILE] = store.objects[FILE][:-1]
    again = await export_day(job, FIRST)

    assert (kept.outcome, again.outcome) == (Outcome.KEPT, Outcome.EXPORTED)
    assert heard == ["get", "head"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"secret_access_key": "no"}, "SignatureDoesNotMatch"),
        ({"access_key_id": "nobody"}, "InvalidAccessKeyId"),
        ({"region": "eu-west-1"}, "InvalidAccessKeyId"),
    ],
)
async def test_wrong_keys_are_one_sentence(store: fake.Store, wrong: Any, said: str):
    """
    The store's own word, at once and without the secret.
    """
    place = Bucket(S3(fake.settings_for(store, **wrong), fake.BUCKET), "data")

    with pytest.raises(PlaceError, match=said) as refused:
        await place.manifest(FIRST, ExportFormat.CSV)

    await place.close()
    assert fake.SECRET not in str(refused.value)
    assert len(store.heard) == 1


async def test_the_command_exports_to_a_bucket(
    store: fake.Store,
    pista: Pista,
    clickhouse: ClickHouse,
    company: Company,
    monkeypatch: pytest.MonkeyPatch,
):
    """
    As `s3://bucket/prefix`, with the keys from the environment.
    """
    await store_days(clickhouse, company, 2)
    command = ("export", "--tenant", company.name, "--s3", f"s3://{fake.BUCKET}/a b/événements")
    without = await pista(*command)
    for name, value in (
        ("ENDPOINT", store.url),
        ("REGION", fake.REGION),
        ("ACCESS_KEY_ID", fake.KEY),
        ("SECRET_ACCESS_KEY", fake.SECRET),
    ):
        monkeypatch.setenv(f"PISTA_S3_{name}", value)

    ran = await pista(*command)
    nowhere = await pista("export", "--tenant", company.name, "--s3", "s3://nowhere/x")

    assert (without.status, "PISTA_S3_ACCESS_KEY_ID" in without.err) == (1, True)
    assert (ran.status, ran.err) == (0, "")
    assert sorted(store.objects) == [
        "a b/événements/date=2026-03-14/_manifest-parquet.json",
        "a b/événements/date=2026-03-14/part-2026-03-14.parquet",
        "a b/événements/date=2026-03-15/_manifest-parquet.json",
        "a b/événements/date=2026-03-15/part-2026-03-15.parquet",
    ]
    assert "NoSuchBucket" in nowhere.err
