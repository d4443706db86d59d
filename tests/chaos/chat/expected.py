"""What must be there in the end, by the ledgers of the clients."""

from collections import Counter, defaultdict

import msgspec

from tests.chaos.chat import agent, traffic
from tests.chaos.chat.config import Config
from tests.chaos.chat.traffic import ANSWERS, CODES, OWN, Form, Said, Sort, Webhook
from tests.chaos.ledger import Read


class Expected(msgspec.Struct, kw_only=True):
    webhooks: Counter[str] = msgspec.field(default_factory=Counter[str])
    """Acknowledged, or refused as they must be, by sort."""
    said: dict[str, Said] = {}
    companies: dict[str, int] = {}
    """Of which company each message is."""
    texts: dict[str, str] = {}
    """Of those that were edited."""
    poisoned: set[str] = msgspec.field(default_factory=set[str])
    reactions: int = 0
    forms: defaultdict[int, set[Form]] = msgspec.field(default_factory=lambda: defaultdict(set))
    refused: Counter[str] = msgspec.field(default_factory=Counter[str])
    written: list[list[str]] = []
    """Keys of messages to be sent, in order, for each conversation."""

    def people(self, company: int) -> int:
        """Whoever was named by both at least once is one person, however else they were named."""
        own = range(company * traffic.PEOPLE, (company + 1) * traffic.PEOPLE)
        found = [self.forms[person] for person in own if self.forms[person]]
        return sum(1 if Form.BOTH in forms else len(forms) for forms in found)

    def add(self, webhook: Webhook) -> None:
        self.webhooks[webhook.sort] += 1
        if ANSWERS.get(webhook.sort) in CODES:
            self.refused[CODES[ANSWERS[webhook.sort]]] += 1 + webhook.twice + webhook.again
        for one in webhook.said:
            self.said[one.id] = one
            self.companies[one.id] = webhook.company
            if webhook.sort is Sort.POISON:
                self.poisoned.add(one.id)
        self.texts |= webhook.edited
        self.reactions += webhook.reactions
        for person, form in webhook.met:
            self.forms[person].add(form)

    def text_of(self, message: str) -> str | None:
        return self.texts.get(message, self.said[message].text)


def expected(config: Config, metas: list[Read], agents: list[Read]) -> Expected:
    found = Expected()
    for person in range(len(config.conversations)):
        said = traffic.first_of_all(person)
        found.said[said.id], found.companies[said.id] = said, OWN
        found.forms[person].add(Form.BOTH)
    for client, read in enumerate(metas):
        for one in read.acknowledged:
            which = traffic.order(config.seed, client, one.number)
            found.add(traffic.webhook(config.seed, client, which, config.began))
    by_conversation: defaultdict[str, list[str]] = defaultdict(list)
    for client, read in enumerate(agents):
        own = config.conversations[client :: len(agents)]
        for number in sorted(one.number for one in read.acknowledged):
            place = agent.place_of(number, len(own))
            by_conversation[own[place]].append(agent.key_of(config.seed, client, number))
    found.written = list(by_conversation.values())
    return found
