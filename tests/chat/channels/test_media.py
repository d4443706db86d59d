"""Files of messages: fetched once, checked by their bytes, shown to colleagues alone."""

import hashlib
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from pista.app import House
from pista.chat import FileForgetter
from pista.chat.media import attach
from pista.chat.media.fetching import Plan
from pista.chat.media.kinds import kind_of, may_be_inline
from pista.chat.media.model import MediaId, MediaNotFound, MediaRow
from pista.chat.media.routes import range_of
from pista.chat.model import MessageId
from pista.ids import uuid7
from pista.settings import Settings
from pista.store import postgres
from pista.store.postgres import Lead
from tests.chat.channels.conftest import Company, worked_off
from tests.chat.conftest import NOON
from tests.fakes import whatsapp as fake
from tests.fakes.telegram import Telegram
from tests.fakes.whatsapp import WhatsApp

MEDIA = "/api/chat/media"
JPEG = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 4
PAGE = b"<!doctype html><script>alert(1)</script>"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


@pytest.mark.parametrize(
    ("head", "told", "kind"),
    [
        (JPEG, "image/jpeg", "image/jpeg"),
        (JPEG, "text/html", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", None, "image/png"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp", "image/webp"),
        (b"OggS\0\2", "audio/ogg; codecs=opus", "audio/ogg"),
        (b"\0\0\0\x18ftypmp42", "video/mp4", "video/mp4"),
        (b"\0\0\0\x18ftypmp42", "audio/mp4", "audio/mp4"),
        (b"\0\0\0\x18ftyp3gp4", "video/3gpp", "video/3gpp"),
        (b"\xff\xf1P", "audio/aac", "audio/aac"),
        (b"\xff\xfb\x90", "audio/mpeg", "audio/mpeg"),
        (b"%PDF-1.7", "application/pdf", "application/pdf"),
        (b"Hola", "text/plain", "text/plain"),
        # What a browser would run is nothing in particular, whatever it is called.
        (PAGE, "text/plain", "application/octet-stream"),
        (PAGE, "image/jpeg", "application/octet-stream"),
        (SVG, "image/svg+xml", "application/octet-stream"),
        (b"  <svg/onload=alert(1)>", "text/plain", "application/octet-stream"),
        (b"", None, "application/octet-stream"),
    ],
)
def test_a_file_is_what_its_bytes_are(head: bytes, told: str | None, kind: str):
    """
    What somebody says of it makes nothing of it that a browser would run.
    """
    assert kind_of(head, told) == kind
    assert may_be_inline(kind) == kind.startswith(("image/", "video/", "audio/"))


class Sent:
    """Ana sends files to the number."""

    def __init__(self, company: Company, outside: httpx.AsyncClient, whatsapp: WhatsApp) -> None:
        self._company = company
        self._outside = outside
        self._whatsapp = whatsapp

    async def __call__(
        self, content: bytes, kind: str = "image", mime: str = "image/jpeg", **more: Any
    ) -> str:
        """The message's id, after all is worked off."""
        media = self._whatsapp.keep(content, mime)
        told = hashlib.sha256(content).hexdigest()
        part = {"id": media, "mime_type": mime, "sha256": told, **more}
        message = fake.said("", type=kind)
        message.pop("text")
        message[kind] = part
        await self.deliver(message)
        [(found,)] = await self._company.rows(
            "select id from messages where external_id = $1", message["id"]
        )
        return str(found)

    async def deliver(self, message: dict[str, Any]) -> None:
        body = fake.webhook(messages=[message])
        headers = {"x-hub-signature-256": fake.sign(body)}
        answer = await self._outside.post("/api/chat/webhook", content=body, headers=headers)
        assert answer.status_code == 200, answer.text
        await worked_off(self._company.house)


@pytest.fixture
async def sent(company: Company, outside: httpx.AsyncClient, whatsapp: WhatsApp) -> Sent:
    await company.add("whatsapp")
    return Sent(company, outside, whatsapp)


