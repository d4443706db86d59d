"""The shop's conversations: customers who do not exist, on platforms that stand in for the real.

What customers say comes in by the same doors as everybody's, signed; what the shop answers goes out
over HTTP to stand-ins that the demo itself serves on this machine.
"""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import httpx

from pista.demo.chat import script, setting
from pista.demo.chat.desk import Desk
from pista.demo.chat.past import Past
from pista.demo.chat.platforms import Platforms
from pista.demo.chat.stage import Stage, open_stage, stage_of
from pista.demo.chat.talk import Talk
from pista.demo.opening import ADMIN, Shop
from pista.ids import VisitorId
from pista.settings import Settings
from pista.store.postgres import Postgres

__all__ = ["Stage", "Talk", "open_stage", "stage_of", "talking"]


@asynccontextmanager
async def talking(
    client: httpx.AsyncClient,
    postgres: Postgres,
    settings: Settings,
    opened: Shop,
    stage: Stage | None,
    visitor: VisitorId | None,
) -> AsyncGenerator[Talk]:
    """The conversations as they stand; without a stage, of those in which nobody answered.

    `visitor` began one of them on a page of the shop.
    """
    if stage is None:
        yield await _told(client, postgres, settings, opened, None, visitor)
        return
    platforms = Platforms(stage, script.TEMPLATES)
    async with platforms.serving():
        yield await _told(client, postgres, settings, opened, platforms, visitor)


async def _told(
    client: httpx.AsyncClient,
    postgres: Postgres,
    settings: Settings,
    opened: Shop,
    platforms: Platforms | None,
    visitor: VisitorId | None,
) -> Talk:
    talks, tenant = opened.kept.talks, opened.site.tenant_id
    assert talks is not None
    async with httpx.AsyncClient(base_url=client.base_url, timeout=30, trust_env=False) as own:
        desk = Desk(own, opened.kept.password)
        await desk.sign_in()
        known, sends = set(await desk.colleagues()), platforms is not None
        now = datetime.now(UTC)
        await setting.set_up(postgres, settings, tenant, talks, sends=sends, known=known, now=now)
        talk = Talk(client, talks, platforms)
        if not talks.told:
            past = Past(desk, talk, postgres, tenant, platforms, talks.began, visitor)
            await past.tell(ADMIN)
            talks.told = True
            opened.keep()
        await desk.sign_out()
    talk.forget()
    return talk
