"""The shop's CRM: where it tells of people, and what it says while the demo runs."""

from datetime import datetime
from random import Random
from typing import Any

from pista.crm import service
from pista.crm.model import NewWebhookSource
from pista.demo import persons
from pista.demo.desk import script
from pista.ids import TenantId
from pista.store.postgres import Postgres

NAME = "GoHighLevel de la tienda"


async def connect(postgres: Postgres, tenant: TenantId, now: datetime) -> str:
    """The path of a new source, with its secret."""
    async with postgres.transaction() as tx:
        asked = NewWebhookSource(kind="ghl", name=NAME)
        made = await service.create(tx, tenant, asked, now=now)
    return f"/webhooks/ghl/{made.id}/{made.secret}"


def told(dice: Random, at: datetime) -> dict[str, Any]:
    """Of somebody whom nobody knows, as a workflow says it."""
    who = persons.person(f"{dice.getrandbits(64)} lead")
    first, _, last = who.name.partition(" ")
    return {
        "contact_id": who.crm_id,
        "first_name": first,
        "last_name": last,
        "full_name": who.name,
        "email": who.email,
        "phone": who.phone,
        "tags": "lead",
        "country": "MX",
        "date_created": at.isoformat(),
        "contact_type": "lead",
        "customData": {"campaign": dice.choice(script.CAMPAIGNS) or ""},
    }