async def test_a_picture_is_fetched_and_shown(company: Company, sent: Sent, outside: Any):
    """
    To colleagues, by its message's id, safely; to nobody else.
    """
    message = await sent(JPEG, caption="Rosas")

    answer = await company.client.get(f"{MEDIA}/{message}")
    assert (answer.status_code, answer.content) == (200, JPEG)
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["content-disposition"].startswith("inline")
    assert answer.headers["content-length"] == str(len(JPEG))
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]
    state = (await company.client.get(f"{MEDIA}/{message}/state")).json()
    assert (state["state"], state["mimeType"], state["inline"]) == ("kept", "image/jpeg", True)
    assert (await outside.get(f"{MEDIA}/{message}")).status_code == 401


@pytest.mark.parametrize(
    ("asked", "status", "content"),
    [
        ("bytes=0-3", 206, JPEG[:4]),
        ("bytes=1000-", 206, JPEG[1000:]),
        ("bytes=-10", 206, JPEG[-10:]),
        ("bytes=5-999999", 206, JPEG[5:]),
        ("bytes=999999-", 200, JPEG),
        ("bytes=9-3", 200, JPEG),
        ("lines=1-2", 200, JPEG),
    ],
)
def test_a_player_asks_for_parts(asked: str, status: int, content: bytes):
    """
    One range; whatever else is asked for is all of it.
    """
    part = range_of(asked, len(JPEG))

    assert JPEG[part.first : part.last + 1] == content
    assert part.whole == (status == 200)


async def test_what_could_run_is_downloaded(company: Company, sent: Sent):
    """
    A page and a drawing with a script in it, whatever they are said to be.
    """
    for content, mime in ((PAGE, "text/html"), (PAGE, "image/jpeg"), (SVG, "image/svg+xml")):
        message = await sent(content, "document", mime, filename='../../"x"\r\n.html')
        answer = await company.client.get(f"{MEDIA}/{message}")

        assert answer.headers["content-type"] == "application/octet-stream"
        assert answer.headers["content-disposition"] == (
            "attachment; filename*=UTF-8''%22x%22.html"
        )


async def test_the_same_file_lies_there_once(
    company: Company, sent: Sent, house: House, settings: Settings
):
    """
    Until nobody has it any more: then it is taken away, and not before.
    """
    first, second = await sent(JPEG), await sent(JPEG)
    assert len(files(settings)) == 1
    connection = await postgres.connect(house.postgres.url)
    forgetter = FileForgetter(settings.data_dir)

    await company.rows("delete from messages where id::text = $1 returning 1", first)
    await forgetter.forget(Lead(connection), NOON)
    assert (await company.client.get(f"{MEDIA}/{second}")).status_code == 200
    await company.rows("delete from messages where id::text = $1 returning 1", second)
    await forgetter.forget(Lead(connection), NOON)
    await connection.close()

    assert files(settings) == []
    assert await company.rows("select 1 from chat_files_gone") == []


async def test_another_company_has_no_files_of_ours(
    make_company: Callable[[str], Awaitable[Company]],
    outside: httpx.AsyncClient,
    whatsapp: WhatsApp,
):
    """
    Neither by its id nor by an upload of the same bytes.
    """
    ours, theirs = await make_company("flores"), await make_company("rivales")
    await ours.add("whatsapp")
    message = await Sent(ours, outside, whatsapp)(JPEG)

    for path in (f"{MEDIA}/{message}", f"{MEDIA}/{message}/state"):
        assert (await theirs.client.get(path)).json()["code"] == "media_not_found"
    assert (await theirs.client.post(f"{MEDIA}/{message}/retry")).status_code == 404


async def test_a_file_that_is_gone_is_shown_as_such(
    company: Company, sent: Sent, whatsapp: WhatsApp
):
    """
    With what the platform says of it; when it is there again, it is fetched by a click.
    """
    whatsapp.corrupt_media = True
    message = await sent_but_late(sent, company)
    state = (await company.client.get(f"{MEDIA}/{message}/state")).json()
    assert (state["state"], state["canRetry"]) == ("failed", True)
    refused = await company.client.get(f"{MEDIA}/{message}")
    assert (refused.status_code, refused.json()["code"]) == (409, "media_not_here")

    whatsapp.corrupt_media = False
    assert (await company.client.post(f"{MEDIA}/{message}/retry")).status_code == 202
    await worked_off(company.house)
    assert (await company.client.get(f"{MEDIA}/{message}")).content == JPEG
    again = await company.client.post(f"{MEDIA}/{message}/retry")
    assert again.json()["code"] == "media_not_here"


