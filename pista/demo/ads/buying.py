"""While the demo goes on: somebody clicks on an ad, writes to the bot, and pays by Pix."""

import asyncio
import secrets
from datetime import UTC, datetime
from random import Random
from urllib.parse import parse_qs, urlsplit

import httpx
import msgspec

from pista import chat
from pista.accounts import Caller, Role
from pista.chat import known, sending
from pista.chat.channels import queries as channels
from pista.chat.model import ConversationId
from pista.chat.sending import SendMessage
from pista.demo.ads import hearing, script, talks
from pista.demo.chat.platforms import BOT
from pista.demo.chat.script import Customer
from pista.demo.chat.talk import Talk, id_of
from pista.demo.chat.webhooks import Word
from pista.ids import TenantId
from pista.sales import money
from pista.sales.gateways import Account
from pista.sales.model import Buyer, PersonNotFound, SaleChat
from pista.sales.moving import Cause
from pista.sales.payments import charge_queries, charging
from pista.sales.payments.charge_queries import ChargeRow
from pista.sales.payments.model import NewPix
from pista.store.postgres import Postgres

FIRST_SECONDS, BETWEEN_SECONDS = 20.0, (45.0, 90.0)
STEP_SECONDS = (2.0, 5.0)
TRIES = 60
PAYS = 0.75
PHONE = (
    "Mozilla/5.0 (Linux; Android 14; SM-A546E) AppleWebKit/537.36 (KHTML, like Gecko)"
    " Version/4.0 Chrome/131.0.0.0 Mobile Safari/537.36 Instagram 361.0.0.46.88 Android"
)
ASKED = "Oi! Tem sim 😊 Já mandei o Pix, vale por 24 horas."
THANKS = "Pagamento recebido, obrigada! Seu guarda-sol sai amanhã cedo 🧡"
SAID = ["Oi! O guarda-sol azul do anúncio ainda tem?", "Quero um, posso pagar por Pix?"]


class Buying:
    """The same journey again and again, each time by somebody else."""

    def __init__(
        self,
        client: httpx.AsyncClient,
        talk: Talk,
        postgres: Postgres,
        tenant: TenantId,
        account: Account | None,
    ) -> None:
        self._client = client
        self._talk = talk
        self._postgres = postgres
        self._tenant = tenant
        self._account = account
        self._dice = Random()  # noqa: S311 - who buys next in a demo

    async def go_on(self) -> None:
        """For ever; not at all where the platforms are not the demo's."""
        if self._account is None:
            return
        await asyncio.sleep(FIRST_SECONDS)
        while True:
            await self._journey(self._account)
            await asyncio.sleep(self._dice.uniform(*BETWEEN_SECONDS))

    async def _journey(self, account: Account) -> None:
        token = await self._click()
        if token is None:
            return
        customer = self._somebody()
        for number, text in enumerate([f"/start {token}", *SAID], start=1):
            await self._wait()
            at = datetime.now(UTC)
            await self._talk.say(
                Word(customer=customer, id=id_of(customer, number), at=at, text=text)
            )
        await self._wait()
        charge = await self._charge(customer)
        if charge is None:
            return
        await self._answer(customer, ASKED)
        if self._dice.random() < PAYS:
            await self._wait()
            await self._pay(account, charge)
            await self._answer(customer, THANKS, over=True)

    async def _click(self) -> str | None:
        """On the ad, and the token that the bot is handed."""
        ad, slug = script.PARASOL, script.LINKS[1].slug
        query = {
            "fbclid": f"IwAR{secrets.token_hex(20)}",
            **{"utm_source": "ig", "utm_medium": "paid", "utm_campaign": ad.campaign},
            **{"campaign_id": ad.campaign_id, "adset_id": ad.adset_id, "ad_id": ad.ad_id},
        }
        try:
            answer = await self._client.get(
                f"/go/{slug}", params=query, headers={"User-Agent": PHONE}
            )
        except httpx.TransportError:
            return None
        location: str = answer.headers.get("location", "")
        started = parse_qs(urlsplit(location).query).get("start")
        return started[0] if started else None

    def _somebody(self) -> Customer:
        number = 5550300000 + self._dice.randrange(10**5)
        name = talks.name_of(f"telegram {number}", "pt")
        return Customer(
            key=f"bot{number}",
            name=name,
            platform="telegram",
            number=str(number),
            language="pt",
            answers=False,
        )

    async def _charge(self, customer: Customer) -> ChargeRow | None:
        """The Pix that the shop asks for, as soon as it is known who writes."""
        cents = self._dice.randrange(*script.CHATS[0].cents) // 100 * 100 - 10
        now = datetime.now(UTC)
        for _ in range(TRIES):
            async with self._postgres.transaction() as tx:
                channel = await channels.channel_of(tx, self._tenant, "telegram", str(BOT))
                assert channel is not None
                asked = NewPix(
                    amount=cents,
                    description="Guarda-sol de praia",
                    chat=SaleChat(channel_id=channel.id, external_id=customer.number),
                    buyer=Buyer(name=customer.name),
                )
                try:
                    made, _ = await charging.ask(
                        tx, self._tenant, asked, None, Cause("system", now)
                    )
                except PersonNotFound:
                    made = None
                if made is not None:
                    return await charge_queries.charge(tx, self._tenant, made)
            await asyncio.sleep(1)
        return None

    async def _answer(self, customer: Customer, text: str, *, over: bool = False) -> None:
        """The shop says so in the chat; when all is said, nobody has to look at it any more."""
        now, caller = datetime.now(UTC), Caller(tenant_id=self._tenant, role=Role.ADMIN)
        async with self._postgres.transaction() as tx:
            channel = await channels.channel_of(tx, self._tenant, "telegram", str(BOT))
            assert channel is not None
            person = await known.person_by(tx, self._tenant, channel.id, customer.number)
            spoken = await chat.talks_of(tx, self._tenant, [], [person] if person else [])
            for talk in spoken:
                if talk.conversation_id is None:
                    continue
                conversation = ConversationId(talk.conversation_id)
                asked = SendMessage(type="text", text=text)
                key = f"{customer.key}-{over}"
                await sending.send(tx, self._tenant, None, conversation, key, asked, None, now=now)
                if over:
                    await hearing.close(tx, caller, conversation, now)

    async def _pay(self, account: Account, charge: ChargeRow) -> None:
        """The bank tells of it at the account's own address."""
        told = {
            "txid": charge.txid,
            "status": "paid",
            "amount": money.text(charge.amount_cents),
            "endToEndId": f"E{secrets.token_hex(15)}",
        }
        path = f"/webhooks/payments/webhook/{account.id}/{account.secrets.path_secret}"
        try:
            await self._client.post(
                path,
                content=msgspec.json.encode(told),
                headers={"Content-Type": "application/json"},
            )
        except httpx.TransportError:
            return  # it stays unpaid, as some do

    async def _wait(self) -> None:
        await asyncio.sleep(self._dice.uniform(*STEP_SECONDS))
