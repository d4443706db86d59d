"""The test button: finds out whether a destination can be told anything."""

from datetime import datetime, timedelta
from typing import Any

import msgspec

from pista.attribution import buyer
from pista.attribution.buyer import Buyer
from pista.attribution.conversions.client import Client
from pista.attribution.conversions.model import DestinationRow
from pista.attribution.destinations import sealing
from pista.attribution.destinations.model import DestinationTested
from pista.attribution.platforms import PLATFORMS
from pista.attribution.told import SECRET_MISSING, Answer, Item, Outgoing, Sending, Told, Verdict
from pista.store.secrets import Sealer, SecretUnreadable


async def probe(
    client: Client, sealer: Sealer, row: DestinationRow, *, now: datetime
) -> DestinationTested:
    """A made-up sale under a test code, or as little as the platform has for this."""
    platform = PLATFORMS[row.kind]
    try:
        secrets = sealing.opened(sealer, row)
    except SecretUnreadable:
        return _told(Verdict(todo="pause", text=SECRET_MISSING), 0, {})
    live = row.test_until is not None and now < row.test_until
    sending = Sending(
        settings=msgspec.convert(row.settings, platform.settings_type),
        secrets=secrets,
        urls=client.urls,
        test_code=row.test_code if live else None,
        now=now,
    )
    # It tries the secrets, and not what was given for them an hour ago.
    client.forget(row.id)
    entered = await client.enter(row.id, platform, sending)
    if isinstance(entered, Verdict):
        return _told(entered, 0, {})
    outgoing = platform.probe(made_up(now), entered)
    carried = await client.send(outgoing)
    sent = _shown(outgoing)
    if carried.answer is None:
        return _told(Verdict(todo="again", text=carried.reason), carried.milliseconds, sent)
    return _told(platform.read_probe(carried.answer), carried.milliseconds, sent)


def made_up(now: datetime) -> Told:
    """A sale that nobody made."""
    told = Buyer(email="pista.prueba@tiendasol.com", name="Ana Prueba", country="Brasil")
    return Told(
        event_id=f"test:{int(now.timestamp())}",
        name="Purchase",
        at=now - timedelta(seconds=5),
        order_id=f"test-{int(now.timestamp())}",
        ordered_at=now - timedelta(minutes=1),
        paid_at=now - timedelta(seconds=5),
        value_cents=100,
        currency="BRL",
        items=[Item("test", "Test", 1, 100)],
        known=buyer.known(told, "BR", now.date()),
        external_ids=["pista-test"],
        buyer_name=told.name,
        buyer_email=told.email,
        buyer_phone=None,
        click=None,
        chat="telegram",
        ip=None,
        user_agent=None,
        page_url=None,
        limited=False,
        test=True,
    )


def _shown(outgoing: Outgoing) -> dict[str, Any]:
    """Nobody's data is in it; the address is told without its query, which may hold a secret."""
    answer = Answer(200, {}, outgoing.body).json()
    return {"method": outgoing.method, "url": outgoing.url.partition("?")[0], "body": answer}


def _told(verdict: Verdict, milliseconds: int, sent: dict[str, Any]) -> DestinationTested:
    ok = verdict.todo == "sent"
    return DestinationTested(
        ok=ok,
        status=verdict.status,
        code=verdict.code,
        error=None if ok else verdict.text or verdict.code or f"It answered {verdict.status}.",
        trace_id=verdict.trace_id,
        milliseconds=milliseconds,
        sent=sent,
    )
