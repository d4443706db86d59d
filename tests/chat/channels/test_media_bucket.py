"""Files of messages in a bucket: put there before they are called kept, shown by Pista alone, gone
with their rows; and a store that is away, slow or wrong."""

import asyncio
import os
from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest
from msgspec import structs

from pista.app import House
from pista.chat import FileForgetter
from pista.chat.media import fetching, forgetting, objects
from pista.contacts import rights
from pista.ids import ContactId
from pista.privacy.people.rooms import HELD
from pista.queue import shift
from pista.settings import Settings
from pista.store import postgres
from pista.store.postgres import Lead
from pista.store.runtime import Urls
from pista.store.s3 import client
from tests.chat.channels.conftest import Company, worked_off
from tests.chat.channels.test_media import JPEG, MEDIA, Sent, files, sent
from tests.events.writing import until
from tests.fakes import s3 as fake
from tests.fakes.telegram import Telegram
from tests.fakes.whatsapp import WhatsApp

__all__ = ["sent"]

AT_ONCE = timedelta(0)


@pytest.fixture
def store() -> Any:
    running = fake.start()
    yield running
    running.shutdown()
    running.server_close()


@pytest.fixture
def settings(
    whatsapp: WhatsApp,
    telegram: Telegram,
    store: fake.Store,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Settings:
    monkeypatch.setattr(client, "FIRST_PAUSE_SECONDS", 0.001)
    monkeypatch.setattr(client, "LONGEST_PAUSE_SECONDS", 0.01)
    monkeypatch.setattr(shift, "POLL_SECONDS", 0.05)
    monkeypatch.setattr(fetching, "STORE_PAUSE", AT_ONCE)
    monkeypatch.setattr(forgetting, "STORE_PAUSE", AT_ONCE)
    return Settings(
        public_url="https://pista.test",
        data_dir=tmp_path,
        meta_graph_url=whatsapp.url,
        telegram_api_url=telegram.url,
        s3=fake.settings_for(store),
        media_bucket=fake.BUCKET,
    )


@pytest.fixture
async def lead(house: House) -> AsyncGenerator[Lead]:
    connection = await postgres.connect(house.postgres.url)
    yield Lead(connection)
    await connection.close()


async def uploaded(company: Company, content: bytes = JPEG) -> httpx.Response:
    return await company.client.post(
        MEDIA, content=content, params={"filename": "rosas.jpg"}, headers={"Content-Type": "x/y"}
    )


async def forgotten(house: House, lead: Lead, settings: Settings) -> None:
    """The chore, and the jobs that it makes; and both an hour later."""
    forgetter, now = FileForgetter(settings.data_dir), datetime.now(UTC)
    for at in (now, now + forgetting.AGAIN_AFTER * 2):
        await forgetter.forget(lead, at)
        await worked_off(house)


async def test_a_picture_is_kept_in_the_bucket(
    company: Company, sent: Sent, outside: Any, store: fake.Store, settings: Settings
):
    """
    And nowhere else; colleagues are shown it by Pista, whole or in part, and nobody else is.
    """
    message = await sent(JPEG)

    assert list(store.objects.values()) == [JPEG]
    assert files(settings) == []
    answer = await company.client.get(f"{MEDIA}/{message}")
    assert (answer.status_code, answer.content) == (200, JPEG)
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["content-length"] == str(len(JPEG))
    assert store.url not in str(answer.headers)
    part = await company.client.get(f"{MEDIA}/{message}", headers={"Range": "bytes=5-9"})
    assert (part.status_code, part.content) == (206, JPEG[5:10])
    assert part.headers["content-range"] == f"bytes 5-9/{len(JPEG)}"
    assert (await outside.get(f"{MEDIA}/{message}")).status_code == 401


async def test_a_large_file_goes_through_in_pieces(
    company: Company, store: fake.Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
):
    """
    Of parts as large as one may be, and read back in no larger ones.
    """
    monkeypatch.setattr(objects, "PART_BYTES", 1 << 20)
    content = b"%PDF-1.7" + os.urandom(5 << 20)

    made = (await uploaded(company, content)).json()

    assert (made["state"], made["bytes"]) == ("kept", len(content))
    assert store.largest <= (1 << 20) + (1 << 16)
    assert store.uploads == {}
    assert list(store.objects.values()) == [content]
    assert (await company.client.get(f"{MEDIA}/{made['id']}")).content == content
    assert files(settings) == []


async def test_a_picture_waits_for_a_store_that_is_away(
    company: Company, sent: Sent, store: fake.Store
):
    """
    It is fetched again and kept when the store is back; no attempt is lost by it.
    """
    # More than there are attempts, each of which asks three times.
    store.fail("put", "error", times=15)
    store.fail("put", "cut", times=3)

    message = await sent(JPEG)

    state = (await company.client.get(f"{MEDIA}/{message}/state")).json()
    assert (state["state"], state["error"]) == ("kept", None)
    assert list(store.objects.values()) == [JPEG]


@pytest.mark.parametrize("how", ["error", "slow_down", "cut"])
async def test_an_upload_is_refused_while_the_store_is_away(
    company: Company,
    store: fake.Store,
    house: House,
    lead: Lead,
    settings: Settings,
    how: str,
):
    """
    Nothing is called kept, nothing stays on the disk, and what may have arrived is deleted.
    """
    store.fail("put", how, times=10)

    answer = await uploaded(company)

    assert (answer.status_code, answer.json()["code"]) == (503, "media_store_away")
    assert files(settings) == []
    assert await company.rows("select 1 from chat_media") == []
    store.faults.clear()
    await forgotten(house, lead, settings)
    assert await company.rows("select 1 from chat_objects_gone") == []
    assert "delete" in store.heard


@pytest.mark.parametrize(
    ("how", "status", "code"),
    [
        ("error", 503, "media_store_away"),
        ("slow_down", 503, "media_store_away"),
        ("cut", 503, "media_store_away"),
        # What somebody else put there, or a page of a proxy's.
        ("another", 503, "media_store_away"),
        ("gone", 409, "media_not_here"),
    ],
)
async def test_a_store_that_does_not_give_it(
    company: Company, sent: Sent, store: fake.Store, how: str, status: int, code: str
):
    """
    The answer says so; when the store is back, it is shown.
    """
    message = await sent(JPEG)
    kept = dict(store.objects)
    if how == "gone":
        store.objects.clear()
    else:
        store.fail("get", how)

    answer = await company.client.get(f"{MEDIA}/{message}")

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    store.objects.update(kept)
    assert (await company.client.get(f"{MEDIA}/{message}")).content == JPEG


async def test_an_answer_that_breaks_off_is_not_taken_for_whole(
    company: Company, sent: Sent, store: fake.Store
):
    """
    Fewer bytes arrive than the answer has said.
    """
    message = await sent(JPEG)
    store.fail("get", "halved")

    try:
        answer = await company.client.get(f"{MEDIA}/{message}")
    except httpx.TransportError:
        return
    assert answer.status_code == 503 or len(answer.content) < int(answer.headers["content-length"])


async def test_a_slow_store_holds_up_nobody_else(company: Company, sent: Sent, store: fake.Store):
    """
    While a file is waited for, the same process answers others.
    """
    message = await sent(JPEG)
    store.fail("get", "slow")

    waiting = asyncio.create_task(company.client.get(f"{MEDIA}/{message}"))

    async def asked() -> bool:
        return "get" in store.heard

    await until(asked)
    state = await company.client.get(f"{MEDIA}/{message}/state")

    assert (state.status_code, waiting.done()) == (200, False)
    assert (await waiting).content == JPEG


async def test_it_is_gone_with_its_message(
    company: Company, sent: Sent, house: House, lead: Lead, store: fake.Store, settings: Settings
):
    """
    Each file of the same bytes is its own; a store that is away is told later.
    """
    first, second = await sent(JPEG), await sent(JPEG)
    assert len(store.objects) == 2
    store.fail("delete", "error", times=7)

    await company.rows("delete from messages where id::text = $1 returning 1", first)
    await forgotten(house, lead, settings)

    assert [key.rpartition("/")[2] for key in store.objects] == [second]
    assert (await company.client.get(f"{MEDIA}/{second}")).content == JPEG
    assert await company.rows("select 1 from chat_objects_gone") == []


async def test_it_is_erased_with_the_person(
    company: Company, sent: Sent, house: House, lead: Lead, store: fake.Store, settings: Settings
):
    """
    And handed over before, by its name.
    """
    message = await sent(JPEG, "document", filename="receta.jpg")
    [(contact,)] = await company.rows("select id from contacts")
    async with house.postgres.transaction() as tx:
        person = await rights.person(tx, company.tenant, ContactId(contact))
        assert person is not None
        held = await rights.held(tx, person, HELD["chat"].select)
        for room in HELD.values():
            await room.erase(tx, person)
    assert [str(row["id"]) for row in held["chat_media"]] == [message]

    await forgotten(house, lead, settings)

    assert store.objects == {}
    assert await company.rows("select 1 from chat_objects_gone") == []


async def test_one_that_arrives_after_its_row_is_gone_is_deleted_too(
    company: Company, sent: Sent, house: House, lead: Lead, store: fake.Store, settings: Settings
):
    """
    Somebody was just putting it there when the person was erased.
    """
    message = await sent(JPEG)
    [(key, content)] = store.objects.items()
    await company.rows("delete from messages where id::text = $1 returning 1", message)
    forgetter, now = FileForgetter(settings.data_dir), datetime.now(UTC)
    await forgetter.forget(lead, now)
    await worked_off(house)
    assert store.objects == {}

    store.objects[key] = content
    await forgetter.forget(lead, now + forgetting.AGAIN_AFTER * 2)
    await worked_off(house)

    assert store.objects == {}
    assert await company.rows("select 1 from chat_objects_gone") == []


async def test_what_is_never_sent_is_gone_after_two_days(
    company: Company, house: House, lead: Lead, store: fake.Store, settings: Settings
):
    """
    Also one whose web process was killed between the bucket and the row.
    """
    kept, killed = (await uploaded(company)).json()["id"], (await uploaded(company)).json()["id"]
    await company.rows(
        """
        update chat_media set state = 'waiting', sha256 = null where id = $1 returning 1
        """,
        UUID(killed),
    )
    await company.rows("update chat_media set created_at = now() - interval '3 days' returning 1")

    await forgotten(house, lead, settings)

    assert store.objects == {}
    assert (await company.client.get(f"{MEDIA}/{kept}")).status_code == 404


async def test_files_are_found_where_they_were_put(
    company: Company,
    sent: Sent,
    database: str,
    store: fake.Store,
    settings: Settings,
):
    """
    The settings change from the bucket to the folder and back: every row knows where its file is.
    """
    in_bucket = await sent(JPEG)
    folder = structs.replace(settings, media_bucket=None)
    moved = House(folder, Urls(database_url=database, clickhouse_url="http://127.0.0.1:1"))
    await moved.start()
    transport = httpx.ASGITransport(moved, raise_app_exceptions=False)
    async with httpx.AsyncClient(
        transport=transport, base_url="https://pista.test", headers=company.client.headers
    ) as client:
        there = Company(company.tenant, client, moved)
        in_folder = (await uploaded(there, JPEG + b"2")).json()["id"]
        assert (await client.get(f"{MEDIA}/{in_bucket}")).content == JPEG
        assert (await client.get(f"{MEDIA}/{in_folder}")).content == JPEG + b"2"
    await moved.stop()

    assert (len(files(settings)), len(store.objects)) == (1, 1)
    assert (await company.client.get(f"{MEDIA}/{in_folder}")).content == JPEG + b"2"


async def test_without_keys_it_is_said_that_they_are_missing(
    company: Company, sent: Sent, database: str, settings: Settings
):
    """
    The row still says that the file is in a bucket.
    """
    message = await sent(JPEG)
    bare = structs.replace(settings, media_bucket=None, s3=None)
    moved = House(bare, Urls(database_url=database, clickhouse_url="http://127.0.0.1:1"))
    await moved.start()
    transport = httpx.ASGITransport(moved, raise_app_exceptions=False)
    async with httpx.AsyncClient(
        transport=transport, base_url="https://pista.test", headers=company.client.headers
    ) as client:
        answer = await client.get(f"{MEDIA}/{message}")
    await moved.stop()

    assert (answer.status_code, answer.json()["code"]) == (503, "media_store_away")