async def sent_but_late(sent: Sent, company: Company) -> str:
    """With its attempts used up, but for one."""
    await company.rows(
        """
        create function impatient() returns trigger language plpgsql as
        $$ begin new.attempts := greatest(new.attempts, 4); return new; end $$
        """
    )
    await company.rows(
        """
        create trigger impatient before insert on jobs
        for each row when (new.kind = 'chat.media') execute function impatient()
        """
    )
    message = await sent(JPEG)
    await company.rows("drop trigger impatient on jobs")
    return message


async def test_a_file_that_is_too_large_is_not_taken(
    company: Company, sent: Sent, whatsapp: WhatsApp, settings: Settings
):
    """
    Whatever the platform says of its size; and nothing of it stays on the disk.
    """
    for understated in (False, True):
        whatsapp.understate_sizes = understated

        message = await sent(JPEG + b"x" * settings.media_max_bytes)

        state = (await company.client.get(f"{MEDIA}/{message}/state")).json()
        assert state["state"] == "too_large"
    assert files(settings) == []


async def test_a_bots_files_are_fetched_too(
    company: Company, outside: httpx.AsyncClient, telegram: Telegram
):
    """
    A voice, which Telegram gives away under no name.
    """
    await company.add("telegram")
    voice = {"file_id": telegram.keep(b"OggS\0\2opus"), "duration": 3, "mime_type": "audio/ogg"}
    said = telegram.said("", voice=voice)
    said.pop("text")
    headers = {"x-telegram-bot-api-secret-token": telegram.webhook["secret_token"]}
    body = telegram.update(message=said)
    await outside.post(telegram.webhook["url"], content=body, headers=headers)
    await worked_off(company.house)

    [(message,)] = await company.rows("select id::text from messages")
    answer = await company.client.get(f"{MEDIA}/{message}")
    assert (answer.content, answer.headers["content-type"]) == (b"OggS\0\2opus", "audio/ogg")


async def test_a_file_is_uploaded_to_be_sent(company: Company, settings: Settings):
    """
    It is of one message; what is never sent is forgotten.
    """
    answer = await company.client.post(
        MEDIA, content=JPEG, params={"filename": "rosas.jpg"}, headers={"Content-Type": "text/html"}
    )
    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert (made["mimeType"], made["filename"], made["bytes"]) == (
        "image/jpeg",
        "rosas.jpg",
        len(JPEG),
    )
    nothing = await company.client.post(MEDIA, content=b"")
    assert nothing.json()["code"] == "media_empty"
    huge = await company.client.post(MEDIA, content=b"x" * (settings.media_max_bytes + 1))
    assert (huge.status_code, huge.json()["code"]) == (413, "media_too_large")
    assert len(files(settings)) == 1

    with pytest.raises(MediaNotFound):
        async with company.house.postgres.transaction() as tx:
            await attach(tx, company.tenant, MediaId(uuid7()), MessageId(uuid7()))


async def test_a_number_without_a_token_fetches_nothing(
    company: Company, sent: Sent, whatsapp: WhatsApp
):
    """
    It says so, and nothing is tried in vain.
    """
    await company.rows("update chat_channels set token = null returning 1")

    message = await sent(JPEG)

    state = (await company.client.get(f"{MEDIA}/{message}/state")).json()
    assert (state["state"], state["advice"]) == ("failed", "check_token")


def files(settings: Settings) -> list[Path]:
    return [path for path in (settings.data_dir / "media").rglob("*") if path.is_file()]


def test_a_plan_does_not_tell_the_token():
    """
    Not even where it is printed by mistake.
    """
    row = MediaRow(
        id=MediaId(uuid7()),
        channel_id=None,
        external_id="1",
        state="waiting",
        mime_type=None,
        filename=None,
        size=None,
        sha256=None,
        told_sha256=None,
        error=None,
        advice=None,
        created_at=NOON,
    )
    assert "token" not in repr(Plan(row, None, "EAAG-token"))
