"""What changed since a screen last heard, whether it was told or not.

The number is that of a transaction: below the one that is answered with, all have ended. What is
told twice is fetched twice; nothing is left out.
"""

from pista.accounts import Caller
from pista.chat import announcing_queries as queries
from pista.chat.inbox.model import Changes
from pista.errors import Invalid
from pista.store.postgres import Tx

MOST = 500


async def since(tx: Tx, caller: Caller, given: str | None) -> Changes:
    # First, so that what ends meanwhile is told the next time, too.
    settled = await queries.settled(tx)
    if given is None:
        return Changes(conversation_ids=[], all=True, next=str(settled))
    number = _number(given)
    # Another server's numbers, of before it was restored from a copy.
    if number > settled:
        return Changes(conversation_ids=[], all=True, next=str(settled))
    found = await queries.changed_since(tx, caller.tenant_id, number, MOST + 1)
    many = len(found) > MOST
    return Changes(conversation_ids=[] if many else found, all=many, next=str(settled))


def _number(given: str) -> int:
    if not given.isascii() or not given.isdigit() or len(given) > 18:
        raise Invalid("since: give what `next` said.")
    return int(given)
