"""Which templates a number of WhatsApp has: asked for in no transaction, and kept for a while."""

from datetime import datetime, timedelta

from pista.chat.channels.asking import refusal
from pista.chat.channels.model import ChannelNotFound
from pista.chat.model import ChannelId, ConversationId
from pista.chat.outgoing import Refused
from pista.chat.platforms import Platforms
from pista.chat.sealing import token_of
from pista.chat.sending import queries
from pista.chat.sending.model import ChannelOff, NotOnPlatform
from pista.chat.sending.queries import AccountRow, KeptTemplates
from pista.chat.whatsapp.client import KnownTemplate
from pista.ids import TenantId
from pista.store.postgres import Postgres
from pista.store.secrets import Sealer

FRESH_FOR = timedelta(minutes=10)


class TemplateList:
    """Of one company's numbers."""

    def __init__(
        self, postgres: Postgres, platforms: Platforms, sealer: Sealer, tenant: TenantId
    ) -> None:
        self._postgres = postgres
        self._platforms = platforms
        self._sealer = sealer
        self._tenant = tenant

    async def of(self, channel: ChannelId, *, now: datetime, fresh: bool = False) -> KeptTemplates:
        """What was kept, if it is new enough. Old is better than none, unless it must be fresh."""
        async with self._postgres.transaction() as tx:
            account = await queries.account(tx, self._tenant, channel)
            kept = None if fresh else await queries.templates(tx, self._tenant, channel)
        if account is None:
            raise ChannelNotFound
        if account.platform != "whatsapp":
            raise NotOnPlatform("Only WhatsApp has templates.")
        if kept and now - kept.at < FRESH_FOR:
            return kept
        found = await self._ask(account, channel)
        if isinstance(found, Refused):
            if kept and found.refusal.todo == "again":
                return kept
            raise refusal("WhatsApp", found)
        async with self._postgres.transaction() as tx:
            await queries.keep_templates(tx, self._tenant, channel, found, now)
        return KeptTemplates(templates=found, at=now)

    async def of_conversation(
        self, conversation: ConversationId, *, now: datetime
    ) -> list[KnownTemplate]:
        """Of the number that somebody writes to."""
        async with self._postgres.transaction() as tx:
            peer = await queries.lock_conversation(tx, self._tenant, conversation)
        if peer is None or peer.platform != "whatsapp":
            raise NotOnPlatform("template: only WhatsApp has templates.")
        return (await self.of(peer.channel_id, now=now)).templates

    async def _ask(self, account: AccountRow, channel: ChannelId) -> list[KnownTemplate] | Refused:
        if account.token is None or account.account_id is None:
            raise ChannelOff(
                "Enter its token and the WhatsApp Business Account in the settings first."
            )
        token = token_of(self._sealer, channel, account.token)
        if token is None:
            raise ChannelOff("Its token cannot be read any more; enter it again.")
        client = self._platforms.whatsapp(token, account.external_id)
        return await client.templates(account.account_id)
