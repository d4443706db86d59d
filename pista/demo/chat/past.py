"""What was said before the demo began: customers by the doors, the shop in its own name."""

import asyncio
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec

from pista.chat import sending
from pista.chat.model import ConversationId
from pista.chat.sending import SendMessage
from pista.demo.chat import script
from pista.demo.chat.desk import CONVERSATIONS, Desk
from pista.demo.chat.platforms import Platforms, Sent
from pista.demo.chat.script import COLLEAGUES, Customer, Line
from pista.demo.chat.talk import Talk, id_of
from pista.demo.chat.webhooks import Word
from pista.ids import TenantId, UserId, VisitorId
from pista.store.postgres import Postgres

TICKS = {"sent": 1, "delivered": 3, "read": 50}
"""Seconds after a message that it got so far."""


class Past:
    """Tells it once: what is there already is known by its ids."""

    def __init__(
        self,
        desk: Desk,
        talk: Talk,
        postgres: Postgres,
        tenant: TenantId,
        platforms: Platforms | None,
        began: datetime,
        visitor: VisitorId | None,
    ) -> None:
        self._desk = desk
        self._talk = talk
        self._postgres = postgres
        self._tenant = tenant
        self._platforms = platforms
        self._began = began
        self._visitor = visitor

    async def tell(self, admin: str) -> None:
        """`admin` is the name of whom the shop's demo signs in as."""
        ids = await self._desk.colleagues()
        people = {"sol": ids[admin]} | {key: ids[name] for key, name in COLLEAGUES.items()}
        async with asyncio.TaskGroup() as group:
            for customer in script.CUSTOMERS:
                lines = [line for line in script.LINES if line.who == customer.key]
                if lines:
                    group.create_task(self._conversation(customer, lines, people))
        for shortcut, text in script.QUICK.items():
            quick = {"shortcut": shortcut, "text": text}
            await self._desk.ask("POST", "/api/chat/quick-replies", quick, 409)

    async def _conversation(
        self, customer: Customer, lines: list[Line], people: dict[str, str]
    ) -> None:
        said: list[str | None] = []
        conversation = ""
        for place, line in enumerate(lines):
            quotes = None if line.quotes is None else said[line.quotes]
            if line.by != "them":
                said.append(await self._answer(conversation, place, line, quotes, people[line.by]))
                continue
            if line.kind == "reaction" and quotes is None:
                said.append(None)
                continue
            word = self._word(customer, place, line, quotes)
            await self._talk.say(word)
            conversation = conversation or await self._found(customer)
            if line.kind != "reaction":
                await self._desk.settled(conversation, "externalId", word.id)
            said.append(word.id)
        await self._arrange(customer, conversation, people)

    async def _found(self, customer: Customer) -> str:
        return await self._desk.conversation(customer.platform, customer.name)

    def _word(self, customer: Customer, place: int, line: Line, quotes: str | None) -> Word:
        text = line.text
        if script.VISITOR in text:
            text = text.replace(script.VISITOR, self._visitor or "v")
        return Word(
            customer=customer,
            id=id_of(customer, place + 1),
            at=self._at(line),
            kind=line.kind,
            text=text,
            quotes=quotes,
            extra=line.extra,
        )

    def _at(self, line: Line) -> datetime:
        return self._began - timedelta(minutes=line.ago)

    async def _answer(
        self, conversation: str, place: int, line: Line, quotes: str | None, author: str
    ) -> str | None:
        """What somebody of the shop wrote then; where nothing can be sent, nobody did."""
        if self._platforms is None:
            return None
        to = _customer(line).number
        if line.fate == "failed":
            self._platforms.out_of_reach.add(to)
        asked = msgspec.convert({**_asked(line), "replyTo": quotes}, SendMessage)
        async with self._postgres.of(self._tenant).transaction() as tx:
            message = await sending.send(
                tx,
                self._tenant,
                UserId(UUID(author)),
                ConversationId(UUID(conversation)),
                f"demo-{line.who}-{place}",
                asked,
                msgspec.convert(script.TEMPLATES, list[sending.KnownTemplate]),
                now=self._at(line),
            )
        found = await self._desk.settled(conversation, "id", str(message))
        self._platforms.out_of_reach.discard(to)
        if found["externalId"] is not None and line.fate != "failed":
            sent = Sent(_customer(line).platform, found["externalId"], to, str(message))
            await self._talk.tell(sent, self._ticks(line))
        return found["externalId"]

    def _ticks(self, line: Line) -> dict[str, datetime]:
        states = list(TICKS)[: list(TICKS).index(line.fate) + 1]
        return {state: self._at(line) + timedelta(seconds=TICKS[state]) for state in states}

    async def _arrange(self, customer: Customer, conversation: str, people: dict[str, str]) -> None:
        """Whose it is, what of it was read, and what colleagues should know."""
        path = f"{CONVERSATIONS}/{conversation}"
        if customer.assigned is not None:
            await self._desk.ask("PUT", f"{path}/assignment", {"userId": people[customer.assigned]})
        messages = await self._desk.messages(conversation)
        answered = [one["seq"] for one in messages if one["direction"] == "out"]
        if answered and messages[-1]["kind"] != "image":
            seen = max(one["seq"] for one in messages)
            await self._desk.ask("POST", f"{path}/read", {"through": seen})
        if customer.closed:
            await self._desk.ask("PUT", f"{path}/status", {"status": "closed"})
        if customer.key == script.NOTE[0]:
            await self._desk.ask("POST", f"{path}/notes", {"text": script.NOTE[1]})


def _customer(line: Line) -> Customer:
    return next(one for one in script.CUSTOMERS if one.key == line.who)


def _asked(line: Line) -> dict[str, Any]:
    if line.kind == "text":
        return {"type": "text", "text": line.text}
    return {"type": line.kind, line.kind: line.extra}
