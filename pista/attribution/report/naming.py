"""What the campaigns, ad sets and advertisements are called that results are credited to.

As the report has it: by the company's costs first, and else by what the address of the click said.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple, Protocol
from uuid import UUID

from pista import clicks
from pista.attribution.report import queries
from pista.attribution.report.joining import Names
from pista.ids import TenantId
from pista.store.postgres import Tx

NAMED_SINCE = timedelta(days=180)


class Credited(Protocol):
    """What a click says of its advertisement."""

    @property
    def click_id(self) -> UUID | None: ...
    @property
    def campaign(self) -> str | None: ...
    @property
    def adset(self) -> str | None: ...
    @property
    def ad(self) -> str | None: ...


class Advertised(NamedTuple):
    """By its ids, where they are known, and by what it is called."""

    campaign: str | None
    adset: str | None
    ad: str | None
    campaign_name: str | None
    adset_name: str | None
    ad_name: str | None


async def named(
    tx: Tx, tenant: TenantId, told: Sequence[Credited], *, now: datetime
) -> list[Advertised]:
    """Of each of them, in their order."""
    texts = sorted({text for one in told for text in (one.campaign, one.adset, one.ad) if text})
    if not texts:
        return [Advertised(*([None] * 6)) for _ in told]
    first, last = (now - NAMED_SINCE).date(), (now + timedelta(days=1)).date()
    names = Names(await queries.named(tx, tenant, first, last, texts))
    ids = sorted({one.click_id for one in told if one.click_id})
    said = await clicks.names_said(tx, tenant, ids)
    return [_called(one, names, said) for one in told]


def _called(one: Credited, names: Names, said: clicks.NamesSaid) -> Advertised:
    key = names.keyed((one.campaign or "", one.adset or "", one.ad or ""))
    by_costs = names.called(key)
    by_address = said.get(one.click_id) if one.click_id else None
    called = [
        name or (other if other != id_ else None)
        for id_, name, other in zip(key, by_costs, by_address or (None, None, None), strict=True)
    ]
    return Advertised(*(id_ or None for id_ in key), *(name or None for name in called))
