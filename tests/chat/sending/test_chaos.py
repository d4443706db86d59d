"""Everything at once: workers killed, a platform that fails, throttles, and loses its answers."""

import asyncio
import signal
from collections import Counter, defaultdict
from contextlib import ExitStack
from datetime import UTC, datetime
from uuid import UUID

import pytest

from pista.chat.model import ConversationId
from pista.chat.sending import service
from pista.chat.sending.model import SendMessage
from tests.chat.sending.conftest import Shop, phone
from tests.chat.sending.working import worker_process, working
from tests.events.writing import until
from tests.fakes.telegram import Telegram
from tests.fakes.whatsapp import WhatsApp

pytestmark = pytest.mark.usefixtures("quick")

PEOPLE, EACH = 20, 25


async def write_to_all(shop: Shop) -> dict[int, list[str]]:
    """What was written to each of them, in order, while others wrote to the others."""

    async def write(n: int) -> list[str]:
        conversation = ConversationId(UUID((await shop.customer(n))[-36:]))
        written: list[str] = []
        for number in range(EACH):
            async with shop.postgres.of(shop.tenant).transaction() as tx:
                asked = SendMessage(type="text", text=f"{n}: {number}")
                key, now = f"key-{n}-{number}", datetime.now(UTC)
                message = await service.send(
                    tx, shop.tenant, None, conversation, key, asked, None, now=now
                )
            written.append(str(message))
        return written

    people = range(1, PEOPLE + 1)
    return dict(zip(people, await asyncio.gather(*(write(n) for n in people)), strict=True))


async def kill_now_and_then(shop: Shop, kills: int) -> None:
    """Two workers at a time; one after the other dies in the middle of what it does."""
    with ExitStack() as stack:
        children = [stack.enter_context(worker_process(shop.place)) for _ in range(2)]
        for n in range(kills):
            before = await accepted_or_so(shop)
            await until(lambda before=before: goes_on(shop, before))
            victim = children[n % 2]
            victim.send_signal(signal.SIGKILL)
            children[n % 2] = stack.enter_context(worker_process(shop.place))
        await shop.sent_off()


async def accepted_or_so(shop: Shop) -> int:
    [(count,)] = await shop.rows("select count(*) from messages where status = 'accepted'")
    return count


async def goes_on(shop: Shop, before: int) -> bool:
    return await accepted_or_so(shop) > before + 40


async def test_each_is_sent_once_or_shown_as_unknown(shop: Shop, whatsapp: WhatsApp):
    """
    Five hundred messages to twenty people, while workers are killed -9: what the platform took, it
    took once and in order; of what it lost, the statuses tell; nothing is left waiting.
    """
    whatsapp.fail, whatsapp.lose, whatsapp.per_second, whatsapp.pairs = 0.1, 0.02, 75, True
    whatsapp.slow_seconds = 0.01
    written = await write_to_all(shop)

    await kill_now_and_then(shop, kills=4)
    lost = await shop.rows("select id from messages where status = 'unknown'")
    for body in whatsapp.due(repeat=0.1):
        await shop.hear(body)

    taken = Counter(one.callback_data for one in whatsapp.accepted)
    assert max(taken.values()) == 1
    for n, messages in written.items():
        sent = [one.callback_data for one in whatsapp.to(phone(n))]
        assert sent == [one for one in messages if one in taken]
    states: defaultdict[str, set[str]] = defaultdict(set)
    for message, status in await shop.rows(
        "select id::text, status from messages where direction = 'out'"
    ):
        states[status].add(message)
    assert set(states) <= {"read", "unknown", "failed"}
    assert states["read"] == set(taken)
    assert len(states["unknown"]) + len(states["failed"]) + len(taken) == PEOPLE * EACH
    # Some answers were lost and some workers killed: that is what it is about.
    assert len(lost) >= 3
    assert len(states["unknown"]) + len(states["failed"]) < 60


async def test_a_platform_that_is_down_uses_up_no_attempts(
    shop: Shop, whatsapp: WhatsApp, telegram: Telegram
):
    """
    After a few failures the number pauses, and tries one message at a time; a bot goes on
    meanwhile. When it is back, all goes out.
    """
    whatsapp.fail = 1.0
    for n in range(1, 9):
        await shop.write(await shop.customer(n), "Hola")
    bea = await shop.customer(30, "telegram")
    async with working(shop.place):
        await until(lambda: _is_paused(shop))
        # Longer than this test takes, so that no trial comes while it looks.
        await shop.rows(
            "update chat_flow set open_until = now() + interval '1 hour' where opened > 0"
        )
        await shop.write(bea, "Hola")
        await until(lambda: _took(telegram))
        # Some had been let through before the pause.
        await until(lambda: _nobody_at_work(shop))
        tried = whatsapp.failed
        await asyncio.sleep(0.5)
        assert whatsapp.failed == tried
        whatsapp.fail = 0.0
        await shop.rows("update chat_flow set open_until = now() where open_until is not null")
        await shop.sent_off()

    assert len(whatsapp.accepted) == 8
    assert await shop.rows("select 1 from chat_flow where open_until is not null") == []


async def _is_paused(shop: Shop) -> bool:
    states = (await shop.clients[0].get("/api/chat/sending")).json()["items"]
    return states[0]["state"] == "paused"


async def _nobody_at_work(shop: Shop) -> bool:
    return await shop.rows("select 1 from jobs where state = 'running'") == []


async def _took(telegram: Telegram) -> bool:
    return len(telegram.accepted) == 1
