"""Who sees which conversation: an advisor their own and those that nobody has, others all."""

from typing import NamedTuple

from pista.accounts import Caller, Role
from pista.accounts.people import queries as people
from pista.chat.inbox import desk_queries as queries
from pista.chat.inbox.model import Colleague, ConversationNotFound
from pista.chat.model import ConversationId
from pista.ids import TenantId, UserId
from pista.store.postgres import Tx


class Sight(NamedTuple):
    """What somebody may see."""

    everything: bool
    user: UserId | None

    def sees(self, assigned_to: UserId | None) -> bool:
        return self.everything or assigned_to in (None, self.user)


def sight(caller: Caller) -> Sight:
    user = caller.user_id
    return Sight(everything=caller.role in (Role.ADMIN, Role.GTR), user=user)


async def check(tx: Tx, caller: Caller, conversation: ConversationId) -> None:
    """Refuse whoever may not see it; others' are as if they did not exist."""
    held = await queries.holder(tx, caller.tenant_id, conversation)
    if held is None or not sight(caller).sees(held.assigned_to):
        raise ConversationNotFound


async def colleagues(tx: Tx, tenant: TenantId) -> dict[UserId, Colleague]:
    """Everybody of the company, also who has left."""
    found = await people.people(tx, tenant)
    return {one.id: Colleague(id=one.id, name=one.name) for one in found}
